package lint

import (
	"bytes"
	"unicode/utf8"

	"newsctl/archive/page"
)

var textEncoding = Rule{
	Name:     "text-encoding",
	Severity: Error,
	Title:    "a page is not plain UTF-8 text",
	Why: `Bytes that are not UTF-8, a NUL, a byte-order mark and carriage returns are read
differently by every tool and show up as noise in diffs. Carriage returns that git
writes at the line ends of a checkout (core.autocrlf, eol=crlf) and removes again are
not reported.`,
	Wrong: "\n-- faq/index.md --\nWhere does the ferry sail?\r\n",
	Right: "\n-- faq/index.md --\nWhere does the ferry sail?\n",
	Check: func(p *Pass) {
		src := p.Page.Source
		if bytes.HasPrefix(src, []byte("\xef\xbb\xbf")) {
			p.reportf(page.Span{Start: 0, End: 3}, "the page begins with a byte-order mark; save it as UTF-8 without one")
		}
		if i := bytes.IndexByte(src, 0); i >= 0 {
			p.reportf(page.Span{Start: i, End: i + 1}, "page contains a NUL byte; remove it")
		}
		if i := bytes.IndexByte(src, '\r'); i >= 0 && !(isCRLF(src) && p.Archive.HasCRLF(p.Page.Path)) {
			p.reportf(page.Span{Start: i, End: i + 1}, "page contains carriage returns; save it with Unix line endings")
		}
		if i := invalidUTF8(src); i >= 0 {
			p.reportf(page.Span{Start: i, End: i + 1}, "the page is not valid UTF-8 (byte %#02x); save it as UTF-8", src[i])
		}
	},
}

// isCRLF reports whether all lines end with CRLF, and no carriage return is
// elsewhere.
func isCRLF(src []byte) bool {
	n := bytes.Count(src, []byte("\r\n"))
	return n == bytes.Count(src, []byte("\n")) && n == bytes.Count(src, []byte("\r"))
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
