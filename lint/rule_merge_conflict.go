package lint

import (
	"strings"

	"newsctl/archive"
)

var mergeConflict = Rule{
	Name:     "merge-conflict",
	Severity: Error,
	Title:    "a merge conflict is not resolved",
	Why: `Between the markers that git leaves, two versions of the page follow each other, so
nothing on the page can be trusted: no other rule checks it, and no command changes it
or copies from it. Markers in a code block are text.`,
	Wrong: marked(`
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

@@@@@@@ HEAD
### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
=======
### [Ferry stays in port](/news/2024/03/5/ferry-stays-in-port.md)
!!!!!!! topic
`),
	Right: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
`,
	Kinds: []archive.Kind{archive.EventPage, archive.DayPage, archive.FrontPage, archive.CopyPage, archive.OtherPage},
	Check: func(p *Pass) {
		hint := "edit the page, and remove the lines with marks"
		if p.Page.Kind != archive.EventPage && p.Page.Kind != archive.OtherPage {
			hint = "run \"newsctl index --resolve\""
		}
		for _, at := range p.Page.Conflicts {
			p.reportf(at, "merge conflict is not resolved: %q; %s", p.Page.Text(at), hint)
		}
	},
}

// marked returns an example whose marks of a conflict are not such in this file.
func marked(example string) string {
	return strings.NewReplacer("@", "<", "!", ">").Replace(example)
}
