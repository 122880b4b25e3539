package lint

import (
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

var changesCurrent = Rule{
	Name:     "changes-current",
	Severity: Warning,
	Sees:     seesTargets,
	Title:    "the Changes section does not match the pages that exist",
	Why: `The Changes section lists every version of the headline with its page, and marks this
page as the current one. If another page is marked as current, or the page of a version
is missing, the section misleads readers. A previous version of an event on another day
may name that event as current if the two name each other.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Changes:

1. [Ferry sails](/news/2024/03/5/ferry-sails.md) _(Current version)_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Changes:

1. [Ferry sails](/news/2024/03/5/ferry-sails.md) _2024-03-05 18:30:00 (First version)_
1. [Ferry sails again](/news/2024/03/5/ferry-sails-again.md) _(Current version)_
-- news/2024/03/5/ferry-sails.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		var broken []*page.Link
		for _, e := range p.Page.Event.Entries(page.ChangesSection) {
			switch {
			case e.Link == nil:
			case p.isCurrent(e) && p.isSuccessor(e):
			case p.isCurrent(e) && p.Page.Target(e.Link).Path != p.Page.Path:
				p.reportf(e.Link.Target, "version marked as current is %s, not this page", p.Page.Text(e.Link.Target))
			case p.isBroken(e.Link):
				broken = append(broken, e.Link)
			}
		}
		for i, l := range broken {
			if i == maxBrokenVersions {
				p.reportf(l.Target, "no page %s, nor those of %d versions after it; remove them or bring their pages back", p.Page.Target(l).Path, len(broken)-i-1)
				return
			}
			p.checkLink(l, "remove the version or bring its page back")
		}
	},
}

// maxBrokenVersions is how many versions without a page are reported one by one. No
// event of a real archive has so many versions.
const maxBrokenVersions = 10

// isSuccessor reports whether an entry of the Changes section names an event of another
// day that names this page as a version.
func (p *Pass) isSuccessor(e page.Entry) bool {
	to := p.Page.Target(e.Link).Path
	_, day := archive.Classify(to)
	return day != p.Page.Date && p.Archive.NamesVersion(to, p.Page.Path)
}

// isCurrent reports whether an entry of the Changes section is marked as the
// current version.
func (p *Pass) isCurrent(e page.Entry) bool {
	note := p.Page.Text(e.Note)
	return slices.ContainsFunc(p.Archive.Config().Labels.Current, func(label string) bool { return strings.Contains(note, label) })
}
