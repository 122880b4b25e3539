package lint

import (
	"fmt"
	"strconv"

	"newsctl/archive/page"
)

// checkNumbering reports entries whose number is not one more than that of the entry
// before. An entry that may repeat the number before it is not reported for
// doing so.
func (p *Pass) checkNumbering(entries []page.Entry, mayRepeat func(page.Entry) bool) {
	var fix *Fix // numbers the whole list
	last := 0
	for _, e := range entries {
		n, err := strconv.Atoi(p.Page.Text(e.Number))
		want := last + 1
		switch {
		case err == nil && (n == want || n == last && last > 0 && mayRepeat(e)):
			last = n
			continue
		case fix == nil:
			fix = p.fix(p.renumber(entries, mayRepeat)...)
			fix.guard = page.Span{Start: entries[0].Start, End: entries[len(entries)-1].End}
		}
		if err != nil {
			p.reportf(e.Mark(), "the entry has no number; it should be %d", want)
			last = want
			continue
		}
		p.report(Finding{Span: e.Number, Suggestion: strconv.Itoa(want), Message: fmt.Sprintf("the entry is number %d, but should be %d", n, want), Fix: fix})
		last = n
	}
}

// renumber returns the edits that number entries consecutively. One that repeats the
// number before it, and may, still does.
func (p *Pass) renumber(entries []page.Entry, mayRepeat func(page.Entry) bool) []page.Edit {
	var edits []page.Edit
	last, before := 0, 0 // numbers of the entry before: as it will be, and as it is
	for _, e := range entries {
		n, err := strconv.Atoi(p.Page.Text(e.Number))
		if repeats := err == nil && n == before && last > 0 && mayRepeat(e); !repeats {
			last++
		}
		before = n
		if err == nil && n != last {
			edits = append(edits, page.Edit{Span: e.Number, New: strconv.Itoa(last)})
		}
	}
	return edits
}
