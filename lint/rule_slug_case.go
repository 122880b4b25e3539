package lint

import (
	"path"

	"newsctl/archive"
	"newsctl/archive/filename"
)

var slugCase = Rule{
	Name:     "slug-case",
	Severity: Error,
	Unread:   true,
	Sees:     seesNeighbors,
	Title:    "two names are the same on some file systems",
	Why: `macOS and Windows ignore case in names, and macOS ignores their Unicode form (é as one
character, or as e with an accent). Only one of the two files can be checked out there.`,
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
		for _, other := range p.Archive.Lookalikes(p.Page.Path) {
			if _, there := p.Archive.TypeOf(other); other < p.Page.Path || !there || !archive.IsPage(other) || !p.Archive.Holds(other) {
				p.lookalike(other)
				return
			}
		}
	},
}

// lookalike reports that a file system may take a file for the page.
func (p *Pass) lookalike(other string) {
	own, name := p.Page.Path, other
	if path.Dir(own) == path.Dir(other) {
		own, name = path.Base(own), path.Base(other)
	}
	if filename.SameLetters(own, name) {
		p.reportf(p.top(), "another file has a name of the same letters, in another Unicode form (%s); rename one of the two", filename.UnicodeForm(name))
		return
	}
	p.reportf(p.top(), "the name differs %s from %s; rename one of the two", filename.Difference(own, name), name)
}
