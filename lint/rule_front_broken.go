package lint

import "newsctl/archive/page"

var frontBroken = Rule{
	Name:     "front-broken",
	Severity: Error,
	Title:    "a link of the front page leads to nothing",
	Why:      `It is the first link that most readers follow.`,
	Wrong: `
-- index.md --
## [News](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-agai.md)
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- index.md --
## [News](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Fixes: true,
	Kinds: fronts,
	Check: func(p *Pass) {
		for _, l := range p.Page.Links {
			switch {
			case l.Role == page.Formats:
			case l.Role == page.Listed:
				p.brokenEntry(l, "correct or remove the link")
			case p.isChecked(l):
				p.broken(l, "correct or remove the link")
			}
		}
	},
}
