package lint

var relatedContext = Rule{
	Name:     "related-context",
	Severity: Warning,
	Title:    "a related entry does not say what it shares with the event",
	Why: `The contexts behind an entry tell the reader why it is there, and are where the
archive records what its events are about. Entries that are kept by hand, or
lead to a page that is no event, need none.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md)
2. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: _
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
2. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_
`,
	Kinds: events,
	Check: func(p *Pass) {
		for _, e := range p.Related() {
			switch {
			case e.Curated():
			case e.Shared == nil:
				p.Reportf(e.Mark(), "the entry names no context; add _Context: ..._ behind the link")
			case e.Shared.Names.Empty():
				p.Reportf(e.Shared.Span, "the entry's context is empty; name what it shares with the event")
			case e.Shared.Open:
				p.Reportf(e.Shared.Span, "the entry's context has no closing underscore; add one at the end of the line")
			}
		}
	},
}
