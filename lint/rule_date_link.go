package lint

import (
	"newsctl/archive"
	"newsctl/archive/page"
)

var dateLink = Rule{
	Name:     "date-link",
	Severity: Warning,
	Title:    "an event's date line does not link to its day page",
	Why:      `The link in the date line takes readers back to the other events of the day.`,
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
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		line := p.Page.Event.Date
		switch {
		case line == nil:
		case line.Link == nil:
			p.reportFixf(line.Text, p.dateLinked(line), "date line is not a link; write it as ### [%s](/%s)", p.Page.Date, p.Page.Date.Page())
		case p.isDated(line) && line.Link.Reference == "":
			p.checkDayLink(line.Link, "date line", p.replacef)
		default:
			p.checkDayLink(line.Link, "date line", p.suggestf)
		}
	},
}

// isDated reports whether a date line names the day of the page's directory: if
// not, either may be right.
func (p *Pass) isDated(line *page.DateLine) bool {
	d, err := archive.ParseDate(p.Page.Text(line.Date))
	return err == nil && d == p.Page.Date
}

// dateLinked returns what makes the date of a date line a link.
func (p *Pass) dateLinked(line *page.DateLine) *Fix {
	if !p.isDated(line) {
		return nil
	}
	return p.fix(page.Edit{Span: line.Date, New: "[" + p.Page.Text(line.Date) + "](/" + p.Page.Date.Page() + ")"})
}

// checkDayLink reports a link that should point to the page of the day that the page
// belongs to, and does not.
func (p *Pass) checkDayLink(l *page.Link, what string, replacef replacer) {
	want := p.Page.Date.Page()
	if t := p.Page.Target(l).Path; t != want && t != archive.CopyOf(want) {
		replacef(l.Target, p.Page.Redirected(l, want), "%s links to %s; the day page is /%s", what, p.Page.Text(l.Target), want)
	}
}
