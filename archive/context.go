package archive

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"newsctl/archive/facts"
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
//
// A name may hold a comma ([CommaNames]). It is known as one name where it is a
// topic, is listed in the configuration ([Config.Names]) or in a comment
// <!-- newsctl-name: Orlando, Florida -->, or where the order of a related list
// shows it.
//
// What a damaged page says of other events does not count ([Page.Damage]).
type Contexts struct {
	archive *Archive
	pages   []*Facts // of the archive, in the order of their paths
	events  []*Facts // newest first, then by path
	names   CommaNames
	hints   map[string]nameHints // by the pages that give any
	said    map[string][]mention // by the pages that say it
	doubted map[string][]mention // by the pages that are damaged
	known   map[string]nameList  // by the paths of events
	broken  nameSet              // pages with an entry that leads to no page

	looseOnce  sync.Once
	looseLists map[string][][]string
}

// mention is what a list of contexts on a page says of an event.
type mention struct {
	event string
	names []string
}

// nameHints is what a page shows of names with a comma.
type nameHints struct {
	names []string // topics, and those in comments
	lists []string // related lists that are not in byte order
}

// nameMark begins a comment that holds a name with a comma.
const nameMark = "newsctl-name:"

// nameHints returns what a page shows of names with a comma.
func (p *Page) nameHints() nameHints {
	var out nameHints
	for _, t := range p.topics() {
		if strings.Contains(t, contextSeparator) {
			out.names = append(out.names, t)
		}
	}
	for _, c := range p.Comments {
		if name, ok := strings.CutPrefix(c.Text, nameMark); ok {
			out.names = append(out.names, strings.TrimSpace(name))
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
			out.lists = append(out.lists, list)
		}
	}
	return out
}

func (f *Facts) hints() nameHints { return nameHints{f.Names, f.Unsorted} }

func (h nameHints) empty() bool { return len(h.names)+len(h.lists) == 0 }

// commaNames returns the names with a comma that the configuration and pages show.
func commaNames[K comparable](c Config, hints map[K]nameHints) CommaNames {
	known := newCommaNames(c.listed()...)
	for _, h := range hints {
		for _, name := range h.names {
			known.add(name)
		}
	}
	var hidden []string
	for _, h := range hints {
		for _, list := range h.lists {
			hidden = append(hidden, known.hidden(list)...)
		}
	}
	for _, name := range hidden {
		known.add(name)
	}
	return known
}

// Contexts reads the contexts of all events of an archive. Paths are those of
// all its pages, loaded.
func (a *Archive) Contexts(paths []string) *Contexts {
	c := &Contexts{archive: a, pages: make([]*Facts, len(paths)), hints: map[string]nameHints{}, said: map[string][]mention{}, doubted: map[string][]mention{}, known: map[string]nameList{}, broken: nameSet{}}
	parallel(len(paths), func(i int) { c.pages[i] = a.Facts(paths[i]) })
	c.pages = slices.DeleteFunc(c.pages, func(f *Facts) bool { return f == nil })
	for _, f := range c.pages {
		if h := f.hints(); !h.empty() {
			c.hints[f.Path] = h
		}
	}
	c.names = commaNames(a.config, c.hints)
	c.sortEvents()
	c.listen(c.pages)
	c.gather(c.events)
	return c
}

// sortEvents makes the events those among the pages.
func (c *Contexts) sortEvents() {
	c.events = nil
	for _, p := range c.pages {
		if p.IsEvent() {
			c.events = append(c.events, p)
		}
	}
	slices.SortFunc(c.events, newestFirst)
}

// listen reads what pages say of events, with all cores.
func (c *Contexts) listen(pages []*Facts) {
	said := make([][]mention, len(pages))
	broken := make([]bool, len(pages))
	parallel(len(pages), func(i int) {
		broken[i] = c.mentions(pages[i], func(event *Facts, entry int) {
			said[i] = append(said[i], mention{event.Path, c.read(pages[i].entries()[entry].List)})
		})
	})
	for i, p := range pages {
		delete(c.said, p.Path)
		delete(c.doubted, p.Path)
		delete(c.broken, p.Path)
		switch {
		case len(said[i]) == 0:
		case p.damaged():
			c.doubted[p.Path] = said[i]
		default:
			c.said[p.Path] = said[i]
		}
		if broken[i] {
			c.broken.add(p.Path)
		}
	}
}

// gather makes known the contexts of events from what pages say.
func (c *Contexts) gather(events []*Facts) {
	number := make(map[string]int, len(events)) // of those that do not declare their own
	names := make([][]string, len(events))
	for i, e := range events {
		if e.Contexts.There {
			names[i] = c.read(e.Contexts)
			continue
		}
		number[e.Path] = i
		if e.Topic != "" {
			names[i] = []string{c.archive.config.ContextName(e.Topic)}
		}
	}
	for _, said := range c.said {
		for _, m := range said {
			if i, ok := number[m.event]; ok {
				names[i] = append(names[i], m.names...)
			}
		}
	}
	parallel(len(events), func(i int) { names[i] = newNameList(names[i]) })
	for i, e := range events {
		c.known[e.Path] = names[i]
	}
}

// nameList holds names in byte order, each once.
type nameList []string

// newNameList returns names as a list, which may share their memory.
func newNameList(names []string) nameList {
	slices.Sort(names)
	return slices.Compact(names)
}

func (l nameList) has(name string) bool {
	_, ok := slices.BinarySearch(l, name)
	return ok
}

// nameSet is a set of names of contexts.
type nameSet map[string]struct{}

func (s nameSet) add(names ...string) {
	for _, name := range names {
		s[name] = struct{}{}
	}
}

func (s nameSet) has(name string) bool {
	_, ok := s[name]
	return ok
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

// isContext reports whether a name reads as it is where a page lists contexts.
func (c Config) isContext(name string) bool {
	e := page.ParseEvent([]byte("# x\n\n"+page.FormatContexts(c.Labels.Context[0], name)+"\n"), c.Labels)
	return e.Declared != nil && e.Names(e.Declared) == name && len(e.Links) == 0
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

// Of returns the contexts of the event at a path in byte order.
func (c *Contexts) Of(event string) []string { return slices.Clip(c.known[event]) }

// split returns the contexts of a list on a page.
func (c *Contexts) split(p *Page, list *page.Contexts) []string {
	return c.archive.config.ContextNames(c.written(p, list))
}

// read returns the contexts of a list in the facts of a page.
func (c *Contexts) read(list facts.List) []string {
	return c.archive.config.ContextNames(c.names.Split(list.Names))
}

// written returns the names of a list on a page as they are written, aliases among
// them.
func (c *Contexts) written(p *Page, list *page.Contexts) []string {
	if list == nil {
		return nil
	}
	return c.names.Split(p.Names(list))
}

// target returns the event that an entry on a page leads to, or nil.
func (c *Contexts) target(p *Page, l *page.Link) *Page { return c.archive.entryEvent(p, l) }

// mentions calls found for each list of contexts on a page and each event that
// the list speaks of, with the place of its entry: that of a related list speaks of
// the event it is on and the one it leads to, that of a day page or the front page
// of the event listed. It returns whether an entry leads to no page.
func (a *Archive) mentions(f *Facts, found func(event *Facts, entry int)) (broken bool) {
	for i, e := range f.entries() {
		if e.Link == facts.NoLink || !e.There {
			continue
		}
		if f.IsEvent() {
			found(f, i)
		}
		t := f.Target(e.Link)
		to := a.meant(t)
		if to != nil {
			found(to, i)
		}
		if to == nil || to.Path != t.Path {
			broken = broken || t.Kind == Internal && a.Facts(t.Path) == nil
		}
	}
	return broken
}

// mentions is [Archive.mentions].
func (c *Contexts) mentions(f *Facts, found func(event *Facts, entry int)) (broken bool) {
	return c.archive.mentions(f, found)
}

// newestFirst orders events by date, newest first, then by path.
func newestFirst(a, b *Facts) int {
	if n := b.Date.Compare(a.Date); n != 0 {
		return n
	}
	return strings.Compare(a.Path, b.Path)
}

// all returns the contexts of all events.
func (c *Contexts) all() nameSet {
	all := nameSet{}
	for _, names := range c.known {
		all.add(names...)
	}
	return all
}

// Names returns the names of all contexts, topics among them, in byte order, less
// those that only damaged pages know.
func (c *Contexts) Names() []string {
	all := nameSet{}
	for _, e := range c.events {
		if e.damaged() {
			continue
		}
		all.add(c.known[e.Path]...)
		if e.Topic != "" {
			all.add(c.archive.config.ContextName(e.Topic))
		}
	}
	return all.sorted()
}
