package lint

import (
	"fmt"
	"strings"

	"newsctl/archive/page"
)

var relatedLimit = Rule{
	Name:     "related-limit",
	Severity: Warning,
	Title:    "a related list is longer than the archive allows",
	Why: `A list that is too long recommends nothing. The limit is related.limit in the
configuration, 10 by default.`,
	Wrong: limitExample(11),
	Right: limitExample(10),
	Kinds: eventPages,
	Check: func(p *Pass) {
		limit := p.Archive.Config().RelatedLimit
		entries := p.Page.Event.Entries(page.RelatedSection)
		if len(entries) > limit {
			e := entries[limit]
			p.reportf(e.Mark(), "the list has %d entries, %d more than the limit; remove those from here on", len(entries), len(entries)-limit)
		}
	},
}

func limitExample(entries int) string {
	var b strings.Builder
	b.WriteString(`
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

`)
	for i := range entries {
		fmt.Fprintf(&b, "%d. [Ferry is late](/news/2023/11/%d/ferry-is-late.md) _Context: Ferry_\n", i+1, 30-i)
	}
	return b.String()
}
