package preview

import (
	"bytes"
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
)

// markdown reads pages as newsctl does, and writes them with the nodes of nodes.go.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodeRenderer{}, 1))))
})

// article is a page of the archive as it is shown.
type article struct {
	HTML template.HTML
	Lang string // of the text, if that is not English; a browser chooses fonts by it
}

// rendered is a page with what its template shows around it.
type rendered struct {
	article
	title    string // the first heading of level 1, as plain text
	findings []note
}

// document is a page that is being rendered.
type document struct {
	visit  *visit
	page   *archive.Page
	src    []byte
	root   ast.Node
	names  contexts.CommaNames
	links  map[int]*page.Link // by where they start
	blocks []block
}

// block is a block of the text, or the item of a list that it is in, by where it starts.
type block struct {
	start int
	node  ast.Node
}

// render returns a page as HTML, with its findings and more notes beside the lines
// that they are about.
func (v *visit) render(pg *archive.Page, more ...note) rendered {
	d := &document{visit: v, page: pg, src: withoutFrontMatter(pg), links: map[int]*page.Link{}, names: contexts.CommaNamesAt(v.archive, pg)}
	for _, l := range pg.Links {
		d.links[l.Start] = l
	}
	d.root = markdown().Parser().Parse(text.NewReader(d.src))
	d.indexBlocks()
	out := rendered{findings: v.findingsOn(pg)}
	d.headings()
	out.title = d.title()
	d.replace()
	d.place(slices.Concat(out.findings, more))
	var b bytes.Buffer
	if err := markdown().Renderer().Render(&b, d.src, d.root); err != nil {
		b.Reset()
		template.HTMLEscape(&b, d.src)
	}
	out.article = article{HTML: template.HTML(b.String()), Lang: language(d.src)}
	return out
}

// withoutFrontMatter returns the source of a page with spaces in place of the data
// that it begins with, so that all else stays where it is.
func withoutFrontMatter(pg *archive.Page) []byte {
	s := pg.FrontMatter()
	if s.Empty() {
		return pg.Source
	}
	src := bytes.Clone(pg.Source)
	for i := s.Start; i < s.End; i++ {
		if src[i] != '\n' && src[i] != '\r' {
			src[i] = ' '
		}
	}
	return src
}

// indexBlocks notes where each block starts.
func (d *document) indexBlocks() {
	d.walk(func(n ast.Node) {
		switch n.Kind() {
		case ast.KindDocument, ast.KindList, ast.KindBlockquote, ast.KindListItem:
			return
		}
		if n.Type() != ast.TypeBlock || n.Pos() < 0 {
			return
		}
		owner := n
		for at := n.Parent(); at != nil; at = at.Parent() {
			if at.Kind() == ast.KindListItem {
				owner = at
				break
			}
		}
		d.blocks = append(d.blocks, block{n.Pos(), owner})
	})
	slices.SortStableFunc(d.blocks, func(a, b block) int { return cmp.Compare(a.start, b.start) })
}

// walk calls do for each node, before those that it contains.
func (d *document) walk(do func(ast.Node)) {
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			do(n)
		}
		return ast.WalkContinue, nil
	})
}

// headings makes the headings of an archive's form what they are for a reader: the date
// and the topic are lines above the headline, and sections are below it.
func (d *document) headings() {
	var classes map[int]string // by line
	at := func(t *page.Title, class string) {
		if t != nil {
			line, _ := d.page.Position(t.Start)
			classes[line] = class
		}
	}
	classes = map[int]string{}
	if e := d.page.Event; e != nil {
		if e.Date != nil {
			at(&e.Date.Title, classDate)
		}
		at(e.Topic, classTopic)
	}
	if l := d.page.Listing; l != nil {
		for i := range l.Parts {
			if part := &l.Parts[i]; part.Previous {
				at(&part.Title, classPrevious)
			}
		}
		for _, it := range l.Items() {
			at(it.Topic, classTopic)
		}
	}
	seen := map[string]int{}
	d.walk(func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok {
			return
		}
		h.SetAttributeString("id", []byte(headingID(plainText(h, d.src), seen)))
		line, _ := d.page.Position(max(h.Pos(), 0))
		if class := classes[line]; class != "" {
			h.SetAttributeString("class", []byte(class))
		} else if d.page.Event != nil && h.Level > 2 {
			h.Level = 2
		}
	})
}

// headingID returns the name that a heading has on GitHub, so that links to it work.
func headingID(text string, seen map[string]int) string {
	name := cmp.Or(page.Slug(strings.TrimSpace(text)), "heading")
	n := seen[name]
	seen[name]++
	if n > 0 {
		return name + "-" + strconv.Itoa(n)
	}
	return name
}

const (
	classDate     = "dateline"
	classTopic    = "topic"
	classPrevious = "previous"
)

// title returns the text of the first heading of level 1, or of a day page the first
// of level 2, which becomes one of level 1.
func (d *document) title() (title string) {
	d.walk(func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok || title != "" {
			return
		}
		if _, classed := h.AttributeString("class"); classed {
			return
		}
		if d.page.Kind == archive.DayPage && h.Level == 2 {
			h.Level = 1
		}
		if h.Level == 1 {
			title = strings.TrimSpace(plainText(h, d.src))
		}
	})
	return title
}

// plainText returns the text of a node without markup.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Text:
				b.Write(util.UnescapePunctuations(n.Value(src)))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(n.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// replace puts nodes of nodes.go in place of those that could open something else,
// and of lists of contexts.
func (d *document) replace() {
	var nodes []ast.Node
	d.walk(func(n ast.Node) { nodes = append(nodes, n) })
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.Link:
			d.swap(n, d.link(n))
		case *ast.Image:
			d.swap(n, d.image(n))
		case *ast.AutoLink:
			address := string(n.URL(d.src))
			if n.AutoLinkType == ast.AutoLinkEmail {
				address = "mailto:" + address
			}
			to := outside(address)
			to.label = string(n.Label(d.src))
			d.swap(n, to)
		case *ast.Emphasis:
			if list := d.contextsAt(n); list != nil {
				d.swap(n, list)
			}
		}
	}
}

// swap puts a node in the place of another, with what that contains.
func (d *document) swap(old, with ast.Node) {
	if old.Parent() == nil {
		return
	}
	if _, whole := with.(*contextsNode); !whole {
		for c := old.FirstChild(); c != nil; c = old.FirstChild() {
			with.AppendChild(with, c) // removes it from old
		}
	}
	old.Parent().ReplaceChild(old.Parent(), old, with)
}

// contextsAt returns the list of contexts that emphasized text is, or nil.
func (d *document) contextsAt(n *ast.Emphasis) ast.Node {
	first, ok := n.FirstChild().(*ast.Text)
	if !ok {
		return nil
	}
	start := first.Segment.Start - n.Level
	for _, c := range d.page.ContextLists() {
		if c.Start <= start && start < c.End && start-c.Start < maxMarks && !c.Open {
			names := d.visit.archive.Config().ContextNames(d.names.Split(d.page.Names(c)))
			return &contextsNode{label: c.Word, names: names}
		}
	}
	return nil
}

// maxMarks is how many characters mark emphasis, at most.
const maxMarks = 3

// language returns the language that a text is shown in: Chinese or Japanese if it has
// letters of theirs in number, and otherwise none.
func language(src []byte) string {
	han, kana, all := 0, 0, 0
	for _, r := range string(src) {
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			han++
		case r >= 0x3040 && r <= 0x30ff:
			kana++
		}
		if r > ' ' {
			all++
		}
	}
	switch {
	case kana > 0 && (han+kana)*10 > all:
		return "ja"
	case han*10 > all:
		return "zh"
	}
	return ""
}
