package archive

import (
	"slices"
	"strings"

	"newsctl/archive/match"
	"newsctl/archive/page"
)

// sameMonth is how many days apart pages of one event are at most, if a slip put one
// of them on the wrong day.
const sameMonth = 31

// LikelyForgotten reports whether the page of an event's day does not list it since
// it was forgotten there. In a real archive nearly every unlisted page is another
// wording of an event that is listed, so nothing may hint at that: no event of the
// month has a source or the headline of this one, none of its day and the
// neighbouring days shares many words with it ([match.MayBeSame]), or names it among
// its Changes or is named there. Of 308 unlisted pages of that archive eight pass, and
// of those that are listed nine in ten would.
func (a *Archive) LikelyForgotten(p *Page) bool {
	if !p.hasEvent() || p.matched().Headline() == "" || !p.quotable() || !p.dated() || a.missesEntry(p.Date) {
		return false
	}
	self := p.matched()
	for n := range 2*sameMonth + 1 { // the nearest days first
		apart := (n + 1) / 2
		if day := a.eventsOn(self.Day + apart*(1-n%2*2)); len(day.pages) > 0 && day.hints(p, apart) {
			return false
		}
	}
	return a.nearestDuplicate(p).Page == nil
}

// hints reports whether anything hints that an event is one of a day, so many days
// from its own.
func (d *dayEvents) hints(p *Page, apart int) bool {
	self := p.matched()
	other := func(i int) bool { return d.pages[i] != p }
	if slices.ContainsFunc(d.byHeadline()[self.Headline()], other) {
		return true
	}
	for _, s := range self.CanonicalSources() {
		if slices.ContainsFunc(d.bySource()[s], other) {
			return true
		}
	}
	if apart > 1 {
		return false
	}
	if d.hasVersions(p) {
		return true
	}
	for i, n := range d.common(self) {
		if other(i) && match.MayBeSame(n, self, d.pages[i].matched()) {
			return true
		}
	}
	return false
}

// dated reports whether an event's date line names the day of its folder.
func (p *Page) dated() bool {
	line := p.Event.Date
	if line == nil {
		return false
	}
	d, err := ParseDate(strings.TrimSpace(p.Text(line.Date)))
	return err == nil && d == p.Date
}

// missesEntry reports whether an entry of a day's page leads to no page: it may
// mean any event of the day. So may those of a page that is not there.
func (a *Archive) missesEntry(d Date) bool {
	day := a.dayPage(d)
	if day == nil {
		return true
	}
	return slices.ContainsFunc(day.Listing.Items(), func(it *page.Item) bool {
		return it.Link == nil || day.Target(it.Link).Kind == Internal && !a.Exists(day.Target(it.Link).Path)
	})
}
