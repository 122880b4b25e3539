package contexts

import (
	"slices"

	"newsctl/archive"
	"newsctl/archive/catalog"
)

// columns is what the pages of an archive say of its events, by the numbers of the
// pages. Nobody changes it: all contexts that are made from it share it.
type columns struct {
	pages  *archive.Numbering
	flags  string         // of each page, a byte
	topics catalog.Column // of each page: the name that its topic is, from 1
	commas []string       // names with a comma
	names  []string       // in byte order

	lists, listNames catalog.Column // the ends of lists, and the names in them
	said             catalog.Column // the ends of what each page says
	events, saidAs   catalog.Column // the event that it is said of, and the list
	known, knownAs   catalog.Column // the ends of the contexts of each event, and the names
}

// What is known of a page.
const (
	isEvent   = 1 << iota
	isDamaged // so that what it says does not count
	isUnsure  // what an entry points to depends on more than that page
	isHint    // it shows names with a comma
)

// has reports whether a page has a flag.
func (x *columns) has(page int, flag byte) bool { return x.flags[page]&flag != 0 }

// contexts returns the contexts of an event.
func (x *columns) contexts(event int) NameList {
	start, end := x.known.Part(event)
	out := make(NameList, 0, end-start)
	x.eachName(event, func(name int32) { out = append(out, x.names[name]) })
	return out
}

// eachName calls do with the number of each context of an event.
func (x *columns) eachName(event int, do func(name int32)) {
	start, end := x.known.Part(event)
	for i := start; i < end; i++ {
		do(x.knownAs.At(i))
	}
}

// says reports whether a page is an event with these contexts.
func (x *columns) says(event int, names NameList) bool {
	start, end := x.known.Part(event)
	if !x.has(event, isEvent) || end-start != len(names) {
		return false
	}
	for i, name := range names {
		if x.names[x.knownAs.At(start+i)] != name {
			return false
		}
	}
	return true
}

// list returns the names of a list.
func (x *columns) list(n int32) []string { return x.appendList(nil, n) }

// appendList adds the names of a list to others.
func (x *columns) appendList(to []string, n int32) []string {
	start, end := x.lists.Part(int(n))
	for i := start; i < end; i++ {
		to = append(to, x.names[x.listNames.At(i)])
	}
	return to
}

// each calls do with each event that a page mentions, and the list that says it.
func (x *columns) each(page int, do func(event int, list int32)) {
	start, end := x.said.Part(page)
	for i := start; i < end; i++ {
		do(int(x.events.At(i)), x.saidAs.At(i))
	}
}

// openColumns returns what [columnsOf] wrote of pages, or nil if it is broken.
func openColumns(text string, pages *archive.Numbering) *columns {
	r := catalog.NewReader(text)
	x := &columns{pages: pages, commas: readStrings(r), names: readStrings(r), flags: r.String(), topics: r.Column()}
	x.lists, x.listNames = r.Column(), r.Column()
	x.said, x.events, x.saidAs = r.Column(), r.Column(), r.Column()
	x.known, x.knownAs = r.Column(), r.Column()
	n := pages.Len()
	sound := r.Whole() && len(x.flags) == n && x.topics.Len() == n && x.said.Len() == n && x.known.Len() == n &&
		x.lists.IsEnds(x.listNames.Len()) && x.said.IsEnds(x.events.Len()) && x.known.IsEnds(x.knownAs.Len()) &&
		x.saidAs.Len() == x.events.Len() &&
		below(x.topics, len(x.names)+1) && below(x.listNames, len(x.names)) && below(x.knownAs, len(x.names)) &&
		below(x.events, n) && below(x.saidAs, x.lists.Len())
	if !sound {
		return nil
	}
	return x
}

// below reports whether all numbers of a column are from 0 to less than a limit.
func below(c catalog.Column, limit int) bool {
	for i := range c.Len() {
		if n := c.At(i); n < 0 || int(n) >= limit {
			return false
		}
	}
	return true
}

func readStrings(r *catalog.Reader) []string {
	out := make([]string, r.Count())
	for i := range out {
		out[i] = r.String()
	}
	return out
}

func writeStrings(w *catalog.Writer, list []string) {
	w.Int(len(list))
	for _, s := range list {
		w.String(s)
	}
}

// columnsWriter makes columns of what pages say.
type columnsWriter struct {
	contexts *Contexts
	pages    []*archive.Facts // by number; nil for one that is not a page of the archive
	heard    []Heard          // from each

	lists   []*readList // those that something is said in, by their numbers
	names   []string    // in byte order
	numbers map[string]int32
}

// columnsOf returns what pages say as columns.
func columnsOf(c *Contexts, pages []*archive.Facts, heard []Heard) string {
	w := &columnsWriter{contexts: c, pages: pages, heard: heard, numbers: map[string]int32{}}
	w.number()
	var out catalog.Writer
	writeStrings(&out, c.CommaNames.names())
	writeStrings(&out, w.names)
	flags, topics := w.flags()
	out.String(string(flags))
	out.Column(topics)
	out.Column(w.listColumns(&out))
	said, events, saidAs := w.said()
	out.Column(said)
	out.Column(events)
	out.Column(saidAs)
	known, knownAs := w.known(said, events, saidAs)
	out.Column(known)
	out.Column(knownAs)
	return string(out.Bytes())
}

// number numbers the lists and the names in them.
func (w *columnsWriter) number() {
	all := NameSet{}
	take := func(l *readList) {
		if l != nil && l.number == 0 {
			w.lists = append(w.lists, l)
			l.number = int32(len(w.lists))
			all.Add(l.names...)
		}
	}
	for i, f := range w.pages {
		if f.IsEvent() {
			take(w.contexts.own(f))
			if f.Topic != "" {
				take(w.contexts.readTopic(f.Topic))
			}
		}
		for _, m := range w.heard[i].said {
			take(m.list)
		}
	}
	w.names = all.Sorted()
	for i, name := range w.names {
		w.numbers[name] = int32(i)
	}
	for _, l := range w.lists {
		l.numbers = make([]int32, len(l.names))
		for i, name := range l.names {
			l.numbers[i] = w.numbers[name]
		}
	}
}

func (w *columnsWriter) flags() (flags []byte, topics []int32) {
	flags, topics = make([]byte, len(w.pages)), make([]int32, len(w.pages))
	for i, f := range w.pages {
		if f == nil {
			continue
		}
		for _, x := range []struct {
			is   bool
			flag byte
		}{{f.IsEvent(), isEvent}, {f.Damaged(), isDamaged}, {w.heard[i].unsure, isUnsure}, {!f.Hints().Empty(), isHint}} {
			if x.is {
				flags[i] |= x.flag
			}
		}
		if f.IsEvent() && f.Topic != "" {
			topics[i] = w.numbers[w.contexts.readTopic(f.Topic).names[0]] + 1
		}
	}
	return flags, topics
}

// listColumns writes the ends of lists, and returns the names in them.
func (w *columnsWriter) listColumns(out *catalog.Writer) []int32 {
	var ends, names []int32
	for _, l := range w.lists {
		names = append(names, l.numbers...)
		ends = append(ends, int32(len(names)))
	}
	out.Column(ends)
	return names
}

// said returns the ends of what each page says, the events that it says something
// of, and the lists.
func (w *columnsWriter) said() (ends, events, lists []int32) {
	last := int32(0)
	for _, f := range w.pages {
		if f != nil {
			last = max(last, f.ID)
		}
	}
	place := make([]int32, last+1) // of pages, by their IDs, from 1
	for i, f := range w.pages {
		if f.IsEvent() {
			place[f.ID] = int32(i) + 1
		}
	}
	for i := range w.pages {
		for _, m := range w.heard[i].said {
			if m.event.ID <= last && place[m.event.ID] > 0 {
				events = append(events, place[m.event.ID]-1)
				lists = append(lists, m.list.number-1)
			}
		}
		ends = append(ends, int32(len(events)))
	}
	return ends, events, lists
}

// known returns the ends of the contexts of each event, and their names.
func (w *columnsWriter) known(said, events, lists []int32) (ends, names []int32) {
	counts := make([]int, len(w.pages))
	own := make([]*readList, len(w.pages))
	count := func(do func(event int32, l *readList)) {
		start := int32(0)
		for i, f := range w.pages {
			if f != nil && !f.Damaged() {
				for k := start; k < said[i]; k++ {
					if !w.pages[events[k]].Contexts.There {
						do(events[k], w.lists[lists[k]])
					}
				}
			}
			start = said[i]
		}
	}
	for i, f := range w.pages {
		if f.IsEvent() {
			if own[i] = w.contexts.own(f); own[i] != nil {
				counts[i] = len(own[i].numbers)
			}
		}
	}
	count(func(event int32, l *readList) { counts[event] += len(l.numbers) })
	all := make([][]int32, len(w.pages))
	for i, n := range counts {
		all[i] = make([]int32, 0, n)
		if own[i] != nil {
			all[i] = append(all[i], own[i].numbers...)
		}
	}
	count(func(event int32, l *readList) { all[event] = append(all[event], l.numbers...) })
	archive.Parallel(len(all), func(i int) {
		slices.Sort(all[i])
		all[i] = slices.Compact(all[i])
	})
	for _, list := range all {
		names = append(names, list...)
		ends = append(ends, int32(len(names)))
	}
	return ends, names
}
