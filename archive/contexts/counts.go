package contexts

import (
	"slices"
	"strings"
)

// Count is a context and the number of events that have it.
type Count struct {
	Name   string `json:"name"`
	Events int    `json:"events"`
}

// Each calls do for each event, in no order, with its contexts, which do must not keep.
func (c *Contexts) Each(do func(event string, names NameList)) {
	c.eachUntouched(func(page int) {
		do(c.columns.pages.Path(page), c.columns.contexts(page))
	})
	for p, names := range c.known {
		do(p, names)
	}
}

// Counts returns all contexts of the archive in byte order.
func (c *Contexts) Counts() []Count {
	counts := make([]int, len(c.columns.names))
	own := map[string]int{} // of names that are new
	c.eachKnown(func(name int32) { counts[name]++ }, func(name string) { own[name]++ })
	out := make([]Count, 0, len(counts))
	for i, n := range counts {
		if n += own[c.columns.names[i]]; n > 0 {
			out = append(out, Count{c.columns.names[i], n})
		}
		delete(own, c.columns.names[i])
	}
	for name, n := range own {
		out = append(out, Count{name, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// eachKnown calls numbered or named for each context of each event.
func (c *Contexts) eachKnown(numbered func(name int32), named func(name string)) {
	for _, names := range c.known {
		for _, name := range names {
			named(name)
		}
	}
	c.eachUntouched(func(page int) { c.columns.eachName(page, numbered) })
}

// eachUntouched calls do for each event of the columns whose contexts are those that they
// say.
func (c *Contexts) eachUntouched(do func(page int)) {
	other := make([]bool, c.columns.pages.Len())
	for p := range c.known {
		if n, ok := c.columns.pages.Number(p); ok {
			other[n] = true
		}
	}
	for p, h := range c.now {
		if n, ok := c.columns.pages.Number(p); ok && !h.isEvent {
			other[n] = true
		}
	}
	for page, is := range other {
		if !is && c.columns.has(page, isEvent) {
			do(page)
		}
	}
}

// All returns the contexts of all events.
func (c *Contexts) All() NameSet {
	all := NameSet{}
	for _, n := range c.Counts() {
		all.Add(n.Name)
	}
	return all
}

// Names returns the names of all contexts, topics among them, in byte order, less
// those that only damaged pages know.
func (c *Contexts) Names() []string {
	all := NameSet{}
	named := make([]bool, len(c.columns.names))
	c.eachKept(func(page int) {
		if n := c.columns.topics.At(page); n > 0 && !c.columns.has(page, isDamaged) {
			named[n-1] = true
		}
	})
	damagedNow := map[int]bool{}
	for p, h := range c.now {
		if n, ok := c.columns.pages.Number(p); ok {
			damagedNow[n] = h.isDamaged
		}
	}
	c.eachUntouched(func(page int) {
		damaged, changed := damagedNow[page]
		if !changed {
			damaged = c.columns.has(page, isDamaged)
		}
		if !damaged {
			c.columns.eachName(page, func(name int32) { named[name] = true })
		}
	})
	for _, h := range c.now {
		if h.topic != "" && !h.isDamaged {
			all.Add(h.topic)
		}
	}
	for i, name := range c.columns.names {
		if named[i] {
			all.Add(name)
		}
	}
	for p, names := range c.known {
		e := c.Archive.EventFacts(p)
		if e == nil || e.Damaged() {
			continue
		}
		all.Add(names...)
		if e.Topic != "" {
			all.Add(c.Archive.Config().ContextName(e.Topic))
		}
	}
	return all.Sorted()
}
