package lint

import "newsctl/archive"

var dayMissing = Rule{
	Name:     "day-missing",
	Severity: Error,
	Sees:     seesNeighbors,
	Title:    "an event's day has no page",
	Why: `Readers cannot find an event whose day has no page: no list shows it, and the link in
its date line is broken.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
`,
	Kinds:   eventPages,
	ByNames: true,
	Clean:   func(a *archive.Archive, f *archive.Facts) bool { return !lacksDay(a, f.Path, f.Date) },
	Check: func(p *Pass) {
		if !lacksDay(p.Archive, p.Page.Path, p.Page.Date) {
			return
		}
		at := p.top()
		if line := p.Page.Event.Date; line != nil {
			at = line.Text
		}
		p.reportf(at, "the event's day has no page; run \"newsctl index %s\"", p.Page.Date)
	},
}

// lacksDay reports whether the day of an event has no page.
func lacksDay(a *archive.Archive, p string, d archive.Date) bool {
	return !a.HasDay(d) && archive.SoundDay(p, d)
}
