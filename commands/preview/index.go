package preview

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
)

// index is what takes all pages of an archive to know. It does not change.
type index struct {
	text    []string         // of symbols
	records []record         // by path
	place   map[string]int32 // of records, by their paths

	events []int32 // places of events, newest first, then by path
	names  []string
	of     rows // contexts of each record, ascending
	having rows // events of each context, newest first
	from   rows // records that link to each record
	listed []bool

	headlines  searchText // of events, as they are searched
	plainNames []string   // contexts

	number map[string]int32 // of contexts
	days   map[int32]*dayCount
	years  []int
	dirs   []string // that hold pages, newest first
}

// dayCount is how many events a day has.
type dayCount struct {
	events int
	page   bool // a page lists them
}

// rows are lists of numbers, one for each of a number of things.
type rows struct{ starts, all []int32 }

func (r rows) at(i int32) []int32 { return r.all[r.starts[i]:r.starts[i+1]] }

// newRows returns rows from pairs that each calls add with, the same twice: which row,
// and what is in it. Within a row the order is that of the calls.
func newRows(n int, each func(add func(row, value int32))) rows {
	r := rows{starts: make([]int32, n+1)}
	each(func(row, _ int32) { r.starts[row+1]++ })
	for i := range n {
		r.starts[i+1] += r.starts[i]
	}
	next := slices.Clone(r.starts[:n])
	r.all = make([]int32, r.starts[n])
	each(func(row, value int32) {
		r.all[next[row]] = value
		next[row]++
	})
	return r
}

// sorted returns rows with what is in each ascending and once.
func (r rows) sorted() rows {
	out := rows{starts: make([]int32, len(r.starts))}
	for i := range int32(len(r.starts) - 1) {
		row := r.at(i)
		slices.Sort(row)
		out.all = append(out.all, slices.Compact(row)...)
		out.starts[i+1] = int32(len(out.all))
	}
	out.all = slices.Clip(out.all)
	return out
}

// newIndex works out an index from what pages say, in the order of their paths. The archive answers for entries whose
// pages are gone.
func newIndex(a *archive.Archive, records []record, s *symbols) *index {
	x := &index{text: s.text, records: records, place: make(map[string]int32, len(records)), days: map[int32]*dayCount{}, number: map[string]int32{}}
	places := make([]int32, len(s.text)) // by symbols: 0, or the place and one
	for i := range records {
		x.place[x.path(int32(i))] = int32(i)
		places[records[i].path] = int32(i) + 1
	}
	x.sortEvents()
	x.nameContexts(newNamer(a.Config(), records, s), x.targets(a, places))
	x.linkPages(places)
	x.countDays()
	x.listDirs()
	x.headlines = newSearchText(len(x.events), func(i int) string { return searchable(x.records[x.events[i]].headline) })
	x.plainNames = make([]string, len(x.names))
	for i, name := range x.names {
		x.plainNames[i] = searchable(name)
	}
	return x
}

func (x *index) sortEvents() {
	for i := range x.records {
		if x.records[i].isEvent {
			x.events = append(x.events, int32(i))
		}
	}
	slices.SortStableFunc(x.events, func(a, b int32) int { return cmp.Compare(x.records[b].day, x.records[a].day) })
}

// targets returns a function that returns the place of the event that an entry means, or
// -1: the one at its path, or where that is gone, the one that it certainly is now.
func (x *index) targets(a *archive.Archive, places []int32) func(path uint32) int32 {
	known := map[uint32]int32{}
	return func(path uint32) int32 {
		if i := places[path] - 1; i >= 0 {
			if !x.records[i].isEvent {
				return -1
			}
			return i
		}
		i, ok := known[path]
		if !ok {
			i = -1
			if to := a.Meant(archive.Target{Kind: archive.Internal, Path: x.text[path]}); to != nil {
				i = x.find(to.Path)
			}
			known[path] = i
		}
		return i
	}
}

// nameContexts makes known the contexts of all events, as contexts.Of does.
func (x *index) nameContexts(n *namer, target func(path uint32) int32) {
	found := newRows(len(x.records), func(add func(row, value int32)) {
		to := func(event int32, names []uint32) {
			for _, name := range names {
				add(event, int32(name))
			}
		}
		for i := range x.records {
			r, at := &x.records[i], int32(i)
			switch {
			case r.declares:
				to(at, n.list(r.declared))
			case r.topic != 0:
				add(at, int32(n.topic(r.topic)))
			}
			if r.damaged {
				continue
			}
			for _, m := range r.says {
				if r.isEvent && !r.declares {
					to(at, n.list(m.list))
				}
				if e := target(m.to); e >= 0 && !x.records[e].declares {
					to(e, n.list(m.list))
				}
			}
		}
	})
	x.names = slices.Clone(n.table.text[1:])
	slices.Sort(x.names)
	order := make([]int32, len(n.table.text)) // of names among those in byte order
	for i, name := range x.names {
		x.number[name] = int32(i)
		order[n.table.number[name]] = int32(i)
	}
	for i, name := range found.all {
		found.all[i] = order[name]
	}
	x.of = found.sorted()
	x.having = newRows(len(x.names), func(add func(row, value int32)) {
		for _, e := range x.events {
			for _, name := range x.of.at(e) {
				add(name, e)
			}
		}
	})
}

// linkPages makes known which pages link to each, and which events the page of their day
// lists.
func (x *index) linkPages(places []int32) {
	x.from = newRows(len(x.records), func(add func(row, value int32)) {
		for i := range x.records {
			for _, to := range x.records[i].links {
				if at := places[to] - 1; at >= 0 {
					add(at, int32(i))
				}
			}
		}
	})
	x.listed = make([]bool, len(x.records))
	for _, e := range x.events {
		x.listed[e] = slices.ContainsFunc(x.from.at(e), func(from int32) bool {
			return x.records[from].kind == archive.DayPage && x.records[from].day == x.records[e].day
		})
	}
}

func (x *index) countDays() {
	at := func(day int32) *dayCount {
		if x.days[day] == nil {
			x.days[day] = &dayCount{}
			x.years = append(x.years, archive.DayNumbered(int(day)).Year)
		}
		return x.days[day]
	}
	for i := range x.records {
		switch r := &x.records[i]; {
		case r.day == noDay:
		case r.isEvent:
			at(r.day).events++
		case r.kind == archive.DayPage:
			at(r.day).page = true
		}
	}
	slices.Sort(x.years)
	x.years = slices.Compact(x.years)
}

func (x *index) listDirs() {
	newest := map[string]int32{}
	for i := range x.records {
		dir := path.Dir(x.path(int32(i)))
		if day, ok := newest[dir]; !ok || day < x.records[i].day {
			newest[dir] = x.records[i].day
		}
	}
	for dir := range newest {
		x.dirs = append(x.dirs, dir)
	}
	slices.SortFunc(x.dirs, func(a, b string) int {
		return cmp.Or(cmp.Compare(newest[b], newest[a]), strings.Compare(a, b))
	})
}

// path returns the path of a record.
func (x *index) path(i int32) string { return x.text[x.records[i].path] }

// find returns the place of the page at a path, or -1.
func (x *index) find(p string) int32 {
	if x != nil {
		if i, ok := x.place[p]; ok {
			return i
		}
	}
	return -1
}

// date returns the day of a record.
func (x *index) date(i int32) archive.Date { return archive.DayNumbered(int(x.records[i].day)) }
