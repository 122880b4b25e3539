package contexts

import (
	"maps"
	"slices"
	"strings"

	"newsctl/archive"
)

// After returns the contexts of the archive after changes, and the paths of the
// events that these may touch: before and after them, as far as both differ.
func (c *Contexts) After(b *archive.Archive, changes *archive.Changes) (*Contexts, NameSet) {
	out := &Contexts{Archive: b, hints: maps.Clone(c.hints), said: maps.Clone(c.said), doubted: maps.Clone(c.doubted), Known: maps.Clone(c.Known), broken: maps.Clone(c.broken), lists: c.lists}
	pages := map[string]*archive.Facts{} // that change, nil where none is left
	archive.Parallel(len(changes.All), func(i int) { b.Facts(changes.All[i].End()) })
	for _, change := range changes.All {
		for _, p := range []string{change.Path, change.End()} {
			if b.Holds(p) {
				pages[p] = b.Facts(p)
			}
		}
	}
	out.replace(c, pages)
	if out.CommaNames = CommaNamesOf(b.Config(), out.hints); !maps.Equal(out.CommaNames, c.CommaNames) {
		return out.again(c)
	}
	touched := NameSet{}
	for p := range pages {
		out.touch(touched, c, p)
	}
	var stale []*archive.Facts
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
	var events []*archive.Facts
	for p := range touched {
		delete(out.Known, p)
		if e := b.EventFacts(p); e != nil {
			events = append(events, e)
		}
	}
	out.gather(events)
	return out, touched
}

// again reads all contexts anew, since lists are read in another way.
func (c *Contexts) again(before *Contexts) (*Contexts, NameSet) {
	clear(c.said)
	clear(c.doubted)
	clear(c.broken)
	c.lists = newListMemo(c.Archive)
	c.listen(c.Pages)
	c.gatherAll()
	touched := NameSet{}
	for _, e := range slices.Concat(before.Events, c.Events) {
		touched.Add(e.Path)
	}
	return c, touched
}

// replace makes the pages, the events and the hints those after a change of some
// pages.
func (c *Contexts) replace(before *Contexts, changed map[string]*archive.Facts) {
	c.Pages = make([]*archive.Facts, 0, len(before.Pages)+len(changed))
	for _, p := range before.Pages {
		if _, ok := changed[p.Path]; !ok {
			c.Pages = append(c.Pages, p)
		}
	}
	for path, p := range changed {
		delete(c.hints, path)
		if p == nil {
			continue
		}
		c.Pages = append(c.Pages, p)
		if h := p.Hints(); !h.Empty() {
			c.hints[path] = h
		}
	}
	slices.SortFunc(c.Pages, FactsByPath)
	c.sortEvents()
}

// stale returns the paths of pages of which what they say must be read again:
// those that changed, and where events came or went, those with links to them, and
// those with links to no page, which may now mean another event.
func (c *Contexts) stale(before *Contexts, changed map[string]*archive.Facts) NameSet {
	out, gone, moved := NameSet{}, NameSet{}, false
	for path, p := range changed {
		out.Add(path)
		_, was := before.Known[path]
		is := p.IsEvent()
		if was && !is {
			gone.Add(path)
		}
		moved = moved || was != is
	}
	if !moved {
		return out
	}
	for path := range before.broken {
		out.Add(path)
	}
	for _, pages := range []map[string][]mention{before.said, before.doubted} {
		for path, said := range pages {
			if slices.ContainsFunc(said, func(m mention) bool { return gone.has(m.event.Path) }) {
				out.Add(path)
			}
		}
	}
	return out
}

// touch adds the events that a page mentions, before or after.
func (c *Contexts) touch(touched NameSet, before *Contexts, path string) {
	kind, _ := archive.Classify(path)
	if kind == archive.EventPage {
		touched.Add(path)
	}
	for _, said := range [][]mention{before.said[path], c.said[path], before.doubted[path], c.doubted[path]} {
		for _, m := range said {
			touched.Add(m.event.Path)
		}
	}
}

// ByPath compares pages by their paths.
func ByPath(a, b *archive.Page) int { return strings.Compare(a.Path, b.Path) }

// FactsByPath compares facts of pages by the paths.
func FactsByPath(a, b *archive.Facts) int { return strings.Compare(a.Path, b.Path) }
