package lint

import "newsctl/archive/page"

var frontBroken = Rule{
	Name:     "front-broken",
	Severity: Error,
	Sees:     seesTargets,
	Title:    "a link on the front page is broken",
	Why:      `Most readers start on the front page.`,
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
	Kinds: frontPages,
	Check: func(p *Pass) {
		for _, l := range p.Page.Links {
			switch {
			case l.Role == page.Formats:
			case l.Role == page.Listed:
				p.checkEntry(l, "correct or remove the link")
			case p.isChecked(l):
				p.checkLink(l, "correct or remove the link")
			}
		}
	},
}
