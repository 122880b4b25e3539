package archive

import (
	"cmp"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// Count is a context and the number of events that have it.
type Count struct {
	Name   string `json:"name"`
	Events int    `json:"events"`
}

// Counts returns all contexts of the archive in byte order.
func (c *Contexts) Counts() []Count {
	events := map[string]int{}
	for _, names := range c.known {
		for _, name := range names {
			events[name]++
		}
	}
	out := make([]Count, 0, len(events))
	for name, n := range events {
		out = append(out, Count{name, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Source is a place that a context of an event is known from.
type Source struct {
	Name string `json:"name"`
	Path string `json:"path"`
	Line int    `json:"line"`
}

// Sources returns where each context of an event is known from, by name and
// place.
func (c *Contexts) Sources(event *Page) []Source {
	out := []Source{}
	add := func(p *Page, at page.Span, names []string) {
		line, _ := p.Position(at.Start)
		for _, name := range names {
			out = append(out, Source{name, p.Path, line})
		}
	}
	pages := c.pages
	switch declared, topic := event.Event.Declared, event.Topic(); {
	case declared != nil:
		add(event, declared.Span, c.split(event, declared))
		pages = nil // nothing else counts
	case topic != "":
		add(event, event.Event.Topic.Text, []string{c.archive.config.ContextName(topic)})
	}
	for _, p := range pages {
		c.mentions(p, func(e *Page, list *page.Contexts) {
			if e.Path == event.Path {
				add(p, list.Span, c.split(p, list))
			}
		})
	}
	slices.SortFunc(out, func(a, b Source) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(out)
}
