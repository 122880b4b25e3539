// Package archive is a Markdown news archive as its curators know it: events,
// day pages, a front page, the links between them, and the operations that
// change them.
//
// # Pages
//
// What a page is, its path says ([Classify]):
//
//	index.md                     front page: the last three days
//	news/2017/07/9/index.md      day page: lists the day's events
//	news/2017/07/9/<slug>.md     event page
//	README.md beside an index.md its copy, byte for byte
//	any other *.md               a target of links, never an event
//
// # Data flow
//
//	files --page.Parse--> Page (spans) --rules--> findings
//	                                   --operations--> Changes --guard--> Plan --> diff, or commit
//
// # Invariants
//
// A page is never printed from the model: what changes is an edit of a span,
// and all other bytes stay. Reading is lazy, so that a question about five
// pages reads five pages and what they name. Nothing is followed out of the
// root, and no symbolic link is followed at all. Every commit is in the [History],
// outside the tracked tree, so that it can be undone.
package archive
