package export

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
)

// render returns Markdown as HTML. HTML in it is omitted.
func render(markdown string) string {
	var out bytes.Buffer
	if err := goldmark.Convert([]byte(markdown), &out); err != nil {
		return html.EscapeString(markdown)
	}
	return strings.TrimSpace(omitted.ReplaceAllString(out.String(), ""))
}

var (
	omitted = regexp.MustCompile(`<!-- raw HTML omitted -->`)
	tag     = regexp.MustCompile(`<[^>]*>`)
	rooted  = regexp.MustCompile(`(<(?:a|img) (?:href|src)=")/([^/"][^"]*)`)
)

// plain returns the text that readers see of Markdown, on one line.
func plain(markdown string) string {
	return oneLine(html.UnescapeString(tag.ReplaceAllString(render(markdown), "")))
}

// oneLine returns a text, legible, with control characters and runs of spaces as one
// space.
func oneLine(text string) string {
	isBreak := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	return legible(strings.Join(strings.FieldsFunc(text, isBreak), " "))
}

// legible returns a text that XML, JSON and CSV can hold: with U+FFFD for what is not
// UTF-8, without control characters but line breaks and tabs, and without what
// Unicode says is not a character.
func legible(text string) string {
	return strings.Map(func(r rune) rune {
		isNone := r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef || r == '\ufeff'
		if isNone || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

// Site is where the archive is published.
type Site struct {
	Title   string
	BaseURL string // without a slash at its end; empty: nowhere

	// PublishedAt returns the link at which a page is published, or nothing where that
	// is its path.
	PublishedAt func(page string) string
}

// link returns the address of an event, or nothing.
func (s Site) link(e *Event) string {
	if link := s.published(e.Path); link != "" {
		return s.address(link)
	}
	p := e.Path
	for _, ext := range e.formats {
		if ext == ".html" {
			p = strings.TrimSuffix(p, ".md") + ext
		}
	}
	return s.address(p)
}

// published returns the path at which a page is published, or nothing where that is its
// own.
func (s Site) published(page string) string {
	if s.PublishedAt == nil {
		return ""
	}
	return strings.TrimPrefix(s.PublishedAt(page), "/")
}

// address returns the address of a path of the archive, or nothing.
func (s Site) address(p string) string {
	if s.BaseURL == "" {
		return ""
	}
	return s.BaseURL + (&url.URL{Path: "/" + p}).EscapedPath()
}

// content returns the text of an event as HTML, with links that begin at the root of
// the archive pointing to its address.
func (s Site) content(e *Event) string {
	text := e.html
	if s.BaseURL != "" {
		text = rooted.ReplaceAllStringFunc(text, func(link string) string {
			m := rooted.FindStringSubmatch(link)
			to := m[2]
			if page, err := url.PathUnescape(html.UnescapeString(to)); err == nil {
				if at := s.published(page); at != "" {
					to = html.EscapeString((&url.URL{Path: at}).EscapedPath())
				}
			}
			return m[1] + html.EscapeString(s.BaseURL) + "/" + to
		})
	}
	if len(e.Sources) == 0 {
		return text
	}
	var b strings.Builder
	b.WriteString(text + "<ul>")
	for _, source := range e.Sources {
		b.WriteString(`<li><a href="` + html.EscapeString(source.URL) + `">` + html.EscapeString(name(source.Outlet, source.URL)) + "</a></li>")
	}
	b.WriteString("</ul>")
	return b.String()
}

// name returns what a source is called.
func name(outlet, address string) string {
	if outlet == "" {
		return address
	}
	return outlet
}

// uri returns an address with what may not be in one percent-encoded.
func uri(address string) string {
	const hex = "0123456789ABCDEF"
	host := len(address)
	if _, rest, ok := strings.Cut(address, "://"); ok {
		host -= len(strings.TrimLeftFunc(rest, func(r rune) bool { return !strings.ContainsRune("/?#", r) }))
	}
	var b strings.Builder
	fragment := false
	for i := range len(address) {
		c := address[i]
		lone := c == '%' && (i+2 >= len(address) || !isHex(address[i+1]) || !isHex(address[i+2]))
		outside := i >= host && (c == '[' || c == ']' || c == '#' && fragment) // where only a host or the fragment may have it
		if lone || outside || c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
		fragment = fragment || c == '#'
	}
	return b.String()
}

// isURI reports whether an address is one of RFC 3986 with a host, in characters that
// it allows.
func isURI(address string) bool {
	u, err := url.Parse(address)
	return err == nil && uriHost.MatchString(u.Host)
}

var uriHost = regexp.MustCompile(`^(?:\[[0-9A-Fa-f:.]+\]|[^\[\]@]+?)(?::\d*)?$`)

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }
