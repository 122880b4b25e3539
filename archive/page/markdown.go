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

// parseMarkdown returns the tree of a page, its text links in order, and its
// other links in any order.
func parseMarkdown(src []byte) (doc ast.Node, links, others []*Link) {
	doc, found := parseWith(markdown, src)
	slices.SortFunc(found.links, func(a, b *Link) int { return cmp.Compare(a.Start, b.Start) })
	return doc, found.links, found.others
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
	list, quote, html := parser.NewListParser(), parser.NewBlockquoteParser(), parser.NewHTMLBlockParser()
	for i, p := range parsers {
		switch p.Value {
		case list, quote:
			parsers[i].Value = bounded{p.Value.(parser.BlockParser)}
		case html:
			parsers[i].Value = spanHTML{html}
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

// Unescape returns raw text as Markdown reads it, with backslash escapes
// resolved. Entities stay: an archive's headlines hold them as they are.
func Unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	return string(util.UnescapePunctuations([]byte(raw)))
}
