// Package facts holds what other pages need to know of a page: its headline, topic
// and contexts, the pages that it links to and what it says of them. A record is
// made once, by parsing the page, and kept between runs in the catalog; see
// [newsctl/archive/catalog].
//
// A record has no spans: whoever edits, quotes or reports a page reads it again.
//
// # Form
//
// Records are encoded one by one, as pages are read ([Builder]), into a [Set] that holds
// no pointers, and are decoded when asked for. Paths, topics and lists of contexts,
// which many pages name, are written once, in a table, and named by their numbers.
package facts
