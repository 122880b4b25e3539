package archive

import (
	"maps"
	"slices"
	"strings"
)

// after returns the contexts of the archive after changes, and the paths of the
// events that these may touch: before and after them, as far as both differ.
func (c *Contexts) after(b *Archive, changes *Changes) (*Contexts, nameSet) {
	out := &Contexts{archive: b, hints: maps.Clone(c.hints), said: maps.Clone(c.said), doubted: maps.Clone(c.doubted), known: maps.Clone(c.known), broken: maps.Clone(c.broken)}
	pages := map[string]*Facts{} // that change, nil where none is left
	parallel(len(changes.all), func(i int) { b.Facts(changes.all[i].end()) })
	for _, change := range changes.all {
		for _, p := range []string{change.path, change.end()} {
			if b.Holds(p) {
				pages[p] = b.Facts(p)
			}
		}
	}
	out.replace(c, pages)
	if out.names = commaNames(b.config, out.hints); !maps.Equal(out.names, c.names) {
		return out.again(c)
	}
	touched := nameSet{}
	for p := range pages {
		out.touch(touched, c, p)
	}
	var stale []*Facts
	for p := range out.stale(c, pages) {
		delete(out.said, p)
		delete(out.doubted, p)
		delete(out.broken, p)
		if f := b.Facts(p); f != nil {
			stale = append(stale, f)
		}
	}
	out.listen(stale)
	for _, p := range stale {
		out.touch(touched, c, p.Path)
	}
	var events []*Facts
	for p := range touched {
		delete(out.known, p)
		if e := b.eventFacts(p); e != nil {
			events = append(events, e)
		}
	}
	out.gather(events)
	return out, touched
}

// again reads all contexts anew, since lists are read in another way.
func (c *Contexts) again(before *Contexts) (*Contexts, nameSet) {
	clear(c.said)
	clear(c.doubted)
	clear(c.known)
	clear(c.broken)
	c.listen(c.pages)
	c.gather(c.events)
	touched := nameSet{}
	for _, e := range slices.Concat(before.events, c.events) {
		touched.add(e.Path)
	}
	return c, touched
}

// replace makes the pages, the events and the hints those after a change of some
// pages.
func (c *Contexts) replace(before *Contexts, changed map[string]*Facts) {
	c.pages = make([]*Facts, 0, len(before.pages)+len(changed))
	for _, p := range before.pages {
		if _, ok := changed[p.Path]; !ok {
			c.pages = append(c.pages, p)
		}
	}
	for path, p := range changed {
		delete(c.hints, path)
		if p == nil {
			continue
		}
		c.pages = append(c.pages, p)
		if h := p.hints(); !h.empty() {
			c.hints[path] = h
		}
	}
	slices.SortFunc(c.pages, factsByPath)
	c.sortEvents()
}

// stale returns the paths of pages of which what they say must be read again:
// those that changed, and where events came or went, those with links to them, and
// those with links to no page, which may now mean another event.
func (c *Contexts) stale(before *Contexts, changed map[string]*Facts) nameSet {
	out, gone, moved := nameSet{}, nameSet{}, false
	for path, p := range changed {
		out.add(path)
		_, was := before.known[path]
		is := p.IsEvent()
		if was && !is {
			gone.add(path)
		}
		moved = moved || was != is
	}
	if !moved {
		return out
	}
	for path := range before.broken {
		out.add(path)
	}
	for _, pages := range []map[string][]mention{before.said, before.doubted} {
		for path, said := range pages {
			if slices.ContainsFunc(said, func(m mention) bool { return gone.has(m.event) }) {
				out.add(path)
			}
		}
	}
	return out
}

// touch adds the events that a page mentions, before or after.
func (c *Contexts) touch(touched nameSet, before *Contexts, path string) {
	kind, _ := Classify(path)
	if kind == EventPage {
		touched.add(path)
	}
	for _, said := range [][]mention{before.said[path], c.said[path], before.doubted[path], c.doubted[path]} {
		for _, m := range said {
			touched.add(m.event)
		}
	}
}

func byPath(a, b *Page) int { return strings.Compare(a.Path, b.Path) }

func factsByPath(a, b *Facts) int { return strings.Compare(a.Path, b.Path) }
