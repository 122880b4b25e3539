package lint

import (
	"bytes"
	"path"

	"newsctl/archive"
	"newsctl/archive/page"
)

var dayCopy = Rule{
	Name:     "day-copy",
	Severity: Warning,
	Title:    "README.md and index.md of a day, or of the front page, differ",
	Why: `The two are one page under two names: the site shows one and the repository the
other. Whoever edits one must copy it to the other.`,
	Wrong: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
-- news/2024/03/5/README.md --
## [2024-03-4](/news/2024/03/5/index.md)
`,
	Right: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
-- news/2024/03/5/README.md --
## [2024-03-5](/news/2024/03/5/index.md)
`,
	Kinds: listings,
	Check: func(p *Pass) {
		other := p.Archive.Page(archive.CopyOf(p.Page.Path))
		switch {
		case p.Page.Kind != archive.CopyPage && other == nil:
			p.Reportf(p.top(), "README.md, the copy of this page, is missing; copy the page to it")
		case p.Page.Kind == archive.CopyPage && other == nil && path.Dir(p.Page.Path) != ".":
			p.Reportf(p.top(), "index.md, of which this page is the copy, is missing; copy the page to it")
		case p.Page.Kind == archive.CopyPage && other != nil:
			p.differs(other)
		}
	},
}

// differs reports the first line of a copy that is not that of the page.
func (p *Pass) differs(original *archive.Page) {
	src := p.Page.Source
	if bytes.Equal(src, original.Source) {
		return
	}
	at := 0
	for at < min(len(src), len(original.Source)) && src[at] == original.Source[at] {
		at++
	}
	var where page.Span = p.Page.Line(at)
	line, _ := p.Page.Position(at)
	p.Reportf(where, "the page differs from index.md, its copy, from line %d on; copy the newer one over the other", line)
}
