package lint

import (
	"newsctl/archive"
	"newsctl/archive/page"
)

var dateMismatch = Rule{
	Name:     "date-mismatch",
	Severity: Error,
	Title:    "an event's date line does not match its directory",
	Why: `The directory decides where the event is listed; the date line is what readers see.
One of the two is wrong.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-4](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		if line := p.Page.Event.Date; line != nil {
			p.checkDate(line.Date, "date line")
		}
	},
}

// checkDate reports a date that is written on a page and is not that of its directory.
func (p *Pass) checkDate(at page.Span, what string) {
	want := p.Page.Date
	text := p.Page.Text(at)
	switch d, err := archive.ParseDate(text); {
	case err != nil:
		p.suggestf(at, want.String(), "%q in the %s is not a date; write the date of the page's directory, %s", text, what, want)
	case d != want:
		p.suggestf(at, want.String(), "the %s says %s, but the page is in the directory of %s; move the page or correct the date", what, text, want)
	}
}
