package lint

import (
	"path"
	"strings"
)

var slugCase = Rule{
	Name:     "slug-case",
	Severity: Error,
	Title:    "two pages' names differ only in upper and lower case",
	Why: `On disks that do not tell upper and lower case apart (macOS, Windows) only one of
the two can be checked out; the other is lost without a word.`,
	Wrong: `
-- news/2024/03/5/Ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Check: func(p *Pass) {
		name := path.Base(p.Page.Path)
		for _, other := range p.Archive.Siblings(p.Page.Path) {
			if other < name && strings.EqualFold(other, name) {
				p.Reportf(p.top(), "the name differs only in case from %s; rename one of the two", other)
				return
			}
		}
	},
}
