package page

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Edit replaces the bytes of a span by New. An empty span inserts.
type Edit struct {
	Span
	New string
}

// Insert returns the edit that puts text at an offset.
func Insert(at int, text string) Edit { return Edit{Span{at, at}, text} }

// Apply returns src with the edits made. Edits may come in any order; several
// that insert at one place keep their order. It is an error if two overlap or
// one leaves the source. Without edits the result is src itself; with edits it
// is never nil, also where nothing is left.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return src, nil
	}
	if len(edits) > 1 {
		edits = slices.Clone(edits)
		slices.SortStableFunc(edits, func(a, b Edit) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
	}
	size := len(src)
	for _, e := range edits {
		size += len(e.New)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End < e.Start || e.End > len(src) {
			return nil, fmt.Errorf("edit of bytes %d to %d overlaps another or leaves the page", e.Start, e.End)
		}
		out = append(out, src[at:e.Start]...)
		out = append(out, e.New...)
		at = e.End
	}
	return append(out, src[at:]...), nil
}

// LineEnd returns how the lines of a page end.
func LineEnd(src []byte) string {
	if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// LineBreak returns what must be between the text before an offset and a new
// line: nothing, or the end of a line, or that and an empty line where the gap
// asks for one.
func LineBreak(src []byte, at int, eol, gap string) string {
	before := string(src[:at])
	switch {
	case before == "":
		return ""
	case !strings.HasSuffix(before, eol):
		return eol + strings.ReplaceAll(gap, "\n", eol)
	case gap != "" && !strings.HasSuffix(before, eol+eol):
		return eol
	}
	return ""
}

// AtEnd returns the edit that puts text at the end of a page, below an empty
// line.
func AtEnd(src []byte, eol, text string) Edit {
	if len(src) > 0 && src[len(src)-1] != '\n' {
		text = eol + text
	}
	return Insert(len(src), eol+text)
}

// BelowTitle returns the edit that puts text below a heading and an empty line.
func BelowTitle(src []byte, title Span, eol, text string) Edit {
	at := title.End
	rest := string(src[at:])
	switch {
	case strings.HasPrefix(rest, eol):
		at += len(eol)
	case !strings.HasSuffix(string(src[:at]), "\n"):
		text = eol + eol + text
	default:
		text = eol + text
	}
	if rest = string(src[at:]); rest != "" && !strings.HasPrefix(rest, eol) && !strings.HasSuffix(text, eol+eol) {
		text += eol
	}
	return Insert(at, text)
}
