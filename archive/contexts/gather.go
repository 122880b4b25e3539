package contexts

import (
	"slices"

	"newsctl/archive"
)

// gather makes known the contexts of some events from what pages say, as far as these
// are events.
func (c *Contexts) gather(events NameSet) {
	var known []gathered
	byPath := make(map[string]int32, len(events))    // the places of those that do not declare their own, from 1
	byNumber := make([]int32, c.columns.pages.Len()) // the same
	for p := range events {
		delete(c.known, p)
		own, declares, ok := c.ownAt(p)
		if !ok {
			continue
		}
		known = append(known, gathered{path: p, own: own})
		if declares {
			continue
		}
		byPath[p] = int32(len(known))
		if n, ok := c.columns.pages.Number(p); ok {
			byNumber[n] = int32(len(known))
		}
	}
	c.eachKept(func(page int) {
		if c.columns.has(page, isDamaged) {
			return
		}
		c.columns.each(page, func(event int, list int32) {
			if at := byNumber[event]; at > 0 {
				known[at-1].columns = append(known[at-1].columns, list)
			}
		})
	})
	for _, h := range c.now {
		if h.isDamaged {
			continue
		}
		for _, m := range h.said {
			if at := byPath[m.event.Path]; at > 0 {
				known[at-1].lists = append(known[at-1].lists, m.list)
			}
		}
	}
	names := make([]NameList, len(known))
	archive.Parallel(len(known), func(i int) { names[i] = known[i].names(c.columns) })
	for i := range known {
		c.known[known[i].path] = names[i]
	}
}

// gathered is where the contexts of an event are known from.
type gathered struct {
	path    string
	own     *readList
	columns []int32     // lists of the columns
	lists   []*readList // others
}

// names returns the contexts, in no more memory than they take.
func (g *gathered) names(x *columns) NameList {
	var out []string
	if g.own != nil {
		out = append(out, g.own.names...)
	}
	for _, list := range g.columns {
		out = append(out, x.list(list)...)
	}
	for _, list := range g.lists {
		out = append(out, list.names...)
	}
	return slices.Clone(NewNameList(out))
}

// ownAt returns what the event at a path itself says that it is about, and whether
// nothing else counts; false if there is no event.
func (c *Contexts) ownAt(p string) (own *readList, declares, ok bool) {
	if h := c.now[p]; h != nil {
		return h.own, h.declares, h.isEvent
	}
	if e := c.Archive.EventFacts(p); e != nil && c.Archive.Holds(p) {
		return c.own(e), e.Contexts.There, true
	}
	return nil, false, false
}

// Topic returns the topic of the event at a path as a context, or nothing.
func (c *Contexts) Topic(event string) string {
	if h := c.now[event]; h != nil {
		return h.topic
	}
	if n, ok := c.columns.pages.Number(event); ok {
		if topic := c.columns.topics.At(n); topic > 0 {
			return c.columns.names[topic-1]
		}
	}
	return ""
}
