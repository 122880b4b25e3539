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
