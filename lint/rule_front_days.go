package lint

import (
	"newsctl/archive"
	"newsctl/archive/listing"
	"newsctl/archive/page"
)

var frontDays = Rule{
	Name:     "front-days",
	Severity: Warning,
	Sees:     seesNeighbors,
	Title:    "the front page does not show the last three days",
	Why: `The front page shows the last three days that exist, newest first, and ends with a link
to the day before them. Most often it was not updated when a day was added. A home page
that shows no days is not a front page.`,
	Wrong: `
-- index.md --
## [News](/news/2024/03/4/index.md)
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
-- news/2024/03/4/index.md --
## [2024-03-4](/news/2024/03/4/index.md)
`,
	Right: `
-- index.md --
## [News](/news/2024/03/5/index.md)

## [Yesterday](/news/2024/03/4/index.md)
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
-- news/2024/03/4/index.md --
## [2024-03-4](/news/2024/03/4/index.md)
`,
	Kinds: frontPages,
	Check: func(p *Pass) {
		want := p.Archive.LastDays(listing.FrontDays + 1)
		if !p.Archive.Complete() || !listing.IsFront(p.Page) {
			return // a later day may be in a directory that cannot be read
		}
		shown := p.daysShown()
		for i, l := range shown {
			switch {
			case i < min(listing.FrontDays, len(want)):
				p.checkDayTarget(l, want[i], p.suggestf)
			default:
				p.reportf(l.Target, "the front page shows the last %d days; remove this one", listing.FrontDays)
			}
		}
		if n := len(shown); n < min(listing.FrontDays, len(want)) {
			p.reportf(p.Page.Line(len(p.Page.Source)-1), "the front page does not show %s; add it", want[n])
		}
		if l := previousLink(p.Page.Listing); l != nil && len(want) > listing.FrontDays {
			p.checkDayTarget(l, want[listing.FrontDays], p.suggestf)
		}
	},
}

// daysShown returns the links of the headings of a front page that point to
// days, less the one to the day before.
func (p *Pass) daysShown() []*page.Link {
	var out []*page.Link
	for _, part := range p.Page.Listing.Parts {
		if part.Link == nil || part.Previous {
			continue
		}
		if kind, date := archive.Classify(p.Page.Target(part.Link).Path); kind == archive.DayPage || kind == archive.CopyPage && date != (archive.Date{}) {
			out = append(out, part.Link)
		}
	}
	return out
}
