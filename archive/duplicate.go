package archive

import (
	"cmp"
	"slices"

	"newsctl/archive/catalog"
)

// nearlySame is how alike the headlines of a page left behind and of the page
// that took its place are at least, and almostEqual those of two pages that are
// both listed. In a real archive of 8,925 events different ones begin below: two
// elections on one day at 0.71, and, where both are listed, two countries'
// agreements with a third at 0.89.
const (
	nearlySame  = 0.75
	almostEqual = 0.93
)

// OlderWordingOf returns the event that an event page seems to be an older
// wording of, or a repetition, or nil. The other event is of the same day or a
// neighbouring one. If the page's day does not list it, the other's headline is
// nearly the same; if both are listed, the two differ by a slip of the pen, and
// the page is the one with the later path: events that differ in a word (the
// same vote in two countries) are listed side by side and are no fault.
// Versions that one names among its Changes do not count.
func (a *Archive) OlderWordingOf(p *Page) *Page {
	if kept, ok := a.newer.Load(p); ok {
		for days := -1; days <= 1; days++ {
			a.reads.add(catalog.Day, p.Date.AddDays(days).Dir())
		}
		return kept.(*Page)
	}
	out := a.findNewerWording(p)
	a.newer.Store(p, out)
	return out
}

func (a *Archive) findNewerWording(p *Page) *Page {
	if p.headline().length == 0 {
		return nil
	}
	listed := a.listed(p)
	s := search{page: p, least: nearlySame}
	if listed {
		s.least = almostEqual
	}
	for _, d := range []Date{p.Date.AddDays(-1), p.Date, p.Date.AddDays(1)} {
		day := a.dayPage(d)
		for _, other := range a.dayEvents(d).near(p) {
			if other.Path == p.Path || listed && (p.Path < other.Path || day == nil || !day.Lists(other.Path)) {
				continue
			}
			s.add(other)
		}
	}
	return s.nearest()
}

// search looks for the event with the headline that is most like that of a page,
// the last of those that are equally so.
type search struct {
	page    *Page
	pattern *pattern // of its headline, made when first compared
	least   float64  // how alike it must be
	found   candidate
	effort  int

	added     int
	near      []candidate // that may be it
	promising float64     // the most of any of them
}

// candidate is an event that another may be an older wording of.
type candidate struct {
	page  *Page
	place int     // in the order of days and paths
	most  float64 // how alike the headlines are at most
}

// add adds a candidate. One that promises more than those before is compared at
// once: most others then need no look.
func (s *search) add(other *Page) {
	c := candidate{other, s.added, s.page.headline().mostAlike(other.headline(), s.least)}
	s.added++
	switch {
	case c.most == 0:
	case c.most > s.promising:
		s.promising = c.most
		s.compare(c)
	default:
		s.near = append(s.near, c)
	}
}

// nearest compares the other candidates, the most promising first and none after
// maxEffort, and returns the nearest, or nil.
func (s *search) nearest() *Page {
	s.near = slices.DeleteFunc(s.near, func(c candidate) bool { return c.most < s.least })
	slices.SortFunc(s.near, func(x, y candidate) int { return cmp.Compare(y.most, x.most) })
	for _, c := range s.near {
		if c.most < s.least || s.effort > maxEffort {
			break
		}
		s.compare(c)
	}
	return s.found.page
}

func (s *search) compare(c candidate) {
	if s.pattern == nil {
		s.pattern = newPattern(s.page.headline())
	}
	s.effort += s.pattern.effort(c.page.headline())
	alike := s.pattern.similarity(c.page.headline(), s.least)
	if alike >= s.least && (alike > s.least || c.place >= s.found.place) && !areVersions(s.page, c.page) {
		s.found, s.least = c, alike
	}
}

// listed reports whether an event's day page lists it.
func (a *Archive) listed(p *Page) bool {
	day := a.dayPage(p.Date)
	return day != nil && day.Lists(p.Path)
}

// superseded reports whether an event is an older wording that was left behind:
// its day has a page, and the page does not list it.
func (a *Archive) superseded(p *Page) bool {
	day := a.dayPage(p.Date)
	return day != nil && !day.Lists(p.Path)
}
