package lint

import "newsctl/archive/page"

var sourceMissing = Rule{
	Name:     "source-missing",
	Severity: Info,
	Title:    "an event has no source",
	Why:      `Without a source, readers cannot verify the event.`,
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
	Kinds: eventPages,
	Check: func(p *Pass) {
		if len(p.Page.Event.Entries(page.SourceSection)) == 0 {
			label := p.label(func(l page.Labels) []string { return l.Source })
			p.reportf(p.headline(), "event has no source; add one under a ### %s: heading", label)
		}
	},
}
