package lint

var dayBroken = Rule{
	Name:     "day-broken",
	Severity: Error,
	Sees:     seesTargets,
	Title:    "a day page lists an event that does not exist",
	Why: `Readers of the day see a headline without a story. Most often the event was renamed
or removed.`,
	Wrong: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-agai.md)
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Fixes: true,
	Kinds: dayPages,
	Check: func(p *Pass) {
		for _, it := range p.Page.Listing.Items() {
			if it.Link == nil {
				p.reportf(it.Title.Text, "the heading is not a link to an event; write it as ### [headline](/news/...)")
				continue
			}
			p.checkEntry(it.Link, "remove the entry or bring the page back")
		}
	},
}
