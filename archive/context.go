package archive

import (
	"cmp"
	"maps"
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
	pages   []*Page // of the archive, in the order of their paths
	events  []*Page // newest first, then by path
	topics  map[string]bool
	known   map[*Page]nameSet
	said    map[*Page][]record // by the pages that say it
}

// record is what a list of contexts on a page says of an event.
type record struct {
	event *Page
	names []string
}

// read reads the pages at paths and the topics on them, with all cores.
func (c *Contexts) read(paths []string) {
	c.pages = make([]*Page, len(paths))
	topics := make([][]string, len(paths))
	c.archive.Each(paths, func(i int, p *Page) {
		c.pages[i], topics[i] = p, p.topics()
	})
	c.topics = map[string]bool{}
	for _, onPage := range topics {
		for _, t := range onPage {
			if strings.Contains(t, contextSeparator) {
				c.topics[t] = true
			}
		}
	}
	for _, p := range c.pages {
		if p != nil && p.Event != nil {
			c.events = append(c.events, p)
		}
	}
	slices.SortFunc(c.events, newestFirst)
}

// listen reads what the pages say of events, with all cores.
func (c *Contexts) listen() {
	said := make([][]record, len(c.pages))
	parallel(len(c.pages), func(i int) {
		c.records(c.pages[i], func(e *Page, list *page.Contexts) {
			said[i] = append(said[i], record{e, c.names(c.pages[i], list)})
		})
	})
	c.said = make(map[*Page][]record, len(c.pages))
	for i, p := range c.pages {
		if len(said[i]) > 0 {
			c.said[p] = said[i]
		}
	}
}

// nameSet is a set of names of contexts.
type nameSet map[string]struct{}

func (s nameSet) add(names ...string) {
	for _, name := range names {
		s[name] = struct{}{}
	}
}

// sorted returns the names in byte order.
func (s nameSet) sorted() []string {
	out := make([]string, 0, len(s))
	for name := range s {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Contexts reads the contexts of all events of an archive. Paths are those of
// all its pages, loaded.
func (a *Archive) Contexts(paths []string) *Contexts {
	c := &Contexts{archive: a}
	c.read(paths)
	c.listen()
	known := newKnown(c, c.events)
	for _, p := range c.pages {
		known.addPage(p)
	}
	c.known = known.of
	return c
}

// isContext reports whether a name reads as it is where a page lists contexts.
func (c Config) isContext(name string) bool {
	e := page.ParseEvent([]byte("# x\n\n_"+c.Labels.Context[0]+": "+name+"_\n"), c.Labels)
	return e.Declared != nil && e.Text(e.Declared.Names) == name
}

// Topic returns an event's topic, or nothing.
func (p *Page) Topic() string {
	if p.Event == nil || p.Event.Topic == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Topic.Text))
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
			out = append(out, strings.TrimSpace(p.Text(it.Topic.Text)))
		}
	}
	return out
}

// namesOf returns the contexts of an event in byte order.
func (c *Contexts) namesOf(p *Page) []string { return c.known[p].sorted() }

// split splits a list of contexts as the archive's topics ask for.
func (c *Contexts) split(list string) []string {
	if !strings.Contains(list, contextSeparator) && !strings.Contains(list, "\n") {
		if list == "" {
			return nil
		}
		return []string{list}
	}
	return SplitContexts(list, func(name string) bool { return c.topics[name] })
}

// join writes contexts as one list that reads back as the same contexts. They
// are in byte order, unless neighbours would then be read as one name: of the
// orders in which none are, it is the first.
func (c *Contexts) join(names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	if apart := c.apart(nil, names); apart != nil {
		names = apart
	}
	return strings.Join(names, contextSeparator)
}

// apart appends rest to a list in the first order in which no neighbours are
// read as one name, or returns nil.
func (c *Contexts) apart(list, rest []string) []string {
	if len(rest) == 0 {
		return list
	}
	for i, name := range rest {
		next := append(slices.Clone(list), name)
		if !slices.Equal(c.split(strings.Join(next, contextSeparator)), next) {
			continue
		}
		if done := c.apart(next, slices.Delete(slices.Clone(rest), i, i+1)); done != nil {
			return done
		}
	}
	return nil
}

// names returns the contexts of a list on a page.
func (c *Contexts) names(p *Page, list *page.Contexts) []string {
	if list == nil {
		return nil
	}
	return c.split(p.Text(list.Names))
}

// target returns the event that an entry on a page leads to, or nil.
func (c *Contexts) target(p *Page, l *page.Link) *Page { return c.archive.entryEvent(p, l) }

// records calls found for each list of contexts on a page and each event that
// the list speaks of: the entry of a related list of the event it is on and the
// one it leads to, that of a day page or the front page of the event listed.
func (c *Contexts) records(p *Page, found func(e *Page, list *page.Contexts)) {
	if p == nil {
		return
	}
	for _, e := range c.archive.Related(p) {
		if e.Shared == nil {
			continue
		}
		found(p, e.Shared)
		to := e.Page
		if to == nil {
			to = c.target(p, e.Link)
		}
		if to != nil && to.Event != nil {
			found(to, e.Shared)
		}
	}
	for _, it := range p.Listing.Items() {
		if to := c.target(p, it.Link); to != nil && it.Declared != nil {
			found(to, it.Declared)
		}
	}
}

// known gathers the contexts of events from what pages say.
type known struct {
	*Contexts
	of map[*Page]nameSet
}

// newKnown gathers for some events only.
func newKnown(c *Contexts, events []*Page) *known {
	k := &known{c, make(map[*Page]nameSet, len(events))}
	for _, e := range events {
		k.of[e] = nameSet{}
		if d := e.Event.Declared; d != nil {
			k.of[e].add(c.names(e, d)...)
		} else if t := e.Topic(); t != "" {
			k.of[e].add(t)
		}
	}
	return k
}

// addPage adds what one page says of events: itself, and those it links to.
func (k *known) addPage(p *Page) {
	for _, r := range k.said[p] {
		k.add(r.event, r.names)
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
	if of := k.of[e]; of != nil && e.Event.Declared == nil {
		of.add(names...)
	}
}

// newestFirst orders events by date, newest first, then by path.
func newestFirst(a, b *Page) int {
	if n := b.Date.Compare(a.Date); n != 0 {
		return n
	}
	return strings.Compare(a.Path, b.Path)
}

// all returns the contexts of all events.
func (c *Contexts) all() nameSet {
	all := nameSet{}
	for _, names := range c.known {
		maps.Copy(all, names)
	}
	return all
}

// Names returns the names of all contexts, topics among them, in byte order.
func (c *Contexts) Names() []string {
	all := c.all()
	for _, e := range c.events {
		if t := e.Topic(); t != "" {
			all.add(t)
		}
	}
	return all.sorted()
}

// Count is a context and the number of events that have it.
type Count struct {
	Name   string `json:"name"`
	Events int    `json:"events"`
}

// Counts returns all contexts of the archive in byte order.
func (c *Contexts) Counts() []Count {
	events := map[string]int{}
	for _, names := range c.known {
		for name := range names {
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
		add(event, declared.Span, c.names(event, declared))
		pages = nil // nothing else counts
	case topic != "":
		add(event, event.Event.Topic.Text, []string{topic})
	}
	for _, p := range pages {
		c.records(p, func(e *Page, list *page.Contexts) {
			if e == event {
				add(p, list.Span, c.names(p, list))
			}
		})
	}
	slices.SortFunc(out, func(a, b Source) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(out)
}
