package preview

import (
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// linkNode is a link that may be followed, or text that was one.
type linkNode struct {
	ast.BaseInline
	href  string // empty: what it links to is not opened
	class string
	title string // why it is not, or what is wrong with it
	label string // of a link without text of its own
}

// imageNode is a picture of the archive.
type imageNode struct {
	ast.BaseInline
	src, alt string
}

// contextsNode is a list of contexts.
type contextsNode struct {
	ast.BaseInline
	label string
	names []string
}

// notesNode is what is said below a line.
type notesNode struct {
	ast.BaseBlock
	notes []note
}

// notedNode is a block, or what an item of a list holds, with the findings on its lines
// beside it.
type notedNode struct {
	ast.BaseBlock
	lines [][]note
}

var (
	kindLink     = ast.NewNodeKind("PreviewLink")
	kindImage    = ast.NewNodeKind("PreviewImage")
	kindContexts = ast.NewNodeKind("PreviewContexts")
	kindNotes    = ast.NewNodeKind("PreviewNotes")
	kindNoted    = ast.NewNodeKind("PreviewNoted")
)

func (*linkNode) Kind() ast.NodeKind     { return kindLink }
func (*imageNode) Kind() ast.NodeKind    { return kindImage }
func (*contextsNode) Kind() ast.NodeKind { return kindContexts }
func (*notesNode) Kind() ast.NodeKind    { return kindNotes }
func (*notedNode) Kind() ast.NodeKind    { return kindNoted }

func (n *linkNode) Dump(src []byte, level int)     { ast.DumpHelper(n, src, level, nil, nil) }
func (n *imageNode) Dump(src []byte, level int)    { ast.DumpHelper(n, src, level, nil, nil) }
func (n *contextsNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }
func (n *notesNode) Dump(src []byte, level int)    { ast.DumpHelper(n, src, level, nil, nil) }
func (n *notedNode) Dump(src []byte, level int)    { ast.DumpHelper(n, src, level, nil, nil) }

// outside returns the link to an address out of the archive. Only what a browser opens
// as a page or a letter is one.
func outside(address string) *linkNode {
	u, err := url.Parse(strings.TrimSpace(address))
	if err == nil && u.Scheme == "" && u.Host != "" {
		u.Scheme = "https"
	}
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return &linkNode{class: "dropped", title: "not opened: " + address}
	}
	return &linkNode{href: u.String(), class: "outside"}
}

// link returns what stands for a link of the page.
func (d *document) link(n *ast.Link) ast.Node {
	destination := string(n.Destination)
	t := d.visit.archive.Resolve(destination) // of a link within text that looks like another
	if l := d.links[n.Pos()]; l != nil {
		if l.Role == page.Formats {
			return &linkNode{title: noFormats}
		}
		t, destination = d.page.Target(l), d.page.Destination(l)
	}
	switch t.Kind {
	case archive.Internal:
		href := pageLink(t.Path)
		if fragment := link.Fragment(destination); fragment != "" {
			href += "#" + url.PathEscape(fragment)
		}
		source := archive.SourceOf(t.Path)
		switch there := d.visit.archive.Exists(t.Path) || d.visit.archive.Exists(source); {
		case there && source != t.Path:
			return &linkNode{title: noFormats}
		case !there:
			return &linkNode{href: href, class: "broken", title: "does not exist: " + t.Path}
		}
		return &linkNode{href: href}
	case archive.External:
		return outside(destination)
	}
	if fragment, ok := strings.CutPrefix(destination, "#"); ok {
		return &linkNode{href: "#" + url.PathEscape(fragment)}
	}
	return &linkNode{class: "dropped", title: "not opened: " + destination}
}

// image returns what stands for a picture: one of the archive is shown, one from outside
// is a link, so that opening a page asks no other host.
func (d *document) image(n *ast.Image) ast.Node {
	alt := strings.TrimSpace(plainText(n, d.src))
	l := d.links[n.Pos()]
	if l == nil {
		return &linkNode{class: "dropped", title: "not opened: " + string(n.Destination)}
	}
	if t := d.page.Target(l); t.Kind == archive.Internal && isImage(t.Path) && d.visit.archive.Exists(t.Path) {
		return &imageNode{src: pageLink(t.Path), alt: alt}
	}
	out := outside(d.page.Destination(l))
	if alt == "" {
		out.label = "image"
	}
	for at := n.Parent(); at != nil; at = at.Parent() {
		if at.Kind() == kindLink {
			out.href = "" // a link is not within another
		}
	}
	return out
}

// nodeRenderer writes the nodes of this file, and of goldmark's those that it writes
// otherwise: raw HTML is text.
type nodeRenderer struct{}

func (r nodeRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindLink, r.link)
	reg.Register(kindImage, r.image)
	reg.Register(kindContexts, r.contexts)
	reg.Register(kindNotes, r.notes)
	reg.Register(kindNoted, r.noted)
	reg.Register(ast.KindHeading, r.heading)
	reg.Register(ast.KindHTMLBlock, r.htmlBlock)
	reg.Register(ast.KindRawHTML, r.rawHTML)
}

func (nodeRenderer) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	l := n.(*linkNode)
	tag := "span"
	if l.href != "" {
		tag = "a"
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	for _, attribute := range [][2]string{{"href", l.href}, {"class", l.class}, {"title", l.title}} {
		if attribute[1] != "" {
			_, _ = w.WriteString(" " + attribute[0] + `="` + html.EscapeString(attribute[1]) + `"`)
		}
	}
	if l.class == "outside" {
		_, _ = w.WriteString(` rel="noopener noreferrer"`)
	}
	_, _ = w.WriteString(">" + html.EscapeString(l.label))
	return ast.WalkContinue, nil
}

func (nodeRenderer) image(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if i := n.(*imageNode); entering {
		_, _ = w.WriteString(`<img src="` + html.EscapeString(i.src) + `" alt="` + html.EscapeString(i.alt) + `" loading="lazy">`)
	}
	return ast.WalkSkipChildren, nil
}

func (nodeRenderer) contexts(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if c := n.(*contextsNode); entering {
		return ast.WalkSkipChildren, templates().ExecuteTemplate(w, "names", map[string]any{"Label": c.label, "Names": c.names})
	}
	return ast.WalkSkipChildren, nil
}

func (nodeRenderer) notes(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		return ast.WalkSkipChildren, templates().ExecuteTemplate(w, "notes", n.(*notesNode).notes)
	}
	return ast.WalkSkipChildren, nil
}

func (nodeRenderer) noted(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="noted"><div>`)
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`</div><div class="beside">`)
	for _, notes := range n.(*notedNode).lines {
		if err := templates().ExecuteTemplate(w, "notes", notes); err != nil {
			return ast.WalkStop, err
		}
	}
	_, _ = w.WriteString("</div></div>\n")
	return ast.WalkContinue, nil
}

func (nodeRenderer) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	h := n.(*ast.Heading)
	tag, class := "h"+string(rune('0'+h.Level)), ""
	if c, ok := h.AttributeString("class"); ok {
		tag, class = "p", string(c.([]byte))
	}
	switch {
	case !entering:
		_, _ = w.WriteString("</" + tag + ">\n")
	case class != "":
		_, _ = w.WriteString(`<p class="` + class + `">`)
	default:
		_, _ = w.WriteString("<" + tag)
		if id, ok := h.AttributeString("id"); ok {
			_, _ = w.WriteString(` id="` + html.EscapeString(string(id.([]byte))) + `"`)
		}
		_, _ = w.WriteString(">")
	}
	return ast.WalkContinue, nil
}

func (nodeRenderer) htmlBlock(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	b := n.(*ast.HTMLBlock)
	var raw strings.Builder
	for i := range b.Lines().Len() {
		line := b.Lines().At(i)
		raw.Write(line.Value(src))
	}
	if b.HasClosure() {
		raw.Write(b.ClosureLine.Value(src))
	}
	_, _ = w.WriteString(`<pre class="raw"><code>` + html.EscapeString(strings.TrimRight(raw.String(), "\r\n")) + "</code></pre>\n")
	return ast.WalkContinue, nil
}

func (nodeRenderer) rawHTML(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	var raw strings.Builder
	segments := n.(*ast.RawHTML).Segments
	for i := range segments.Len() {
		segment := segments.At(i)
		raw.Write(segment.Value(src))
	}
	_, _ = w.WriteString(`<code class="raw">` + html.EscapeString(raw.String()) + "</code>")
	return ast.WalkSkipChildren, nil
}
