package lint

import (
	"slices"
	"strings"

	"newsctl/archive/page"
)

var changesCurrent = Rule{
	Name:     "changes-current",
	Severity: Warning,
	Title:    "the versions of a headline do not fit the pages there are",
	Why: `The Changes section lists every wording of the headline with its page; the one
marked as current is the page itself. Another one as current, or a version whose
page is gone, sends the reader astray.`,
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
	Kinds: events,
	Check: func(p *Pass) {
		for _, e := range p.Page.Event.Entries(page.ChangesSection) {
			switch {
			case e.Link == nil:
			case p.isCurrent(e) && p.Page.Target(e.Link).Path != p.Page.Path:
				p.Reportf(e.Link.Target, "the version marked as current is not this page, but %s", p.Page.Text(e.Link.Target))
			default:
				p.broken(e.Link, "remove the version or bring its page back")
			}
		}
	},
}

// isCurrent reports whether an entry of the Changes section is marked as the
// current version.
func (p *Pass) isCurrent(e page.Entry) bool {
	note := p.Page.Text(e.Note)
	return slices.ContainsFunc(p.Archive.Config().Labels.Current, func(label string) bool { return strings.Contains(note, label) })
}
