package archive

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"newsctl/archive/diff"
	"newsctl/archive/page"
	"newsctl/archive/strictjson"
	"newsctl/archive/txn"
)

// Plan is what a command would change: the one value that is shown as a diff,
// saved, and committed. Each change carries what it was made from, so that a
// plan is never applied to pages that moved on. Only [Archive.Guard] makes one.
type Plan struct {
	changes  *Changes
	declared map[string]string // the context lines that the guard added, by path
	undoes   *Made             // the change that the plan takes back, or nil
}

// Changes are what an operation would change, before the guard has passed them.
// They can be put together and laid over the archive, but neither shown nor
// written.
type Changes struct {
	archive *Archive
	all     []planned
	intent  intent
	known   *Contexts // of the archive, where all of it was read

	// restores is set where the pages become what they were before another plan: what
	// is about fewer contexts then was so before.
	restores bool
}

func (a *Archive) newChanges() *Changes { return &Changes{archive: a} }

// planned is the change of one page: a creation, an edit, a move, a deletion.
type planned struct {
	path  string // today's; of a page that is created, the new one
	to    string // the path a page moves to, or empty
	from  []byte // the bytes the change was made from; nil: there is no page
	after []byte // the new bytes
	gone  bool   // the page is deleted

	resolves bool // the change resolves the page's merge conflict

	mode fs.FileMode // of a page that comes back, or 0
}

// end returns the path where the page will be.
func (c planned) end() string { return cmp.Or(c.to, c.path) }

// edit plans edits of a page, and of its copy if that is one still. It returns
// whether they change anything: if not, the page is left out.
func (p *Changes) edit(pg *Page, edits []page.Edit) (changed bool, err error) {
	after, err := pg.edited(edits)
	if err != nil {
		return false, err
	}
	return p.replace(pg, after), nil
}

// edited returns the bytes of a page with edits applied.
func (p *Page) edited(edits []page.Edit) ([]byte, error) {
	after, err := page.Apply(p.Source, edits)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Path, err)
	}
	return after, nil
}

// replace plans new bytes for a page, and for its copy if that is one still. It
// returns false, and leaves the page out, if the bytes are those it has.
func (p *Changes) replace(pg *Page, after []byte) (changed bool) {
	if bytes.Equal(after, pg.Source) {
		return false
	}
	p.all = append(p.all, planned{path: pg.Path, from: pg.Source, after: after})
	if pg.Listing != nil {
		other := p.archive.Page(CopyOf(pg.Path))
		if other != nil && bytes.Equal(other.Source, pg.Source) {
			p.all = append(p.all, planned{path: other.Path, from: other.Source, after: after})
		}
	}
	return true
}

// create plans a page where none is. Its lines end all alike: with CRLF, if those
// that were taken from other pages do.
func (p *Changes) create(at string, data []byte) {
	if crlf := []byte("\r\n"); bytes.Contains(data, crlf) {
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, crlf, crlf[1:]), crlf[1:], crlf)
	}
	p.all = append(p.all, planned{path: at, after: data})
}

// move plans that a page moves to another path, with edits.
func (p *Changes) move(pg *Page, to string, edits []page.Edit) error {
	after, err := pg.edited(edits)
	if err != nil {
		return err
	}
	p.all = append(p.all, planned{path: pg.Path, to: to, from: pg.Source, after: after})
	return nil
}

// delete plans that a page goes.
func (p *Changes) delete(pg *Page) {
	p.all = append(p.all, planned{path: pg.Path, from: pg.Source, gone: true})
}

// Len returns how many pages change.
func (p *Changes) Len() int { return len(p.all) }

// Len returns how many pages the plan changes.
func (p *Plan) Len() int { return p.changes.Len() }

// Paths returns the paths of the pages that the plan changes, in byte order.
func (p *Plan) Paths() []string { return p.changes.Paths() }

// Declares reports whether the guard added context lines.
func (p *Plan) Declares() bool { return len(p.declared) > 0 }

// After returns the archive as the plan makes it.
func (p *Plan) After() *Archive { return p.changes.archive.After(p.changes) }

// Paths returns the paths of the pages that change, in byte order.
func (p *Changes) Paths() []string {
	out := make([]string, 0, len(p.all))
	for _, c := range p.sorted() {
		out = append(out, c.path)
	}
	return out
}

func (p *Changes) sorted() []planned {
	out := slices.Clone(p.all)
	slices.SortFunc(out, func(a, b planned) int { return cmp.Compare(a.path, b.path) })
	return out
}

// Diff writes the plan as a unified diff in git's form. Its paths begin with
// those of the archive's root, below.
func (p *Plan) Diff(w io.Writer, below string, style diff.Style) error {
	d := diff.NewWriter(w, style)
	for _, c := range p.changes.sorted() {
		d.Write(c.diff(below))
	}
	return d.Flush()
}

func (c planned) diff(below string) diff.Change {
	d := diff.Change{Old: path.Join(below, c.path), New: path.Join(below, c.end()), Before: c.from, After: c.after}
	if c.from == nil {
		d.Old = ""
	}
	if c.gone {
		d.New = ""
	}
	return d
}

// before returns the hash of the bytes the change was made from.
func (c planned) before() txn.Hash {
	if c.from == nil {
		return txn.Absent
	}
	return txn.HashOf(c.from)
}

func (c planned) ops() []txn.Op {
	if c.to == "" {
		return []txn.Op{{Path: c.path, Before: c.before(), Data: c.after, Remove: c.gone, Mode: c.mode}}
	}
	return []txn.Op{
		{Path: c.path, Before: c.before(), Remove: true},
		{Path: c.to, From: c.path, Before: txn.Absent, Data: c.after},
	}
}

// savedPlan is a plan in a file. Its form is versioned.
type savedPlan struct {
	Version int           `json:"newsctlPlan"`
	Intent  intent        `json:"intent"`
	Changes []savedChange `json:"changes"`
}

// savedChange is the change of one page in a file: where planned has the bytes
// it was made from, their hash.
type savedChange struct {
	Path   string   `json:"path"`
	To     string   `json:"to,omitempty"`
	Before txn.Hash `json:"before"`
	From   []byte   `json:"from,omitempty"` // the bytes before, for the way back
	After  []byte   `json:"after"`
	Delete bool     `json:"delete,omitempty"`

	Resolves bool        `json:"resolves,omitempty"` // the page has a merge conflict
	Mode     fs.FileMode `json:"mode,omitempty"`     // of a page that comes back, or is deleted
}

const planVersion = 1

// Save writes the plan so that [ReadPlan] reads it back.
func (p *Plan) Save(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(p.saved())
}

func (p *Plan) saved() savedPlan {
	saved := savedPlan{Version: planVersion, Intent: p.changes.intent}
	for _, c := range p.changes.sorted() {
		saved.Changes = append(saved.Changes, savedChange{c.path, c.to, c.before(), c.from, c.after, c.gone, c.resolves, c.mode})
	}
	return saved
}

// SavedPlan is a plan that was read from a file, and not yet compared with an
// archive.
type SavedPlan struct {
	saved    savedPlan
	restores bool // see [Changes]
}

// ReadPlan reads a saved plan. Its errors begin with the number of the line.
func ReadPlan(r io.Reader) (*SavedPlan, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf(" the file %w", err)
	}
	var saved savedPlan
	var wrong *strictjson.Error
	switch err := strictjson.Unmarshal(data, &saved); {
	case errors.As(err, &wrong):
		line := 1 + bytes.Count(data[:min(wrong.Offset, len(data))], []byte("\n"))
		return nil, fmt.Errorf("%d: not a saved plan: %w; make one with --out FILE", line, err)
	case err != nil || saved.Version != planVersion:
		return nil, errors.New("1: not a saved plan; make one with --out FILE")
	}
	return &SavedPlan{saved: saved}, nil
}

// Plan returns a saved plan as one for the archive, and passes it through the
// guard again. It is an error if a page is no longer what the plan was made from.
func (a *Archive) Plan(s *SavedPlan) (*Plan, error) {
	p := a.newChanges()
	p.intent, p.restores = s.saved.Intent, s.restores
	for _, s := range s.saved.Changes {
		c := planned{path: s.Path, to: s.To, after: s.After, gone: s.Delete, resolves: s.Resolves, mode: s.Mode.Perm()}
		for _, p := range []string{c.path, c.end()} {
			if !fs.ValidPath(p) || !isPage(p) || !a.Holds(p) {
				return nil, fmt.Errorf("the plan names %q, which is not a page of the archive", p)
			}
		}
		if c.gone != (c.after == nil) || c.gone && c.to != "" {
			return nil, fmt.Errorf("the plan does not say what %s is to hold; make the plan again", c.path)
		}
		if s.Before != txn.Absent {
			from, reason, err := a.source(c.path)
			if reason != "" {
				return nil, fmt.Errorf("%s %s", c.path, reason)
			}
			if err != nil || txn.HashOf(from) != s.Before {
				return nil, fmt.Errorf("%s is not what it was when the plan was made; make the plan again", c.path)
			}
			c.from = from
		}
		p.all = append(p.all, c)
	}
	return a.Guard(p)
}
