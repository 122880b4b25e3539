package archive

import "strings"

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
	headline := trimmedHeadline(p)
	if headline == "" {
		return nil
	}
	least, listed := nearlySame, a.listed(p)
	if listed {
		least = almostEqual
	}
	var nearest *Page
	for _, d := range []Date{p.Date.AddDays(-1), p.Date, p.Date.AddDays(1)} {
		for _, other := range a.Events(d) {
			if other.Path == p.Path || listed && (p.Path < other.Path || !a.listed(other)) || areVersions(p, other) {
				continue
			}
			if s := similarity(headline, trimmedHeadline(other), least); s >= least && s > 0 {
				nearest, least = other, s
			}
		}
	}
	return nearest
}

func trimmedHeadline(p *Page) string {
	if p.Event == nil {
		return ""
	}
	h, _ := p.Event.Headline()
	return strings.TrimSpace(h)
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
