// Package link knows how links to the pages of an archive are written: in a page, and
// on the site where it is published.
package link

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"newsctl/archive/page"
)

// HasScheme reports whether a destination begins as an absolute URL does.
func HasScheme(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return c == ':' && i > 0
		}
	}
	return false
}

// IsTemplate reports whether a program fills in a destination when it publishes the
// page, as Jekyll, Hugo and Zola do.
func IsTemplate(destination string) bool {
	return (strings.IndexByte(destination, '{') >= 0 || strings.IndexByte(destination, '%') >= 0) && templateMark.MatchString(destination)
}

// templateMark begins what is filled in; formatters of Markdown may encode it.
var templateMark = regexp.MustCompile(`(?i)(\{|%7b)(\{|%|%7b|%25)`)

// lineNumber matches the fragment that a code host gives to lines of a file.
var lineNumber = regexp.MustCompile(`^L\d+(C\d+)?(-L\d+(C\d+)?)?$`)

// Fragment returns the place on a page that a destination points to, decoded, or
// nothing. Lines of a page that is shown as plain text (?plain=1#L2) are not one.
func Fragment(destination string) string {
	before, fragment, _ := strings.Cut(destination, "#")
	if lineNumber.MatchString(fragment) && strings.Contains(before, "?plain=1") {
		return ""
	}
	if decoded, err := url.PathUnescape(fragment); err == nil {
		return decoded
	}
	return fragment
}

// IsLanguage reports whether a name is that of an edition's language: two
// letters, and perhaps a region: zh, zh-tw, pt-BR.
func IsLanguage(s string) bool {
	lang, region, ok := strings.Cut(s, "-")
	return len(lang) == 2 && isLower(lang) && (!ok || len(region) >= 2 && len(region) <= 4 && isLower(strings.ToLower(region)))
}

func isLower(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// Destination returns a path as it is in a link: what would end the link
// or be read as something else is percent-encoded.
func Destination(p string) string {
	plain := 0
	for plain < len(p) && !mustEncode(p[plain]) {
		plain++
	}
	if plain == len(p) {
		return p
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(p) {
		if c := p[i]; mustEncode(c) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func mustEncode(c byte) bool { return encoded[c] }

var encoded = func() (is [256]bool) {
	for c := range byte(' ') {
		is[c] = true
	}
	for _, c := range []byte("\x7f ()<>%?#\\&\"") {
		is[c] = true
	}
	return is
}()

// PlainDestination returns a destination that needs no angle brackets around
// it, or nothing.
func PlainDestination(raw string) string {
	if strings.ContainsAny(raw, " \t()<>") {
		return ""
	}
	return raw
}

// SameText reports whether two link texts read the same: surrounding spaces,
// backslash escapes and line ends do not count.
func SameText(a, b string) bool { return a == b || PlainText(a) == PlainText(b) }

// PlainText returns a link text as it reads, for comparison.
func PlainText(raw string) string {
	return page.Unescape(page.OneLine(strings.TrimSpace(raw)))
}

// Redirect makes a destination on a page, written as it is, that points to the
// path from, one that points to the path to. The page will be at a path of its own.
// It stays as it is written: from the root, with or without a prefix, or from the
// page's directory; letters that are not ASCII percent-encoded or not.
func Redirect(written, from, on, at, to string) string {
	plain, err := url.PathUnescape(written)
	if err != nil {
		plain = written
	}
	out := relative(path.Dir(at), to)
	sameDirs := path.Dir(on) == path.Dir(at) && path.Dir(from) == path.Dir(to)
	switch prefix, ok := strings.CutSuffix(plain, from); {
	case sameDirs && strings.HasSuffix(plain, path.Base(from)):
		out = strings.TrimSuffix(plain, path.Base(from)) + path.Base(to)
	case ok && strings.HasPrefix(plain, "/"):
		out = prefix + to
	case strings.HasPrefix(plain, "/"):
		out = "/" + to
	case strings.HasPrefix(plain, "./"):
		out = "./" + out
	}
	if IsEncoded(written, plain) {
		return (&url.URL{Path: out}).EscapedPath()
	}
	return Destination(out)
}

// IsEncoded reports whether letters that are not ASCII are percent-encoded.
func IsEncoded(written, plain string) bool {
	return isASCII(written) && !isASCII(plain)
}

// relative returns the path from a directory to a file.
func relative(dir, to string) string {
	from, parts := strings.Split(dir, "/"), strings.Split(to, "/")
	for len(from) > 0 && len(parts) > 1 && from[0] == parts[0] {
		from, parts = from[1:], parts[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(parts, "/")
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}
