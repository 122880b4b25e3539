package page

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// anchored is Markdown with emphasis, which a heading's name omits, and with
// the names that goldmark gives to headings.
var anchored = newMarkdown(
	parser.WithInlineParsers(util.Prioritized(boundedEmphasis{parser.NewEmphasisParser()}, 500)),
	parser.WithAttribute(),
	parser.WithAutoHeadingID(),
)

// Anchors are the names of the places on a page that a fragment may point to.
type Anchors struct {
	names map[string]bool
	made  []string // from headings, as GitHub makes them
}

// ReadAnchors returns the anchors of a page: its headings as GitHub and as
// goldmark name them, and the ids and names of its HTML.
func ReadAnchors(src []byte) *Anchors {
	in := markdownOf(src)
	doc, found := parseWith(anchored, in)
	r := &anchorReader{src: in, out: &Anchors{names: map[string]bool{}}, used: map[string]int{}}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			r.read(n)
		}
		return ast.WalkContinue, nil
	})
	for _, name := range found.anchors {
		r.add(name)
	}
	r.footnotes()
	return r.out
}

// Has reports whether a fragment, decoded, points to one of the anchors. Case does
// not matter, as on GitHub.
func (a *Anchors) Has(fragment string) bool {
	fragment, _, _ = strings.Cut(fragment, ":~:") // what follows is text to search for
	name := strings.TrimPrefix(foldName(fragment), "user-content-")
	return name == "" || name == "top" || a.names[name]
}

// Lost reports whether one of the anchors is not among those of a later state of
// the page.
func (a *Anchors) Lost(later *Anchors) bool {
	for name := range a.names {
		if !later.names[name] {
			return true
		}
	}
	return false
}

// Headings returns the anchors that headings have on GitHub, in order.
func (a *Anchors) Headings() []string { return a.made }

// HeadingAnchor returns the anchor that a headline has on GitHub, or nothing.
func HeadingAnchor(headline string) string {
	made := ReadAnchors([]byte("# " + strings.TrimSpace(headline))).made
	if len(made) != 1 {
		return ""
	}
	return made[0]
}

// anchorReader collects the anchors of one page.
type anchorReader struct {
	src  []byte
	out  *Anchors
	used map[string]int // how often GitHub has numbered a name
}

func (r *anchorReader) add(name string) { r.out.names[foldName(name)] = true }

func (r *anchorReader) read(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		if id, ok := n.AttributeString("id"); ok {
			r.add(string(id.([]byte)))
		}
		name := r.text(n)
		r.heading(name)
		if k := n.Lines().Len(); k > 0 { // GitHub shows attributes: # Title {#name}
			end := n.Lines().At(k - 1).Stop
			r.add(Slug(name + strings.TrimRight(string(r.src[end:lineAt(r.src, end).End]), "# \t\r\n")))
		}
	case *ast.HTMLBlock:
		m := blockMarkup(n, r.src)
		m.tags(func(t tag) {
			if len(t.name) == 2 && t.name[0] == 'h' && '1' <= t.name[1] && t.name[1] <= '6' {
				r.heading(m.text(t))
			}
		})
	}
}

// heading adds the name that GitHub gives to a heading: one that is taken gets a
// number.
func (r *anchorReader) heading(title string) {
	base := Slug(title)
	name := base
	for r.used[name] > 0 {
		name = fmt.Sprintf("%s-%d", base, r.used[base])
		r.used[base]++
	}
	r.used[name]++
	r.add(name)
	r.out.made = append(r.out.made, name)
}

// text returns the text of a heading as it is shown.
func (r *anchorReader) text(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			raw := c.Segment.Value(r.src)
			if !c.IsRaw() && n.Kind() != ast.KindCodeSpan {
				raw = []byte((&Link{}).unescape(string(raw)))
			}
			b.Write(raw)
		case *ast.AutoLink:
			b.Write(c.Label(r.src))
		case *ast.Image, *ast.RawHTML:
		default:
			b.WriteString(r.text(c))
		}
	}
	return b.String()
}

// footnote matches the definition of a footnote.
var footnote = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\n]+)\]:`)

// footnotes adds the names of footnotes and of their references, which goldmark
// numbers and GitHub calls by their labels.
func (r *anchorReader) footnotes() {
	for i, m := range footnote.FindAllSubmatch(r.src, -1) {
		for _, form := range []string{"fn:%s", "fnref:%s", "fn-%s", "fnref-%s"} {
			r.add(fmt.Sprintf(form, m[1]))
			r.add(fmt.Sprintf(form, fmt.Sprint(i+1)))
		}
	}
}

// text returns the text of an element of HTML up to the tag that closes it.
func (m markup) text(t tag) string {
	var b strings.Builder
	for at, end := t.End, m.closing(t.End, t.name); at < end; {
		if m.src[at] != '<' {
			b.WriteByte(m.src[at])
			at++
		} else {
			at = m.after(at, []byte(">"))
		}
	}
	return html.UnescapeString(strings.TrimSpace(b.String()))
}

// Slug returns the name that GitHub makes of a heading's text: lower case,
// letters, marks, digits, hyphens and underscores, a hyphen for each space.
func Slug(title string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-' || unicode.In(c, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic):
			return c
		}
		return -1
	}, strings.ToLower(title))
}

// foldName returns a name with case omitted. The dot that the lower case of İ
// keeps on GitHub, and not in Go, is omitted as well.
func foldName(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.ToUpper(name)), "i\u0307", "i")
}
