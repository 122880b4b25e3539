package contexts

import (
	"slices"

	"newsctl/archive"
)

// gather makes known the contexts of some events from what pages say, as far as these
// are events, and the columns do not say the same.
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
		n, numbered := c.columns.pages.Number(p)
		if !numbered {
			n = -1
		}
		known = append(known, gathered{path: p, number: n, own: own})
		if declares {
			continue
		}
		byPath[p] = int32(len(known))
		if numbered {
			byNumber[n] = int32(len(known))
		}
	}
	var columns grouped[int32]
	columns.fill(len(known), func(add func(at int32, list int32)) {
		c.eachKept(func(page int) {
			if !c.columns.has(page, isDamaged) {
				c.columns.each(page, func(event int, list int32) { add(byNumber[event], list) })
			}
		})
	})
	mentions := 0
	for _, h := range c.now {
		mentions += len(h.said)
	}
	said, places := make([]*readList, 0, mentions), make([]int32, 0, mentions)
	for _, h := range c.now {
		if h.isDamaged {
			continue
		}
		for _, m := range h.said {
			if at := byPath[m.event.Path]; at > 0 {
				said, places = append(said, m.list), append(places, at)
			}
		}
	}
	var lists grouped[*readList]
	lists.fill(len(known), func(add func(at int32, list *readList)) {
		for k, at := range places {
			add(at, said[k])
		}
	})
	names := make([]NameList, len(known))
	archive.Parallel(len(known), func(i int) {
		names[i] = known[i].names(c.columns, columns.of(i), lists.of(i))
	})
	for i, g := range known {
		if g.number < 0 || !c.columns.says(g.number, names[i]) {
			c.known[g.path] = names[i]
		}
	}
}

// gathered is an event whose contexts are gathered.
type gathered struct {
	path   string
	number int // in the columns, or -1
	own    *readList
}

// names returns the contexts from lists of the columns and others, in no more memory than
// they take.
func (g *gathered) names(x *columns, kept []int32, others []*readList) NameList {
	var room [256]string
	out := room[:0]
	if g.own != nil {
		out = append(out, g.own.names...)
	}
	for _, list := range kept {
		out = x.appendList(out, list)
	}
	for _, list := range others {
		out = append(out, list.names...)
	}
	return slices.Clone(NewNameList(out))
}

// grouped is values by the places that they belong to.
type grouped[T any] struct {
	ends   []int32 // of the values of each place
	values []T
}

// fill takes values for so many places, which all calls with a place from 1 and a value,
// the same ones each time. A value of place 0 is omitted.
func (g *grouped[T]) fill(places int, all func(add func(at int32, value T))) {
	next := make([]int32, places+1)
	all(func(at int32, _ T) { next[at]++ })
	next[0] = 0
	for i := 1; i <= places; i++ {
		next[i] += next[i-1]
	}
	g.values, g.ends = make([]T, next[places]), slices.Clone(next[1:])
	all(func(at int32, value T) {
		if at > 0 {
			g.values[next[at-1]] = value
			next[at-1]++
		}
	})
}

// of returns the values of a place, from 0.
func (g *grouped[T]) of(place int) []T {
	start := int32(0)
	if place > 0 {
		start = g.ends[place-1]
	}
	return g.values[start:g.ends[place]]
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
