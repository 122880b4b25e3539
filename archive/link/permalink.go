package link

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"newsctl/archive/layout"
)

// Permalink says which file a link of a published site points to. Both are patterns
// with parts in braces: /{lang}/news/{yyyy}/{mm}/{dd}/{slug}/ and
// news/{yyyy}/{mm}/{d}/{slug}.md.
type Permalink struct{ Link, File string }

// placeholder matches a part of a pattern that stands for text.
var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

// numbers are the placeholders of numbers: what each is a form of, and how many
// digits it has, 0 for any.
var numbers = map[string]struct {
	part   string
	digits int
}{"yyyy": {"year", 4}, "mm": {"month", 2}, "m": {"month", 0}, "dd": {"day", 2}, "d": {"day", 0}}

// Invalid returns what is wrong with the patterns, or nothing.
func (p Permalink) Invalid() string {
	for _, pattern := range []string{p.Link, p.File} {
		if rest := placeholder.ReplaceAllString(pattern, "x"); strings.ContainsAny(rest, "{}") {
			return fmt.Sprintf("%q has a brace without a partner; a part in braces is a word, as in {slug}", pattern)
		}
	}
	if !strings.HasPrefix(p.Link, "/") || strings.ContainsAny(p.Link, "?#") {
		return fmt.Sprintf("%q is not the path of a link; write it as /{yyyy}/{mm}/{dd}/{slug}/", p.Link)
	}
	if file := placeholder.ReplaceAllString(p.File, "x"); layout.InvalidPage(path.Base(file)) != "" || path.Clean(file) != file || path.IsAbs(file) || strings.HasPrefix(file, "../") {
		return fmt.Sprintf("%q is not the path of a page; write it as news/{yyyy}/{mm}/{d}/{slug}.md", p.File)
	}
	known := map[string]bool{}
	for _, m := range placeholder.FindAllStringSubmatch(p.Link, -1) {
		known[partOf(m[1])] = true
	}
	for _, m := range placeholder.FindAllStringSubmatch(p.File, -1) {
		if !known[partOf(m[1])] {
			return fmt.Sprintf("%q has %s, which %q lacks", p.File, m[0], p.Link)
		}
	}
	return ""
}

// partOf returns what a placeholder stands for: those of numbers come in two forms.
func partOf(name string) string {
	if n, ok := numbers[name]; ok {
		return n.part
	}
	return name
}

// parseBy returns what the parts of a pattern stand for in a path.
func parseBy(pattern, p string) (of map[string]string, ok bool) {
	var expr strings.Builder
	names, at := []string{}, 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(pattern, -1) {
		name := pattern[m[2]:m[3]]
		expr.WriteString(regexp.QuoteMeta(pattern[at:m[0]]))
		switch n, isNumber := numbers[name]; {
		case isNumber && n.digits > 0:
			fmt.Fprintf(&expr, `(\d{%d})`, n.digits)
		case isNumber:
			expr.WriteString(`(\d{1,2})`)
		case name == "lang":
			expr.WriteString(`([a-z]{2,3}(?:-[A-Za-z]{2,4})?)`)
		default:
			expr.WriteString(`([^/]+)`)
		}
		names, at = append(names, partOf(name)), m[1]
	}
	m := regexp.MustCompile("^" + expr.String() + regexp.QuoteMeta(pattern[at:]) + "$").FindStringSubmatch(p)
	if m == nil {
		return nil, false
	}
	of = map[string]string{}
	for i, value := range m[1:] {
		if n, err := strconv.Atoi(value); err == nil && (names[i] == "year" || names[i] == "month" || names[i] == "day") {
			value = strconv.Itoa(n)
		}
		if was, twice := of[names[i]]; twice && was != value {
			return nil, false
		}
		of[names[i]] = value
	}
	return of, true
}

// filled returns a pattern with its parts filled in.
func filled(pattern string, of map[string]string) string {
	return placeholder.ReplaceAllStringFunc(pattern, func(m string) string {
		name := strings.Trim(m, "{}")
		value := of[partOf(name)]
		for len(value) < numbers[name].digits {
			value = "0" + value
		}
		return value
	})
}

// FileOf returns the path that a link points to, decoded and without query and
// fragment, or nothing. A slash at its end may be missing, or be too many.
func (p Permalink) FileOf(link string) string {
	of, ok := parseBy(strings.TrimRight(p.Link, "/"), strings.TrimRight(link, "/"))
	if !ok {
		return ""
	}
	return filled(p.File, of)
}

// To returns the link to a path in the form of another link, as that is written, or
// nothing if the patterns do not lead there.
func (p Permalink) To(file, written string) string {
	plain, err := url.PathUnescape(written)
	if err != nil {
		return ""
	}
	of, ok := parseBy(strings.TrimRight(p.Link, "/"), strings.TrimRight(plain, "/"))
	now, fits := parseBy(p.File, file)
	if !ok || !fits {
		return ""
	}
	for name, value := range now {
		of[name] = value
	}
	out := filled(strings.TrimRight(p.Link, "/"), of) + plain[len(strings.TrimRight(plain, "/")):]
	if IsEncoded(written, plain) {
		return (&url.URL{Path: out}).EscapedPath()
	}
	return Destination(out)
}

// LinkTo returns the link to a page, with the language of a prefix, or nothing.
func (p Permalink) LinkTo(file, lang string) string {
	of, ok := parseBy(p.File, file)
	if !ok {
		return ""
	}
	if of["lang"] == "" {
		of["lang"] = lang
	}
	for _, m := range placeholder.FindAllStringSubmatch(p.Link, -1) {
		if of[partOf(m[1])] == "" {
			return ""
		}
	}
	return filled(p.Link, of)
}
