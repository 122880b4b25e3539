package lint

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"newsctl/archive/source"
)

var sourceShared = Rule{
	Name:     "source-shared",
	Severity: Info,
	Title:    "another event cites the same source",
	Why: `One article seldom confirms two events: either they are the same event under two
headlines, or the address was copied by mistake. Addresses are compared without scheme,
"www.", tracking parameters, and the wrapper of a capture. Home pages and cover images
are not compared. Only a check of the whole archive reports this.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
-- news/2024/03/6/fog-lifts.md --
### [2024-03-6](/news/2024/03/6/index.md)

# Fog lifts

### Source:

1. [Harbour Gazette](http://www.gazette.example/ferry/)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
-- news/2024/03/6/fog-lifts.md --
### [2024-03-6](/news/2024/03/6/index.md)

# Fog lifts

### Source:

1. [Harbour Gazette](https://gazette.example/fog)
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		for _, e := range p.sources() {
			address := p.Page.Destination(e.Link)
			if !p.isCover(e) && !isHomePage(address) {
				names := append([]string{source.Canonical(address)}, p.Page.Versions()...)
				p.report(Finding{Span: e.Link.Target, Suggestion: strings.Join(names, "\n")})
			}
		}
	},
	Join: joinShared,
}

// joinShared returns findings for the sources that several events cite. What is
// reported names in its suggestion the source, and the versions of the event's
// headline, whose pages are those of the same event.
func joinShared(reported []Finding) []Finding {
	by := make(map[string][]string, len(reported))
	versions := map[[2]string]bool{}
	for _, f := range reported {
		address, _, _ := strings.Cut(f.Suggestion, "\n")
		if events := by[address]; len(events) == 0 || events[len(events)-1] != f.Path { // in order of paths
			by[address] = append(events, f.Path)
		}
	}
	for _, f := range reported {
		names := strings.Split(f.Suggestion, "\n")
		if len(by[names[0]]) == 1 {
			continue
		}
		for _, version := range names[1:] {
			versions[[2]string{f.Path, version}], versions[[2]string{version, f.Path}] = true, true
		}
	}
	var out []Finding
	for _, f := range reported {
		address, _, _ := strings.Cut(f.Suggestion, "\n")
		if len(by[address]) == 1 {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(by[address]), func(p string) bool { return p == f.Path || versions[[2]string{f.Path, p}] })
		if len(others) == 0 {
			continue
		}
		f.Suggestion = ""
		if f.Message = "source is also cited by " + others[0]; len(others) > 1 {
			f.Message += fmt.Sprintf(" and %d more", len(others)-1)
		}
		f.Message += "; check that these are not one event"
		out = append(out, f)
	}
	return out
}

// isHomePage reports whether an address names no more than a host, or is not one of
// the web.
func isHomePage(address string) bool {
	if c, ok := source.ParseCapture(address); ok && c.Of != "" {
		address = c.Of
	}
	u, err := url.Parse(source.Key(address))
	return err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}
