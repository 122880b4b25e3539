// Package catalog keeps what a run of the program found in an archive, so that
// the next run looks only at what changed.
//
// An answer, such as the findings on a page, is kept with what was read to give
// it: pages, or only what others ask of them ([Digests]), the names in directories, the
// events of a day, that nothing is at a path ([Key]). It holds as long as nothing of that
// changes. What changed, a
// [Snapshot] of the archive says: the names in its directories with the stat
// data and the id of each page, compared with those of the last run as git
// compares files with its index, racy times included.
//
// # Promise
//
// A catalog that is gone, torn, foreign, old or written by another program costs
// time, never a wrong answer: what does not check is as if it were not there. It
// lies outside the archive and may be removed at any time.
//
// # Files
//
// A catalog is one directory for each archive root, with one file for each kind
// of answer. A file is written under another name and renamed, so that two
// programs may write at once; the last one wins.
package catalog
