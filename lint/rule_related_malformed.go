package lint

import (
	"strings"

	"newsctl/archive/page"
)

var relatedMalformed = Rule{
	Name:     "related-malformed",
	Severity: Error,
	Title:    "a related entry looks like a link, but Markdown does not parse it as one",
	Why: `Most often a bracket in the headline is unbalanced: Markdown then shows the entry as
plain text, and link checkers skip it. The other rules still check the target and the
text that readers see.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm [sic stops the ferry](/news/2024/03/4/storm-sic-stops-the-ferry.md) _Context: Ferry_
-- news/2024/03/4/storm-sic-stops-the-ferry.md --
### [2024-03-4](/news/2024/03/4/index.md)

# Storm [sic stops the ferry
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm \[sic stops the ferry](/news/2024/03/4/storm-sic-stops-the-ferry.md) _Context: Ferry_
-- news/2024/03/4/storm-sic-stops-the-ferry.md --
### [2024-03-4](/news/2024/03/4/index.md)

# Storm [sic stops the ferry
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, u := range p.Page.Unread {
			if u.Kind == page.UnreadEntry {
				p.reportf(u.Span, "entry in code, a quote or HTML is not read; begin its line with the number")
			}
		}
		for _, e := range p.Page.Event.Entries(page.RelatedSection) {
			switch {
			case p.hasTemplate(e.Content):
			case e.Link == nil:
				p.reportf(e.Content, "entry is not a link; write it as [headline](/news/...)")
			case e.Link.Malformed:
				p.malformed(e)
			}
		}
	},
}

// malformed reports an entry whose link Markdown does not read, and says what
// to escape.
func (p *Pass) malformed(e page.Entry) {
	at := page.Span{Start: e.Link.Start, End: e.Link.Start + 1}
	if e.Number.End+1 == e.Link.Start {
		p.reportf(at, "not parsed as a list entry; add a space after the number")
		return
	}
	if e.Link.Start > e.Content.Start {
		p.reportf(at, "text before the link; an entry must start with its link")
		return
	}
	text := p.Page.Text(e.Link.Text)
	escaped := page.EscapeText(text)
	link := "[" + escaped + "](" + p.Page.Text(e.Link.Target) + ")"
	switch {
	case strings.HasPrefix(p.Page.Text(e.Link.Span), `\`):
		p.suggestf(e.Link.Span, link, "not parsed as a link: its brackets are escaped; write %s", link)
	case escaped != text:
		p.suggestf(e.Link.Span, link, "not parsed as a link: unbalanced bracket in the link text; escape it with a backslash")
	default:
		p.reportf(at, "not parsed as a link; check what follows the link text")
	}
}
