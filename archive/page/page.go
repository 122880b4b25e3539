// Package page reads one page of a news archive: bytes in, a model that keeps
// byte spans out. It does no I/O and knows nothing of other pages.
//
// Markdown is read by goldmark, so that a link is a link exactly where
// CommonMark says so; a page in the plain form that archives write is read line
// by line, with the same result. Of goldmark's tree only the blocks and the links
// are kept, each as a [Span] of the source. Nothing is ever printed back from the
// model: a change is a list of [Edit] values over spans, and every byte that no
// edit covers stays as it is.
//
// There are three shapes of page: an [Event], a [Listing] (day pages and the
// front page), and any other [Page], of which only the links are known.
package page

import (
	"bytes"
	"unicode/utf8"
	"unsafe"
)

// MaxSize is the largest page that is read, in bytes. The largest page of a
// real archive of 15,639 has 21 thousand; far beyond that, Markdown takes time
// that grows with the square of the size.
const MaxSize = 256 << 10

// Span is a half-open range of bytes [Start, End) in a page's source.
type Span struct{ Start, End int }

// Empty reports whether the span covers no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Page is what every page has: its source, its links, and its comments, all in
// the order of the source. A link may be in the text of another.
type Page struct {
	Source   []byte
	Links    []*Link
	Comments []Comment
	Unread   []Unread

	// Excess says why the page was not read to its end, or is nil.
	Excess *Excess

	// Conflicts are the first lines of merge conflicts that were not resolved, and
	// the marks that are left of one.
	Conflicts []Span

	// Open is the first line of a code block or a comment that nothing closes, so
	// that the rest of the page belongs to it.
	Open Span
}

// Role says what a link is for.
type Role uint8

// The roles of links. A link that is nothing else is Plain.
const (
	Plain    Role = iota
	Formats       // a published sibling, in the Formats line
	DateLink      // the day page, in an event's date line
	Source        // an outside source of an event
	Image         // the picture after a source: 1. [Outlet](url) [IMG](url)
	Change        // a version of the headline, in an event's Changes section
	Related       // an entry of an event's Related section
	Listed        // an event's entry on a day page or the front page
	Heading       // the day in a heading of a day page or the front page
	Previous      // the nearest earlier day, at the end of a day page
)

// Form is how a link is written.
type Form uint8

// The forms of links.
const (
	TextLink   Form = iota // [text](target), [text][name]
	ImageLink              // ![text](target), ![text][name]
	Definition             // [name]: target
	HTMLLink               // <a href="target">, <img src="target">
)

// Link is what leads from a page to another file, or to a place on a page.
type Link struct {
	Span        // from the opening bracket to the end; of an HTMLLink the target
	Text   Span // between the brackets, raw; empty in an HTMLLink
	Target Span // the destination, raw, without angle brackets or quotes
	Form   Form
	Role   Role
	Index  int // its place in Page.Links

	// Malformed is set where Markdown reads no link, most often because a
	// bracket in the text is unbalanced, though every reader sees a link. Text
	// and Target are recovered and may be empty.
	Malformed bool

	// Reference holds the destination of a link that has it elsewhere
	// ([text][name]); Target is then the whole link.
	Reference string

	guess bool // found in text, where no entry is expected
}

// Comment is an HTML comment that is on lines of its own.
type Comment struct {
	Span        // from <!-- to after -->
	Text string // between the marks, surrounding space removed
}

// Title is a heading: its level, its line and its raw text.
type Title struct {
	Span       // the whole line, with its line end
	Text  Span // after the marks and one space, up to the line's end or the closing marks: spaces count
	Level int  // 0 if Markdown reads no heading here

	// Underlined is set where the marks are a line below: then the text may have
	// several lines.
	Underlined bool
}

// Lines returns the lines of a heading that hold its text.
func (t Title) Lines() Span {
	if !t.Underlined {
		return t.Span
	}
	return Span{t.Start, min(t.Text.End+1, t.End)}
}

// Text returns the bytes of a span as a string. The source never changes, so the
// string shares its memory.
func (p *Page) Text(s Span) string {
	text := p.Source[s.Start:s.End]
	return unsafe.String(unsafe.SliceData(text), len(text))
}

// Position returns the line and column of a byte offset, both from 1; columns
// count Unicode code points.
func (p *Page) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(p.Source))
	before := p.Source[:offset]
	line = bytes.Count(before, newline) + 1
	start := bytes.LastIndexByte(before, '\n') + 1
	return line, utf8.RuneCount(before[start:]) + 1
}

// Line returns the span of the line that holds a byte offset, without its line
// end.
func (p *Page) Line(offset int) Span {
	s := lineAt(p.Source, offset)
	for s.End > s.Start && (p.Source[s.End-1] == '\n' || p.Source[s.End-1] == '\r') {
		s.End--
	}
	return s
}

var newline = []byte{'\n'}

// lineAt returns the span of the line that holds offset, with its line end.
func lineAt(src []byte, offset int) Span {
	offset = min(max(offset, 0), len(src))
	s := Span{bytes.LastIndexByte(src[:offset], '\n') + 1, len(src)}
	if i := bytes.IndexByte(src[offset:], '\n'); i >= 0 {
		s.End = offset + i + 1
	}
	return s
}

// trim returns s without surrounding white space.
func trim(src []byte, s Span) Span {
	for s.Start < s.End && isSpace(src[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && isSpace(src[s.End-1]) {
		s.End--
	}
	return s
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
