package lint

import (
	"strings"

	"newsctl/archive/page"
)

var sourceNumber = Rule{
	Name:     "source-number",
	Severity: Warning,
	Title:    "sources are not numbered consecutively",
	Why: `Markdown numbers the list itself, so readers of the page and of its source see
different numbers. By convention, a cover image at the end of the list repeats the
previous number.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Sources:

1. [Harbour Gazette](https://gazette.example/ferry)
3. [Coast Radio](https://radio.example/ferry)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Sources:

1. [Harbour Gazette](https://gazette.example/ferry)
2. [Coast Radio](https://radio.example/ferry)
2. [Cover Image](https://radio.example/ferry.jpg)
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		entries := p.Page.Event.Entries(page.SourceSection)
		p.checkNumbering(entries, func(e page.Entry) bool {
			return e.Start == entries[len(entries)-1].Start && p.isCover(e)
		})
	},
}

// isCover reports whether a source is the event's picture.
func (p *Pass) isCover(e page.Entry) bool {
	return e.Link != nil && strings.TrimSpace(p.Page.Text(e.Link.Text)) == coverImage
}

// coverImage is what the archive calls the picture among an event's sources.
const coverImage = "Cover Image"
