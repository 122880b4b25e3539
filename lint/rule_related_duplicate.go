package lint

var relatedDuplicate = Rule{
	Name:     "related-duplicate",
	Severity: Warning,
	Title:    "a related entry names a page that the list already has",
	Why:      `The second entry says nothing new and takes the place of one that would.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
2. [Storm stops the ferry](/en/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Kinds: events,
	Check: func(p *Pass) {
		first := map[string]int{}
		for _, e := range p.Related() {
			if e.Target.Path == "" {
				continue
			}
			line, _ := p.Page.Position(e.Start)
			if at, ok := first[e.Target.Path]; ok {
				p.Reportf(e.Link.Target, "the list names this page already, in line %d; remove the entry", at)
				continue
			}
			first[e.Target.Path] = line
		}
	},
}
