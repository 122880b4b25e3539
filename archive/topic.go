package archive

import (
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
