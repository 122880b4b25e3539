package lint

import "newsctl/archive/page"

var sourceMissing = Rule{
	Name:     "source-missing",
	Severity: Info,
	Title:    "an event names no source",
	Why:      `A reader cannot check what no outside source confirms.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
`,
	Kinds: events,
	Check: func(p *Pass) {
		if len(p.Page.Event.Entries(page.SourceSection)) == 0 {
			p.Reportf(p.headline(), "the event names no source; add one below a heading ### Source:")
		}
	},
}
