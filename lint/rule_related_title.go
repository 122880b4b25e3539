package lint

var relatedTitle = Rule{
	Name:     "related-title",
	Severity: Warning,
	Sees:     seesTargets,
	Title:    "a related entry's text does not match the headline of its event",
	Why: `The headline was changed and the entry still quotes the old one, or the entry points to
another event. Surrounding spaces and backslash escapes are ignored.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, l := range p.relatedLinks() {
			p.checkTitle(l, p.replacef)
		}
	},
}
