package lint

import (
	"path"
	"strings"

	"newsctl/archive/filename"
)

var slugMismatch = Rule{
	Name:     "slug-mismatch",
	Severity: Warning,
	Title:    "an event's file name does not match its headline",
	Why: `The archive names a page after its headline. If the headline is changed in place, the
file keeps a misleading name. Differences that published archives have are not reported:
whether a leading space of the headline counts, and accented letters read as Latin-1
(Óscar Pérez: ascar-pa-c-rez).`,
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
	Kinds: eventPages,
	Check: func(p *Pass) {
		headline, ok := p.Page.Event.Headline()
		name := strings.TrimSuffix(path.Base(p.Page.Path), ".md")
		if !ok || len(p.Page.Event.Headlines) > 1 || p.Archive.IsNameOf(name, headline) {
			return
		}
		switch slug := p.Archive.Slug(headline); {
		case slug == "":
			p.reportf(p.headline(), "the headline has no letter or digit to name the page after; reword it")
		case filename.SameLetters(name, slug):
			p.reportf(p.headline(), "file name has the same letters as the headline, in another Unicode form (%s); run \"newsctl rename PAGE\"", filename.UnicodeForm(name))
		default:
			p.reportf(p.headline(), "file name should be %s.md (from the headline); run \"newsctl rename PAGE\", or correct the headline", slug)
		}
	},
}
