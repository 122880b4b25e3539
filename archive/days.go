package archive

import (
	"fmt"
	"slices"

	"newsctl/archive/page"
)

// HasDay reports whether a day's page exists: its index.md, not its copy.
func (a *Archive) HasDay(d Date) bool { return a.Exists(d.Page()) }

// dayPage returns the page of a day, or nil if there is none that can be read.
func (a *Archive) dayPage(d Date) *Page {
	if p := a.Page(d.Page()); p != nil && p.Listing != nil {
		return p
	}
	return nil
}

// DayBefore returns the nearest day of the calendar before d that has a page, or
// false if none has. It lists folders only until it finds one.
func (a *Archive) DayBefore(d Date) (Date, bool) {
	years := a.subfolders("news", 4, 4)
	for i := len(years) - 1; i >= 0; i-- {
		y := years[i]
		if y > d.Year {
			continue
		}
		yearDir := fmt.Sprintf("news/%04d", y)
		months := a.subfolders(yearDir, 2, 2)
		for j := len(months) - 1; j >= 0; j-- {
			m := months[j]
			days := a.subfolders(fmt.Sprintf("%s/%02d", yearDir, m), 1, 2)
			for k := len(days) - 1; k >= 0; k-- {
				day := Date{y, m, days[k]}
				if day.exists() && day.Compare(d) < 0 && a.HasDay(day) {
					return day, true
				}
			}
		}
	}
	return Date{}, false
}

// DayAfter returns the nearest day after d that has a page, or false if none
// has.
func (a *Archive) DayAfter(d Date) (Date, bool) {
	for _, y := range a.subfolders("news", 4, 4) {
		if y < d.Year {
			continue
		}
		yearDir := fmt.Sprintf("news/%04d", y)
		for _, m := range a.subfolders(yearDir, 2, 2) {
			for _, n := range a.subfolders(fmt.Sprintf("%s/%02d", yearDir, m), 1, 2) {
				if day := (Date{y, m, n}); day.exists() && day.Compare(d) > 0 && a.HasDay(day) {
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

// Events returns the event pages of a day's folder, in the order of their
// paths. Those that cannot be read are left out, and those that the
// configuration ignores, though links may still lead to them.
func (a *Archive) Events(d Date) []*Page {
	dir := d.Dir()
	if kept, ok := a.events.Load(dir); ok {
		return kept.([]*Page)
	}
	var out []*Page
	for _, name := range a.folder(dir).names {
		p := dir + "/" + name
		if !isEventName(name) || !a.Holds(p) {
			continue
		}
		if e := a.eventAt(p); e != nil {
			out = append(out, e)
		}
	}
	a.events.Store(dir, out)
	return out
}

// EventsAt returns the events that paths mean: event pages themselves, and for a
// day page those of its day. Nil stays nil.
func (a *Archive) EventsAt(paths []string) []string {
	var out []string
	for _, p := range paths {
		switch kind, d := Classify(p); {
		case kind == EventPage:
			out = append(out, p)
		case kind != OtherPage && d.exists():
			for _, e := range a.Events(d) {
				out = append(out, e.Path)
			}
		}
	}
	if out == nil && paths != nil {
		return []string{}
	}
	return out
}

// Lists reports whether a day page or the front page lists the event at a path.
func (p *Page) Lists(event string) bool {
	return slices.ContainsFunc(p.Listing.Items(), func(it *page.Item) bool {
		return it.Link != nil && p.Target(it.Link).Path == event
	})
}

// Versions returns the paths of the versions of an event's headline, this page
// among them, as its Changes section names them.
func (p *Page) Versions() []string {
	if p.Event == nil {
		return nil
	}
	var out []string
	for _, e := range p.Event.Entries(page.ChangesSection) {
		if e.Link != nil {
			out = append(out, p.Target(e.Link).Path)
		}
	}
	return out
}

// slugStyle returns the style of the archive's event names: the one that is
// configured, or else the one the names of its last days show. An archive
// whose names hold a letter that is not in a-z has the unicode style.
func (a *Archive) slugStyle() SlugStyle {
	if a.config.SlugStyle != AutoSlug {
		return a.config.SlugStyle
	}
	a.styleOnce.Do(func() {
		a.style = ASCIISlug
		for _, d := range a.LastDays(3) {
			for _, name := range a.folder(d.Dir()).names {
				if isEventName(name) && !isASCIISlug(name) {
					a.style = UnicodeSlug
				}
			}
		}
	})
	return a.style
}

// Slug returns the file name, without extension, that the archive gives an
// event with a raw headline.
func (a *Archive) Slug(headline string) string {
	return a.slugStyle().slug(headline, a.config.SlugLength)
}
