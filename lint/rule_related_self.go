package lint

var relatedSelf = Rule{
	Name:     "related-self",
	Severity: Warning,
	Title:    "a related entry leads to its own page",
	Why:      `An event is not related to itself; the entry takes the place of one that would help.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Ferry sails again](/news/2024/03/5/ferry-sails-again.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:
`,
	Kinds: events,
	Check: func(p *Pass) {
		for _, e := range p.Related() {
			if e.Target.Path == p.Page.Path {
				p.Reportf(e.Link.Target, "the entry leads to its own page; remove it")
			}
		}
	},
}
