package lint

import (
	"strings"

	"newsctl/archive/page"
	"newsctl/archive/source"
)

var sourceTracking = Rule{
	Name:     "source-tracking",
	Severity: Info,
	Title:    "a source's address has tracking parameters",
	Why: `Parameters such as utm_source and fbclid say how a reader came to the page, not what the
page is. With them, one source has many addresses, few of which a web archive knows.
Parameters in the address of a capture are kept.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry?id=7&utm_source=mail&fbclid=IwAR0)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry?id=7)
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, e := range p.sources() {
			address := p.Page.Destination(e.Link)
			if !strings.Contains(address, "?") {
				continue
			}
			clean, names := source.Untracked(address, "&")
			if _, isCapture := source.ParseCapture(address); len(names) == 0 || isCapture {
				continue
			}
			report := p.suggestf
			written, ok := p.untracked(e.Link, address, clean)
			if ok {
				report = p.replacef
			}
			report(e.Link.Target, written, "source has tracking parameters: %s; remove them", strings.Join(names, ", "))
		}
	},
}

// untracked returns the address of a link, as it is written, without tracking
// parameters, and whether nothing but those is lost.
func (p *Pass) untracked(l *page.Link, address, clean string) (string, bool) {
	raw := p.Page.Text(l.Target)
	separator := "&"
	if strings.Contains(raw, "&amp;") {
		separator = "&amp;"
	}
	out, _ := source.Untracked(raw, separator)
	plain := func(s string) string { return strings.ReplaceAll(s, "&amp;", "&") }
	sameParens := strings.Count(out, "(") == strings.Count(raw, "(") && strings.Count(out, ")") == strings.Count(raw, ")")
	if l.Reference != "" || plain(raw) != address || plain(out) != clean || !sameParens {
		return clean, false
	}
	return out, true
}
