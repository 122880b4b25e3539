package preview

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"newsctl/archive"
	"newsctl/lint"
)

// note is said beside a line of a page: a finding, or why an event is related.
type note struct {
	Line  int
	Class string // error, warning, info or why
	Rule  string // of a finding
	Text  string
	Fix   bool // lint --fix fixes it
}

// IsFinding reports whether a note is a finding.
func (n note) IsFinding() bool { return n.Rule != "" }

// ID is the anchor of the line, which no heading can have.
func (n note) ID() string { return "L" + strconv.Itoa(n.Line) }

// findingsOn returns the findings on a page, less those of the baseline.
func (v *visit) findingsOn(pg *archive.Page) []note {
	var out []note
	for _, f := range v.lint(v.archive, pg.Path) {
		out = append(out, note{Line: f.Start.Line, Class: f.Severity.String(), Rule: f.Rule, Text: f.Message, Fix: f.Fix != nil})
	}
	return out
}

// lint returns the findings on some pages, less those of the baseline. Rules that
// compare all pages are not applied.
func (s *Server) lint(a *archive.Archive, paths ...string) []lint.Finding {
	found := lint.Run(a, paths, s.state.Lint).Findings
	seen := map[lint.Key]int{}
	return slices.DeleteFunc(found, func(f lint.Finding) bool {
		seen[f.Key()]++
		return seen[f.Key()] <= s.state.Known[f.Key()]
	})
}

// place puts findings beside the blocks, or the items of lists, that hold their lines,
// and other notes below them.
func (d *document) place(notes []note) {
	lines := strings.SplitAfter(string(d.src), "\n")
	ends := make([]int, len(lines)+1) // of lines, counted from 1
	for i, line := range lines {
		ends[i+1] = ends[i] + len(line)
	}
	slices.SortStableFunc(notes, func(a, b note) int { return cmp.Compare(a.Line, b.Line) })
	var found [][]note // by line
	for _, n := range notes {
		last := len(found) - 1
		switch {
		case !n.IsFinding():
			d.placeBelow(d.ownerOf(ends[min(n.Line, len(lines))]), &notesNode{notes: []note{n}})
		case last >= 0 && found[last][0].Line == n.Line:
			found[last] = append(found[last], n)
		default:
			found = append(found, []note{n})
		}
	}
	beside := map[ast.Node]*notedNode{}
	for _, notes := range found {
		owner := d.ownerOf(ends[min(notes[0].Line, len(lines))])
		if beside[owner] == nil {
			beside[owner] = d.wrap(owner)
		}
		beside[owner].lines = append(beside[owner].lines, notes)
	}
}

// ownerOf returns the block or the item of a list that holds the line that ends at an
// offset, or nil if there is none before it.
func (d *document) ownerOf(end int) (owner ast.Node) {
	for _, b := range d.blocks {
		if b.start < end {
			owner = b.node
		}
	}
	return owner
}

// placeBelow puts notes below a block, or into an item of a list.
func (d *document) placeBelow(owner ast.Node, n *notesNode) {
	switch {
	case owner == nil:
		d.root.AppendChild(d.root, n)
	case owner.Kind() == ast.KindListItem:
		owner.AppendChild(owner, n)
	default:
		owner.Parent().InsertAfter(owner.Parent(), owner, n)
	}
}

// wrap puts a block, or what an item of a list holds, into a node with room beside it;
// without one, the node begins the text.
func (d *document) wrap(owner ast.Node) *notedNode {
	n := &notedNode{}
	switch {
	case owner == nil && d.root.FirstChild() != nil:
		d.root.InsertBefore(d.root, d.root.FirstChild(), n)
	case owner == nil:
		d.root.AppendChild(d.root, n)
	case owner.Kind() == ast.KindListItem:
		for c := owner.FirstChild(); c != nil; c = owner.FirstChild() {
			n.AppendChild(n, c) // removes it from owner
		}
		owner.AppendChild(owner, n)
	default:
		owner.Parent().ReplaceChild(owner.Parent(), owner, n)
		n.AppendChild(n, owner)
	}
	return n
}
