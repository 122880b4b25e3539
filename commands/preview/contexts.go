package preview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
)

// contextsData is the list of contexts.
type contextsData struct {
	Contexts             []contextCount
	Sort, Filter         string
	Number, From, To     int
	Next, Previous       string
	ByEvents, ByName     string // addresses of the orders
	Known                bool
	EventsWithout, Total int
}

// contextsAtOnce is how many contexts are listed on one page.
const contextsAtOnce = 200

// contexts lists the contexts of the archive.
func (v *visit) contexts() reply {
	d := contextsData{Sort: "events", Filter: v.FormValue("filter"), Known: v.index != nil}
	if v.FormValue("sort") == "name" {
		d.Sort = "name"
	}
	q := v.URL.Query()
	q.Del("page")
	q.Set("sort", "events")
	d.ByEvents = "/contexts?" + q.Encode()
	q.Set("sort", "name")
	d.ByName = "/contexts?" + q.Encode()
	if x := v.index; x != nil {
		found := x.contextsWith(d.Filter)
		if d.Sort == "events" {
			slices.SortStableFunc(found, func(a, b int32) int { return len(x.having.at(b)) - len(x.having.at(a)) })
		}
		page := pageOf(v.Request, len(found), contextsAtOnce)
		for _, name := range found[page.start:page.end] {
			d.Contexts = append(d.Contexts, contextCount{Name: x.names[name], Events: len(x.having.at(name))})
		}
		d.Number, d.From, d.To, d.Next, d.Previous = len(found), page.start+1, page.end, page.next, page.previous
		withBars(d.Contexts)
	}
	return reply{template: "contexts.html", title: "Contexts", section: "contexts", data: d}
}

// withBars sets the bars of contexts, the longest that of the most events.
func withBars(list []contextCount) {
	most := 1
	for _, c := range list {
		most = max(most, c.Events)
	}
	for i := range list {
		list[i].Bar = max(100*list[i].Events/most, 1)
	}
}

// contextsWith returns the contexts whose names have all words of a text, in byte order.
func (x *index) contextsWith(text string) []int32 {
	words := strings.Fields(searchable(text))
	var out []int32
	for i, name := range x.plainNames {
		if len(words) == 0 && text == "" || len(words) > 0 && hasWords(name, words) {
			out = append(out, int32(i))
		}
	}
	return out
}

// hasWords reports whether a searchable text has all of some words.
func hasWords(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// contextData is one context.
type contextData struct {
	Name, Topic    string
	Number         int
	First, Last    string
	Bars           []bar
	Width          int
	Ticks          []bar
	Unit           string
	Years          []yearEvents
	Neighbors      []contextCount
	From, To       int
	Next, Previous string
	Known          bool
}

// yearEvents are events of a year.
type yearEvents struct {
	Year   string
	Events []eventLink
}

const (
	// eventsAtOnce is how many events are listed on one page.
	eventsAtOnce = 100

	// neighborsAtOnce is how many contexts that share events are listed.
	neighborsAtOnce = 24
)

// context shows one context: its events over time, and the contexts that share them.
func (v *visit) context() reply {
	name := v.archive.Config().ContextName(v.FormValue("name"))
	if name == "" {
		return reply{to: "/contexts"}
	}
	d := contextData{Name: name, Known: v.index != nil}
	r := reply{template: "context.html", title: name, section: "contexts", data: &d}
	if v.index == nil {
		return r
	}
	n, ok := v.index.number[name]
	if !ok {
		return v.invalid("contexts", fmt.Sprintf("No event has the context %q", name), "Find its name in the list of contexts.", "/contexts", "Contexts")
	}
	events := v.index.having.at(n)
	d.Number = len(events)
	v.timeline(&d, events)
	d.Neighbors = v.index.neighbors(n)
	page := pageOf(v.Request, len(events), eventsAtOnce)
	for _, e := range events[page.start:page.end] {
		link := v.linkTo(e)
		year, _, _ := strings.Cut(link.Date, "-")
		if k := len(d.Years); k == 0 || d.Years[k-1].Year != year {
			d.Years = append(d.Years, yearEvents{Year: year})
		}
		last := &d.Years[len(d.Years)-1]
		last.Events = append(last.Events, link)
	}
	d.From, d.To, d.Next, d.Previous = page.start+1, page.end, page.next, page.previous
	return r
}

// neighbors returns the contexts that share most events with one.
func (x *index) neighbors(n int32) []contextCount {
	counts := map[int32]int{}
	for _, e := range x.having.at(n) {
		for _, name := range x.of.at(e) {
			if name != n {
				counts[name]++
			}
		}
	}
	names := make([]int32, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b int32) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	var out []contextCount
	for _, name := range names[:min(len(names), neighborsAtOnce)] {
		out = append(out, contextCount{Name: x.names[name], Events: counts[name]})
	}
	withBars(out)
	return out
}

// timeline makes bars of events, newest first: one for each day, month or year from the
// first to the last, so that there are few enough.
func (v *visit) timeline(d *contextData, events []int32) {
	x := v.index
	if len(events) == 0 || x.records[events[len(events)-1]].day == noDay {
		return
	}
	first, last := x.date(events[len(events)-1]), x.date(events[0])
	d.First, d.Last = first.String(), last.String()
	unit := unitFor(first, last)
	counts := map[archive.Date]int{}
	latest := map[archive.Date]int32{}
	for _, e := range events {
		at := unit.of(x.date(e))
		if counts[at]++; counts[at] == 1 {
			latest[at] = e
		}
	}
	d.Unit = unit.name
	for at := unit.of(first); at.Compare(last) <= 0; at = unit.next(at) {
		b := bar{Label: unit.label(at), Count: counts[at]}
		if e, ok := latest[at]; ok {
			b.Link = pageLink(x.path(e))
		}
		d.Bars = append(d.Bars, b)
	}
	scale(d.Bars)
	d.Width = len(d.Bars) * barWidth
	step := max((len(d.Bars)+maxTicks-1)/maxTicks, 1)
	for i := 0; i < len(d.Bars); i += step {
		d.Ticks = append(d.Ticks, d.Bars[i])
	}
}

// maxTicks is how many labels there is room for below a timeline.
const maxTicks = 8

// timeUnit is what a bar of a timeline is for.
type timeUnit struct {
	name  string
	of    func(archive.Date) archive.Date // the first day of the unit
	next  func(archive.Date) archive.Date
	label func(archive.Date) string
}

// unitFor returns the unit for a span of time: at most some hundred bars, as a rule.
func unitFor(first, last archive.Date) timeUnit {
	switch days := last.Number() - first.Number(); {
	case days <= 92:
		return timeUnit{"day",
			func(d archive.Date) archive.Date { return d },
			func(d archive.Date) archive.Date { return d.AddDays(1) },
			archive.Date.String}
	case days <= 12*366:
		return timeUnit{"month",
			func(d archive.Date) archive.Date { return archive.Date{Year: d.Year, Month: d.Month, Day: 1} },
			func(d archive.Date) archive.Date {
				return archive.Date{Year: d.Year + d.Month/12, Month: d.Month%12 + 1, Day: 1}
			},
			func(d archive.Date) string { return fmt.Sprintf("%04d-%02d", d.Year, d.Month) }}
	}
	return timeUnit{"year",
		func(d archive.Date) archive.Date { return archive.Date{Year: d.Year, Month: 1, Day: 1} },
		func(d archive.Date) archive.Date { return archive.Date{Year: d.Year + 1, Month: 1, Day: 1} },
		func(d archive.Date) string { return fmt.Sprintf("%04d", d.Year) }}
}
