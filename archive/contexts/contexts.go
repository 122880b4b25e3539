package contexts

import (
	"path"
	"slices"
	"strings"
	"sync"

	"newsctl/archive"
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
	Pages      []*archive.Facts // of the archive, in the order of their paths
	Events     []*archive.Facts // newest first, then by path
	CommaNames CommaNames
	hints      map[string]archive.NameHints // by the pages that give any
	said       map[string][]mention         // by the pages that say it
	doubted    map[string][]mention         // by the pages that are damaged
	Known      map[string]NameList          // by the paths of events
	broken     NameSet                      // pages with an entry that points to no page

	lists      *listMemo
	looseOnce  sync.Once
	looseLists map[string][][]string
}

// mention is what a list of contexts on a page says of an event.
type mention struct {
	event *archive.Facts
	list  *readList
}

// readList is what a list of contexts reads as. Lists that are written alike share
// it, and nobody changes it.
type readList struct {
	names   []string
	numbers []int32 // of the names among those of the archive, while these are gathered
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

// Of reads the contexts of all events of an archive. Paths are those of
// all its pages, loaded.
func Of(a *archive.Archive, paths []string) *Contexts {
	c := &Contexts{Archive: a, Pages: make([]*archive.Facts, len(paths)), hints: map[string]archive.NameHints{}, said: map[string][]mention{}, doubted: map[string][]mention{}, Known: map[string]NameList{}, broken: NameSet{}, lists: newListMemo(a)}
	archive.Parallel(len(paths), func(i int) { c.Pages[i] = a.Facts(paths[i]) })
	c.Pages = slices.DeleteFunc(c.Pages, func(f *archive.Facts) bool { return f == nil })
	for _, f := range c.Pages {
		if h := f.Hints(); !h.Empty() {
			c.hints[f.Path] = h
		}
	}
	c.CommaNames = CommaNamesOf(a.Config(), c.hints)
	c.sortEvents()
	c.listen(c.Pages)
	c.gatherAll()
	return c
}

// sortEvents makes the events those among the pages. Those of a directory are in
// order already, so that only the directories are sorted.
func (c *Contexts) sortEvents() {
	var days [][]*archive.Facts
	events := 0
	for _, p := range c.Pages {
		if !p.IsEvent() {
			continue
		}
		events++
		if n := len(days); n > 0 && days[n-1][0].Date == p.Date && path.Dir(days[n-1][0].Path) == path.Dir(p.Path) {
			days[n-1] = append(days[n-1], p)
		} else {
			days = append(days, []*archive.Facts{p})
		}
	}
	slices.SortFunc(days, func(a, b []*archive.Facts) int { return newestFirst(a[0], b[0]) })
	c.Events = make([]*archive.Facts, 0, events)
	for _, day := range days {
		c.Events = append(c.Events, day...)
	}
}

// listen reads what pages say of events, with all cores.
func (c *Contexts) listen(pages []*archive.Facts) {
	said := make([][]mention, len(pages))
	broken := make([]bool, len(pages))
	archive.Parallel(len(pages), func(i int) {
		if n := len(pages[i].Entries()); n > 0 {
			said[i] = make([]mention, 0, 2*n)
		}
		broken[i] = c.mentions(pages[i], func(event *archive.Facts, entry int) {
			said[i] = append(said[i], mention{event, c.readEntry(pages[i].Entries()[entry])})
		})
	})
	for i, p := range pages {
		delete(c.said, p.Path)
		delete(c.doubted, p.Path)
		delete(c.broken, p.Path)
		switch {
		case len(said[i]) == 0:
		case p.Damaged():
			c.doubted[p.Path] = said[i]
		default:
			c.said[p.Path] = said[i]
		}
		if broken[i] {
			c.broken.Add(p.Path)
		}
	}
}

// gatherAll makes known the contexts of all events from what pages say. Names are
// handled by their numbers, in byte order.
func (c *Contexts) gatherAll() {
	names := c.numberNames()
	last := int32(0)
	for _, e := range c.Events {
		last = max(last, e.ID)
	}
	place := make([]int32, last+1) // from 1, by the IDs of those that do not declare their own
	own := make([]*readList, len(c.Events))
	counts := make([]int, len(c.Events))
	for i, e := range c.Events {
		if own[i] = c.own(e); own[i] != nil {
			counts[i] = len(own[i].numbers)
		}
		if !e.Contexts.There {
			place[e.ID] = int32(i) + 1
		}
	}
	said := func(do func(event int32, list *readList)) {
		for _, p := range c.Pages { // in order, since that is how they lie in memory
			for _, m := range c.said[p.Path] {
				if m.event.ID <= last && place[m.event.ID] > 0 {
					do(place[m.event.ID]-1, m.list)
				}
			}
		}
	}
	said(func(event int32, list *readList) { counts[event] += len(list.numbers) })
	numbers := make([][]int32, len(c.Events))
	for i, n := range counts {
		numbers[i] = make([]int32, 0, n)
		if own[i] != nil {
			numbers[i] = append(numbers[i], own[i].numbers...)
		}
	}
	said(func(event int32, list *readList) { numbers[event] = append(numbers[event], list.numbers...) })
	known := make([]NameList, len(c.Events))
	archive.Parallel(len(c.Events), func(i int) {
		slices.Sort(numbers[i])
		numbers[i] = slices.Compact(numbers[i])
		known[i] = make(NameList, len(numbers[i]))
		for k, n := range numbers[i] {
			known[i][k] = names[n]
		}
	})
	c.Known = make(map[string]NameList, len(c.Events))
	for i, e := range c.Events {
		c.Known[e.Path] = known[i]
	}
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

// numberNames returns all names that lists have, in byte order, and numbers those of
// each list.
func (c *Contexts) numberNames() []string {
	for _, e := range c.Events {
		c.own(e)
	}
	all := NameSet{}
	for _, l := range c.lists.read {
		all.Add(l.names...)
	}
	names := all.Sorted()
	number := make(map[string]int32, len(names))
	for i, name := range names {
		number[name] = int32(i)
	}
	for _, l := range c.lists.read {
		l.numbers = make([]int32, len(l.names))
		for i, name := range l.names {
			l.numbers[i] = number[name]
		}
	}
	return names
}

// gather makes known the contexts of some events from what pages say.
func (c *Contexts) gather(events []*archive.Facts) {
	place := make(map[string]int, len(events)) // of those that do not declare their own
	names := make([][]string, len(events))
	for i, e := range events {
		if own := c.own(e); own != nil {
			names[i] = slices.Clone(own.names)
		}
		if !e.Contexts.There {
			place[e.Path] = i
		}
	}
	type hit struct {
		event int
		list  *readList
	}
	hits := make([][]hit, len(c.Pages))
	archive.Parallel(len(c.Pages), func(k int) {
		for _, m := range c.said[c.Pages[k].Path] {
			if i, ok := place[m.event.Path]; ok {
				hits[k] = append(hits[k], hit{i, m.list})
			}
		}
	})
	for _, page := range hits {
		for _, h := range page {
			names[h.event] = append(names[h.event], h.list.names...)
		}
	}
	for i, e := range events {
		c.Known[e.Path] = NewNameList(names[i])
	}
}

// IsContext reports whether a name reads as it is where a page lists contexts.
func IsContext(c archive.Config, name string) bool {
	e := page.ParseEvent([]byte("# x\n\n"+page.FormatContexts(c.Labels.Context[0], name)+"\n"), c.Labels)
	return e.Declared != nil && e.Names(e.Declared) == name && len(e.Links) == 0
}

// Of returns the contexts of the event at a path in byte order.
func (c *Contexts) Of(event string) []string { return slices.Clip(c.Known[event]) }

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
func Mentions(a *archive.Archive, f *archive.Facts, found func(event *archive.Facts, entry int)) (broken bool) {
	for i, e := range f.Entries() {
		if e.Link == facts.NoLink || !e.There {
			continue
		}
		if f.IsEvent() {
			found(f, i)
		}
		t := f.Target(e.Link)
		to := a.MeantBy(f, e.Link)
		if to != nil {
			found(to, i)
		}
		if to == nil || to.Path != t.Path {
			broken = broken || t.Kind == archive.Internal && a.Facts(t.Path) == nil
		}
	}
	return broken
}

// mentions is [Archive.mentions].
func (c *Contexts) mentions(f *archive.Facts, found func(event *archive.Facts, entry int)) (broken bool) {
	return Mentions(c.Archive, f, found)
}

// newestFirst orders events by date, newest first, then by path.
func newestFirst(a, b *archive.Facts) int {
	if n := b.Date.Compare(a.Date); n != 0 {
		return n
	}
	return strings.Compare(a.Path, b.Path)
}

// All returns the contexts of all events.
func (c *Contexts) All() NameSet {
	all := NameSet{}
	for _, names := range c.Known {
		all.Add(names...)
	}
	return all
}

// Names returns the names of all contexts, topics among them, in byte order, less
// those that only damaged pages know.
func (c *Contexts) Names() []string {
	all := NameSet{}
	for _, e := range c.Events {
		if e.Damaged() {
			continue
		}
		all.Add(c.Known[e.Path]...)
		if e.Topic != "" {
			all.Add(c.Archive.Config().ContextName(e.Topic))
		}
	}
	return all.Sorted()
}
