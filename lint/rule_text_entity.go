package lint

import (
	"html"
	"regexp"
	"strings"

	"newsctl/archive/page"
)

var textEntity = Rule{
	Name:     "text-entity",
	Severity: Info,
	Title:    "text contains an HTML entity",
	Why: `Text copied from a web page still contains its markup: &amp; instead of &. It shows up
in diffs, in searches and wherever the page is read as text.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

The captain&#039;s crew &amp; all guests are well.
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

The captain's crew & all guests are well.
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, span := range p.prose() {
			text := p.Page.Text(span)
			if !strings.Contains(text, "&") {
				continue
			}
			for _, m := range entity.FindAllStringIndex(text, -1) {
				found := text[m[0]:m[1]]
				if char := html.UnescapeString(found); char != found {
					p.suggestf(page.Span{Start: span.Start + m[0], End: span.Start + m[1]}, char, "%s is an HTML entity; write %q", found, char)
				}
			}
		}
	},
}

var entity = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)
