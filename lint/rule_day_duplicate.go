package lint

var dayDuplicate = Rule{
	Name:     "day-duplicate",
	Severity: Warning,
	Title:    "a day page lists an event twice",
	Why:      `Readers take the two entries for two events.`,
	Wrong: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
`,
	Right: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
`,
	Kinds: dayPages,
	Check: func(p *Pass) {
		first := map[string]int{}
		for _, it := range p.Page.Listing.Items() {
			if it.Link == nil || p.Page.Target(it.Link).Path == "" {
				continue
			}
			target := p.Page.Target(it.Link).Path
			line, _ := p.Page.Position(it.Link.Start)
			if at, ok := first[target]; ok {
				p.reportf(it.Link.Target, "duplicate of the entry on line %d; remove one of the two", at)
				continue
			}
			first[target] = line
		}
	},
}
