// Package diff writes changes of files as a unified diff in git's form: what a
// curator reviews is what `git apply` does.
//
// Its invariants:
//
//   - Applying the diff to the old files gives the new files, byte for byte:
//     carriage returns, NUL bytes, invalid UTF-8 and a missing newline at the
//     end included. A file is always compared as text, never called binary.
//   - No smaller set of removed and added lines would do, short of files with
//     more than 55,296 different lines, which are replaced whole.
//   - The same changes always give the same diff; nothing depends on timing.
//   - A diff for a terminal is the plain diff with colors, and with what is not
//     visible escaped: no page drives the terminal.
//
// git apply takes paths from the top of the work tree, and skips what is not below
// the directory it runs in: the caller gives such paths.
//
// The package reads no files and knows nothing of the archive.
package diff

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Change is what happens to one file. Paths are slash-separated.
//
//   - Old is empty: the file is created, and Before is empty.
//   - New is empty: the file is deleted, and After is empty.
//   - Old and New differ: the file is renamed, and edited if Before and After
//     differ too.
//   - Old and New are the same: the file is edited.
type Change struct {
	Old, New      string
	Before, After []byte
}

// Count returns how many lines a change adds and removes.
func (c Change) Count() (added, removed int) {
	for _, e := range compare(splitLines(c.Before), splitLines(c.After)) {
		added += e.new.len()
		removed += e.old.len()
	}
	return added, removed
}

// Writer writes changes one at a time, so that they need not all be in memory.
type Writer struct{ p printer }

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer, style Style) *Writer {
	return &Writer{printer{bufio.NewWriter(w), style}}
}

// Write writes a change. One that changes nothing is omitted. No path may
// occur twice as Old, or twice as New.
func (w *Writer) Write(c Change) { w.p.change(c) }

// Flush writes what is buffered, and returns the first error of the underlying
// writer.
func (w *Writer) Flush() error { return w.p.Flush() }

// printer writes the parts of a diff. Its writer keeps the first error and
// returns it from Flush.
type printer struct {
	*bufio.Writer
	style Style
}

func (p *printer) change(c Change) {
	if c.Old == c.New && bytes.Equal(c.Before, c.After) {
		return
	}
	before, after := splitLines(c.Before), splitLines(c.After)
	edits := compare(before, after)
	for _, line := range p.shown(p.header(c, before, edits)) {
		p.line(bold, line)
	}
	for _, near := range hunks(edits) {
		p.hunk(before, after, near)
	}
}

// line writes one whole line, text without its newline.
func (p *printer) line(color, text string) {
	if !p.style.Color {
		color = ""
	}
	p.WriteString(color)
	p.WriteString(text)
	if color != "" {
		p.WriteString(reset)
	}
	p.WriteByte('\n')
}

// header returns the lines above the hunks, without newlines.
func (p *printer) header(c Change, before []string, edits []edit) []string {
	quote := p.style.quote
	from, to := c.Old, c.New
	if from == "" {
		from = to
	}
	if to == "" {
		to = from
	}
	lines := []string{"diff --git " + quote("a/"+from) + " " + quote("b/"+to)}
	switch {
	case c.Old == "":
		lines = append(lines, "new file mode 100644")
	case c.New == "":
		lines = append(lines, "deleted file mode 100644")
	case c.Old != c.New:
		lines = append(lines,
			fmt.Sprintf("similarity index %d%%", c.similarity(before, edits)),
			"rename from "+quote(from),
			"rename to "+quote(to))
	}
	if len(edits) == 0 {
		return lines
	}
	return append(lines, "--- "+p.style.label("a/", c.Old), "+++ "+p.style.label("b/", c.New))
}

// similarity is the share of the longer file, in percent of its bytes and
// rounded down, that lies in unchanged lines: 100 is an identical file.
func (c Change) similarity(before []string, edits []edit) int {
	longer := max(len(c.Before), len(c.After))
	if longer == 0 {
		return 100
	}
	same := len(c.Before)
	for _, e := range edits {
		same -= len(strings.Join(e.old.of(before), ""))
	}
	return same * 100 / longer
}

// label names one side of a change. Where the name holds a space git ends it
// with a tab, so that no reader takes what follows for a date.
func (s Style) label(prefix, path string) string {
	if path == "" {
		return "/dev/null"
	}
	name := s.quote(prefix + path)
	if strings.Contains(name, " ") {
		name += "\t"
	}
	return name
}

// quote returns a path as git writes it: in double quotes with escapes if it
// contains a control character, a quote or a backslash, or with QuotePaths
// anything but printable ASCII.
func (s Style) quote(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '\a' <= c && c <= '\r':
			b.WriteByte('\\')
			b.WriteByte("abtnvfr"[c-'\a'])
		case c < ' ' || c == 0x7f || c > '~' && s.QuotePaths:
			b.Write([]byte{'\\', '0' + c>>6, '0' + c>>3&7, '0' + c&7})
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() == len(path) {
		return path
	}
	return `"` + b.String() + `"`
}
