package edit

import (
	"slices"

	"newsctl/archive"
	"newsctl/archive/page"
)

// dropDays plans to remove the pages of those days that nothing is left of, and
// returns the days after them, whose pages are to follow.
func dropDays(a *archive.Archive, days []archive.Date) (changes *archive.Changes, next []archive.Date) {
	changes = a.NewChanges()
	for _, d := range emptied(a, days) {
		for _, p := range []string{d.Page(), archive.CopyOf(d.Page())} {
			if pg := a.Page(p); pg != nil {
				changes.Delete(pg)
			}
		}
		if after, ok := a.DayAfter(d); ok {
			next = append(next, after)
		}
	}
	return changes, next
}

// emptied returns those of the days that nothing is left of: no event, no entry,
// and no link to their pages but those that follow them.
func emptied(a *archive.Archive, days []archive.Date) []archive.Date {
	empty := map[archive.Date]bool{}
	for _, d := range days {
		if day := a.DayPage(d); day != nil && day.Damage() == nil && len(day.Listing.Items()) == 0 && len(a.Events(d)) == 0 {
			empty[d] = true
		}
	}
	if len(empty) == 0 {
		return nil
	}
	for _, p := range a.Paths(".") {
		if len(empty) == 0 {
			return nil
		}
		pg := a.Page(p)
		if pg == nil || pg.Kind == archive.CopyPage {
			continue
		}
		_, own := archive.Classify(p)
		for _, l := range pg.Links {
			if d := linkedDay(pg, l); d != own {
				delete(empty, d)
			}
		}
	}
	return slices.DeleteFunc(sorted(days), func(d archive.Date) bool { return !empty[d] })
}

// sorted returns days oldest first, each once.
func sorted(days []archive.Date) []archive.Date {
	days = slices.Clone(days)
	slices.SortFunc(days, archive.Date.Compare)
	return slices.Compact(days)
}

// linkedDay returns the day that a link keeps the page of, or the zero date.
// Headings and links to the day before follow their days.
func linkedDay(p *archive.Page, l *page.Link) archive.Date {
	if l.Role == page.Previous || l.Role == page.Heading {
		return archive.Date{}
	}
	t := p.Target(l)
	if t.Kind != archive.Internal || !archive.IsDay(t.Path) {
		return archive.Date{}
	}
	_, d := archive.Classify(t.Path)
	return d
}
