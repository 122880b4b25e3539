package preview

import (
	"newsctl/archive"
	"newsctl/archive/term"
)

// day shows the page of a day.
func (v *visit) day(pg *archive.Page) reply {
	r := v.render(pg)
	d := pageData{Article: r.article, Title: r.title, Path: pg.Path, Findings: r.findings, Day: v.daysAround(pg.Date), Known: v.index != nil}
	if d.NoHeading = d.Title == ""; d.NoHeading {
		d.Title = pg.Date.String()
	}
	for _, e := range v.archive.Events(pg.Date) {
		if !pg.Lists(e.Path) {
			d.Events = append(d.Events, v.eventLink(e.Path))
		}
	}
	d.Copy = v.differs(pg)
	return reply{template: "day.html", title: d.Title, section: "calendar", path: pg.Path, data: d}
}

// differs says that a listing and its copy are not the same, or is empty.
func (v *visit) differs(pg *archive.Page) string {
	c := archive.CopyOf(pg.Path)
	if c == "" || !v.archive.Exists(c) || v.archive.SameBytes(pg.Path, c) {
		return ""
	}
	return c + " differs from this page, which it is the copy of"
}

// frontData is the front page.
type frontData struct {
	pageData
	Archive string
	HasPage bool
	Days    []frontDay // where there is no front page
	Totals  []total
	Years   []bar
}

// frontDay is a day with the events that its page lists.
type frontDay struct {
	Name, Weekday, Page string
	Events              []eventLink
}

// total is a number of things, with where they are shown.
type total struct{ Number, What, Link string }

// front shows the front page or, where there is none, the last days.
func (v *visit) front() reply {
	d := frontData{Archive: v.name}
	p := archive.IndexName()
	if pg := v.archive.Page(p); pg != nil && pg.Fault == "" && pg.Err == nil {
		r := v.render(pg)
		d.pageData = pageData{Article: r.article, Title: r.title, Path: p, Findings: r.findings, NoHeading: r.title == "", Copy: v.differs(pg)}
		d.HasPage = true
	} else {
		d.Days = v.lastDays()
	}
	if x := v.index; x != nil {
		d.Totals = v.totals()
		d.Years = x.byYear()
	}
	return reply{template: "front.html", title: v.name, section: "front", path: p, data: d}
}

func (v *visit) lastDays() []frontDay {
	var out []frontDay
	for _, day := range v.archive.LastDays(archive.RecentDays) {
		d := frontDay{Name: day.String(), Weekday: day.Time().Weekday().String(), Page: pageLink(day.Page())}
		if pg := v.archive.DayPage(day); pg != nil {
			for _, it := range pg.Listing.Items() {
				if it.Link == nil {
					continue
				}
				if e := v.archive.EntryEvent(pg, it.Link); e != nil {
					d.Events = append(d.Events, v.eventLink(e.Path))
				}
			}
		}
		out = append(out, d)
	}
	return out
}

func (v *visit) totals() []total {
	x := v.index
	out := []total{
		{term.Number(len(x.events)), "events", "/calendar"},
		{term.Number(len(x.days)), "days", "/calendar"},
		{term.Number(len(x.names)), "contexts", "/contexts"},
	}
	count, done := v.Server.findings.total(len(x.dirs))
	found := total{term.Number(count), "findings", "/findings"}
	if !done {
		found.What = "findings so far"
	}
	return append(out, found)
}

// total returns how many findings there are, and whether all directories were checked.
func (f *findings) total(dirs int) (n int, done bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, dir := range f.dirs {
		for _, count := range dir.counts {
			n += count
		}
	}
	return n, len(f.dirs) >= dirs && len(f.pending) == 0
}
