package lint

import "newsctl/archive/page"

var relatedNumber = Rule{
	Name:     "related-number",
	Severity: Warning,
	Title:    "related entries are not numbered consecutively",
	Why: `Markdown numbers the list itself, so readers of the page and of its source see different
numbers. Most often entries were added, removed or moved by hand.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
3. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
2. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		p.checkNumbering(p.Page.Event.Entries(page.RelatedSection), func(page.Entry) bool { return false })
	},
}
