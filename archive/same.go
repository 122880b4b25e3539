package archive

import (
	"cmp"
	"slices"
	"strings"

	"newsctl/archive/match"
	"newsctl/archive/page"
)

// matched returns what says which event a page is of. Whether its day lists it
// depends on the archive: see [Archive.matched].
func (f *Facts) matched() *match.Event {
	return f.memo.event.get(func() *match.Event {
		e := match.New(page.Unescape(f.trimmedHeadline()), f.Topic, f.Sources...)
		e.Path, e.Day, e.Versions = f.Path, f.Date.number(), f.Versions()
		return e
	})
}

func (p *Page) matched() *match.Event { return p.Facts().matched() }

// matched returns what says which event a page of the archive is of.
func (a *Archive) matched(p *Page) *match.Event {
	e := *p.matched()
	e.Listed = a.listed(p)
	return &e
}

// Duplicate is an event that seems to be the same as another.
type Duplicate struct {
	Page   *Page // the other
	Signal match.Signal
}

// FindDuplicate returns the event that an event page seems to be an older wording of,
// or a repetition, as [match.Compare] tells them. If the page's day does not list it,
// the other is one that is listed, if any is; of two that are both listed, or both
// not, the page is the later one. Pairs that an ignore comment of either names are
// left out, and so are versions that one names among its Changes.
func (a *Archive) FindDuplicate(p *Page) (Duplicate, bool) {
	d := a.findDuplicate(p)
	return d, d.Page != nil
}

// findDuplicate follows pages that are not listed to one that is: a wording may be
// like the next one, and the next like the present one.
func (a *Archive) findDuplicate(p *Page) Duplicate {
	if !p.hasEvent() || p.matched().Headline() == "" {
		return Duplicate{}
	}
	found := a.nearestDuplicate(p)
	seen := []*Page{p}
	for next := found; next.Page != nil && !a.listed(next.Page) && !a.listed(p) && !slices.Contains(seen, next.Page); {
		seen = append(seen, next.Page)
		if next = a.nearestDuplicate(next.Page); next.Page != nil && a.listed(next.Page) {
			found = next
		}
	}
	if found.Page != nil && a.listed(found.Page) == a.listed(p) && byDay(p.Path, found.Page.Path) < 0 {
		return Duplicate{}
	}
	return found
}

// nearestDuplicate returns the event that is most likely the same as one.
func (a *Archive) nearestDuplicate(p *Page) Duplicate {
	var nearest Duplicate
	var best claim
	self := a.matched(p)
	for _, other := range a.likely(p, self) {
		e := a.matched(other)
		if self.Listed && !e.Listed || match.AreVersions(self, e) || p.isDistinctFrom(other) || other.isDistinctFrom(p) {
			continue
		}
		s := match.Compare(self, e)
		if s == match.None {
			continue
		}
		if c := claimOf(self, e, s); nearest.Page == nil || c.compare(best) < 0 {
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
// those with its headline, or one that differs by a slip of the pen; on days further
// away only a page of the same name is looked at, since pages of one headline share it.
func (a *Archive) likely(p *Page, self *match.Event) []*Page {
	var out []*Page
	add := func(other *Page) {
		if other != nil && other != p && !slices.Contains(out, other) {
			out = append(out, other)
		}
	}
	for apart := -match.Window; apart <= match.Window; apart++ {
		d, isNear := dayNumbered(self.Day+apart), -1 <= apart && apart <= 1
		if self.Listed && !isNear {
			add(a.eventAt(d.Dir() + p.Path[strings.LastIndex(p.Path, "/"):]))
			continue
		}
		day := a.dayEvents(d)
		if len(day.pages) == 0 {
			continue
		}
		places := slices.Clone(day.byHeadline()[self.Headline()])
		switch {
		case self.Listed:
			places = append(places, day.slips(self)...)
		case isNear:
			places = append(places, day.alike(self)...)
			fallthrough
		default:
			for _, s := range self.CanonicalSources() {
				places = append(places, day.bySource()[s]...)
			}
		}
		for _, i := range places {
			add(day.pages[i])
		}
	}
	return out
}

// maxCompared is how many events of a day are compared by their headlines.
const maxCompared = 2000

// slips returns the places of the events of a day whose headlines differ from that of
// one by a slip of the pen; of a day of more than maxCompared events, none.
func (d *dayEvents) slips(e *match.Event) []int {
	if len(d.pages) > maxCompared {
		return nil
	}
	var out []int
	for _, end := range e.Ends() {
		for _, i := range d.byEnds()[end] {
			if match.Slip(e, d.pages[i].matched()) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Uncompared returns how many events the day of an event has, if these are more than
// are compared by their headlines, and the event is the first of them; otherwise 0.
func (a *Archive) Uncompared(p *Page) int {
	if day := a.dayEvents(p.Date).pages; len(day) > maxCompared && day[0] == p {
		return len(day)
	}
	return 0
}

// alike returns the places of the events of a day that share most words with one,
// the most first.
func (d *dayEvents) alike(e *match.Event) []int {
	byCommon := make([][]int, len(e.Words())+1)
	for i, n := range d.common(e) {
		if n > 0 && match.MayShareWording(n, e, d.pages[i].matched()) {
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
func (d *dayEvents) common(e *match.Event) []int {
	out := make([]int, len(d.pages))
	for _, word := range e.Words() {
		for _, i := range d.byWord()[word] {
			out[i]++
		}
	}
	return out
}

// Distinct begins the comment of an event page that is not the same event as
// another; the path of the other follows.
const Distinct = "newsctl-ignore event-duplicate: "

// isDistinctFrom reports whether a comment of an event says that another is not the
// same event.
func (p *Page) isDistinctFrom(other *Page) bool {
	return slices.ContainsFunc(p.Comments, func(c page.Comment) bool { return DistinctFrom(c.Text) == other.Path })
}

// DistinctFrom returns the path of the event that the text of a comment names as one
// that is not the same, or nothing.
func DistinctFrom(comment string) string {
	reason, ok := strings.CutPrefix(comment, Distinct)
	first, _, _ := strings.Cut(strings.TrimSpace(reason), " ")
	if kind, _ := Classify(first); !ok || kind != EventPage {
		return ""
	}
	return first
}

// listed reports whether an event's day page lists it.
func (a *Archive) listed(p *Page) bool { return a.Lists(p.Facts()) }

// Lists reports whether the day page of an event lists it.
func (a *Archive) Lists(e *Facts) bool {
	day := a.dayFacts(e.Date)
	return day != nil && day.Lists(e.Path)
}

// unlisted reports whether an event is most likely an older wording that was left
// behind: its day has a page, and the page does not list it.
func (a *Archive) unlisted(e *Facts) bool {
	day := a.dayFacts(e.Date)
	return day != nil && !day.Lists(e.Path)
}

// hasEvent reports whether there is a page, and it is of an event.
func (p *Page) hasEvent() bool { return p != nil && p.Event != nil }
