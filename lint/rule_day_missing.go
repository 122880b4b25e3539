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
	Kinds: eventPages,
	Check: func(p *Pass) {
		if p.Archive.HasDay(p.Page.Date) || !archive.SoundDay(p.Page.Path, p.Page.Date) {
			return
		}
		at := p.top()
		if line := p.Page.Event.Date; line != nil {
			at = line.Text
		}
		p.reportf(at, "the event's day has no page; run \"newsctl index %s\"", p.Page.Date)
	},
}
