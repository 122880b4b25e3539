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

// place puts notes after the blocks, or into the items of lists, that hold their lines.
func (d *document) place(notes []note) {
	slices.SortStableFunc(notes, func(a, b note) int { return cmp.Compare(a.Line, b.Line) })
	lines := strings.SplitAfter(string(d.src), "\n")
	ends := make([]int, len(lines)+1) // of lines, counted from 1
	for i, line := range lines {
		ends[i+1] = ends[i] + len(line)
	}
	for len(notes) > 0 {
		n := 1
		for n < len(notes) && notes[n].Line == notes[0].Line {
			n++
		}
		d.placeAt(ends[min(notes[0].Line, len(lines))], &notesNode{notes: notes[:n:n]})
		notes = notes[n:]
	}
}

// placeAt puts notes of the line that ends at an offset where they belong.
func (d *document) placeAt(end int, n *notesNode) {
	at := -1
	for i, b := range d.blocks {
		if b.start < end {
			at = i
		}
	}
	if at < 0 {
		if first := d.root.FirstChild(); first != nil {
			d.root.InsertBefore(d.root, first, n)
		} else {
			d.root.AppendChild(d.root, n)
		}
		return
	}
	owner := d.blocks[at].node
	if owner.Kind() == ast.KindListItem {
		owner.AppendChild(owner, n)
		return
	}
	after := owner
	for next := after.NextSibling(); next != nil && next.Kind() == kindNotes; next = after.NextSibling() {
		after = next
	}
	owner.Parent().InsertAfter(owner.Parent(), after, n)
}
