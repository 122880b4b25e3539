package lint

import (
	"newsctl/archive"
	"newsctl/archive/same"
)

var dayUnlisted = Rule{
	Name:     "day-unlisted",
	Severity: Warning,
	Sees:     seesNeighbors,
	Title:    "an event is not listed on its day page",
	Why: `Most often the page is a previous version: the event was published again under a new
headline, and this page was left in place. A version is not reported if the Changes
section of an event on its day lists it, or if it and an event on another day list each
other.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
`,
	Fixes: true,
	Kinds: eventPages,
	Clean: func(a *archive.Archive, f *archive.Facts) bool { return !same.Unlisted(a, &f.Brief) },
	Check: func(p *Pass) {
		if day := p.Archive.DayFacts(p.Page.Date); day == nil || day.Lists(p.Page.Path) {
			return
		}
		if p.Archive.IsVersion(p.Page) {
			return
		}
		p.reportFixf(p.headline(), p.listing(), "event is not listed on its day page, %s; list it, or remove the page if it is a previous version", p.Page.Date.Page())
	},
}

// listing returns what lists the event of the page on the page of its day, if
// it was certainly forgotten there.
func (p *Pass) listing() *Fix {
	if !same.LikelyForgotten(p.Archive, p.Page) {
		return nil
	}
	return &Fix{Path: p.Page.Date.Page(), ListEvent: p.Page.Path}
}
