package plan

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"newsctl/archive"
	"newsctl/archive/diff"
	"newsctl/archive/strictjson"
	"newsctl/archive/txn"
)

// Plan is what a command would change: the one value that is shown as a diff,
// saved, and committed. Each change carries what it was made from, so that a
// plan is never applied to pages that moved on. Only [Archive.Guard] makes one.
type Plan struct {
	changes  *archive.Changes
	Declared map[string]string // the context lines that the guard added, by path
	undoes   *Made             // the change that the plan takes back, or nil
}

// Len returns how many pages the plan changes.
func (p *Plan) Len() int { return p.changes.Len() }

// Changes returns a copy of the changes, in the order of their paths, to be put
// together with others.
func (p *Plan) Changes() *archive.Changes {
	c := *p.changes
	c.All = p.changes.Sorted()
	return &c
}

// Paths returns the paths of the pages that the plan changes, in byte order.
func (p *Plan) Paths() []string { return p.changes.Paths() }

// Declares reports whether the guard added context lines.
func (p *Plan) Declares() bool { return len(p.Declared) > 0 }

// After returns the archive as the plan makes it.
func (p *Plan) After() *archive.Archive { return p.changes.Archive.After(p.changes) }

// Diff writes the plan as a unified diff in git's form. Its paths begin with
// those of the archive's root, below.
func (p *Plan) Diff(w io.Writer, below string, style diff.Style) error {
	changes := p.changes.Sorted()
	for len(changes) > 0 {
		now := changes[:min(len(changes), diffed)]
		changes = changes[len(now):]
		texts := make([]bytes.Buffer, len(now))
		archive.Parallel(len(now), func(i int) {
			d := diff.NewWriter(&texts[i], style)
			d.Write(DiffOf(now[i], below))
			d.Flush() // a buffer takes all
		})
		for i := range texts {
			if _, err := texts[i].WriteTo(w); err != nil {
				return err
			}
		}
	}
	return nil
}

// diffed is how many pages are compared before their differences are written: few, so
// that these need little memory, and enough for all cores.
const diffed = 256

// Stat is what a plan does to one page.
type Stat struct {
	Path, To string // where the page was, and where it will be; empty where it is not
	change   archive.Change
}

// Lines returns how many lines of the page are added and removed.
func (s Stat) Lines() (added, removed int) { return DiffOf(s.change, "").Count() }

// Stats returns what the plan does to each page, in the order of their paths.
func (p *Plan) Stats() []Stat {
	out := make([]Stat, 0, p.Len())
	for _, c := range p.changes.Sorted() {
		d := pathsOf(c, "")
		out = append(out, Stat{d.Old, d.New, c})
	}
	return out
}

// Hash returns the SHA-256 of the plan as it is saved, in hexadecimal digits: what
// sha256sum prints of the file.
func (p *Plan) Hash() (string, error) {
	h := sha256.New()
	err := p.Save(h)
	return fmt.Sprintf("%x", h.Sum(nil)), err
}

// DiffOf returns the change of one page as [Plan.Diff] writes it.
func DiffOf(c archive.Change, below string) diff.Change {
	d := pathsOf(c, below)
	d.Before, d.After = c.Versions()
	return d
}

// pathsOf is [DiffOf] without the bytes.
func pathsOf(c archive.Change, below string) diff.Change {
	d := diff.Change{Old: path.Join(below, c.Path), New: path.Join(below, c.End())}
	if c.From.IsNone() {
		d.Old = ""
	}
	if c.Gone {
		d.New = ""
	}
	return d
}

// before returns the hash of the bytes the change was made from.
func before(c archive.Change) txn.Hash {
	if c.From.IsNone() {
		return txn.Absent
	}
	return txn.Hash(fmt.Sprintf("%x", c.From.Sum()))
}

func opsOf(c archive.Change) []txn.Op {
	if c.To == "" {
		return []txn.Op{{Path: c.Path, Before: before(c), Data: c.After.Bytes(), Remove: c.Gone, Mode: c.Mode}}
	}
	return []txn.Op{
		{Path: c.Path, Before: before(c), Remove: true},
		{Path: c.To, From: c.Path, Before: txn.Absent, Data: c.After.Bytes()},
	}
}

// savedPlan is a plan in a file. Its form is versioned.
type savedPlan struct {
	Version int            `json:"newsctlPlan"`
	Intent  archive.Intent `json:"intent"`
	Changes []savedChange  `json:"changes"`
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
	saved := savedPlan{Version: planVersion, Intent: p.changes.Intent}
	for _, c := range p.changes.Sorted() {
		from, after := c.Versions()
		saved.Changes = append(saved.Changes, savedChange{c.Path, c.To, before(c), from, after, c.Gone, c.Resolves, c.Mode})
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
	in := bufio.NewReader(r)
	if begin, err := in.Peek(1); err == nil && begin[0] == 0 { // as of a device that never ends
		return nil, errors.New("1: not a saved plan; make one with --out FILE")
	}
	data, err := io.ReadAll(in)
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

// Resume returns a saved plan as one for the archive, and passes it through the
// guard again. It is an error if a page is no longer what the plan was made from.
func Resume(a *archive.Archive, s *SavedPlan) (*Plan, error) {
	p := a.NewChanges()
	p.Intent, p.Restores = s.saved.Intent, s.restores
	for _, s := range s.saved.Changes {
		c := archive.Change{Path: s.Path, To: s.To, After: archive.Held(s.After), Gone: s.Delete, Resolves: s.Resolves, Mode: s.Mode.Perm()}
		for _, p := range []string{c.Path, c.End()} {
			if !fs.ValidPath(p) || !archive.IsPage(p) || !a.Holds(p) {
				return nil, fmt.Errorf("the plan names %q, which is not a page of the archive", p)
			}
		}
		if c.Gone != c.After.IsNone() || c.Gone && c.To != "" {
			return nil, fmt.Errorf("the plan does not say what %s is to hold; make the plan again", c.Path)
		}
		if s.Before != txn.Absent {
			from, reason, err := a.Source(c.Path)
			if reason != "" {
				return nil, fmt.Errorf("%s %s", c.Path, reason)
			}
			if err != nil || txn.HashOf(from) != s.Before {
				return nil, fmt.Errorf("%s is not what it was when the plan was made; make the plan again", c.Path)
			}
			c.From = archive.Held(from)
		}
		p.All = append(p.All, c)
	}
	return Guard(p, nil)
}
