package lint

var relatedBroken = Rule{
	Name:     "related-broken",
	Severity: Error,
	Sees:     seesTargets,
	Title:    "a related entry points to a page that does not exist",
	Why: `Readers who follow the entry find nothing. Most often the event was published again
under a new headline, and the list still links to the old page.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferr.md) _Context: Ferry_
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
			p.checkEntry(l, "remove the entry or correct its link")
		}
	},
}
