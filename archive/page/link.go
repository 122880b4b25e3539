package page

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// foundLinks collects the links of one page while it is parsed.
type foundLinks struct {
	links    []*Link  // text links that Markdown reads
	others   []*Link  // images, definitions, HTML, and what Markdown does not read
	anchors  []string // ids and names of HTML elements
	fences   []fence
	openHTML Span // the first line of a block of HTML that nothing closes
	emphasis int
	limits
}

var foundLinksKey = parser.NewContextKey()

func linksOf(pc parser.Context) *foundLinks { return pc.Get(foundLinksKey).(*foundLinks) }

// spanLinks notes of each link where it is. goldmark's tree shows where a
// link starts but not where it ends, and of its text and destination neither;
// while the link is being parsed the reader's position shows all of it.
type spanLinks struct{ parser.InlineParser }

func (p spanLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	found := linksOf(pc)
	_, before := block.Position()
	line, _ := block.PeekLine()
	if found.excess != nil || line[0] == ']' && !found.close(before.Start, line) {
		return nil
	}
	n := p.InlineParser.Parse(parent, block, pc)
	_, after := block.Position()
	if line[0] != ']' && n != nil {
		found.open(before.Start)
	}
	src := block.Source()
	switch n := n.(type) {
	case *ast.Link:
		found.links = append(found.links, newLink(n.Pos(), before.Start, after.Start, n.Destination, n.Reference, src))
	case *ast.Image:
		l := newLink(n.Pos()+len("!"), before.Start, after.Start, n.Destination, n.Reference, src)
		l.Start, l.Form = n.Pos(), ImageLink
		if l.Reference != "" {
			l.Target = l.Span
		}
		found.others = append(found.others, l)
	case nil:
		if l := unreadLink(src, before.Start, before.Stop); l != nil {
			found.others = append(found.others, l)
		}
	}
	return n
}

// CloseBlock forgets the brackets that a block leaves open.
func (p spanLinks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	found := linksOf(pc)
	found.opened = found.opened[:0]
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// newLink returns the link from the bracket at start to end, with its text up to
// another bracket.
func newLink(start, bracket, end int, destination []byte, reference *ast.ReferenceLink, src []byte) *Link {
	l := &Link{Span: Span{start, end}, Text: Span{start + 1, bracket}}
	if reference != nil {
		l.Target, l.Reference = l.Span, string(destination)
		return l
	}
	l.Target.Start = destinationStart(src, bracket+len("]("), destination)
	l.Target.End = l.Target.Start + len(destination)
	return l
}

// destinationStart returns where a destination begins that Markdown read after an
// offset, after the marks of a quote on the next lines perhaps.
func destinationStart(src []byte, at int, destination []byte) int {
	for {
		for isSpace(src[at]) {
			at++
		}
		if src[at] == '<' {
			return at + 1
		}
		if src[at] != '>' || bytes.HasPrefix(src[at:], destination) && len(destination) > 0 {
			return at
		}
		at++
	}
}

// unreadTarget matches the target of a link that Markdown does not read because
// of a space: a path or an address, by its beginning or its extension.
var unreadTarget = regexp.MustCompile(`^\]\([ \t]*((?:\.{0,2}/|https?://)[^()<>{}\n]*?[ \t][^()<>{}\n]*?|[^()<>{}\s"'][^()<>{}\n"']*[ \t][^()<>{}\n"']*\.[A-Za-z0-9]{1,5}(?:#[^()<>\s]*)?)[ \t]*(?:"[^"\n]*"|'[^'\n]*')?[ \t]*\)`)

// unreadLink returns the link that a reader sees around the bracket at an offset,
// and that Markdown does not read because its target holds a space, or nil.
func unreadLink(src []byte, bracket, lineEnd int) *Link {
	if bracket+1 >= lineEnd || src[bracket] != ']' || src[bracket+1] != '(' {
		return nil
	}
	m := unreadTarget.FindSubmatchIndex(src[bracket:lineEnd])
	if m == nil {
		return nil
	}
	open := bytes.LastIndexAny(src[:bracket], "[]\n")
	if open < 0 || src[open] != '[' {
		return nil
	}
	return &Link{
		Span:      Span{open, bracket + m[1]},
		Text:      Span{open + 1, bracket},
		Target:    Span{bracket + m[2], bracket + m[3]},
		Malformed: true,
		guess:     true,
	}
}

// Destination returns where a link points, as its reader takes it: escapes and
// entities resolved, percent-encoding untouched.
func (p *Page) Destination(l *Link) string {
	if l.Reference != "" {
		return l.unescape(l.Reference)
	}
	return l.unescape(p.Text(l.Target))
}

// unescape resolves backslash escapes and entities in a raw link destination.
// HTML knows entities only.
func (l *Link) unescape(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	b := []byte(raw)
	if l.Form != HTMLLink {
		b = util.UnescapePunctuations(b)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}

// RawSuffix returns how the end of a destination, its query and fragment, is
// written in the link.
func (p *Page) RawSuffix(l *Link, suffix string) string {
	raw := p.Text(l.Target)
	for i := range raw {
		if raw[i] != '?' && (raw[i] != '#' || i > 0 && raw[i-1] == '&') {
			continue
		}
		if l.unescape(raw[i:]) == suffix {
			return raw[i:]
		}
		break
	}
	if l.Form == HTMLLink {
		return html.EscapeString(suffix)
	}
	return suffix
}

// Escape returns a percent-encoded path as it is in the link.
func (l *Link) Escape(path string) string {
	if l.Form != HTMLLink {
		return path
	}
	return escapeAttribute.Replace(path)
}

// escapeAttribute percent-encodes what would end the value of an attribute, with
// or without quotes, or begin an entity.
var escapeAttribute = strings.NewReplacer(`"`, "%22", "'", "%27", "`", "%60", "=", "%3D", "<", "%3C", ">", "%3E", "&", "%26", " ", "%20")

// spanDefinitions notes of each definition of a link's destination where it
// is.
type spanDefinitions struct{ parser.ParagraphTransformer }

func (p spanDefinitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if tooManyDefinitions(node, reader.Source()) {
		linksOf(pc).exceed(node.Lines().At(0).Start, "too many definitions of links in one paragraph")
		return
	}
	for _, part := range splitFootnotes(node, reader.Source()) {
		p.transform(part, reader, pc)
	}
}

func (p spanDefinitions) transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	above, parent := node.PreviousSibling(), node.Parent()
	p.ParagraphTransformer.Transform(node, reader, pc)
	n := parent.FirstChild()
	if above != nil {
		n = above.NextSibling()
	}
	for ; n != nil; n = n.NextSibling() {
		if d, ok := n.(*ast.LinkReferenceDefinition); ok {
			found := linksOf(pc)
			found.others = append(found.others, newDefinition(d, reader.Source()))
		}
	}
}

// footnoteLine matches the line that begins the definition of a footnote.
var footnoteLine = regexp.MustCompile(`^ {0,3}\[\^[^\]\s]+\]:`)

// splitFootnotes makes each footnote at the start of a paragraph, or among the
// definitions there, a paragraph of its own, and returns the paragraphs that may
// hold definitions. To CommonMark a footnote of one word is a definition, and the
// word a destination.
func splitFootnotes(node *ast.Paragraph, src []byte) []*ast.Paragraph {
	lines := node.Lines()
	if lines.Len() == 0 || !isBracketed(lines.At(0), src) {
		return []*ast.Paragraph{node}
	}
	var parts []*ast.Paragraph
	var starts []int
	inNote := false
	for i := range lines.Len() {
		line := lines.At(i)
		note := footnoteLine.Match(line.Value(src))
		if i == 0 || note || inNote && isBracketed(line, src) {
			starts = append(starts, i)
			inNote = note
		}
	}
	if len(starts) == 1 && !inNote {
		return []*ast.Paragraph{node}
	}
	all := lines.Sliced(0, lines.Len())
	for k, start := range starts {
		end := len(all)
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		part := node // the last part is the paragraph itself
		if end < len(all) {
			part = ast.NewParagraph()
			node.Parent().InsertBefore(node.Parent(), node, part)
		}
		segments := text.NewSegments()
		segments.AppendAll(all[start:end])
		part.SetLines(segments)
		if first := all[start]; !footnoteLine.Match(first.Value(src)) {
			parts = append(parts, part)
		}
	}
	return parts
}

// isBracketed reports whether a line may begin a definition.
func isBracketed(line text.Segment, src []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line.Value(src), " "), []byte("["))
}

func newDefinition(d *ast.LinkReferenceDefinition, src []byte) *Link {
	r := text.NewBlockReader(src, d.Lines())
	at := func() int { _, segment := r.Position(); return segment.Start }
	l := &Link{Form: Definition}
	r.SkipSpaces()
	l.Start = at()
	r.Advance(len("["))
	l.Text.Start = at()
	r.FindClosure('[', ']', text.FindClosureOptions{Newline: true, Advance: true})
	l.Text.End = at() - len("]")
	r.Advance(len(":"))
	r.SkipSpaces()
	if r.Peek() == '<' {
		r.Advance(len("<"))
	}
	l.Target = Span{at(), at() + len(d.Destination)}
	l.End = d.Lines().At(d.Lines().Len() - 1).Stop
	return l
}
