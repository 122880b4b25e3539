package preview

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/sorted"
)

// pageData is a page of the archive with what is known of it.
type pageData struct {
	Article    article
	Title      string
	NoHeading  bool // the page shows no heading of its own
	Path       string
	Findings   []note
	Contexts   []contextCount
	LinkedFrom []eventLink
	Versions   []eventLink
	Unlisted   bool
	Day        dayLinks
	Events     []eventLink // on a day page: those that it does not list
	Copy       string      // says that the copy of the page differs
	Known      bool        // the index was there to ask
}

// contextCount is a context with how much the archive has of it.
type contextCount struct {
	Name   string
	Events int
	Where  string // where it is recorded
	Bar    int    // of a hundred
}

// eventLink is a link to a page.
type eventLink struct {
	Path, Headline, Date string
	Missing              bool
}

// dayLinks lead from a page to the days around it.
type dayLinks struct {
	Name, Page     string // of its own day
	Before, After  string // the nearest days that have a page
	BeforePage     string
	AfterPage      string
	Year           int
	Weekday, Month string
}

// daysAround returns the links of a day.
func (v *visit) daysAround(day archive.Date) dayLinks {
	if !day.Exists() {
		return dayLinks{}
	}
	out := dayLinks{Name: day.String(), Year: day.Year, Weekday: day.Time().Weekday().String(), Month: day.Time().Month().String()}
	if v.archive.HasDay(day) {
		out.Page = pageLink(day.Page())
	}
	if d, ok := v.archive.DayBefore(day); ok {
		out.Before, out.BeforePage = d.String(), pageLink(d.Page())
	}
	if d, ok := v.archive.DayAfter(day); ok {
		out.After, out.AfterPage = d.String(), pageLink(d.Page())
	}
	return out
}

// event shows an event.
func (v *visit) event(pg *archive.Page) reply {
	r := v.render(pg, v.reasons(pg)...)
	d := pageData{Article: r.article, Title: r.title, Path: pg.Path, Findings: r.findings, Day: v.daysAround(pg.Date), Known: v.index != nil}
	if d.NoHeading = d.Title == ""; d.NoHeading {
		d.Title = "Event without a headline"
	}
	for _, p := range pg.Versions() {
		if p != pg.Path {
			d.Versions = append(d.Versions, v.eventLink(p))
		}
	}
	if before := v.archive.VersionBefore(pg); before != "" && !slices.Contains(pg.Versions(), before) {
		d.Versions = append(d.Versions, v.eventLink(before))
	}
	if day := v.archive.DayFacts(pg.Date); day != nil {
		isSaid := func(n note) bool { return n.Rule == "day-unlisted" }
		d.Unlisted = !day.Lists(pg.Path) && !slices.ContainsFunc(d.Findings, isSaid)
	}
	if i := v.index.find(pg.Path); i >= 0 {
		for _, name := range v.index.of.at(i) {
			d.Contexts = append(d.Contexts, contextCount{Name: v.index.names[name], Events: len(v.index.having.at(name)), Where: v.where(i, name)})
		}
	}
	d.LinkedFrom = v.linkedFrom(pg.Path)
	return reply{template: "event.html", title: d.Title, path: pg.Path, data: d}
}

// where says on which pages it is recorded that an event has a context.
func (v *visit) where(i, name int32) string {
	x := v.index
	r := &x.records[i]
	own := r.declares || r.topic != 0 && v.archive.Config().ContextName(x.text[r.topic]) == x.names[name]
	n := 0
	if !r.declares {
		n = x.mentions(i, x.names[name])
	}
	switch {
	case own && n > 0:
		return "here and on " + plural(n, "other page")
	case own:
		return "here"
	case n > 0:
		return "on " + plural(n, "other page")
	}
	return "in a related list here"
}

// mentions returns how many pages that link to a record have a list of its contexts
// that has a name.
func (x *index) mentions(i int32, name string) int {
	n := 0
	for _, from := range x.from.at(i) {
		if slices.ContainsFunc(x.records[from].says, func(m mention) bool {
			return m.to == x.records[i].path && strings.Contains(x.text[m.list], name)
		}) {
			n++
		}
	}
	return n
}

// eventLink returns the link to a page, with its headline if it is an event.
func (v *visit) eventLink(p string) eventLink {
	out := eventLink{Path: p, Headline: p}
	if i := v.index.find(p); i >= 0 {
		return v.linkTo(i)
	}
	f := v.archive.Facts(p)
	if out.Missing = f == nil; f.IsEvent() && f.TrimmedHeadline() != "" {
		out.Headline = f.TrimmedHeadline()
	}
	if _, day := archive.Classify(p); day.Exists() {
		out.Date = day.String()
	}
	return out
}

// linkTo returns the link to a record.
func (v *visit) linkTo(i int32) eventLink {
	r := &v.index.records[i]
	out := eventLink{Path: v.index.path(i), Headline: r.headline}
	if r.day != noDay {
		out.Date = v.index.date(i).String()
	}
	switch {
	case r.headline != "":
	case r.kind == archive.DayPage:
		out.Headline = "Day page of " + out.Date
	case r.kind == archive.FrontPage:
		out.Headline = "Front page"
	default:
		out.Headline = out.Path
	}
	return out
}

// linkedFrom returns the pages that link to one, newest first.
func (v *visit) linkedFrom(p string) []eventLink {
	i := v.index.find(p)
	if i < 0 {
		return nil
	}
	from := slices.Clone(v.index.from.at(i))
	slices.SortStableFunc(from, func(a, b int32) int { return int(v.index.records[b].day) - int(v.index.records[a].day) })
	out := make([]eventLink, len(from))
	for k, i := range from {
		out[k] = v.linkTo(i)
	}
	return out
}

// reasons says beside each related entry why it is there.
func (v *visit) reasons(pg *archive.Page) []note {
	i := v.index.find(pg.Path)
	if i < 0 {
		return nil
	}
	var out []note
	for _, e := range v.archive.Related(pg) {
		line, _ := pg.Position(e.Span.Start)
		if text := v.reason(i, e); text != "" {
			out = append(out, note{Line: line, Class: "why", Text: text})
		}
	}
	return out
}

// reason says why an entry is in the related list of a record.
func (v *visit) reason(i int32, e archive.RelatedEntry) string {
	var parts []string
	if e.Pinned() {
		parts = append(parts, "pinned")
	}
	x := v.index
	to := x.find(e.Target.Path)
	if to >= 0 && x.records[to].isEvent {
		parts = append(parts, x.shared(i, to))
		if days := int(x.records[to].day) - int(x.records[i].day); x.records[to].day != noDay && x.records[i].day != noDay {
			parts = append(parts, apart(days))
		}
		if slices.Contains(x.from.at(i), to) {
			parts = append(parts, "links back")
		}
	}
	return strings.Join(parts, " · ")
}

// shared says what two events have in common.
func (x *index) shared(i, j int32) string {
	names := sorted.Common(x.of.at(i), x.of.at(j))
	if len(names) == 0 {
		return "no shared context"
	}
	rarest := slices.MinFunc(names, func(a, b int32) int { return len(x.having.at(a)) - len(x.having.at(b)) })
	n := len(x.having.at(rarest))
	if len(names) == 1 {
		return fmt.Sprintf("shares %s (%s)", x.names[rarest], plural(n, "event"))
	}
	return fmt.Sprintf("%d shared contexts, the rarest %s (%s)", len(names), x.names[rarest], plural(n, "event"))
}

// apart says when an event was, seen from another.
func apart(days int) string {
	n, when := days, "later"
	if days < 0 {
		n, when = -days, "earlier"
	}
	if n == 0 {
		return "the same day"
	}
	return archive.Interval(n) + " " + when
}
