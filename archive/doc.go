// Package archive is a Markdown news archive as its curators know it: events, day
// pages, a front page, and the links between them.
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
//	files --page.Parse--> Page (spans) --lint rules--> findings
//	                      |
//	                      Facts --operations--> Changes --plan.Guard--> Plan --> diff, or commit
//
// # Where to read on
//
// This package is the model: the tree of files, paths and dates, links, the
// configuration, pages and their facts, and changes laid over them
// ([Archive.After]). The packages below it work on the model:
//
//	contexts    what every event is about
//	citation    outside sources, as events cite them
//	same        which pages are of one event
//	plan        checks changes, and shows, saves, commits or undoes them
//	related     the lists of related events
//	listing     day pages and the front page
//	compare     two versions of the archive, event by event
//	edit        new, rename, remove, merge
//	query       which events a user asks for
//
// and these know nothing of it:
//
//	page        bytes to spans, and edits
//	facts       what other pages need to know of a page
//	catalog     what was found in earlier runs
//	match       what makes two events the same
//	source      outside links: checks, their ledger, captures
//	link        how links are written, in pages and on a published site
//	filename    which names of files look alike, or are not portable
//	slug        names of event pages, from their headlines
//	pattern     paths that patterns of the configuration match
//	mergefile   two versions of one page, merged
//	diff, git, txn, term, strictjson, encode, sorted
//
// # Invariants
//
// A page is never printed from the model: what changes is an edit of a span,
// and all other bytes stay. Reading is lazy, so that a question about five
// pages reads five pages and what they name. Nothing is followed out of the
// root, and no symbolic link is followed at all.
package archive
