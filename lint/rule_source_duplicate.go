package lint

import "newsctl/archive/page"

var sourceDuplicate = Rule{
	Name:     "source-duplicate",
	Severity: Warning,
	Title:    "an event names one source twice",
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
	Kinds: events,
	Check: func(p *Pass) {
		first := map[string]int{}
		for _, e := range p.Page.Event.Entries(page.SourceSection) {
			if e.Link == nil {
				continue
			}
			address := p.Page.Destination(e.Link)
			line, _ := p.Page.Position(e.Start)
			if at, ok := first[address]; ok {
				p.Reportf(e.Link.Target, "this source is in line %d already; remove the entry", at)
				continue
			}
			first[address] = line
		}
	},
}
