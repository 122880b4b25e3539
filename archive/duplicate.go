package archive

import (
	"cmp"
	"slices"
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
	if p.headline().length == 0 {
		return nil
	}
	least, listed := nearlySame, a.listed(p)
	if listed {
		least = almostEqual
	}
	var near []candidate
	for _, d := range []Date{p.Date.AddDays(-1), p.Date, p.Date.AddDays(1)} {
		for _, other := range a.Events(d) {
			if other.Path == p.Path || listed && (p.Path < other.Path || !a.listed(other)) {
				continue
			}
			if most := p.headline().mostAlike(other.headline()); most >= least && most > 0 {
				near = append(near, candidate{other, len(near), most})
			}
		}
	}
	if len(near) == 0 {
		return nil
	}
	return nearest(p, near, least)
}

// candidate is an event that another may be an older wording of.
type candidate struct {
	page  *Page
	place int     // in the order of days and paths
	most  float64 // how alike the headlines are at most
}

// nearest returns the candidate with the headline that is most like that of a
// page, the last of those that are equally so, or nil if none is enough. The most
// promising are compared first, and none after maxEffort.
func nearest(p *Page, near []candidate, least float64) *Page {
	slices.SortFunc(near, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.most, x.most), cmp.Compare(x.place, y.place))
	})
	var found candidate
	pattern, effort := newPattern(p.headline()), 0
	for _, c := range near {
		if c.most < least || effort > maxEffort {
			break
		}
		effort += pattern.effort(c.page.headline())
		s := pattern.similarity(c.page.headline())
		if s < least || s == 0 || s == least && c.place < found.place || areVersions(p, c.page) {
			continue
		}
		found, least = c, s
	}
	return found.page
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
