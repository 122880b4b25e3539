package lint

var relatedTitle = Rule{
	Name:     "related-title",
	Severity: Warning,
	Title:    "a related entry's text is not the headline of the event it names",
	Why: `The event was reworded and the entry still quotes the old headline, or leads to
another event than it says. Surrounding spaces and backslash escapes do not count.`,
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
	Kinds: events,
	Check: func(p *Pass) {
		for _, l := range p.relatedLinks() {
			p.title(l, p.Replacef)
		}
	},
}
