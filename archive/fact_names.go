package archive

import (
	"bytes"
	"strings"

	"newsctl/archive/page"
)

// NameHints is what a page shows of names with a comma.
type NameHints struct {
	Names []string // topics, and those in comments
	Lists []string // related lists that are not in byte order
}

// HintsOf returns what a page shows of names with a comma.
func (p *Page) HintsOf() NameHints {
	var out NameHints
	for _, t := range p.topics() {
		if strings.Contains(t, ContextSeparator) {
			out.Names = append(out.Names, t)
		}
	}
	for _, c := range p.Comments {
		if name, ok := strings.CutPrefix(c.Text, NameMark); ok {
			out.Names = append(out.Names, strings.TrimSpace(name))
		}
	}
	if p.Event == nil {
		return out
	}
	for _, e := range p.Event.Entries(page.RelatedSection) {
		if e.Shared == nil || bytes.IndexByte(p.Source[e.Shared.Names.Start:e.Shared.Names.End], ',') < 0 {
			continue
		}
		if list := p.Names(e.Shared); !ascending(list) {
			out.Lists = append(out.Lists, list)
		}
	}
	return out
}

// Hints returns what the page shows of names with a comma.
func (f *Facts) Hints() NameHints { return NameHints{f.Names, f.Unsorted} }

// Empty reports whether a page shows nothing of names with a comma.
func (h NameHints) Empty() bool { return len(h.Names)+len(h.Lists) == 0 }

// ascending reports whether the parts of a list are in byte order.
func ascending(list string) bool {
	above := ""
	for list != "" {
		part, rest, _ := strings.Cut(list, ContextSeparator)
		if part < above {
			return false
		}
		above, list = part, rest
	}
	return true
}

func (m *factMaker) names() {
	h := m.page.HintsOf()
	for _, list := range []struct{ to, from *[]string }{{&m.out.Names, &h.Names}, {&m.out.Unsorted, &h.Lists}} {
		for _, s := range *list.from {
			*list.to = append(*list.to, m.keep(s))
		}
	}
	for _, c := range m.page.Comments {
		if p := DistinctFrom(c.Text); p != "" {
			m.out.Distinct = append(m.out.Distinct, m.keep(p))
		}
	}
}
