package lint

var eventDuplicate = Rule{
	Name:     "event-duplicate",
	Severity: Warning,
	Title:    "two events on the same or consecutive days have nearly identical headlines",
	Why: `An event whose headline changes is published again under the new one, and the older
page is left in place; readers then find two. The finding is on the page that its day
does not list, and names the other. If both are listed, only headlines that differ by
a typo are reported. Versions listed in a Changes section are ignored.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again-after-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after storm
-- news/2024/03/5/ferry-sails-again-after-the-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after the storm
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails again after the storm](/news/2024/03/5/ferry-sails-again-after-the-storm.md)
`,
	Right: `
-- news/2024/03/5/ferry-sails-again-after-the-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after the storm
`,
	Kinds: events,
	Check: func(p *Pass) {
		if other := p.Archive.OlderWordingOf(p.Page); other != nil {
			p.Reportf(p.headline(), "nearly the same headline as %s; if it is one event, keep one of the two", other.Path)
		}
	},
}
