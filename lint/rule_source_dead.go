package lint

import (
	"fmt"
	"slices"

	"newsctl/archive/page"
	"newsctl/archive/source"
)

var sourceDead = Rule{
	Name:     "source-dead",
	Severity: Info,
	Title:    "a source is dead according to the ledger of sources",
	Why: `Readers cannot check a source that no longer answers, but they can read a capture from
its day. lint does not use the network; newsctl sources check does, and keeps the
results in .newsctl-sources.jsonl. A source that is followed by a capture is not
reported.`,
	Wrong: `
-- .newsctl-sources.jsonl --
{"newsctlSources":1}
{"url":"https://gazette.example/ferry","kind":"not-found","status":404,"failures":4,"failingSince":"2026-01-02T03:04:05Z","lastFailed":"2026-01-11T03:04:05Z"}
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://gazette.example/ferry)
`,
	Right: `
-- .newsctl-sources.jsonl --
{"newsctlSources":1}
{"url":"https://gazette.example/ferry","kind":"not-found","status":404,"failures":4,"failingSince":"2026-01-02T03:04:05Z","lastFailed":"2026-01-11T03:04:05Z"}
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Source:

1. [Harbour Gazette](https://web.archive.org/web/20240305120000/https://gazette.example/ferry)
`,
	Kinds: eventPages,
	Check: func(p *Pass) {
		dead, _ := p.Archive.DeadSources() // the run reports the error
		if len(dead) == 0 {
			return
		}
		for _, e := range p.sources() {
			d, ok := dead[source.Key(p.Page.Destination(e.Link))]
			if ok && !p.isCaptured(e) {
				p.reportf(e.Link.Target, "source is dead (%s since %s); run \"newsctl sources archive\" to find a capture", describe(d), d.FailingSince.Day())
			}
		}
	},
}

// describe returns how a dead source answers.
func describe(e source.Entry) string {
	if e.Status == 0 {
		return string(e.Kind)
	}
	return fmt.Sprintf("%s, status %d,", e.Kind, e.Status)
}

// sources returns the entries of the event's sources that are links.
func (p *Pass) sources() []page.Entry {
	entries := slices.Clone(p.Page.Event.Entries(page.SourceSection))
	return slices.DeleteFunc(entries, func(e page.Entry) bool { return e.Link == nil || e.Link.Malformed })
}

// isCaptured reports whether a capture of a source follows it.
func (p *Pass) isCaptured(e page.Entry) bool {
	return slices.ContainsFunc(e.Images, func(l *page.Link) bool {
		_, ok := source.ParseCapture(p.Page.Destination(l))
		return ok
	})
}
