// Package lint finds what is wrong in a news archive. A [Rule] looks at one
// page, and at what the page names, and reports findings; [Run] applies rules to
// pages. Rules only read, and they read through the archive: linting five pages
// reads those and what they link to, whatever the size of the archive.
//
// [Change] judges what changed between two versions of an archive and what that
// breaks elsewhere, [PlanFixes] plans to mend what is certain, and a [Baseline] sets
// known findings aside. [WriteText], [WriteJSON] and their like report a [Result].
//
// To add a rule, write rule_<name>.go with its [Rule] and its documentation, and
// put it in the list in rules.go. Help, README and RULES.md follow from it.
package lint
