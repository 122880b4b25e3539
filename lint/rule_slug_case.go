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
	ByNames: true,
	Clean:   func(a *archive.Archive, f *archive.Facts) bool { return lookalikeOf(a, f.Path) == "" },
	Check: func(p *Pass) {
		if other := lookalikeOf(p.Archive, p.Page.Path); other != "" {
			p.lookalike(other)
		}
	},
}

// lookalikeOf returns the path that is the same as that of a page on some file systems,
// if the page is the one to be renamed, or nothing.
func lookalikeOf(a *archive.Archive, p string) string {
	for _, other := range a.Lookalikes(p) {
		if _, there := a.TypeOf(other); other < p || !there || !archive.IsPage(other) || !a.Holds(other) {
			return other
		}
	}
	return ""
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
