package edit

import (
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/source"
)

// description returns the edit that gives an event without a description the first of
// those of old ones. It notes the others that are removed with their pages.
func (m *merger) description(into *archive.Page, olds []*archive.Page) []page.Edit {
	have := Description(into)
	var edits []page.Edit
	for _, old := range olds {
		text := Description(old)
		switch {
		case text == "" || text == have:
		case have == "" && isPortable(old):
			have = text
			eol := page.LineEnd(into.Source)
			edits = []page.Edit{page.BelowTitle(into.Source, into.Event.Headlines[0].Span, eol, paragraphs(old, eol))}
			m.reworded = append(m.reworded, into.Path)
		case !m.keep:
			line, _ := old.Position(old.Event.Description[0].Start)
			reason := "the other event has one"
			if have == "" {
				reason = "its links mean something else on another page"
			}
			m.out.Descriptions = append(m.out.Descriptions, LostDescription{archive.Place{Path: old.Path, Line: line}, text, reason})
		}
	}
	return edits
}

// paragraphs returns the description of an event with the line ends of another page.
func paragraphs(e *archive.Page, eol string) string {
	var b strings.Builder
	for i, s := range e.Event.Description {
		if i > 0 {
			b.WriteString(eol)
		}
		text := strings.ReplaceAll(strings.TrimSpace(e.Text(s)), "\r\n", "\n")
		b.WriteString(strings.ReplaceAll(text, "\n", eol) + eol)
	}
	return b.String()
}

// isPortable reports whether the links of a description mean the same on any page.
func isPortable(e *archive.Page) bool {
	return !slices.ContainsFunc(e.Links, func(l *page.Link) bool {
		within := slices.ContainsFunc(e.Event.Description, func(s page.Span) bool { return s.Start <= l.Start && l.End <= s.End })
		target := e.Text(l.Target)
		return within && (l.Reference != "" || !strings.HasPrefix(target, "/") && !source.IsWebAddress(target))
	})
}
