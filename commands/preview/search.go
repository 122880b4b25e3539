package preview

import (
	"slices"
	"strings"

	"newsctl/archive"
)

// searchData is what a search found.
type searchData struct {
	Words          string
	Contexts       []contextCount
	Events         []eventLink
	Number         int // of events
	MoreContexts   int
	From, To       int
	Next, Previous string
	Known          bool
}

const (
	// foundAtOnce is how many events are listed on one page.
	foundAtOnce = 50

	// foundContexts is how many contexts are listed above the events.
	foundContexts = 12
)

// search finds contexts and events by words of their names and headlines; a date is that
// of a day.
func (v *visit) search() reply {
	d := searchData{Words: strings.TrimSpace(v.FormValue("q")), Known: v.index != nil}
	if day, err := archive.ParseTypedDate(d.Words); err == nil && v.archive.HasDay(day) {
		return reply{to: pageLink(day.Page())}
	}
	if p := strings.TrimPrefix(d.Words, "/"); archive.IsPage(p) && v.archive.Exists(p) {
		return reply{to: pageLink(p)}
	}
	title := "Search"
	if words := strings.Fields(searchable(d.Words)); v.index != nil && len(words) > 0 {
		title = d.Words
		v.find(&d, words)
	}
	return reply{template: "search.html", title: title, section: "search", data: d}
}

func (v *visit) find(d *searchData, words []string) {
	x := v.index
	names := x.contextsWith(d.Words)
	slices.SortStableFunc(names, func(a, b int32) int { return len(x.having.at(b)) - len(x.having.at(a)) })
	for _, name := range names[:min(len(names), foundContexts)] {
		d.Contexts = append(d.Contexts, contextCount{Name: x.names[name], Events: len(x.having.at(name))})
	}
	d.MoreContexts = len(names) - len(d.Contexts)
	withBars(d.Contexts)
	var events []int32
	for _, e := range x.events {
		if hasWords(x.plain[e], words) {
			events = append(events, e)
		}
	}
	page := pageOf(v.Request, len(events), foundAtOnce)
	for _, e := range events[page.start:page.end] {
		d.Events = append(d.Events, v.linkTo(e))
	}
	d.Number, d.From, d.To, d.Next, d.Previous = len(events), page.start+1, page.end, page.next, page.previous
}
