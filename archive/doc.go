// Package archive models a Markdown news archive as its curators know it: events, day
// pages, a front page, and the links between them.
//
// # Pages
//
// The path of a page determines its type ([Classify]):
//
//	index.md                     front page: the last three days
//	news/2017/07/9/index.md      day page: lists the day's events
//	news/2017/07/9/<slug>.md     event page
//	README.md beside an index.md its copy, byte for byte
//	any other *.md               may be linked to, but is never an event
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
// ([Archive.After]). These of its directories use the model, and import this package:
//
//	export      events for other programs
//	importer    events from other programs
//	contexts    what every event is about
//	citation    outside sources, as events cite them
//	same        which pages are of one event
//	plan        checks changes; shows, saves, commits or undoes them
//	related     the lists of related events
//	listing     day pages and the front page
//	compare     two versions of the archive, event by event
//	edit        new, rename, remove, merge
//	query       which events a user asks for
//	archivetest what their tests share
//
// The others know nothing of it, and this package imports most of them:
//
//	page        bytes to spans, and edits
//	facts       what other pages need to know of a page
//	catalog     what was found in earlier runs
//	match       what makes two events the same
//	source      outside links: checks, their ledger, captures
//	link        how links are written, in pages and on a published site
//	layout      where the pages of a day are
//	filename    which file names look alike, or are not portable
//	slug        names of event pages, from their headlines
//	pattern     paths that patterns of the configuration match
//	mergefile   two versions of one page, merged
//	similar     names that are nearly the same
//	eventline   events as lines of JSON
//	diff, git, txn, term, strictjson, encode, sorted
//
// # Invariants
//
// A page is never printed from the model: a change edits spans, and all other
// bytes stay. Reading is lazy: a command about five pages reads those and the pages
// they refer to. A command about all pages holds none of them: their facts are encoded
// as they are read ([Archive.Gather]), or come from an earlier run ([Archive.Keep]), and
// of the pages that others point to a [Brief] is held. Nothing outside the root is read,
// and no symbolic link is followed.
package archive
