package contexts

import (
	"path"
	"slices"

	"newsctl/archive"
)

// paths returns the paths of the pages, in byte order.
func (c *Contexts) paths() []string {
	out := make([]string, 0, c.columns.pages.Len()+len(c.now))
	c.eachKept(func(page int) { out = append(out, c.columns.pages.Path(page)) })
	for p, h := range c.now {
		if h.isPage {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// Pages returns the pages, in the order of their paths.
func (c *Contexts) Pages() []*archive.Facts {
	paths := c.paths()
	out := make([]*archive.Facts, len(paths))
	archive.Parallel(len(paths), func(i int) {
		if c.Archive.Holds(paths[i]) {
			out[i] = c.Archive.Facts(paths[i])
		}
	})
	return slices.DeleteFunc(out, func(f *archive.Facts) bool { return f == nil })
}

// Events returns the events, newest first, then by path.
func (c *Contexts) Events() []*archive.Brief {
	c.eventsOnce.Do(func() {
		c.events = c.EventsAt(slices.DeleteFunc(c.paths(), func(p string) bool { return !c.Has(p) || !c.Archive.Holds(p) }))
	})
	return c.events
}

// EventsAt returns the events at paths, newest first, then by path.
func (c *Contexts) EventsAt(paths []string) []*archive.Brief {
	paths = slices.Clone(paths)
	slices.Sort(paths)
	out := make([]*archive.Brief, len(paths))
	archive.Parallel(len(paths), func(i int) { out[i] = c.Archive.EventBrief(paths[i]) })
	return eventsAmong(out)
}

// Len returns how many events there are.
func (c *Contexts) Len() int {
	n := 0
	c.eachKept(func(page int) {
		if c.columns.has(page, isEvent) {
			n++
		}
	})
	for _, h := range c.now {
		if h.isEvent {
			n++
		}
	}
	return n
}

// Sharing returns the events that have a context of one of some events, these among
// them, as far as they are there.
func (c *Contexts) Sharing(events []string) []string {
	wanted, out := NameSet{}, NameSet{}
	for _, e := range events {
		if c.Has(e) {
			out.Add(e)
		}
		wanted.Add(c.Of(e)...)
	}
	named := make([]bool, len(c.columns.names))
	for i, name := range c.columns.names {
		named[i] = wanted.has(name)
	}
	c.eachUntouched(func(page int) {
		shares := false
		c.columns.eachName(page, func(name int32) { shares = shares || named[name] })
		if shares {
			out.Add(c.columns.pages.Path(page))
		}
	})
	for p, names := range c.known {
		if c.Has(p) && slices.ContainsFunc(names, wanted.has) {
			out.Add(p)
		}
	}
	return out.Sorted()
}

// Having returns the events that have all of some contexts, of which there are any.
func (c *Contexts) Having(names []string) NameSet {
	wanted, out := NameSet{}, NameSet{}
	wanted.Add(names...)
	var numbers []int32
	for i, name := range c.columns.names {
		if wanted.has(name) {
			numbers = append(numbers, int32(i))
		}
	}
	if len(numbers) == len(wanted) { // or else no page of the columns has all
		c.eachUntouched(func(page int) {
			has := 0
			c.columns.eachName(page, func(name int32) {
				if slices.Contains(numbers, name) {
					has++
				}
			})
			if has == len(numbers) {
				out.Add(c.columns.pages.Path(page))
			}
		})
	}
	for p, of := range c.known {
		if c.Has(p) && !slices.ContainsFunc(names, func(name string) bool { return !of.Has(name) }) {
			out.Add(p)
		}
	}
	return out
}

// eventsAmong returns the events among pages, newest first. Those of a directory are in
// order already, so that only the directories are sorted.
func eventsAmong(pages []*archive.Brief) []*archive.Brief {
	var days [][]*archive.Brief
	for _, p := range pages {
		if !p.IsEvent() {
			continue
		}
		if n := len(days); n > 0 && days[n-1][0].Date == p.Date && path.Dir(days[n-1][0].Path) == path.Dir(p.Path) {
			days[n-1] = append(days[n-1], p)
		} else {
			days = append(days, []*archive.Brief{p})
		}
	}
	slices.SortFunc(days, func(a, b []*archive.Brief) int { return newestFirst(a[0], b[0]) })
	return slices.Concat(days...)
}
