// Package term makes text of pages safe to show, on a terminal or in a log, and
// measures it there. Pages, and their names, hold whatever somebody pasted:
// sequences that drive a terminal, marks that turn other text around, letters
// that nobody sees.
//
// It reads and writes nothing, and knows nothing of the archive.
package term

import (
	"fmt"
	"strconv"
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
	at := firstHidden(text, keep)
	if at == len(text) {
		return text
	}
	var b strings.Builder
	for ; text != ""; at = firstHidden(text, keep) {
		b.WriteString(text[:at])
		if text = text[at:]; text == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%02x`, text[0])
		} else {
			b.WriteString(escaped(r))
		}
		text = text[size:]
	}
	return b.String()
}

// firstHidden returns where the first character begins that is to be escaped, or
// the length of the text.
func firstHidden(text, keep string) int {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if (c < ' ' || c == 0x7f) && strings.IndexByte(keep, c) < 0 {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 || !visible(r) {
			return i
		}
		i += size
	}
	return len(text)
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
	switch {
	case ' ' <= r && r <= '~', 0xa0 <= r && r < 0x300 && r != 0xad, 0x2e80 <= r && r <= 0xd7a3 && r != 0x3164:
		return true // nearly all text, and quicker than by the tables
	}
	return isVisible(r)
}

func isVisible(r rune) bool {
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\ufe0e' || r == '\ufe0f'
}

// cells counts terminal cells, whatever the locale says of ambiguous characters.
var cells = &runewidth.Condition{}

// Width returns how many cells of a terminal a text takes.
func Width(text string) int { return cells.StringWidth(text) }

// Pad returns a text with spaces after it, so that it takes at least width
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

// Number returns a number with its thousands apart.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
