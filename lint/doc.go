// Package lint checks a news archive. A [Rule] checks one page and its references to
// others, and reports findings; [Run] applies rules to pages. Rules only read, and they
// read through the archive: linting five pages reads those and the pages they link to,
// whatever the size of the archive.
//
// [Change] checks what changed between two versions of an archive and what that
// breaks elsewhere, [PlanFixes] plans the fixes that are safe, and a [Baseline]
// holds known findings. Each [Format] reports a [Result].
//
// # Checking a whole archive
//
// Each page is read once: when its facts are gathered, and is checked then. Of other
// pages hardly anything is known at that time ([archive.Archive.Early]): only which are
// there, and what can be taken to be so and is compared with the facts later. A rule
// may ask for more: then the page is read and checked again when all facts are known. A
// rule does not make that the common case if it checks the page and the names of files
// first, compares headlines by [archive.Archive.SaysHeadline], takes the
// targets of related entries from the pass, and, if it needs facts of other pages but
// no text, has a Clean that finds by these alone that there is nothing to report.
//
// # Adding rules and formats
//
// To add a rule, write rule_<name>.go with its [Rule] and its documentation, and
// put it in the list in rules.go. Help, README and RULES.md are generated from it. To add a
// format, write report_<name>.go with its [Format], and put it in the list in
// report.go. Help, completion and the check of --format use that list.
package lint
