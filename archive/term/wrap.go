package term

import (
	"strings"
	"unicode/utf8"
)

// Wrap returns a text in lines of at most width cells: at spaces, between wide
// characters, or in a word that a line cannot hold, after a - or / if one is near. It returns at least one
// line. Text is one line, escaped.
func Wrap(text string, width int) []string {
	var lines []string
	for Width(text) > width {
		line := text[:breakAt(text, width)]
		text = strings.TrimLeft(text[len(line):], " ")
		lines = append(lines, strings.TrimRight(line, " "))
	}
	if text != "" || len(lines) == 0 {
		lines = append(lines, text)
	}
	return lines
}

// breakAt returns the length of the first line of a text that is wider than width.
func breakAt(text string, width int) int {
	fits := len(cells.Truncate(text, width, ""))
	if fits == 0 { // a character is wider than the line
		_, size := utf8.DecodeRuneInString(text)
		return size
	}
	next, _ := utf8.DecodeRuneInString(text[fits:])
	last, _ := utf8.DecodeLastRuneInString(text[:fits])
	if next == ' ' || cells.RuneWidth(next) > 1 || cells.RuneWidth(last) > 1 {
		return fits
	}
	best := 0
	for i, r := range text[:fits] {
		switch {
		case r == ' ':
			best = i
		case cells.RuneWidth(r) > 1:
			best = i + utf8.RuneLen(r)
		}
	}
	if Width(text[:best]) < width/3 { // a long word is cut rather than the line left empty
		if cut := strings.LastIndexAny(text[:fits], "-/") + 1; Width(text[:cut]) > width/2 {
			return cut
		}
		return fits
	}
	return best
}
