package lint

import (
	"newsctl/archive"
	"newsctl/archive/page"
)

var linkBroken = Rule{
	Name:     "link-broken",
	Severity: Error,
	Sees:     seesTargets,
	Title:    "a link to a page or file of the archive is broken",
	Why: `A broken link is a dead end for readers. This rule checks every link that is not an
entry of a list: in descriptions, in other sections and on other pages; images,
definitions ([name]: target), and href, src and srcset in HTML. Links in code and
comments are not checked. A link to the published form of a page (.html, .json, .xml) is
valid if the page exists. Files that git ignores or that are generated later can be
allowed with links.allow in .newsctl.yaml.`,
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
				p.checkLink(l, "correct or remove the link")
			}
		}
	},
}
