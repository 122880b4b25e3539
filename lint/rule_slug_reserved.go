package lint

import (
	"strings"

	"newsctl/archive/filename"
)

var slugReserved = Rule{
	Name:     "slug-reserved",
	Severity: Error,
	Unread:   true,
	Title:    "a name is not allowed on Windows",
	Why: `Windows reserves con, prn, aux, nul, com1 to com9 and lpt1 to lpt9 with any extension,
removes dots and spaces from the end of a name, and does not allow some characters.
Git cannot check out an archive with such a name there.`,
	Wrong: `
-- faq/aux.md --
Where does the ferry sail?
`,
	Right: `
-- faq/auxiliary.md --
Where does the ferry sail?
`,
	Check: func(p *Pass) {
		for _, name := range strings.Split(p.Page.Path, "/") {
			if reason := filename.Invalid(name); reason != "" {
				p.reportf(p.top(), "%q %s; rename it", name, reason)
				return
			}
		}
	},
}
