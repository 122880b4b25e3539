package lint

import (
	"strings"

	"newsctl/archive/page"
	"newsctl/archive/source"
)

var sourceURL = Rule{
	Name:     "source-url",
	Severity: Warning,
	Title:    "a source is not an absolute http(s) URL",
	Why: `A source without a scheme and a host does not work on the published page. Images
copied from an outlet as //host/... or /path matter less and are reported as info.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](gazette.example/ferry)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, e := range p.Page.Event.Entries(page.SourceSection) {
			if (e.Link == nil || e.Link.Malformed) && p.hasTemplate(e.Content) {
				continue
			}
			if e.Link == nil || e.Link.Malformed {
				p.reportf(e.Content, "%s; write it as [Outlet](https://...)", p.noSource(e))
				continue
			}
			if _, reported := p.lacksScheme(e.Link); !reported && !source.IsWebAddress(p.Page.Destination(e.Link)) {
				p.reportf(e.Link.Target, "source address needs http:// or https:// and a host")
			}
			for _, image := range e.Images {
				if !source.IsWebAddress(p.Page.Destination(image)) && !p.Archive.Exists(p.Page.Target(image).Path) {
					p.report(Finding{Span: image.Target, Severity: min(Info, p.severity), Message: "the picture's address needs http:// or https:// and a host"})
				}
			}
		}
	},
}

// noSource says why an entry is not a source.
func (p *Pass) noSource(e page.Entry) string {
	if address := strings.Trim(p.Page.Text(e.Content), "<>"); source.IsWebAddress(address) {
		return "the source has no outlet"
	}
	return "the source is not a link"
}
