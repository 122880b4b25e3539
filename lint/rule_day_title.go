package lint

var dayTitle = Rule{
	Name:     "day-title",
	Severity: Warning,
	Sees:     seesTargets,
	Title:    "a day page's entry does not match the event's headline",
	Why:      `The headline was changed and the day page still quotes the old one.`,
	Wrong: `
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)

### [Ferry sails](/news/2024/03/5/ferry-sails-again.md)
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
	Check: checkTitles,
}

// checkTitles reports entries of a listing that are not the headline of their
// event. Where several entries point to one event, it may be another that is the
// event's; the rest may be all that is left of events whose page was overwritten.
func checkTitles(p *Pass) {
	entries := map[string]int{}
	for _, it := range p.Page.Listing.Items() {
		if it.Link != nil {
			entries[p.Page.Target(it.Link).Path]++
		}
	}
	for _, it := range p.Page.Listing.Items() {
		switch {
		case it.Link == nil:
		case entries[p.Page.Target(it.Link).Path] > 1:
			p.checkTitle(it.Link, p.suggestf)
		default:
			p.checkTitle(it.Link, p.replacef)
		}
	}
}
