package page

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

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
