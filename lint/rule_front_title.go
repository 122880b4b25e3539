package lint

var frontTitle = Rule{
	Name:     "front-title",
	Severity: Warning,
	Sees:     seesTargets,
	Title:    "a front-page entry does not match the event's headline",
	Why:      `The headline was changed and the front page still quotes the old one.`,
	Wrong: `
-- index.md --
## [News](/news/2024/03/5/index.md)

### [Ferry sails](/news/2024/03/5/ferry-sails-again.md)
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Right: `
-- index.md --
## [News](/news/2024/03/5/index.md)

### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
`,
	Fixes: true,
	Kinds: frontPages,
	Check: checkTitles,
}
