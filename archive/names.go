package archive

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive/page"
)

// TopicOf returns the topic above an entry of a listing, or nothing.
func TopicOf(p *Page, it *page.Item) string {
	if it.Topic == nil {
		return ""
	}
	return p.topicText(it.Topic)
}

// TopicSpans returns the spans of topics wherever a page has them as headings,
// without surrounding spaces.
func (p *Page) TopicSpans(wanted func(topic string) bool) []page.Span {
	var titles []*page.Title
	if p.Event != nil && p.Event.Topic != nil {
		titles = append(titles, p.Event.Topic)
	}
	for _, it := range p.Listing.Items() {
		if it.Topic != nil && !slices.Contains(titles, it.Topic) {
			titles = append(titles, it.Topic)
		}
	}
	var out []page.Span
	for _, t := range titles {
		text := p.Text(t.Text)
		if wanted(p.topicText(t)) {
			start := t.Text.Start + len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
			out = append(out, page.Span{Start: start, End: start + len(strings.TrimSpace(text))})
		}
	}
	return out
}

// ContextLists returns all lists of contexts on a page.
func (p *Page) ContextLists() []*page.Contexts {
	var out []*page.Contexts
	if p.Event != nil {
		if p.Event.Declared != nil {
			out = append(out, p.Event.Declared)
		}
		for _, e := range p.Event.Entries(page.RelatedSection) {
			if e.Shared != nil {
				out = append(out, e.Shared)
			}
		}
	}
	for _, it := range p.Listing.Items() {
		if it.Declared != nil {
			out = append(out, it.Declared)
		}
	}
	return out
}

// Topic returns an event's topic, or nothing.
func (p *Page) Topic() string {
	if p.Event == nil || p.Event.Topic == nil {
		return ""
	}
	return p.topicText(p.Event.Topic)
}

// topicText returns a topic as Markdown reads it.
func (p *Page) topicText(t *page.Title) string {
	return page.PlainName(strings.TrimSpace(p.Text(t.Text)))
}

// topics returns the topics on a page: an event's, or those that a listing puts
// above events.
func (p *Page) topics() []string {
	switch {
	case p == nil:
		return nil
	case p.Event != nil:
		return []string{p.Topic()}
	}
	var out []string
	for _, it := range p.Listing.Items() {
		if it.Topic != nil {
			out = append(out, p.topicText(it.Topic))
		}
	}
	return out
}

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

// Clone returns a copy that shares no memory with the page.
func (h NameHints) Clone() NameHints {
	clone := func(list []string) []string {
		out := slices.Clone(list)
		for i := range out {
			out[i] = strings.Clone(out[i])
		}
		return out
	}
	return NameHints{clone(h.Names), clone(h.Lists)}
}

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
		m.out.Suppresses = m.out.Suppresses || strings.HasPrefix(c.Text, Ignore)
		if p := DistinctFrom(c.Text); p != "" {
			m.out.Distinct = append(m.out.Distinct, m.keep(p))
		}
	}
}
