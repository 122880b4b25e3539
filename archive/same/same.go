package same

import (
	"cmp"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/match"
)

// Matched returns what says which event a page of the archive is of.
func Matched(a *archive.Archive, p *archive.Facts) *match.Event {
	e := *p.Matched()
	e.Listed = Listed(a, p)
	return &e
}

// Duplicate is an event that seems to be the same as another.
type Duplicate struct {
	Event  *archive.Facts // the other
	Signal match.Signal
}

// FindDuplicate returns the event that an event page seems to be a previous version of,
// or a repetition, as [match.Compare] reports them. If the page's day does not list it,
// the other is one that is listed, if any is; of two that are both listed, or both
// not, the page is the later one. Pairs that an ignore comment of either names are
// omitted, and so are versions that one names among its Changes.
func FindDuplicate(a *archive.Archive, p *archive.Facts) (Duplicate, bool) {
	d := findDuplicate(a, p)
	return d, d.Event != nil
}

// findDuplicate follows pages that are not listed to one that is: a wording may be
// like the next one, and the next like the present one.
func findDuplicate(a *archive.Archive, p *archive.Facts) Duplicate {
	if !p.IsEvent() || p.Matched().Headline() == "" {
		return Duplicate{}
	}
	found := nearestDuplicate(a, p)
	seen := []*archive.Facts{p}
	for next := found; next.Event != nil && !Listed(a, next.Event) && !Listed(a, p) && !slices.ContainsFunc(seen, next.Event.Same); {
		seen = append(seen, next.Event)
		if next = nearestDuplicate(a, next.Event); next.Event != nil && Listed(a, next.Event) {
			found = next
		}
	}
	if found.Event != nil && Listed(a, found.Event) == Listed(a, p) && archive.ByDay(p.Path, found.Event.Path) < 0 {
		return Duplicate{}
	}
	return found
}

// nearestDuplicate returns the event that is most likely the same as one.
func nearestDuplicate(a *archive.Archive, p *archive.Facts) Duplicate {
	var nearest Duplicate
	var best claim
	self := Matched(a, p)
	for _, other := range likely(a, p, self) {
		e := Matched(a, other)
		if self.Listed && !e.Listed || match.AreVersions(self, e) || isDistinctFrom(p, other) || isDistinctFrom(other, p) {
			continue
		}
		s := match.Compare(self, e)
		if s == match.None {
			continue
		}
		if c := claimOf(self, e, s); nearest.Event == nil || c.compare(best) < 0 {
			nearest, best = Duplicate{other, s}, c
		}
	}
	return nearest
}

// claim is what speaks for one of several events, the smaller the more.
type claim struct {
	unlisted int
	signal   match.Signal
	apart    int
	overlap  float64
	path     string
}

func claimOf(a, b *match.Event, s match.Signal) claim {
	c := claim{signal: s, apart: max(a.Day-b.Day, b.Day-a.Day), overlap: a.Overlap(b), path: b.Path}
	if !b.Listed {
		c.unlisted = 1
	}
	return c
}

func (c claim) compare(d claim) int {
	return cmp.Or(cmp.Compare(c.unlisted, d.unlisted), cmp.Compare(c.signal, d.signal), cmp.Compare(c.apart, d.apart), cmp.Compare(d.overlap, c.overlap), cmp.Compare(c.path, d.path))
}

// mostLikely is how many events of a day are compared with another at most, those
// with most words in common first: where more are that much alike, they are the
// parts of a series.
const mostLikely = 50

// likely returns the events that may be the same as one. If its day does not list it,
// these are those of the days around it with its headline, or with one of its sources,
// and of the nearest days those that share words with it. If its day does, they are
// those with its headline, or one that differs by a typo; on days further
// away only a page of the same name is checked, since pages of one headline share it.
func likely(a *archive.Archive, p *archive.Facts, self *match.Event) []*archive.Facts {
	var out []*archive.Facts
	add := func(other *archive.Facts) {
		if other != nil && !other.Same(p) && !slices.ContainsFunc(out, other.Same) {
			out = append(out, other)
		}
	}
	hasOwnName := self.Listed && a.HasOwnName(p.Path)
	for apart := -match.Window; apart <= match.Window; apart++ {
		d, isNear := archive.DayNumbered(self.Day+apart), -1 <= apart && apart <= 1
		if self.Listed && !isNear {
			if hasOwnName {
				continue
			}
			add(a.LookForEvent(d.Dir() + p.Path[strings.LastIndex(p.Path, "/"):]))
			continue
		}
		day := a.DayEvents(d)
		if len(day.Events) == 0 {
			continue
		}
		places := slices.Clone(day.ByHeadline()[self.Headline()])
		switch {
		case self.Listed:
			places = append(places, slips(day, self)...)
		case isNear:
			places = append(places, alike(day, self)...)
			fallthrough
		default:
			for _, s := range self.CanonicalSources() {
				places = append(places, day.BySource()[s]...)
			}
		}
		for _, i := range places {
			add(day.Events[i])
		}
	}
	return out
}

// maxCompared is how many events of a day are compared by their headlines.
const maxCompared = 2000

// slips returns the places of the events of a day whose headlines differ from that of
// one by a typo; of a day of more than maxCompared events, none.
func slips(d *archive.DayEvents, e *match.Event) []int {
	if len(d.Events) > maxCompared {
		return nil
	}
	var out []int
	for _, end := range e.Ends() {
		for _, i := range d.ByEnds()[end] {
			if match.Slip(e, d.Events[i].Matched()) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Uncompared returns how many events the day of an event has, if these are more than
// are compared by their headlines, and the event is the first of them; otherwise 0.
func Uncompared(a *archive.Archive, p *archive.Facts) int {
	if day := a.DayEvents(p.Date).Events; len(day) > maxCompared && day[0].Same(p) {
		return len(day)
	}
	return 0
}

// alike returns the places of the events of a day that share most words with one,
// the most first.
func alike(d *archive.DayEvents, e *match.Event) []int {
	byCommon := make([][]int, len(e.Words())+1)
	for i, n := range common(d, e) {
		if n > 0 && match.MayShareWording(n, e, d.Events[i].Matched()) {
			byCommon[n] = append(byCommon[n], i)
		}
	}
	var out []int
	for n := len(byCommon) - 1; n > 0 && len(out) < mostLikely; n-- {
		out = append(out, byCommon[n]...)
	}
	return out[:min(len(out), mostLikely)]
}

// common returns how many words each event of a day shares with one.
func common(d *archive.DayEvents, e *match.Event) []int {
	out := make([]int, len(d.Events))
	for _, word := range e.Words() {
		for _, i := range d.ByWord()[word] {
			out[i]++
		}
	}
	return out
}

// isDistinctFrom reports whether a comment of an event says that another is not the
// same event.
func isDistinctFrom(p, other *archive.Facts) bool { return slices.Contains(p.Distinct, other.Path) }

// Listed reports whether the day page of an event lists it.
func Listed(a *archive.Archive, e *archive.Facts) bool {
	day := a.DayFacts(e.Date)
	return day != nil && day.Lists(e.Path)
}

// Unlisted reports whether an event is most likely a previous version that was left
// there: its day has a page, and the page does not list it.
func Unlisted(a *archive.Archive, e *archive.Brief) bool {
	day := a.DayFacts(e.Date)
	return day != nil && !day.Lists(e.Path)
}

// HasEvent reports whether there is a page, and it is of an event.
func HasEvent(p *archive.Page) bool { return p != nil && p.Event != nil }
