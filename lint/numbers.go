package lint

import (
	"strconv"

	"newsctl/archive/page"
)

// numbers reports entries whose number is not one more than that of the entry
// before. An entry that may repeat the number before it is not reported for
// doing so.
func (p *Pass) numbers(entries []page.Entry, mayRepeat func(page.Entry) bool) {
	last := 0
	for _, e := range entries {
		n, err := strconv.Atoi(p.Page.Text(e.Number))
		want := last + 1
		switch {
		case err != nil:
			p.Reportf(e.Mark(), "the entry has no number; it should be %d", want)
			last = want
			continue
		case n == want || n == last && last > 0 && mayRepeat(e):
		default:
			p.Suggestf(e.Number, strconv.Itoa(want), "the entry is number %d, but should be %d", n, want)
		}
		last = n
	}
}
