package lint

import "newsctl/archive/page"

var relatedSelf = Rule{
	Name:     "related-self",
	Severity: Warning,
	Title:    "a related entry points to its own page",
	Why:      `An event is not related to itself; the entry takes the place of a useful one.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Ferry sails again](/news/2024/03/5/ferry-sails-again.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		const message = "the entry points to its own page; remove it"
		fix, gone := p.fix(), []page.Entry{}
		for _, e := range p.relatedEntries() {
			switch {
			case e.Target.Path != p.Page.Path:
			case p.onlyALink(*e.Entry):
				gone = append(gone, *e.Entry)
				p.reportFixf(e.Link.Target, fix, message)
			default:
				p.reportf(e.Link.Target, message)
			}
		}
		if len(gone) > 0 {
			fix.Edits = p.removeEntries(p.Page.Event.Entries(page.RelatedSection), gone)
		}
	},
}

// onlyALink reports whether an entry that points to its own page says nothing
// but that, and what it records of the event's contexts, which [PlanFixes] keeps.
func (p *Pass) onlyALink(e page.Entry) bool {
	return e.Tail.Empty() && !p.annotated(e) && len(p.Page.Event.Headlines) > 0
}
