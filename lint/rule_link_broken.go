package lint

import (
	"newsctl/archive"
	"newsctl/archive/page"
)

var linkBroken = Rule{
	Name:     "link-broken",
	Severity: Error,
	Title:    "a link into the archive leads to nothing",
	Why: `Any link of a page that is not in one of its lists: in a description, a section
of its own, an opinion piece; images, definitions ([name]: target), and the href,
src and srcset of HTML as well. Links in code and comments are not checked. Links to
pages as they are published (.html, .json, .xml) are fine where the page itself is
there. Files that git ignores, or that are generated later, can be allowed with
links.allow in .newsctl.yaml.`,
	Wrong: `
-- opinion/2024/03/5/ferries.md --
# Ferries

After [the storm](/news/2024/03/4/storm-stops-ferry.md) nothing sailed.

![The quay](/images/quay.jpg)
`,
	Right: `
-- opinion/2024/03/5/ferries.md --
# Ferries

After [the storm](/news/2024/03/4/storm-stops-the-ferry.md) nothing sailed.
`,
	Kinds: []archive.Kind{archive.EventPage, archive.DayPage, archive.OtherPage},
	Check: func(p *Pass) {
		for _, l := range p.Page.Links {
			if l.Role == page.Plain && p.isChecked(l) {
				p.broken(l, "correct or remove the link")
			}
		}
	},
}
