package page

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is CommonMark less emphasis, on which no block and no link depends.
var markdown = newMarkdown()

// newMarkdown returns a parser that collects the links of a page.
func newMarkdown(options ...parser.Option) parser.Parser {
	return parser.NewParser(append([]parser.Option{
		parser.WithBlockParsers(blockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(spanLinks{parser.NewLinkParser()}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(spanTags{parser.NewRawHTMLParser()}, 400),
		),
		parser.WithParagraphTransformers(util.Prioritized(spanDefinitions{parser.LinkReferenceParagraphTransformer}, 100)),
	}, options...)...)
}

// parseMarkdown returns the tree of a page and what was found in it, links in
// order.
func parseMarkdown(src []byte) (ast.Node, *foundLinks) {
	doc, found := parseWith(markdown, src)
	for _, links := range [][]*Link{found.links, found.others} {
		slices.SortStableFunc(links, func(a, b *Link) int { return cmp.Compare(a.Start, b.Start) })
	}
	return doc, found
}

func parseWith(p parser.Parser, src []byte) (ast.Node, *foundLinks) {
	found := &foundLinks{}
	pc := parser.NewContext()
	pc.Set(foundLinksKey, found)
	return p.Parse(text.NewReader(src), parser.WithContext(pc)), found
}

// blockParsers returns those of CommonMark, with those that nest bounded.
func blockParsers() []util.PrioritizedValue {
	parsers := parser.DefaultBlockParsers()
	list, quote, html, code := parser.NewListParser(), parser.NewBlockquoteParser(), parser.NewHTMLBlockParser(), parser.NewFencedCodeBlockParser()
	for i, p := range parsers {
		switch p.Value {
		case list, quote:
			parsers[i].Value = bounded{p.Value.(parser.BlockParser)}
		case html:
			parsers[i].Value = spanHTML{html}
		case code:
			parsers[i].Value = spanFences{code}
		}
	}
	return parsers
}

// Unescape returns raw text as Markdown reads it, with backslash escapes
// resolved. Entities stay: an archive's headlines hold them as they are.
func Unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	return string(util.UnescapePunctuations([]byte(raw)))
}

// Markdown takes time that grows with the square of some sizes. A page that has
// too much of one is not read: real pages nest nothing, have a few dozen brackets
// that pair, and no definitions.
const (
	// maxDepth is how deep lists and quotes may nest.
	maxDepth = 100

	// maxDefinitions is how many definitions of links may be in one paragraph.
	maxDefinitions = 2_000

	// maxEmphasis is how many marks of emphasis are read on a page; those after
	// them are text.
	maxEmphasis = 10_000

	// maxWork is how many bytes may be checked for the closing brackets of a
	// page: those between the two brackets and those of the target. Pairs that
	// neither nest nor lack an end need no more than the size of the page.
	maxWork = 32 * MaxSize
)

// Excess is what a page has too much of to be read, and where.
type Excess struct {
	Offset int
	What   string
}

// limits is what reading a page has cost so far.
type limits struct {
	excess *Excess
	opened []int // the brackets that are open in a block
	work   int
}

func (l *limits) exceed(offset int, what string) {
	if l.excess == nil {
		l.excess = &Excess{offset, what}
	}
}

// open notes an opening bracket.
func (l *limits) open(offset int) { l.opened = append(l.opened, offset) }

// close notes a closing bracket, at the start of line, and reports whether what
// it closes may be read.
func (l *limits) close(offset int, line []byte) bool {
	if n := len(l.opened); n > 0 {
		l.work += offset - l.opened[n-1] + targetLength(line)
		l.opened = l.opened[:n-1]
	}
	if l.work > maxWork {
		l.exceed(offset, "too many brackets that nest or are not closed")
	}
	return l.excess == nil
}

// targetLength returns how many bytes Markdown checks for the target after the
// closing bracket that a line begins with.
func targetLength(line []byte) int {
	if len(line) < 2 || line[1] != '(' {
		return 0
	}
	at := skipSpace(line, 2)
	angle := at < len(line) && line[at] == '<'
	if angle {
		at++
	}
	return destinationEnd(line, at, angle)
}

// bounded is a parser of blocks that nest, up to a depth.
type bounded struct{ parser.BlockParser }

func (p bounded) Open(parent ast.Node, block text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth <= maxDepth {
		return p.BlockParser.Open(parent, block, pc)
	}
	line, position := block.Position()
	n, state := p.BlockParser.Open(parent, block, pc)
	if n != nil {
		linksOf(pc).exceed(position.Start, "lists or quotes that nest too deep")
	}
	block.SetPosition(line, position)
	return nil, state &^ parser.HasChildren
}

// boundedEmphasis reads marks of emphasis up to a number.
type boundedEmphasis struct{ parser.InlineParser }

func (p boundedEmphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	found := linksOf(pc)
	if found.emphasis++; found.emphasis > maxEmphasis {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// tooManyDefinitions reports whether a paragraph holds more definitions than are
// read.
func tooManyDefinitions(node *ast.Paragraph, src []byte) bool {
	n := 0
	for i := 0; i < node.Lines().Len() && n <= maxDefinitions; i++ {
		s := node.Lines().At(i)
		if line := bytes.TrimLeft(s.Value(src), " "); len(line) > 0 && line[0] == '[' && bytes.Contains(line, []byte("]:")) {
			n++
		}
	}
	return n > maxDefinitions
}
