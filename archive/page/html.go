package page

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// spanTags notes the links of the HTML tags within text.
type spanTags struct{ parser.InlineParser }

func (p spanTags) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := p.InlineParser.Parse(parent, block, pc)
	if raw, ok := n.(*ast.RawHTML); ok {
		linksOf(pc).addTags(newMarkup(block.Source(), raw.Segments))
	}
	return n
}

// spanHTML notes the links of the blocks that are HTML.
type spanHTML struct{ parser.BlockParser }

func (p spanHTML) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	found, block := linksOf(pc), n.(*ast.HTMLBlock)
	found.addTags(blockMarkup(block, reader.Source()))
	found.addOpen(block, reader.Source())
}

func (found *foundLinks) addTags(m markup) {
	m.tags(func(t tag) {
		for _, a := range t.attributes {
			if a.name == "id" || a.name == "name" && t.name == "a" {
				found.anchors = append(found.anchors, html.UnescapeString(string(m.src[a.value.Start:a.value.End])))
				continue
			}
			found.others = append(found.others, m.links(t, a)...)
		}
	})
}

// markup is HTML in a page: a page's source up to its end, in which what is not
// HTML, such as the marks of a quote, is blank.
type markup struct {
	src   []byte
	start int
}

func newMarkup(src []byte, segments *text.Segments) markup {
	if segments.Len() == 0 {
		return markup{}
	}
	m := markup{start: segments.At(0).Start}
	end := m.start
	for i := range segments.Len() {
		switch s := segments.At(i); {
		case m.src == nil && s.Start != end: // a gap
			m.src = bytes.Clone(src[:end])
			fallthrough
		case m.src != nil:
			m.src = append(m.src, bytes.Repeat([]byte(" "), s.Start-end)...)
			m.src = append(m.src, src[s.Start:s.Stop]...)
		}
		end = segments.At(i).Stop
	}
	if m.src == nil {
		m.src = src[:end]
	}
	return m
}

func blockMarkup(n *ast.HTMLBlock, src []byte) markup {
	lines := n.Lines()
	if n.HasClosure() {
		lines = text.NewSegments()
		lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
		lines.Append(n.ClosureLine)
	}
	return newMarkup(src, lines)
}

// tag is an opening tag of HTML, its name in lower case.
type tag struct {
	Span
	name       string
	attributes []attribute
}

// attribute is an attribute of a tag, its name in lower case.
type attribute struct {
	name  string
	value Span // without quotes and surrounding space
}

// verbatim are the elements whose content is shown as it is, or not at all.
var verbatim = map[string]bool{
	"code": true, "pre": true, "samp": true, "script": true, "style": true, "textarea": true, "title": true, "xmp": true,
}

// tags calls do for each opening tag outside comments and verbatim text.
func (m markup) tags(do func(tag)) {
	for at := m.start; ; {
		i := bytes.IndexByte(m.src[min(at, len(m.src)):], '<')
		if i < 0 {
			return
		}
		at += i
		rest := m.src[at:]
		switch {
		case bytes.HasPrefix(rest, commentOpen):
			at = m.after(at+len("<!"), commentClose)
		case len(rest) > 1 && (rest[1] == '!' || rest[1] == '?'):
			at = m.after(at, []byte(">"))
		case len(rest) > 1 && isLetter(rest[1]):
			t, ok := m.tag(at)
			if !ok {
				return
			}
			do(t)
			if at = t.End; verbatim[t.name] {
				at = m.closing(at, t.name)
			}
		default:
			at++
		}
	}
}

// after returns the offset after the next mark, or the end.
func (m markup) after(at int, mark []byte) int {
	if i := bytes.Index(m.src[at:], mark); i >= 0 {
		return at + i + len(mark)
	}
	return len(m.src)
}

// closing returns the offset of the tag that closes an element, or the end.
func (m markup) closing(at int, name string) int {
	for ; at < len(m.src); at++ {
		if m.src[at] == '<' && len(m.src) > at+1+len(name) && m.src[at+1] == '/' &&
			strings.EqualFold(string(m.src[at+2:min(at+2+len(name), len(m.src))]), name) {
			return at
		}
	}
	return at
}

// tag reads the opening tag at an offset. One that nothing closes is not ok.
func (m markup) tag(at int) (t tag, ok bool) {
	t.Span = Span{at, at + 1}
	t.name, t.End = m.word(t.End, " \t\r\n/>")
	for t.End < len(m.src) {
		switch c := m.src[t.End]; {
		case c == '>':
			t.End++
			return t, true
		case isSpace(c) || c == '/' || c == '=':
			t.End++
		default:
			var a attribute
			a.name, t.End = m.word(t.End, " \t\r\n/>=")
			a.value, t.End = m.value(t.End)
			if !slices.ContainsFunc(t.attributes, func(b attribute) bool { return b.name == a.name }) { // the first one counts
				t.attributes = append(t.attributes, a)
			}
		}
	}
	return t, false
}

// word returns what is at an offset before one of the ends, and where it
// ends.
func (m markup) word(at int, ends string) (string, int) {
	end := at
	for end < len(m.src) && strings.IndexByte(ends, m.src[end]) < 0 {
		end++
	}
	return strings.ToLower(string(m.src[at:end])), end
}

// value returns the value after an attribute's name, if it has one, and where
// the attribute ends.
func (m markup) value(at int) (Span, int) {
	from := m.skipSpace(at)
	if from == len(m.src) || m.src[from] != '=' {
		return Span{at, at}, at
	}
	from = m.skipSpace(from + 1)
	if from == len(m.src) {
		return Span{from, from}, from
	}
	if quote := m.src[from]; quote == '"' || quote == '\'' {
		end := len(m.src)
		if i := bytes.IndexByte(m.src[from+1:], quote); i >= 0 {
			end = from + 1 + i
		}
		return trim(m.src, Span{from + 1, end}), min(end+1, len(m.src))
	}
	end := from
	for end < len(m.src) && !isSpace(m.src[end]) && m.src[end] != '>' {
		end++
	}
	return Span{from, end}, end
}

func (m markup) skipSpace(at int) int {
	for at < len(m.src) && isSpace(m.src[at]) {
		at++
	}
	return at
}

// links returns the links that an attribute holds.
func (m markup) links(t tag, a attribute) []*Link {
	switch {
	case a.name == "srcset":
		return m.candidates(a.value)
	case !isLinkAttribute(t.name, a.name) || a.value.Empty() && a.name != "src":
		return nil
	}
	l := newHTMLLink(a.value)
	if a.value.Empty() {
		l.Span = t.Span
	}
	return []*Link{l}
}

func newHTMLLink(s Span) *Link {
	return &Link{Span: s, Text: Span{s.Start, s.Start}, Target: s, Form: HTMLLink}
}

func isLinkAttribute(tag, name string) bool {
	switch name {
	case "href":
		return tag != "base"
	case "src", "cite", "longdesc", "poster":
		return true
	case "data":
		return tag == "object"
	case "background":
		return tag == "body" || tag == "table" || tag == "td"
	}
	return false
}

// candidates returns the links of a srcset: addresses with a descriptor each,
// separated by commas.
func (m markup) candidates(s Span) []*Link {
	var out []*Link
	for at := s.Start; at < s.End; {
		if isSpace(m.src[at]) || m.src[at] == ',' {
			at++
			continue
		}
		from := at
		for at < s.End && !isSpace(m.src[at]) {
			at++
		}
		to := at
		for m.src[to-1] == ',' {
			to--
		}
		out = append(out, newHTMLLink(Span{from, to}))
		for bare := to == at; bare && at < s.End && m.src[at] != ','; { // the descriptor
			at++
		}
	}
	return out
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
