package lint

import (
	"path"
	"strings"
)

var slugMismatch = Rule{
	Name:     "slug-mismatch",
	Severity: Warning,
	Title:    "an event's file name is not the one its headline makes",
	Why: `The archive names a page after its headline. A page whose headline was reworded
in place keeps a name that says something else. A space before the headline may
count towards its length or not: both are found in archives.`,
	Wrong: `
-- news/2024/03/5/ferry-sails.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Kinds: events,
	Check: func(p *Pass) {
		headline, ok := p.Page.Event.Headline()
		if !ok {
			return
		}
		name := strings.TrimSuffix(path.Base(p.Page.Path), ".md")
		slug := p.Archive.Slug(headline)
		if name == slug || name == p.Archive.Slug(strings.TrimSpace(headline)) {
			return
		}
		if slug == "" {
			p.Reportf(p.headline(), "the headline has no letter or digit to name the page after; reword it")
			return
		}
		p.Reportf(p.headline(), "the headline makes the name %s.md; rename the page or correct the headline", slug)
	},
}
