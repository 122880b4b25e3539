package same

import (
	"slices"
	"strings"

	"newsctl/archive"
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
// neighboring days shares many words with it ([match.MayBeSame]), or names it among
// its Changes or is named there. Of 308 unlisted pages of that archive eight pass, and
// of those that are listed nine in ten would.
func LikelyForgotten(a *archive.Archive, p *archive.Page) bool {
	if !HasEvent(p) || p.Matched().Headline() == "" || !p.Quotable() || !dated(p) || missesEntry(a, p.Date) {
		return false
	}
	self := p.Matched()
	for n := range 2*sameMonth + 1 { // the nearest days first
		apart := (n + 1) / 2
		if day := a.EventsOn(self.Day + apart*(1-n%2*2)); len(day.Events) > 0 && hints(day, p.Facts(), apart) {
			return false
		}
	}
	return nearestDuplicate(a, p.Facts()).Event == nil
}

// hints reports whether anything hints that an event is one of a day, so many days
// from its own.
func hints(d *archive.DayEvents, p *archive.Facts, apart int) bool {
	self := p.Matched()
	other := func(i int) bool { return !d.Events[i].Same(p) }
	if slices.ContainsFunc(d.ByHeadline()[self.Headline()], other) {
		return true
	}
	for _, s := range self.CanonicalSources() {
		if slices.ContainsFunc(d.BySource()[s], other) {
			return true
		}
	}
	if apart > 1 {
		return false
	}
	if d.HasVersions(p) {
		return true
	}
	events := d.Matched()
	for i, n := range common(d, self) {
		if other(i) && match.MayBeSame(n, self, events[i]) {
			return true
		}
	}
	return false
}

// dated reports whether an event's date line names the day of its directory.
func dated(p *archive.Page) bool {
	line := p.Event.Date
	if line == nil {
		return false
	}
	d, err := archive.ParseDate(strings.TrimSpace(p.Text(line.Date)))
	return err == nil && d == p.Date
}

// missesEntry reports whether an entry of a day's page points to no page: it may
// mean any event of the day. So may those of a page that is not there.
func missesEntry(a *archive.Archive, d archive.Date) bool {
	day := a.DayPage(d)
	if day == nil {
		return true
	}
	return slices.ContainsFunc(day.Listing.Items(), func(it *page.Item) bool {
		return it.Link == nil || day.Target(it.Link).Kind == archive.Internal && !a.Exists(day.Target(it.Link).Path)
	})
}
