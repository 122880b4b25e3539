package contexts

import (
	"slices"
	"strings"
	"sync"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/page"
)

// Contexts is what the archive knows of its events' contexts: the named
// entities (persons, places, organizations, affairs) that each is about.
//
// A page may declare its contexts, in a line `_Context: A, B_` of its own; then
// those are exactly its contexts. Of any other event the archive knows its
// topic, the contexts on its own related entries, those on other pages'
// entries that point to it, and the context line of its entry on a day page or
// the front page.
//
// A name may hold a comma ([CommaNames]). It is known as one name where it is a
// topic, is listed in the configuration ([Config.Names]) or in a comment
// <!-- newsctl-name: Orlando, Florida -->, or where the order of a related list
// shows it.
//
// What a damaged page says of other events does not count ([Page.Damage]).
type Contexts struct {
	Archive    *archive.Archive
	CommaNames CommaNames

	columns *columns            // what the pages of an archive say
	now     map[string]*Heard   // what those say now that changed since, by their paths
	known   map[string]NameList // the contexts of events that these touch, by their paths

	lists      *listMemo
	eventsOnce sync.Once
	events     []*archive.Brief
	doubtsOnce sync.Once
	doubts     map[string][]doubt // see [Contexts.doubted]
	looseOnce  sync.Once
	looseLists map[string][][]string
}

// Heard is what a page says of itself and of events.
type Heard struct {
	isPage, isEvent, isDamaged bool // none of them if it is gone

	hints    archive.NameHints
	own      *readList // see [Contexts.own]
	declares bool      // contexts of its own
	topic    string    // as a context

	said   []mention
	unsure bool // see [isUnsure]
}

// mention is what a list of contexts on a page says of an event.
type mention struct {
	event *archive.Brief
	list  *readList
}

// readList is what a list of contexts reads as. Lists that are written alike share
// it, and nobody changes it.
type readList struct {
	names   []string
	number  int32   // while lists are numbered, from 1
	numbers []int32 // of the names, then
}

// CommaNamesOf returns the names with a comma that the configuration and pages show.
func CommaNamesOf[K comparable](c archive.Config, hints map[K]archive.NameHints) CommaNames {
	known := NewCommaNames(c.Listed()...)
	for _, h := range hints {
		for _, name := range h.Names {
			known.Add(name)
		}
	}
	var hidden []string
	for _, h := range hints {
		for _, list := range h.Lists {
			hidden = append(hidden, known.hidden(list)...)
		}
	}
	for _, name := range hidden {
		known.Add(name)
	}
	return known
}

// Of reads the contexts of the events among pages, which are loaded.
func Of(a *archive.Archive, paths []string) *Contexts { return read(a, archive.NumberingOf(paths)) }

// OfAll is [Of] all pages of an archive. What an earlier run kept is read again only
// where something changed since.
func OfAll(a *archive.Archive, paths []string) *Contexts {
	k := a.Kept()
	if k == nil {
		return Of(a, paths)
	}
	text, _ := k.Text(keptName, state(a))
	x := openColumns(text, k.Numbering)
	if x == nil {
		a.Renew()
		return Of(a, paths)
	}
	c := &Contexts{Archive: a, CommaNames: NewCommaNames(x.commas...), columns: x, lists: newListMemo(a)}
	out, _ := c.with(a, slices.Clone(k.Changed), nil, a, true)
	return out
}

// Keep keeps the contexts of an archive with its facts, which were saved.
func Keep(a *archive.Archive, s *archive.Saved) error {
	return s.SaveText(keptName, state(a), readText(&Contexts{Archive: a}, s.Numbering))
}

// keptName names the contexts in a catalog.
const keptName = "contexts"

// state names what contexts depend on beside pages.
func state(a *archive.Archive) string { return catalog.StateOf(a.Config()) }

// read reads the contexts of events among pages.
func read(a *archive.Archive, pages *archive.Numbering) *Contexts {
	c := &Contexts{Archive: a}
	c.columns = openColumns(readText(c, pages), pages)
	return c
}

// readText reads what pages say as columns.
func readText(c *Contexts, pages *archive.Numbering) string {
	all := make([]*archive.Facts, pages.Len())
	archive.Parallel(len(all), func(i int) {
		if p := pages.Path(i); c.Archive.Holds(p) {
			all[i] = c.Archive.Facts(p)
		}
	})
	hints := map[string]archive.NameHints{}
	for _, f := range all {
		if f == nil {
			continue
		}
		if h := f.Hints(); !h.Empty() {
			hints[f.Path] = h
		}
	}
	c.CommaNames = CommaNamesOf(c.Archive.Config(), hints)
	c.lists = newListMemo(c.Archive)
	return columnsOf(c, all, c.listen(all))
}

// listen reads what pages say of events, with all cores.
func (c *Contexts) listen(pages []*archive.Facts) []Heard {
	out := make([]Heard, len(pages))
	archive.Parallel(len(pages), func(i int) {
		if pages[i] != nil {
			out[i].said, out[i].unsure = c.said(c.Archive, pages[i])
		}
	})
	return out
}

// said returns what a page says of events, as links lead in an archive.
func (c *Contexts) said(in *archive.Archive, f *archive.Facts) (out []mention, unsure bool) {
	if n := len(f.Entries()); n > 0 {
		out = make([]mention, 0, 2*n)
	}
	unsure = Mentions(in, f, func(event *archive.Brief, entry int) {
		out = append(out, mention{event, c.readEntry(f.Entries()[entry])})
	})
	return out, unsure
}

// Hear reads what a page says that is to take the place of one of the archive, for
// [Contexts.After]. All other pages are as they are.
func (c *Contexts) Hear(p *archive.Page) *Heard { return c.hearFrom(p.LentFacts(), c.Archive) }

// hearFrom keeps nothing of the facts.
func (c *Contexts) hearFrom(f *archive.Facts, in *archive.Archive) *Heard {
	h := &Heard{isPage: true, isEvent: f.IsEvent(), isDamaged: f.Damaged(), hints: f.Hints().Clone()}
	if h.isEvent {
		h.own, h.declares = c.own(f), f.Contexts.There
		if f.Topic != "" {
			h.topic = c.readTopic(f.Topic).names[0]
		}
	}
	h.said, h.unsure = c.said(in, f)
	return h
}

// hear reads what the pages at paths say, with all cores. The facts of these are not
// kept for it. Links are resolved in an archive.
func (c *Contexts) hear(paths []string, in *archive.Archive) map[string]*Heard {
	all := make([]*Heard, len(paths))
	archive.Parallel(len(paths), func(i int) {
		all[i] = &Heard{}
		if f := c.Archive.FactsOnce(paths[i]); f != nil && c.Archive.Holds(paths[i]) {
			all[i] = c.hearFrom(f, in)
		}
	})
	out := make(map[string]*Heard, len(paths))
	for i, p := range paths {
		out[p] = all[i]
	}
	return out
}

// own returns what an event itself says that it is about: what it declares, or else
// its topic. It is nil if that is nothing.
func (c *Contexts) own(e *archive.Facts) *readList {
	switch {
	case e.Contexts.There:
		return c.readList(e.Contexts.Names)
	case e.Topic != "":
		return c.readTopic(e.Topic)
	}
	return nil
}

// eachKept calls do for each page of the columns that did not change since.
func (c *Contexts) eachKept(do func(page int)) {
	changed := make([]bool, c.columns.pages.Len())
	for p := range c.now {
		if n, ok := c.columns.pages.Number(p); ok {
			changed[n] = true
		}
	}
	for page := range c.columns.pages.Len() {
		if !changed[page] {
			do(page)
		}
	}
}

// IsContext reports whether a name reads as it is where a page lists contexts.
func IsContext(c archive.Config, name string) bool {
	e := page.ParseEvent([]byte("# x\n\n"+page.FormatContexts(c.Labels.Context[0], name)+"\n"), c.Labels)
	return e.Declared != nil && e.Names(e.Declared) == name && len(e.Links) == 0
}

// Of returns the contexts of the event at a path in byte order. The caller may change
// the list.
func (c *Contexts) Of(event string) NameList {
	if names, ok := c.known[event]; ok {
		return slices.Clone(names)
	}
	if n, ok := c.columns.pages.Number(event); ok && c.Has(event) {
		return c.columns.contexts(n)
	}
	return nil
}

// Set makes known the contexts of the event at a path.
func (c *Contexts) Set(event string, names NameList) {
	if c.known == nil {
		c.known = map[string]NameList{}
	}
	c.known[event] = names
}

// Has reports whether an event is at a path.
func (c *Contexts) Has(path string) bool {
	if h, ok := c.now[path]; ok {
		return h.isEvent
	}
	n, ok := c.columns.pages.Number(path)
	return ok && c.columns.has(n, isEvent)
}

// Split returns the contexts of a list on a page.
func (c *Contexts) Split(p *archive.Page, list *page.Contexts) []string {
	return c.Archive.Config().ContextNames(c.Written(p, list))
}

// readList returns the contexts of a list in the facts of a page.
// Written returns the names of a list on a page as they are written, aliases among
// them.
func (c *Contexts) Written(p *archive.Page, list *page.Contexts) []string {
	if list == nil {
		return nil
	}
	return c.CommaNames.Split(p.Names(list))
}

// Mentions calls found for each list of contexts on a page and each event that
// the list is about, with the place of its entry: that of a related list is about
// the event it is on and the one it points to, that of a day page or the front page
// of the event listed. It returns whether an entry points to no page.
func Mentions(a *archive.Archive, f *archive.Facts, found func(event *archive.Brief, entry int)) (unsure bool) {
	self := f.Brief.Bare() // which does not hold the facts
	for i, e := range f.Entries() {
		if e.Link == facts.NoLink || !e.There {
			continue
		}
		if f.IsEvent() {
			found(self, i)
		}
		to := a.MeantBy(f, e.Link)
		if to != nil {
			found(to, i)
		}
		if t := f.Target(e.Link); to == nil || to.Path != t.Path || f.Links[e.Link].Tree != facts.File {
			unsure = unsure || t.Kind == archive.Internal
		}
	}
	return unsure
}

// mentions is [Mentions].
func (c *Contexts) mentions(f *archive.Facts, found func(event *archive.Brief, entry int)) (unsure bool) {
	return Mentions(c.Archive, f, found)
}

// newestFirst orders events by date, newest first, then by path.
func newestFirst(a, b *archive.Brief) int {
	if n := b.Date.Compare(a.Date); n != 0 {
		return n
	}
	return strings.Compare(a.Path, b.Path)
}
