package contexts

import (
	"cmp"
	"slices"
	"strings"

	"newsctl/archive"
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
	for _, names := range c.Known {
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
func (c *Contexts) Sources(event *archive.Page) []Source {
	out := []Source{}
	add := func(p *archive.Page, at page.Span, names []string) {
		line, _ := p.Position(at.Start)
		for _, name := range names {
			out = append(out, Source{name, p.Path, line})
		}
	}
	pages := c.Pages
	switch declared, topic := event.Event.Declared, event.Topic(); {
	case declared != nil:
		add(event, declared.Span, c.Split(event, declared))
		pages = nil // nothing else counts
	case topic != "":
		add(event, event.Event.Topic.Text, []string{c.Archive.Config().ContextName(topic)})
	}
	for _, f := range pages {
		c.mentions(f, func(e *archive.Facts, entry int) {
			if e.Path == event.Path {
				p := c.Archive.Page(f.Path)
				add(p, listOf(p, entry).Span, c.readList(f.Entries()[entry].Names).names)
			}
		})
	}
	slices.SortFunc(out, func(a, b Source) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(out)
}

// listOf returns the contexts of an entry of a related list or a listing, by its
// place.
func listOf(p *archive.Page, entry int) *page.Contexts {
	if p.Event != nil {
		return p.Event.Entries(page.RelatedSection)[entry].Shared
	}
	return p.Listing.Items()[entry].Declared
}
