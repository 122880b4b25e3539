package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/layout"
	"newsctl/archive/match"
	"newsctl/archive/page"
)

// HasDay reports whether a day's page exists, perhaps in a directory whose name is
// padded: its index.md, not its copy.
func (a *Archive) HasDay(d Date) bool { return a.Exists(d.Page()) || a.Padded(d.Page()) != "" }

// DayPage returns the page of a day, or nil if there is none that can be read.
func (a *Archive) DayPage(d Date) *Page {
	if p := a.Page(d.Page()); p != nil && p.Listing != nil {
		return p
	}
	return nil
}

// DayFacts returns the facts of the page of a day, for what it lists, or nil if there is
// none that can be read.
func (a *Archive) DayFacts(d Date) *Facts {
	if f := a.matchFacts(d.Page()); f != nil && f.Shape == facts.Listing {
		return f
	}
	return nil
}

// DayBefore returns the nearest day of the calendar before d that has a page, or
// false if none has. It lists directories only until it finds one.
func (a *Archive) DayBefore(d Date) (Date, bool) { return a.nearestDay(d, -1) }

// DayAfter returns the nearest day of the calendar after d that has a page, or
// false if none has. It lists directories only until it finds one.
func (a *Archive) DayAfter(d Date) (Date, bool) { return a.nearestDay(d, 1) }

// nearestDay looks for a day with a page on one side of d: before it if side is
// -1, after it if side is 1.
func (a *Archive) nearestDay(d Date, side int) (Date, bool) {
	for _, y := range a.subdirectories(layout.Current().Years(), 4, 4, side) {
		if cmp.Compare(y, d.Year) == -side {
			continue
		}
		yearDir := fmt.Sprintf("%s/%04d", layout.Current().Years(), y)
		for _, m := range a.subdirectories(yearDir, 2, 2, side) {
			if y == d.Year && cmp.Compare(m, d.Month) == -side {
				continue
			}
			for _, n := range a.subdirectories(fmt.Sprintf("%s/%02d", yearDir, m), 1, 2, side) {
				if day := (Date{y, m, n}); day.Exists() && day.Compare(d) == side && a.HasDay(day) {
					return day, true
				}
			}
		}
	}
	return Date{}, false
}

// LastDays returns the last n days that have a page, newest first.
func (a *Archive) LastDays(n int) []Date {
	var out []Date
	d, ok := a.DayBefore(Date{Year: 10_000})
	for ok && len(out) < n {
		out = append(out, d)
		d, ok = a.DayBefore(d)
	}
	return out
}

// Events returns the event pages of a day's directory, in the order of their
// paths. Those that cannot be read are omitted, and those that the
// configuration ignores, though links may still point to them.
func (a *Archive) Events(d Date) []*Page {
	events := a.DayEvents(d).Events
	out := make([]*Page, 0, len(events))
	for _, e := range events {
		if p := a.Page(e.Path); p != nil && p.Event != nil {
			out = append(out, p)
		}
	}
	return out
}

// DayEvents are the events of a day, in the order of their paths. Of their facts, an
// answer that is kept may depend on those of [Facts.Digests].
type DayEvents struct {
	Events   []*Facts
	headline once[Places]
	source   once[Places]
	word     once[Places]
	versions once[map[string][]*Facts]
	ends     once[Places]
	matched  once[[]*match.Event]
}

// Places are where the events of a day are among them, by what they say.
type Places map[string][]int

func (d *DayEvents) placesBy(keys func(*match.Event) []string) Places {
	out := Places{}
	for i, e := range d.Events {
		for _, key := range keys(e.Matched()) {
			out[key] = append(out[key], i)
		}
	}
	return out
}

// ByHeadline returns the places of events by their headlines.
func (d *DayEvents) ByHeadline() Places {
	return d.headline.get(func() Places {
		return d.placesBy(func(e *match.Event) []string { return []string{e.Headline()} })
	})
}

// BySource returns the places of events by the sources that they cite.
func (d *DayEvents) BySource() Places {
	return d.source.get(func() Places { return d.placesBy((*match.Event).CanonicalSources) })
}

// ByWord returns the places of events by the words of their headlines.
func (d *DayEvents) ByWord() Places {
	return d.word.get(func() Places { return d.placesBy((*match.Event).Words) })
}

// ByEnds returns the places of the events by the first and the last word of their
// headlines.
func (d *DayEvents) ByEnds() Places {
	return d.ends.get(func() Places { return d.placesBy((*match.Event).Ends) })
}

// EventsOn returns the events of a day by its number.
func (a *Archive) EventsOn(n int) *DayEvents { return a.DayEvents(DayNumbered(n)) }

// DayEvents returns the events of a day, for the search for pages of one event.
func (a *Archive) DayEvents(d Date) *DayEvents {
	dir := d.Dir()
	a.reads.add(catalog.Day, dir)
	if kept := a.days.load(dir); kept != nil {
		return kept
	}
	out := &DayEvents{}
	for _, name := range a.listing(dir).names {
		p := dir + "/" + name
		if !isEventName(name) || !a.Holds(p) {
			continue
		}
		if f := a.peekFacts(p); f.IsEvent() {
			out.Events = append(out.Events, f)
		}
	}
	return a.days.keep(dir, out)
}

// naming returns the events that name a path among their Changes.
func (d *DayEvents) naming(path string) []*Facts {
	return d.versions.get(func() map[string][]*Facts {
		out := map[string][]*Facts{}
		for _, e := range d.Events {
			for _, version := range e.Versions() {
				out[version] = append(out[version], e)
			}
		}
		return out
	})[path]
}

// has reports whether an event at a path is one of the day.
func (d *DayEvents) has(path string) bool {
	_, found := slices.BinarySearchFunc(d.Events, path, func(e *Facts, path string) int { return strings.Compare(e.Path, path) })
	return found
}

// other reports whether one of the events is another than that at a path.
func other(events []*Facts, path string) bool {
	return slices.ContainsFunc(events, func(e *Facts) bool { return e.Path != path })
}

// EventsAt returns the events that paths mean: event pages themselves, and for a
// day page those of its day. Nil stays nil.
func (a *Archive) EventsAt(paths []string) []string {
	var out []string
	for _, p := range paths {
		switch kind, d := Classify(p); {
		case kind == EventPage:
			out = append(out, p)
		case kind != OtherPage && d.Exists():
			for _, e := range a.DayEvents(d).Events {
				out = append(out, e.Path)
			}
		}
	}
	if out == nil && paths != nil {
		return []string{}
	}
	return out
}

// RecentDays is how many of the last days show how an archive is written today.
const RecentDays = 3

// Matched returns what says which event each page of the day is of.
func (d *DayEvents) Matched() []*match.Event {
	return d.matched.get(func() []*match.Event {
		out := make([]*match.Event, len(d.Events))
		for i, e := range d.Events {
			out[i] = e.Matched()
		}
		return out
	})
}

// Matched returns what says which event the page is of.
func (p *Page) Matched() *match.Event { return p.Facts().Matched() }

// Matched returns what says which event a page is of. Whether its day lists it
// depends on the archive.
func (f *Facts) Matched() *match.Event {
	if e := f.memo.event.Load(); e != nil {
		return e
	}
	e := match.New(page.Unescape(f.TrimmedHeadline()), f.Topic, f.Sources...)
	e.Path, e.Day, e.Versions = f.Path, f.Date.Number(), f.Versions()
	f.memo.event.Store(e)
	return e
}

// dayMemo holds the events of the days that were asked for last.
type dayMemo struct {
	mu   sync.RWMutex
	days map[string]*DayEvents // by their directories
	dirs []string              // of these, in the order of arrival, from the place of the oldest
	next int                   // the place of the oldest
}

// maxDays is how many days are held: those within a month of the pages that are
// checked at one time, on several cores.
const maxDays = 512

func (m *dayMemo) load(dir string) *DayEvents {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.days[dir]
}

// drop lets go of a day, since one of its pages changed.
func (m *dayMemo) drop(dir string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.days, dir)
}

// keep holds a day unless it is held, and returns the one that is held then.
func (m *dayMemo) keep(dir string, d *DayEvents) *DayEvents {
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept := m.days[dir]; kept != nil {
		return kept
	}
	if m.days == nil {
		m.days = map[string]*DayEvents{}
	}
	m.days[dir] = d
	if len(m.dirs) < maxDays {
		m.dirs = append(m.dirs, dir)
		return d
	}
	oldest := m.dirs[m.next]
	if day := m.days[oldest]; day != nil { // it may have been dropped
		for _, e := range day.Events {
			e.memo.event.Store(nil)
		}
	}
	delete(m.days, oldest)
	m.dirs[m.next] = dir
	m.next = (m.next + 1) % maxDays
	return d
}
