package lint

import (
	"newsctl/archive"
	"newsctl/archive/page"
)

var dateLink = Rule{
	Name:     "date-link",
	Severity: Warning,
	Title:    "an event's date line does not link to its day page",
	Why:      `The link in the date line is the reader's way back to the other events of the day.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/4/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Kinds: events,
	Check: func(p *Pass) {
		line := p.Page.Event.Date
		switch {
		case line == nil:
		case line.Link == nil:
			p.Reportf(line.Text, "the date line is no link; write it as ### [%s](/%s)", p.Page.Date, p.Page.Date.Page())
		default:
			p.dayLink(line.Link, "date line")
		}
	},
}

// dayLink reports a link that should lead to the page of the day that the page
// belongs to, and does not.
func (p *Pass) dayLink(l *page.Link, what string) {
	want := p.Page.Date.Page()
	if t := p.Page.Target(l).Path; t != want && t != archive.CopyOf(want) {
		p.Suggestf(l.Target, "/"+want, "the %s links to %s instead of the day's page, /%s", what, p.Page.Text(l.Target), want)
	}
}
