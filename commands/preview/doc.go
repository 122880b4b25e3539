// Package preview shows an archive in a browser: its pages as Markdown reads them,
// with the findings of lint beside the line, and what no single page shows: contexts,
// backlinks, the calendar, and a search.
//
// A request reads the pages that it shows, as they are now, and writes nothing.
// What many pages are needed for comes from an index of numbers that is made in
// the background, and made anew where files change.
//
// # Promises
//
// Only this machine's browser is answered, and only pages of the archive are
// read ([Server.ServeHTTP] refuses all else). Nothing that a page says runs, loads
// or hides anything: links and raw HTML pass through markdown.go, and every byte of
// an answer through visible.go.
package preview
