package lint

var dayTitle = Rule{
	Name:     "day-title",
	Severity: Warning,
	Title:    "a day page's entry is not the headline of the event it lists",
	Why:      `The event was reworded and its day still quotes the old headline.`,
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
	Kinds: days,
	Check: checkTitles,
}

// checkTitles reports entries of a listing that are not the headline of their
// event.
func checkTitles(p *Pass) {
	for _, it := range p.items() {
		if it.Link != nil {
			p.title(it.Link)
		}
	}
}
