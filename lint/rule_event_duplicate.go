package lint

var eventDuplicate = Rule{
	Name:     "event-duplicate",
	Severity: Warning,
	Title:    "two events of nearly the same headline, on one day or on two in a row",
	Why: `An event that is reworded is published again under its new headline, and the
older page is left behind; readers then find two. The finding is on the page that
its day does not list, and names the other. Two events that are both listed
differ by a slip of the pen at most. Versions that a Changes section names do not count.`,
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
