package lint

import (
	"regexp"
	"strings"

	"newsctl/archive/page"
)

var textMarkup = Rule{
	Name:     "text-markup",
	Severity: Info,
	Title:    "text contains leftover wiki markup",
	Why: `Headlines copied from a wiki contain templates ({{es icon}}), quotes for italics
(''Fitzgerald''), language variants (-{zh-tw:葉門; zh-hk:也門}-) and source links
([http:--example.com ...]) that nothing renders.`,
	Wrong: `
-- news/2024/03/5/es-icon-ferry-fitzgerald-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# {{es icon}} Ferry ''Fitzgerald'' sails again
`,
	Right: `
-- news/2024/03/5/ferry-fitzgerald-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry Fitzgerald sails again
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, span := range p.prose() {
			text := p.Page.Text(span)
			if !mayHoldMarkup(text) {
				continue
			}
			for _, m := range markup.FindAllStringIndex(text, -1) {
				p.reportf(page.Span{Start: span.Start + m[0], End: span.Start + m[1]}, "%q is leftover wiki markup; remove it", text[m[0]:m[1]])
			}
		}
	},
}

// markup is a wiki's leftovers, each as far as it is closed on its line.
var markup = regexp.MustCompile(`\{\{[^{}\n]*(\}\})?|-\{[^{}\n]*(\}-)?|'{2,}[^'\n]+'{2,}|\[https?:--[^\]\n]*\]?`)

func mayHoldMarkup(text string) bool {
	return strings.Contains(text, "{") || strings.Contains(text, "''") || strings.Contains(text, ":--")
}
