package lint

import (
	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/source"
)

var linkScheme = Rule{
	Name:     "link-scheme",
	Severity: Warning,
	Sees:     seesTargets,
	Title:    "a link to the web or to a mailbox lacks its scheme",
	Why: `Without https:// or mailto:, an address is read as a file of the archive. So is an
address whose scheme contains a full-width colon, a typo, or an invisible character,
such as a zero-width space from a word processor. The link is not reported if a file
with that name exists.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

The [timetable](www.ferries.example/times) is new; write to [the pier](pier@ferries.example).

### Source:

1. [Harbour Gazette](https：//gazette.example/ferry)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

The [timetable](https://www.ferries.example/times) is new; write to [the pier](mailto:pier@ferries.example).

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
`,
	Fixes: true,
	Check: func(p *Pass) {
		for _, l := range p.Page.Links {
			if l.Malformed || !p.checksTarget(l) {
				continue
			}
			meant, ok := p.lacksScheme(l)
			if !ok {
				continue
			}
			report := p.suggestf
			if raw := p.Page.Text(l.Target); meant.Plain && l.Reference == "" && raw == p.Page.Destination(l) {
				report = p.replacef
			}
			report(l.Target, meant.Address, "link target %s; write %s", meant.Fault, meant.Address)
		}
	},
}

// lacksScheme returns the address that a link means, if it lacks a proper scheme and
// no file of the archive has its name.
func (p *Pass) lacksScheme(l *page.Link) (source.Meant, bool) {
	meant, ok := source.MeantBy(p.Page.Destination(l))
	if !ok {
		return meant, false
	}
	t := p.Page.Target(l)
	return meant, t.Kind != archive.Internal || !p.Archive.Exists(t.Path) && !p.Archive.MayBeMissing(t.Path)
}
