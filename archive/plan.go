package archive

import (
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
	"newsctl/archive/txn"
)

// Plan is what a command would change: the one value that is shown as a diff,
// saved, and committed. Each change carries what it was made from, so that a
// plan is never applied to pages that moved on.
type Plan struct {
	changes []planned
}

// planned is the change of one page. It is a creation if Before is absent, a
// deletion if After is nil, a move if the paths differ.
type planned struct {
	Path   string   `json:"path"`         // today; the new path of a page that is created
	To     string   `json:"to,omitempty"` // the path a page moves to
	Before txn.Hash `json:"before"`       // of the bytes it was made from; empty: no page
	After  []byte   `json:"after"`

	source []byte // the bytes it was made from
}

// Edit plans edits of a page. A page whose edits change nothing is left out.
func (p *Plan) Edit(pg *Page, edits []page.Edit) error {
	after, err := page.Apply(pg.Source, edits)
	if err != nil {
		return fmt.Errorf("%s: %w", pg.Path, err)
	}
	if string(after) != string(pg.Source) {
		p.changes = append(p.changes, planned{Path: pg.Path, Before: txn.HashOf(pg.Source), After: after, source: pg.Source})
	}
	return nil
}

// Create plans a page where none is.
func (p *Plan) Create(path string, data []byte) {
	p.changes = append(p.changes, planned{Path: path, Before: txn.Absent, After: data})
}

// Len returns how many pages the plan changes.
func (p *Plan) Len() int { return len(p.changes) }

// Paths returns the paths of the pages that the plan changes, in byte order.
func (p *Plan) Paths() []string {
	var out []string
	for _, c := range p.sorted() {
		out = append(out, c.Path)
	}
	return out
}

func (p *Plan) sorted() []planned {
	out := slices.Clone(p.changes)
	slices.SortFunc(out, func(a, b planned) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// Diff writes the plan as a unified diff in git's form, for a terminal with
// colours and the words that change marked.
func (p *Plan) Diff(w io.Writer, colour bool) error {
	style := diff.Plain
	if colour {
		style = diff.Terminal
	}
	var changes []diff.Change
	for _, c := range p.sorted() {
		changes = append(changes, c.diff())
	}
	return diff.Write(w, changes, style)
}

func (c planned) diff() diff.Change {
	d := diff.Change{Old: c.Path, New: cmp.Or(c.To, c.Path), Before: c.source, After: c.After}
	if c.Before == txn.Absent {
		d.Old = ""
	}
	if c.After == nil {
		d.New = ""
	}
	return d
}

func (c planned) ops() []txn.Op {
	switch {
	case c.After == nil:
		return []txn.Op{{Path: c.Path, Before: c.Before, Remove: true}}
	case c.To != "":
		return []txn.Op{
			{Path: c.Path, Before: c.Before, Remove: true},
			{Path: c.To, Before: txn.Absent, Data: c.After},
		}
	}
	return []txn.Op{{Path: c.Path, Before: c.Before, Data: c.After}}
}

// savedPlan is a plan in a file. Its form is versioned.
type savedPlan struct {
	Version int       `json:"newsctlPlan"`
	Changes []planned `json:"changes"`
}

const planVersion = 1

// Save writes the plan so that [ReadPlan] reads it back.
func (p *Plan) Save(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(savedPlan{planVersion, p.sorted()})
}

// ReadPlan reads a saved plan and, for its diff, the pages it was made from. It
// is an error if one of them is no longer what it was.
func ReadPlan(r io.Reader, tree fs.FS) (*Plan, error) {
	var saved savedPlan
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&saved); err != nil || saved.Version != planVersion {
		return nil, errors.New("the file is no saved plan; make one with --out FILE")
	}
	for i := range saved.Changes {
		c := &saved.Changes[i]
		if !fs.ValidPath(c.Path) || c.To != "" && !fs.ValidPath(c.To) {
			return nil, fmt.Errorf("the plan names %q, which is no path of an archive", path.Clean(c.Path))
		}
		if c.Before == txn.Absent {
			continue
		}
		source, err := fs.ReadFile(tree, c.Path)
		if err != nil || txn.HashOf(source) != c.Before {
			return nil, fmt.Errorf("%s is not what it was when the plan was made; make the plan again", c.Path)
		}
		c.source = source
	}
	return &Plan{saved.Changes}, nil
}
