package lint

import (
	"newsctl/archive"
	"newsctl/archive/listing"
	"newsctl/archive/page"
)

var dayPrevious = Rule{
	Name:     "day-previous",
	Severity: Error,
	Sees:     seesNeighbors,
	Title:    "a day page does not link to the nearest earlier day",
	Why: `The link at the end of a day page points to the nearest earlier day that exists, which
is not always the day before. If a link is wrong, readers who go back through the
archive miss days or get stuck.`,
	Wrong: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

## [Previous Day...](/news/2024/03/4/index.md)
-- news/2024/03/2/index.md --
## [2024-03-2](/news/2024/03/2/index.md)
`,
	Right: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

## [Previous Day...](/news/2024/03/2/index.md)
-- news/2024/03/2/index.md --
## [2024-03-2](/news/2024/03/2/index.md)
`,
	Fixes: true,
	Kinds: dayPages,
	Check: func(p *Pass) {
		before, found := p.Archive.DayBefore(p.Page.Date)
		if !p.Archive.Complete() {
			return // a nearer day may be in a directory that cannot be read
		}
		previous := previousLink(p.Page.Listing)
		switch {
		case previous != nil && !found:
			p.reportFixf(previous.Target, p.previousFix(), "no earlier day has a page; remove the link")
		case previous != nil && previous.Reference == "":
			p.checkDayTarget(previous, before, p.replacef)
		case previous != nil:
			p.checkDayTarget(previous, before, p.suggestf)
		case found:
			p.reportFixf(p.Page.Line(len(p.Page.Source)-1), p.previousFix(), "the page has no link to the day before; add ## [%s](/%s)", p.Archive.Config().Labels.Previous[0], before.Page())
		}
	},
}

// previousLink returns a listing's link to the nearest earlier day, or nil.
func previousLink(l *page.Listing) *page.Link {
	for _, part := range l.Parts {
		if part.Previous {
			return part.Link
		}
	}
	return nil
}

// previousFix returns what gives a day page the link to the day before that it
// lacks, or takes away the one it has, unless Markdown would not see that: it
// reads no heading after a comment or a code block that is not closed.
func (p *Pass) previousFix() *Fix {
	edits := listing.PreviousDayEdits(p.Archive, p.Page)
	after, err := page.Apply(p.Page.Source, edits)
	if err != nil || (previousLink(page.ParseListing(after, p.Archive.Config().Labels)) != nil) == (previousLink(p.Page.Listing) != nil) {
		return nil
	}
	return p.fix(edits...)
}

// checkDayTarget reports a link that does not point to a day's page.
func (p *Pass) checkDayTarget(l *page.Link, day archive.Date, replacef replacer) {
	t := p.Page.Target(l).Path
	padded := p.Archive.Padded(day.Page())
	if t == day.Page() || t == archive.CopyOf(day.Page()) || t == padded {
		return
	}
	if padded != "" {
		replacef = p.suggestf
	}
	replacef(l.Target, p.Page.Redirected(l, day.Page()), "links to %s, but should link to /%s", p.Page.Text(l.Target), day.Page())
}
