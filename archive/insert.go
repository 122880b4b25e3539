package archive

import (
	"bytes"
	"strings"

	"newsctl/archive/page"
)

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
func AtEnd(src []byte, eol, text string) page.Edit {
	if len(src) > 0 && src[len(src)-1] != '\n' {
		text = eol + text
	}
	return page.Insert(len(src), eol+text)
}

// BelowTitle returns the edit that puts text below a heading and an empty line.
func BelowTitle(src []byte, title page.Span, eol, text string) page.Edit {
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
	return page.Insert(at, text)
}
