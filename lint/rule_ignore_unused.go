package lint

var ignoreUnused = Rule{
	Name:     "ignore-unused",
	Severity: Warning,
	Title:    "an ignore comment suppresses nothing",
	Why: `The finding it suppressed is gone, or the rule name is misspelled. A stale comment
would hide the next finding there.`,
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
