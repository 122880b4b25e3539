// Package term makes text of pages safe to show, on a terminal or in a log, and
// measures it there. Pages, and their names, hold whatever somebody pasted:
// sequences that drive a terminal, marks that turn other text around, letters
// that nobody sees.
//
// It reads and writes nothing, and knows nothing of the archive.
package term

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// Escape returns text in one line in which all can be seen: what is not visible,
// and bytes that are not UTF-8, are written as in a Go string, \x1b or \u202e.
func Escape(text string) string { return escape(text, "") }

// EscapeLines is Escape, but keeps newlines and tabs.
func EscapeLines(text string) string { return escape(text, "\n\t") }

func escape(text, keep string) string {
	safe := 0
	for safe < len(text) && (' ' <= text[safe] && text[safe] <= '~' || strings.IndexByte(keep, text[safe]) >= 0) {
		safe++
	}
	if safe == len(text) {
		return text
	}
	var b strings.Builder
	b.WriteString(text[:safe])
	for i, size := safe, 0; i < len(text); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case strings.ContainsRune(keep, r) || visible(r):
			b.WriteRune(r)
		default:
			b.WriteString(escaped(r))
		}
	}
	return b.String()
}

func escaped(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// visible reports whether a character can be seen and moves nothing but the
// cursor. The selectors of text and emoji styles count as a part of the
// character before them.
func visible(r rune) bool {
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\ufe0e' || r == '\ufe0f'
}

// cells counts terminal cells, whatever the locale says of ambiguous characters.
var cells = &runewidth.Condition{}

// Width returns how many cells of a terminal a text takes.
func Width(text string) int { return cells.StringWidth(text) }

// Pad returns a text with spaces behind it, so that it takes at least width
// cells.
func Pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-Width(text), 0))
}

// Head returns what fits of a text in width cells: if not all, the start of it
// and an ellipsis.
func Head(text string, width int) string { return cells.Truncate(text, width, "…") }

// Tail returns what fits of a text in width cells: if not all, an ellipsis and
// the end of it.
func Tail(text string, width int) string {
	n := Width(text)
	if n <= width {
		return text
	}
	return cells.TruncateLeft(text, n-width+1, "…")
}
