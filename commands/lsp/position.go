package lsp

import (
	"sort"
	"strings"
	"unicode/utf8"

	"newsctl/archive/page"
)

// encoding is how positions count the characters of a line.
type encoding string

const (
	utf8Encoding  encoding = "utf-8"
	utf16Encoding encoding = "utf-16"
)

// position is a place in a text, both counted from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type textRange struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

// lines are the lines of a text, to find places in it. As the protocol has it, a
// carriage return alone ends a line, too.
type lines struct {
	text   string
	starts []int
}

func newLines(text string) *lines {
	l := &lines{text: text, starts: make([]int, 1, 1+strings.Count(text, "\n"))}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// line returns where the text of a line begins and ends, its line end aside.
func (l *lines) line(n int) (start, end int) {
	start, end = l.starts[n], len(l.text)
	if n+1 < len(l.starts) {
		end = l.starts[n+1] - 1
		if end > start && l.text[end] == '\n' && l.text[end-1] == '\r' {
			end--
		}
	}
	return start, end
}

// offset returns the offset of a position. One after the end of its line is that end,
// one after the text the end of the text, and one within a character its start.
func (l *lines) offset(p position, enc encoding) int {
	switch {
	case p.Line < 0:
		return 0
	case p.Line >= len(l.starts):
		return len(l.text)
	}
	at, end := l.line(p.Line)
	for count := 0; at < end; {
		r, size := utf8.DecodeRuneInString(l.text[at:end])
		if count += units(r, size, enc); count > p.Character {
			break
		}
		at += size
	}
	return at
}

// position returns the position of an offset.
func (l *lines) position(offset int, enc encoding) position {
	offset = max(0, min(offset, len(l.text)))
	n := sort.SearchInts(l.starts, offset+1) - 1
	out := position{Line: n}
	_, end := l.line(n)
	for at := l.starts[n]; at < min(offset, end); {
		r, size := utf8.DecodeRuneInString(l.text[at:])
		out.Character += units(r, size, enc)
		at += size
	}
	return out
}

// units returns how much a character counts.
func units(r rune, size int, enc encoding) int {
	switch {
	case enc == utf8Encoding:
		return size
	case r > 0xffff:
		return 2
	}
	return 1
}

// span returns the range of a span.
func (l *lines) span(s page.Span, enc encoding) textRange {
	return textRange{l.position(s.Start, enc), l.position(s.End, enc)}
}
