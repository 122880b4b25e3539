package lint

var dayDate = Rule{
	Name:     "day-date",
	Severity: Warning,
	Title:    "a day page's heading does not match its date",
	Why:      `The directory says which day the page is for; its heading says another day, or nothing.`,
	Wrong: `
-- news/2024/03/5/index.md --
## [2024-03-4](/news/2024/03/5/index.md)
`,
	Right: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
`,
	Kinds: dayPages,
	Check: func(p *Pass) {
		parts := p.Page.Listing.Parts
		if len(parts) == 0 || parts[0].Previous || parts[0].Title.Level == 0 {
			p.reportf(p.top(), "the page has no heading; begin it with ## [%s](/%s)", p.Page.Date, p.Page.Date.Page())
			return
		}
		link := parts[0].Link
		if link == nil {
			p.checkDate(parts[0].Title.Text, "heading")
			return
		}
		p.checkDate(link.Text, "heading")
		p.checkDayLink(link, "heading", p.suggestf)
	},
}
