package lint

import (
	"fmt"
	"strings"

	"newsctl/archive/page"
)

var sourceDuplicate = Rule{
	Name:     "source-duplicate",
	Severity: Warning,
	Title:    "an event lists a source twice",
	Why:      `Two entries for one article look like two confirmations.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Sources:

1. [Harbour Gazette](https://gazette.example/ferry)
2. [Gazette](https://gazette.example/ferry)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		entries := p.Page.Event.Entries(page.SourceSection)
		fix, gone := p.fix(), []page.Entry{}
		first := map[string]page.Entry{}
		for _, e := range entries {
			if e.Link == nil {
				continue
			}
			address := p.Page.Destination(e.Link)
			above, again := first[address]
			if !again {
				first[address] = e
				continue
			}
			line, _ := p.Page.Position(above.Start)
			message := fmt.Sprintf("duplicate source (first listed on line %d); remove it", line)
			if address == "" || !p.sameSource(above, e) {
				p.reportf(e.Link.Target, "%s", message)
				continue
			}
			gone = append(gone, e)
			p.reportFixf(e.Link.Target, fix, "%s", message)
		}
		if len(gone) > 0 {
			fix.Edits = p.removeEntries(entries, gone)
		}
	},
}

// sameSource reports whether an entry of the same address as one above adds at
// most another name of the outlet: no picture, and nothing after the link.
func (p *Pass) sameSource(above, again page.Entry) bool {
	after := func(e page.Entry) string {
		return strings.TrimSpace(p.Page.Text(page.Span{Start: e.Link.End, End: e.Content.End}))
	}
	return !above.Link.Malformed && !again.Link.Malformed && !p.annotated(again) &&
		p.isCover(above) == p.isCover(again) && (after(again) == "" || after(again) == after(above))
}
