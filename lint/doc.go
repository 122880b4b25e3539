// Package lint checks a news archive. A [Rule] checks one page and its references to
// others, and reports findings; [Run] applies rules to pages. Rules only read, and they
// read through the archive: linting five pages reads those and the pages they link to,
// whatever the size of the archive.
//
// [Change] checks what changed between two versions of an archive and what that
// breaks elsewhere, [PlanFixes] plans the fixes that are safe, and a [Baseline]
// holds known findings. Each [Format] reports a [Result].
//
// To add a rule, write rule_<name>.go with its [Rule] and its documentation, and
// put it in the list in rules.go. Help, README and RULES.md are generated from it. To add a
// format, write report_<name>.go with its [Format], and put it in the list in
// report.go. Help, completion and the check of --format use that list.
package lint
