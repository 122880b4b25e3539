package preview

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive"
	"newsctl/archive/query"
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
	Note           string // why a day that was searched for is not shown
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
	switch day, err := archive.ParseTypedDate(d.Words); {
	case err != nil && dateLike.MatchString(d.Words):
		d.Note = fmt.Sprintf("Invalid date %q; use YYYY-MM-DD.", d.Words)
	case err != nil:
	case v.archive.HasDay(day):
		return reply{to: pageLink(day.Page())}
	case len(v.archive.Events(day)) > 0:
		return reply{to: pageLink(path.Dir(day.Page())) + "/"}
	default:
		d.Note = "The archive has no events on " + day.String() + "."
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

// dateLike matches what is meant as a date, though there may be no such day.
var dateLike = regexp.MustCompile(`^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$`)

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
	for _, i := range x.headlines.with(words) {
		events = append(events, x.events[i])
	}
	page := pageOf(v.Request, len(events), foundAtOnce)
	for _, e := range events[page.start:page.end] {
		d.Events = append(d.Events, v.linkTo(e))
	}
	d.Number, d.From, d.To, d.Next, d.Previous = len(events), page.start+1, page.end, page.next, page.previous
}

// searchText is many lines, one after another, so that they are searched at once.
type searchText struct {
	all    string
	starts []int32 // of lines, and where the last ends
}

// newSearchText returns the text of n lines.
func newSearchText(n int, line func(i int) string) searchText {
	var b strings.Builder
	starts := make([]int32, 0, n+1)
	for i := range n {
		starts = append(starts, int32(b.Len()))
		b.WriteString(line(i))
		b.WriteByte('\n')
	}
	return searchText{strings.Clone(b.String()), append(starts, int32(b.Len()))}
}

// with returns the lines that have all of some words.
func (t searchText) with(words []string) []int32 {
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	var out []int32
	for line, at := 0, 0; ; at = int(t.starts[line]) {
		found := strings.Index(t.all[at:], longest)
		if found < 0 {
			return out
		}
		for at += found; int(t.starts[line+1]) <= at; {
			line++
		}
		if hasWords(t.all[t.starts[line]:t.starts[line+1]], words) {
			out = append(out, int32(line))
		}
		line++
	}
}

// searchable returns the letters and digits of a text, without case and accents, as words
// that a space separates.
func searchable(text string) string {
	folded := strings.Join(query.NewWords(text), " ")
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number)
	}), " ")
}
