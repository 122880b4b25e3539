package lint

var ignoreUnused = Rule{
	Name:     "ignore-unused",
	Severity: Warning,
	Title:    "a comment silences a rule that finds nothing there",
	Why: `The fault it spoke of is gone, or the rule's name is misspelt. What is left over
would silence the next fault in its place.`,
	Wrong: `
-- faq/index.md --
<!-- newsctl-ignore link-broken: the page follows -->
No link here.
`,
	Right: `
-- faq/index.md --
<!-- newsctl-ignore link-broken: the page follows -->
See [the timetable](/faq/timetable.md).
`,
}
