package lint

import (
	"newsctl/archive"
	"newsctl/archive/same"
)

var eventDuplicate = Rule{
	Name:     "event-duplicate",
	Severity: Warning,
	Sees:     seesNeighbors,
	Title:    "two pages seem to be the same event",
	Why: `An event whose headline changes is published again under the new one, and the older page
is left in place; readers then find two. The finding is on the page that its day does
not list, or else on the later one. It names the other page and what the two have in
common: the headline, a source, the beginning of the headline, or most of its words. If
both are listed, only identical headlines and headlines that differ by a typo are
reported. Headlines with different numbers are two events. Versions listed in a Changes
section are ignored, and so is a pair that a comment on either page marks as distinct:
<!-- newsctl-ignore event-duplicate: PATH OF THE OTHER -->.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again-after-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after storm
-- news/2024/03/5/ferry-sails-again-after-the-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after the storm
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again after the storm](/news/2024/03/5/ferry-sails-again-after-the-storm.md)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again-after-the-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after the storm
`,
	Kinds: eventPages,
	Clean: func(a *archive.Archive, f *archive.Facts) bool {
		_, found := same.FindDuplicate(a, f)
		return !found && same.Uncompared(a, f) == 0
	},
	Check: func(p *Pass) {
		if n := same.Uncompared(p.Archive, p.Page.Facts()); n > 0 {
			p.reportf(p.top(), "the day has %d events: too many to look for headlines that differ by a typo", n)
		}
		if d, ok := same.FindDuplicate(p.Archive, p.Page.Facts()); ok {
			p.reportf(p.headline(), "seems to be the same event as %s (%s); if it is, run \"newsctl merge\" with the two pages", d.Event.Path, d.Signal)
		}
	},
}
