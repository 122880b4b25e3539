package archive

import (
	"slices"
	"strings"

	"newsctl/archive/page"
)

// Contexts is what the archive knows of its events' contexts: the named
// entities (persons, places, organisations, affairs) that each is about.
//
// A page may declare its contexts, in a line `_Context: A, B_` of its own; then
// those are exactly its contexts. Of any other event the archive knows its
// topic, the contexts on its own related entries, those on other pages'
// entries that lead to it, and the context line of its entry on a day page or
// the front page.
type Contexts struct {
	archive *Archive
	events  []*Page // newest first, then by path
	topics  map[string]bool
	known   map[*Page]nameSet
}

type nameSet map[string]struct{}

// sorted returns the names in byte order.
func (s nameSet) sorted() []string {
	out := make([]string, 0, len(s))
	for name := range s {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Contexts reads the contexts of all events of a loaded archive.
func (a *Archive) Contexts(paths []string) *Contexts {
	c := &Contexts{archive: a, topics: map[string]bool{}, known: map[*Page]nameSet{}}
	for _, p := range paths {
		if pg := a.Page(p); pg != nil && pg.Event != nil {
			c.events = append(c.events, pg)
			if t := pg.Topic(); strings.Contains(t, contextSeparator) {
				c.topics[t] = true
			}
		}
	}
	slices.SortFunc(c.events, newestFirst)
	known := newKnown(c)
	for _, p := range paths {
		known.addPage(a.Page(p))
	}
	c.known = known.of
	return c
}

// Topic returns an event's topic, or nothing.
func (p *Page) Topic() string {
	if p.Event == nil || p.Event.Topic == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Topic.Text))
}

// Of returns the contexts of an event in byte order.
func (c *Contexts) Of(p *Page) []string { return c.known[p].sorted() }

// split splits a list of contexts as the archive's topics ask for.
func (c *Contexts) split(list string) []string {
	if !strings.Contains(list, contextSeparator) {
		if list == "" {
			return nil
		}
		return []string{list}
	}
	return SplitContexts(list, func(name string) bool { return c.topics[name] })
}

// join writes contexts as one list that reads back as the same contexts. They
// are in byte order, unless two that stand side by side would be read as one:
// then the order is turned around.
func (c *Contexts) join(names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	list := strings.Join(names, contextSeparator)
	if !slices.Equal(c.split(list), names) {
		slices.Reverse(names)
		list = strings.Join(names, contextSeparator)
	}
	return list
}

// names returns the contexts of a list on a page.
func (c *Contexts) names(p *Page, list *page.Contexts) []string {
	if list == nil {
		return nil
	}
	return c.split(p.Text(list.Names))
}

// target returns the event that a related entry or a listed entry leads to, or
// nil. A broken link to an event that was plainly reworded leads to it.
func (c *Contexts) target(p *Page, l *page.Link) *Page {
	if l == nil {
		return nil
	}
	t := p.Target(l)
	if t.Kind != Internal {
		return nil
	}
	pg := c.archive.Page(t.Path)
	if pg == nil {
		if meant, ok := c.archive.Meant(t.Path); ok {
			pg = c.archive.Page(meant)
		}
	}
	if pg == nil || pg.Event == nil {
		return nil
	}
	return pg
}

// known gathers the contexts of events from what pages say.
type known struct {
	*Contexts
	of map[*Page]nameSet
}

func newKnown(c *Contexts) *known {
	k := &known{c, make(map[*Page]nameSet, len(c.events))}
	for _, e := range c.events {
		k.of[e] = nameSet{}
		if d := e.Event.Declared; d != nil {
			for _, name := range c.names(e, d) {
				k.of[e][name] = struct{}{}
			}
		} else if t := e.Topic(); t != "" {
			k.of[e][t] = struct{}{}
		}
	}
	return k
}

// addPage adds what one page says of events: itself, and those it links to.
func (k *known) addPage(p *Page) {
	switch {
	case p == nil:
	case p.Event != nil:
		for _, e := range k.archive.Related(p) {
			k.addEntry(p, k.target(p, e.Link), k.names(p, e.Shared))
		}
	case p.Listing != nil:
		k.addListing(p)
	}
}

// addListing adds the context lines of a day page or the front page.
func (k *known) addListing(p *Page) {
	for _, part := range p.Listing.Parts {
		for _, it := range part.Items {
			if it.Declared != nil {
				k.add(k.target(p, it.Link), k.names(p, it.Declared))
			}
		}
	}
}

// addEntry adds the contexts that an entry on one event's page says it shares
// with another.
func (k *known) addEntry(on, to *Page, names []string) {
	k.add(on, names)
	k.add(to, names)
}

// add adds contexts to an event that does not declare its own.
func (k *known) add(e *Page, names []string) {
	if e == nil || e.Event.Declared != nil {
		return
	}
	for _, name := range names {
		k.of[e][name] = struct{}{}
	}
}

// newestFirst orders events by date, newest first, then by path.
func newestFirst(a, b *Page) int {
	if n := b.Date.Compare(a.Date); n != 0 {
		return n
	}
	return strings.Compare(a.Path, b.Path)
}
