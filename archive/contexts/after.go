package contexts

import (
	"maps"
	"slices"
	"strings"

	"newsctl/archive"
)

// After returns the contexts of the archive after changes, and the paths of the
// events that these may touch: before and after them, as far as both differ. Heard is
// what was read already of pages that change, by their paths ([Contexts.Hear]).
func (c *Contexts) After(b *archive.Archive, changes *archive.Changes, heard map[string]*Heard) (*Contexts, NameSet) {
	var paths []string
	in := c.Archive // what links mean in it, they mean in b
	for _, change := range changes.All {
		if change.To != "" || change.Gone || change.From.IsNone() {
			in = b
		}
		paths = append(paths, change.Path, change.End())
	}
	if changes.Archive != c.Archive || len(changes.Intent.Moved) > 0 {
		in = b
	}
	slices.Sort(paths)
	return c.with(b, slices.Compact(paths), heard, in, false)
}

// with returns the contexts of an archive in which some pages are others, and the paths
// of the events that these may touch. Links are resolved in an archive in which they
// point to the same pages, unless one is no longer an event; so they were where a page
// is among heard. Where an entry points is found out again for all pages if unsure is
// set.
func (c *Contexts) with(b *archive.Archive, paths []string, heard map[string]*Heard, in *archive.Archive, unsure bool) (*Contexts, NameSet) {
	out := &Contexts{Archive: b, CommaNames: c.CommaNames, columns: c.columns, now: make(map[string]*Heard, len(c.now)+len(paths)), known: map[string]NameList{}, lists: c.lists}
	maps.Copy(out.now, c.now)
	maps.Copy(out.known, c.known)
	paths = slices.DeleteFunc(paths, func(p string) bool { return !b.Holds(p) })
	if in == b {
		heard = nil
	}
	changed := out.hear(slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return heard[p] != nil }), in)
	if in != b {
		maps.Copy(changed, heard)
		var again []string
		for p, h := range changed {
			if h.isEvent != c.Has(p) {
				again = paths
				break
			}
			if h.unsure {
				again = append(again, p)
			}
		}
		maps.Copy(changed, out.hear(again, b))
	}
	hints := false
	for p, h := range changed {
		hints = hints || c.hints(p) || !h.hints.Empty()
		out.now[p] = h
	}
	if hints && !maps.Equal(out.readCommaNames(), c.CommaNames) {
		return out.anew(c)
	}
	others := c.stale(changed, unsure)
	touched := c.newTouched()
	for p := range others {
		touched.add(c, p)
	}
	for p := range changed {
		touched.add(c, p)
	}
	maps.Copy(out.now, out.hear(others.Sorted(), b))
	for p := range others {
		touched.add(out, p)
	}
	for p := range changed {
		touched.add(out, p)
	}
	events := touched.paths()
	out.gather(events)
	return out, events
}

// touched collects the events that changes touch.
type touched struct {
	columns *columns
	kept    []bool // by the numbers of the columns
	others  NameSet
}

func (c *Contexts) newTouched() *touched {
	return &touched{c.columns, make([]bool, c.columns.pages.Len()), NameSet{}}
}

// add adds the events that a page mentions in some contexts, and the page itself if
// it is one.
func (t *touched) add(in *Contexts, path string) {
	if kind, _ := archive.Classify(path); kind == archive.EventPage {
		t.others.Add(path)
	}
	if h, ok := in.now[path]; ok {
		for _, m := range h.said {
			t.others.Add(m.event.Path)
		}
	} else if page, ok := t.columns.pages.Number(path); ok {
		t.columns.each(page, func(event int, _ int32) { t.kept[event] = true })
	}
}

// paths returns the paths of the events.
func (t *touched) paths() NameSet {
	for n, is := range t.kept {
		if is {
			t.others.Add(t.columns.pages.Path(n))
		}
	}
	return t.others
}

// hints reports whether a page shows names with a comma.
func (c *Contexts) hints(p string) bool {
	if h, ok := c.now[p]; ok {
		return !h.hints.Empty()
	}
	n, ok := c.columns.pages.Number(p)
	return ok && c.columns.has(n, isHint)
}

// readCommaNames returns the names with a comma that the configuration and pages show.
func (c *Contexts) readCommaNames() CommaNames {
	hints := map[string]archive.NameHints{}
	c.eachKept(func(page int) {
		if c.columns.has(page, isHint) {
			if f := c.Archive.Facts(c.columns.pages.Path(page)); f != nil {
				hints[f.Path] = f.Hints()
			}
		}
	})
	for p, h := range c.now {
		if !h.hints.Empty() {
			hints[p] = h.hints
		}
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

// stale returns the paths of the other pages of which what they say must be read again
// after some changed: where events came or went, those with links to them, and those
// with links that may now mean another event.
func (c *Contexts) stale(changed map[string]*Heard, unsure bool) NameSet {
	out, gone, moved := NameSet{}, NameSet{}, unsure
	for path, h := range changed {
		was, is := c.Has(path), h.isEvent
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
	for p := range changed {
		delete(out, p)
	}
	return out
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
