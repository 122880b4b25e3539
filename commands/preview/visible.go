package preview

import (
	"strings"

	"newsctl/archive/term"
)

// visible returns an answer in which all can be seen: marks that turn text around or
// hide it, and bytes that are not UTF-8, are escapes as in a terminal. What joins
// letters of a script or an emoji stays.
func visible(html string) string {
	html = strings.ReplaceAll(html, "\r\n", "\n")
	var b strings.Builder
	for html != "" {
		at := strings.IndexAny(html, joiners)
		if at < 0 {
			at = len(html)
		}
		b.WriteString(term.EscapeLines(html[:at]))
		if html = html[at:]; html != "" {
			b.WriteString(html[:len(zeroWidthJoiner)])
			html = html[len(zeroWidthJoiner):]
		}
	}
	return b.String()
}

const (
	zeroWidthJoiner    = "\u200d"
	zeroWidthNonJoiner = "\u200c"
	joiners            = zeroWidthJoiner + zeroWidthNonJoiner
)
