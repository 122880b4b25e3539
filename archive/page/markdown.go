package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const (
	// maxBrackets is how many brackets of a page may open or close a link, and
	// maxDepth how deep lists and quotes may nest. Markdown takes time that
	// grows with the square of both; real pages have at most a few dozen
	// brackets, and nest nothing.
	maxBrackets = 10_000
	maxDepth    = 100
)

// markdown is CommonMark less emphasis, on which no block and no link depends.
var markdown = parser.NewParser(
	parser.WithBlockParsers(boundDepth(parser.DefaultBlockParsers())...),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(spanLinks{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
	),
	parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
)

// parseMarkdown returns the tree of a page and its links in order.
func parseMarkdown(src []byte) (ast.Node, []*Link) {
	found := &foundLinks{}
	pc := parser.NewContext()
	pc.Set(foundLinksKey, found)
	doc := markdown.Parse(text.NewReader(src), parser.WithContext(pc))
	slices.SortFunc(found.links, func(a, b *Link) int { return cmp.Compare(a.Start, b.Start) })
	return doc, found.links
}

// foundLinks collects the links of one page while it is parsed.
type foundLinks struct {
	links    []*Link
	brackets int
}

var foundLinksKey = parser.NewContextKey()

// spanLinks notes of each link where it stands. goldmark's tree tells where a
// link starts but not where it ends, and of its text and destination neither;
// while the link is being parsed the reader's position tells all of it.
type spanLinks struct{ parser.InlineParser }

func (p spanLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	found := pc.Get(foundLinksKey).(*foundLinks)
	if found.brackets++; found.brackets > maxBrackets {
		return nil
	}
	_, before := block.Position()
	n := p.InlineParser.Parse(parent, block, pc)
	if link, ok := n.(*ast.Link); ok {
		_, after := block.Position()
		found.links = append(found.links, newLink(link, before.Start, after.Start, block.Source()))
	}
	return n
}

// CloseBlock forgets the brackets that a block leaves open.
func (p spanLinks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// newLink makes the link whose text ends at the bracket before end.
func newLink(n *ast.Link, bracket, end int, src []byte) *Link {
	l := &Link{Span: Span{n.Pos(), end}, Text: Span{n.Pos() + 1, bracket}}
	if n.Reference != nil {
		l.Target, l.Reference = l.Span, string(n.Destination)
		return l
	}
	l.Target.Start = bracket + len("](")
	for isSpace(src[l.Target.Start]) {
		l.Target.Start++
	}
	if src[l.Target.Start] == '<' {
		l.Target.Start++
	}
	l.Target.End = l.Target.Start + len(n.Destination)
	return l
}

// boundDepth returns the block parsers with those that nest bounded.
func boundDepth(parsers []util.PrioritizedValue) []util.PrioritizedValue {
	list, quote := parser.NewListParser(), parser.NewBlockquoteParser()
	for i, p := range parsers {
		if p.Value == list || p.Value == quote {
			parsers[i].Value = bounded{p.Value.(parser.BlockParser)}
		}
	}
	return parsers
}

type bounded struct{ parser.BlockParser }

func (p bounded) Open(parent ast.Node, block text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth > maxDepth {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, block, pc)
}

// unescapeDestination resolves backslash escapes and entities in a raw link
// destination.
func unescapeDestination(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	b := util.UnescapePunctuations([]byte(raw))
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}

// Unescape returns raw text as Markdown reads it, with backslash escapes
// resolved. Entities stay: an archive's headlines hold them as they are.
func Unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	return string(util.UnescapePunctuations([]byte(raw)))
}
