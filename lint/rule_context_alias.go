package lint

import (
	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
)

var contextAlias = Rule{
	Name:     "context-alias",
	Severity: Warning,
	Sees:     seesLists,
	Title:    "a page uses an alias of a context",
	Why: `The configuration lists other names of a context (contexts.aliases). newsctl reads an
alias as the name it stands for, but to readers of the page the two look like different
contexts.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

##### Car ferry

# Ferry sails again

_Context: Car ferry, Harbour_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

##### Ferry

# Ferry sails again

_Context: Ferry, Harbour_
`,
	Fixes: true,
	Kinds: []archive.Kind{archive.EventPage, archive.DayPage, archive.FrontPage},
	Check: func(p *Pass) {
		fixes := map[page.Span]*Fix{} // one for all aliases of a list
		for _, use := range contexts.AliasUses(p.Archive, p.Page) {
			if use.Edits != nil && fixes[use.Span] == nil {
				fixes[use.Span] = p.fix(use.Edits...)
			}
			p.reportFixf(use.Span, fixes[use.Span], "%q is an alias; write %q", use.Alias, use.Name)
		}
	},
}
