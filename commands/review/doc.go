// Package review writes what a command would change, or what it found, as one HTML
// page for a reviewer: a file that needs no network and no other file.
//
// A [Page] is what there is to review. [Write] escapes all of its text, marks the
// words that differ, and writes it twice: as compact data, from which the script shows
// rows as they are asked for, and, of few pages, as HTML for readers without scripts.
// The script builds text nodes only, and the page's security policy names it by its
// hash, so that no text of an archive can run.
//
// It reads no files and knows nothing of the archive.
package review
