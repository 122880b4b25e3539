package lint

import (
	"bytes"
	"path"

	"newsctl/archive"
	"newsctl/archive/layout"
	"newsctl/archive/listing"
	"newsctl/archive/page"
)

var dayCopy = Rule{
	Name:     "day-copy",
	Severity: Warning,
	Sees:     seesNeighbors,
	Title:    "README.md and index.md of a day or of the front page differ",
	Why: `The two files are one page under two names: the site shows one, the repository the
other. A change to one has to be copied to the other.`,
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
	Fixes: true,
	Kinds: listingPages,
	Clean: func(a *archive.Archive, f *archive.Facts) bool {
		to := archive.CopyOf(f.Path)
		if _, there := a.TypeOf(to); !there {
			return f.Kind != archive.CopyPage && !layout.Current().HasCopy()
		}
		return f.Kind != archive.CopyPage || a.SameBytes(f.Path, to)
	},
	Check: func(p *Pass) {
		to := archive.CopyOf(p.Page.Path)
		_, there := p.Archive.TypeOf(to)
		switch {
		case p.Page.Kind != archive.CopyPage && !there && !listing.IsHomePage(p.Archive, p.Page):
			if !layout.Current().HasCopy() {
				return
			}
			p.reportFixf(p.top(), p.copyOf(p.Page), "%s, the copy of this page, is missing; copy the page to it", archive.CopyName())
		case p.Page.Kind == archive.CopyPage && !there && path.Dir(p.Page.Path) != ".":
			p.reportFixf(p.top(), p.copyOf(p.Page), "%s, of which this page is the copy, is missing; copy the page to it", archive.IndexName())
		case p.Page.Kind == archive.CopyPage && there && !p.Archive.SameBytes(p.Page.Path, to):
			if other := p.Archive.Page(to); !listing.IsHomePage(p.Archive, p.Page) && !listing.IsHomePage(p.Archive, other) {
				p.checkCopy(other)
			}
		}
	},
}

// copyOf returns what makes the page under its other name, where none is, unless the
// page is damaged.
func (p *Pass) copyOf(one *archive.Page) *Fix {
	if one.Damage() != nil {
		return nil
	}
	return &Fix{Path: archive.CopyOf(one.Path), Edits: []page.Edit{{New: string(one.Source)}}}
}

// checkCopy reports the first line of a copy that is not that of the page.
func (p *Pass) checkCopy(original *archive.Page) {
	src := p.Page.Source
	if bytes.Equal(src, original.Source) || len(original.Conflicts) > 0 {
		return
	}
	at := 0
	for at < min(len(src), len(original.Source)) && src[at] == original.Source[at] {
		at++
	}
	line, _ := p.Page.Position(at)
	p.reportFixf(p.Page.Line(at), p.copied(original), "README.md differs from index.md from line %d; copy the newer file over the older", line)
}

// copied returns what makes a copy what the page is, unless the copy lists
// something that the page does not: then it may be the newer one.
func (p *Pass) copied(original *archive.Page) *Fix {
	if original.Fault != "" || original.Err != nil || original.Damage() != nil || listing.CopyAdds(p.Archive, p.Page, original) {
		return nil
	}
	return p.fix(page.Edit{Span: page.Span{End: len(p.Page.Source)}, New: string(original.Source)})
}
