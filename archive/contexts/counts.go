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
		if c.columns.has(page, isEvent) {
			do(c.columns.pages.Path(page), c.columns.contexts(page))
		}
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

// eachUntouched calls do for each page of the columns that did not change since, and
// whose contexts were not read again.
func (c *Contexts) eachUntouched(do func(page int)) {
	again := c.again()
	c.eachKept(func(page int) {
		if !again[page] {
			do(page)
		}
	})
}

// again returns the events of the columns whose contexts were read again.
func (c *Contexts) again() map[int]bool {
	out := map[int]bool{}
	for p := range c.known {
		if n, ok := c.columns.pages.Number(p); ok {
			out[n] = true
		}
	}
	return out
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
	named, again := make([]bool, len(c.columns.names)), c.again()
	c.eachKept(func(page int) {
		if !c.columns.has(page, isEvent) || c.columns.has(page, isDamaged) {
			return
		}
		if !again[page] {
			c.columns.eachName(page, func(name int32) { named[name] = true })
		}
		if n := c.columns.topics.At(page); n > 0 {
			named[n-1] = true
		}
	})
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
