package contexts

import (
	"cmp"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

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
	switch declared, topic := event.Event.Declared, event.Topic(); {
	case declared != nil:
		add(event, declared.Span, c.Split(event, declared))
		return sorted(out) // nothing else counts
	case topic != "":
		add(event, event.Event.Topic.Text, []string{c.Archive.Config().ContextName(topic)})
	}
	for _, f := range c.mentioning(event.Path) {
		c.mentions(f, func(e *archive.Brief, entry int) {
			if e.Path == event.Path {
				p := c.Archive.Page(f.Path)
				add(p, listOf(p, entry).Span, c.readList(f.Entries()[entry].Names).names)
			}
		})
	}
	return sorted(out)
}

// mentioning returns the pages that say something of an event.
func (c *Contexts) mentioning(event string) []*archive.Facts {
	var out []*archive.Facts
	if n, ok := c.columns.pages.Number(event); ok {
		c.eachKept(func(page int) {
			mentions := false
			c.columns.each(page, func(of int, _ int32) { mentions = mentions || of == n })
			if mentions {
				out = append(out, c.Archive.Facts(c.columns.pages.Path(page)))
			}
		})
	}
	for p, h := range c.now {
		if slices.ContainsFunc(h.said, func(m mention) bool { return m.event.Path == event }) {
			out = append(out, c.Archive.Facts(p))
		}
	}
	return out
}

// sorted returns places by name and place, each once.
func sorted(out []Source) []Source {
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
