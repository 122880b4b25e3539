package archive

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"newsctl/archive/facts"
	"newsctl/archive/layout"
	"newsctl/archive/page"
	"newsctl/archive/pattern"
)

// TargetKind is where a link leads.
type TargetKind uint8

// The kinds of targets.
const (
	External TargetKind = iota // another site: https://..., mailto:..., //host/..., or what a template fills in
	Internal                   // a file of the archive, there or not
	Outside                    // a path that leaves the archive's root
	Invalid                    // empty, or not to be decoded
)

// Target is where a link leads: its kind and, if it is internal, the path of
// the file, relative to the root, without link prefix, fragment and query. A
// directory stands for its index.md, or its README.md or index.html if only that is
// there.
type Target struct {
	Kind TargetKind
	Path string

	by *Permalink // the one that the link is written as, or nil
}

// Resolve returns where a link on the front page leads.
func (a *Archive) Resolve(destination string) Target { return a.resolve(IndexName(), destination) }

// resolve returns where a link's destination leads from the page at a path.
// Links are relative to the root if they begin with a slash; a prefix of the
// edition (/zh) that is not a directory of the tree is omitted. A link to a place on
// its own page (#...) points to the page.
func (a *Archive) resolve(from, destination string) Target {
	t, tree := a.aim(from, destination)
	return a.settle(t, tree)
}

// settle returns where a link points to a path, as the tree decides.
func (a *Archive) settle(t Target, tree facts.Tree) Target {
	if tree == facts.Directory || tree == facts.MayBeEither && a.isDir(t.Path) {
		t.Path = a.indexOf(t.Path)
	}
	return t
}

// aim returns where a link leads as far as its text says, and what the tree
// decides.
func (a *Archive) aim(from, destination string) (Target, facts.Tree) {
	if hasScheme(destination) || strings.HasPrefix(destination, "//") || IsTemplate(destination) {
		return Target{Kind: External}, facts.File
	}
	p := destination
	if i := strings.IndexAny(p, "?#"); i >= 0 {
		if p = p[:i]; p == "" {
			return Target{Kind: Internal, Path: from}, facts.File
		}
	}
	if strings.Contains(p, `\`) {
		return Target{Kind: Invalid}, facts.File // some readers take it for a slash
	}
	if strings.Contains(p, "%") {
		decoded, err := url.PathUnescape(p)
		if err != nil {
			return Target{Kind: Invalid}, facts.File
		}
		p = decoded
	}
	if p == "" || strings.Contains(p, "\x00") {
		return Target{Kind: Invalid}, facts.File
	}
	if len(a.config.Permalinks) > 0 && strings.HasPrefix(p, "/") {
		if file, by := a.permalink(p); by != nil {
			return Target{Internal, file, by}, facts.File
		}
	}
	directory := strings.HasSuffix(p, "/")
	if strings.HasPrefix(p, "/") {
		p = path.Clean(strings.TrimLeft(p, "/"))
	} else {
		p = path.Join(path.Dir(from), p)
	}
	if p == ".." || strings.HasPrefix(p, "../") {
		return Target{Kind: Outside}, facts.File
	}
	if directory {
		p += "/"
	}
	p = a.withoutPrefix(p)
	switch {
	case directory:
		return Target{Kind: Internal, Path: p}, facts.Directory
	case !IsPage(p):
		return Target{Kind: Internal, Path: p}, facts.MayBeEither
	}
	return Target{Kind: Internal, Path: p}, facts.File
}

// IsTemplate reports whether a program fills in a destination when it publishes the
// page, as Jekyll, Hugo and Zola do.
func IsTemplate(destination string) bool {
	return strings.ContainsAny(destination, "{%") && templateMark.MatchString(destination)
}

// templateMark begins what is filled in; formatters of Markdown may encode it.
var templateMark = regexp.MustCompile(`(?i)(\{|%7b)(\{|%|%7b|%25)`)

// indexOf returns the file that a directory stands for: its index.md, unless only
// another is there that is shown in its place.
func (a *Archive) indexOf(dir string) string {
	for _, name := range []string{IndexName(), CopyName(), "index.html"} {
		if p := path.Join(dir, name); a.Exists(p) {
			return p
		}
	}
	return path.Join(dir, IndexName())
}

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

// MayBeMissing reports whether the configuration allows links to a path where
// no file is: it allows the path, or a directory above it.
func (a *Archive) MayBeMissing(p string) bool {
	for at := p; at != "." && len(a.config.AllowedLinks) > 0; at = path.Dir(at) {
		if pattern.MatchAny(a.config.AllowedLinks, at) {
			return true
		}
	}
	return false
}

// hasScheme reports whether a destination begins as an absolute URL does.
func hasScheme(s string) bool {
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

// withoutPrefix returns a path without the link prefix of its edition.
func (a *Archive) withoutPrefix(p string) string {
	first, rest, ok := strings.Cut(p, "/")
	if top, _, _ := strings.Cut(layout.Current().Years(), "/"); !ok || first == top {
		return p
	}
	for _, prefix := range a.config.Prefixes {
		if after, ok := strings.CutPrefix(p, strings.Trim(prefix, "/")+"/"); ok {
			return after
		}
	}
	if a.config.Prefixes == nil && isLanguage(first) && !a.isDir(first) {
		return rest
	}
	return p
}

// IsPrefix reports whether the first part of a path is not in the tree, as the
// prefix of an edition.
func (a *Archive) IsPrefix(first string) bool {
	return a.withoutPrefix(first+"/"+IndexName()) == IndexName()
}

// isLanguage reports whether a name is that of an edition's language: two
// letters, and perhaps a region: zh, zh-tw, pt-BR.
func isLanguage(s string) bool {
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

func mustEncode(c byte) bool {
	return c < ' ' || c == 0x7f || strings.IndexByte(" ()<>%?#\\&\"", c) >= 0
}

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
func SameText(a, b string) bool { return plainText(a) == plainText(b) }

func plainText(raw string) string {
	return page.Unescape(page.OneLine(strings.TrimSpace(raw)))
}

// Place is a line of a page.
type Place struct {
	Path string `json:"path"`
	Line int    `json:"line"`
}
