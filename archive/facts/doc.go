// Package facts holds what other pages need to know of a page: its headline, topic
// and contexts, the pages that it links to and what it says of them. A record is
// made once, by parsing the page, and kept between runs in the catalog; see
// [newsctl/archive/catalog].
//
// A record has no spans: whoever edits, quotes or reports a page reads it again.
//
// # Form
//
// Records are written together ([Encode]). A string is written once, in a table,
// and named by its number; most are paths of pages and lists of contexts, which
// many pages name.
package facts
