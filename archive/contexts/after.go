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
	pages := map[string]*archive.Facts{} // that change, nil where none is left
	archive.Parallel(len(changes.All), func(i int) { b.Facts(changes.All[i].End()) })
	for _, change := range changes.All {
		for _, p := range []string{change.Path, change.End()} {
			if b.Holds(p) {
				pages[p] = b.Facts(p)
			}
		}
	}
	return c.with(b, pages, false)
}

// with returns the contexts of an archive in which some pages are others, and the paths
// of the events that these may touch. Where an entry points is found out again for all
// pages if unsure is set.
func (c *Contexts) with(b *archive.Archive, pages map[string]*archive.Facts, unsure bool) (*Contexts, NameSet) {
	out := &Contexts{Archive: b, CommaNames: c.CommaNames, columns: c.columns, now: map[string]*heard{}, known: map[string]NameList{}, lists: c.lists}
	maps.Copy(out.now, c.now)
	maps.Copy(out.known, c.known)
	hints := false
	for p, f := range pages {
		hints = hints || c.hints(p) || f != nil && !f.Hints().Empty()
		out.now[p] = &heard{page: f}
	}
	if hints && !maps.Equal(out.readCommaNames(), c.CommaNames) {
		return out.anew(c)
	}
	var stale []*archive.Facts
	touched := NameSet{}
	for p := range c.stale(pages, unsure) {
		out.touch(touched, c, p)
		delete(out.now, p)
		if f := b.Facts(p); f != nil {
			stale = append(stale, f)
		} else {
			out.now[p] = &heard{}
		}
	}
	for _, h := range out.listen(stale) {
		out.now[h.page.Path] = &h
		out.touch(touched, out, h.page.Path)
	}
	var events []*archive.Facts
	for p := range touched {
		delete(out.known, p)
		if e := b.EventFacts(p); e != nil && b.Holds(p) {
			events = append(events, e)
		}
	}
	out.gather(events)
	return out, touched
}

// hints reports whether a page shows names with a comma.
func (c *Contexts) hints(p string) bool {
	if h, ok := c.now[p]; ok {
		return h.page != nil && !h.page.Hints().Empty()
	}
	n, ok := c.columns.pages.Number(p)
	return ok && c.columns.has(n, isHint)
}

// readCommaNames returns the names with a comma that the configuration and pages show.
func (c *Contexts) readCommaNames() CommaNames {
	hints := map[string]archive.NameHints{}
	add := func(f *archive.Facts) {
		if f != nil {
			hints[f.Path] = f.Hints()
		}
	}
	c.eachKept(func(page int) {
		if c.columns.has(page, isHint) {
			add(c.Archive.Facts(c.columns.pages.Path(page)))
		}
	})
	for _, h := range c.now {
		add(h.page)
	}
	return CommaNamesOf(c.Archive.Config(), hints)
}

// anew reads all contexts again, since lists are read in another way.
func (c *Contexts) anew(before *Contexts) (*Contexts, NameSet) {
	out := Of(c.Archive, c.paths())
	touched := NameSet{}
	for _, x := range []*Contexts{before, out} {
		x.Each(func(event string, _ NameList) { touched.Add(event) })
	}
	return out, touched
}

// stale returns the paths of pages of which what they say must be read again:
// those that changed, and where events came or went, those with links to them, and
// those with links that may now mean another event.
func (c *Contexts) stale(changed map[string]*archive.Facts, unsure bool) NameSet {
	out, gone, moved := NameSet{}, NameSet{}, unsure
	for path, p := range changed {
		out.Add(path)
		was, is := c.Has(path), p.IsEvent()
		if was && !is {
			gone.Add(path)
		}
		moved = moved || was != is
	}
	if !moved {
		return out
	}
	lost := make([]bool, c.columns.pages.Len())
	for p := range gone {
		if n, ok := c.columns.pages.Number(p); ok {
			lost[n] = true
		}
	}
	c.eachKept(func(page int) {
		stale := c.columns.has(page, isUnsure)
		if len(gone) > 0 && !stale {
			c.columns.each(page, func(event int, _ int32) { stale = stale || lost[event] })
		}
		if stale {
			out.Add(c.columns.pages.Path(page))
		}
	})
	for p, h := range c.now {
		if h.unsure || slices.ContainsFunc(h.said, func(m mention) bool { return gone.has(m.event.Path) }) {
			out.Add(p)
		}
	}
	return out
}

// touch adds the events that a page mentions in some contexts, and the page itself if
// it is one.
func (c *Contexts) touch(touched NameSet, in *Contexts, path string) {
	if kind, _ := archive.Classify(path); kind == archive.EventPage {
		touched.Add(path)
	}
	in.mentioned(path, func(event string, _ []string) { touched.Add(event) })
}

// mentioned calls do with each event that a page mentions, and the names that it says.
func (c *Contexts) mentioned(path string, do func(event string, names []string)) {
	if h, ok := c.now[path]; ok {
		for _, m := range h.said {
			do(m.event.Path, m.list.names)
		}
		return
	}
	if page, ok := c.columns.pages.Number(path); ok {
		c.columns.each(page, func(event int, list int32) { do(c.columns.pages.Path(event), c.columns.list(list)) })
	}
}

// ByPath compares pages by their paths.
func ByPath(a, b *archive.Page) int { return strings.Compare(a.Path, b.Path) }

// FactsByPath compares facts of pages by the paths.
func FactsByPath(a, b *archive.Facts) int { return strings.Compare(a.Path, b.Path) }
