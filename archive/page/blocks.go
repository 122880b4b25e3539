package page

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// blocks is a page as a flat list of blocks, in the order of the source, with
// the links of the whole page beside them.
type blocks struct {
	src      []byte
	all      []block
	links    []*Link // text links
	others   []*Link // the other links of the page
	comments []Comment
	fences   []fence
	openHTML Span

	plain  []byte      // the source without comments
	effort effort      // that finding the lists of contexts may still take
	lists  []*Contexts // that were read
	unread []Unread
	excess *Excess
}

type blockKind uint8

const (
	otherBlock blockKind = iota
	heading
	paragraph // a paragraph, or all the text of a list
	htmlBlock
)

// block is a heading, or the text of a paragraph or list.
type block struct {
	Span
	kind  blockKind
	title Title
	lines []blockLine
}

// blockLine is one line of a paragraph or list.
type blockLine struct {
	Span      // the whole line, with its line end
	item bool // Markdown begins a list item on it
	more bool // it begins a further paragraph of its list item
}

// part returns a block of some of a block's lines.
func (bl block) part(from, to int) block {
	bl.lines = bl.lines[from:to]
	if len(bl.lines) > 0 {
		bl.Span = Span{bl.lines[0].Start, bl.lines[len(bl.lines)-1].End}
	}
	return bl
}

// parseBlocks reads a page.
func parseBlocks(src []byte) *blocks {
	b := plainBlocks(src)
	if b == nil {
		b = markdownBlocks(src)
	}
	b.effort.left = maxEffort
	return b
}

// markdownBlocks reads a page with goldmark.
func markdownBlocks(src []byte) *blocks {
	doc, found := parseMarkdown(markdownOf(src))
	b := &blocks{src: src, links: found.links, others: found.others, excess: found.excess, fences: found.fences, openHTML: found.openHTML}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		b.add(n)
	}
	return b
}

// markdownOf returns the Markdown of a page. A byte-order mark at its start, and
// the data that it may begin with, are read as empty lines: offsets count them,
// and what follows is not indented.
func markdownOf(src []byte) []byte {
	start := 0
	if bytes.HasPrefix(src, byteOrderMark) {
		start = len(byteOrderMark)
		src = append([]byte("\n\n\n"), src[start:]...)
	}
	if data := frontMatter(src, start); !data.Empty() {
		src = bytes.Clone(src)
		spaceOut(src[data.Start:data.End])
	}
	return src
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func (b *blocks) page() Page {
	links := b.allLinks()
	for i, l := range links {
		l.Index = i
	}
	if b.effort.left < 0 && b.excess == nil {
		b.excess = &Excess{b.effort.offset, "too many lists of contexts that are not closed"}
	}
	slices.SortStableFunc(b.unread, func(a, b Unread) int { return cmp.Compare(a.Start, b.Start) })
	return Page{Source: b.src, Links: links, Comments: b.comments, Unread: b.unread, Excess: b.excess, Conflicts: b.conflicts(), Open: b.open()}
}

// allLinks returns the links of the page in order. What an entry was recovered
// from is not a link as well, nor is a guess that overlaps a link.
func (b *blocks) allLinks() []*Link {
	if len(b.others) == 0 {
		return b.links
	}
	all := append(slices.Clone(b.links), b.others...)
	slices.SortStableFunc(all, func(x, y *Link) int { return cmp.Compare(x.Start, y.Start) })
	var out []*Link
	end, recovered := 0, 0 // of the links so far, and of those that were recovered
	for i, l := range all {
		overlaps := l.Start < end || i+1 < len(all) && all[i+1].Start < l.End
		if l.Start < recovered || l.guess && overlaps {
			continue
		}
		if l.Malformed && !l.guess {
			recovered = l.End
			for k := len(out); k > 0 && out[k-1].End > l.Start; k-- {
				out = out[:k-1]
			}
		}
		end = max(end, l.End)
		out = append(out, l)
	}
	return out
}

// othersIn returns the links within a span that are not text links.
func (b *blocks) othersIn(s Span) []*Link {
	from, _ := searchLinks(b.others, s.Start)
	to, _ := searchLinks(b.others, s.End)
	var out []*Link
	for _, l := range b.others[from:to] {
		if l.End <= s.End {
			out = append(out, l)
		}
	}
	return out
}

// add appends a block of the document itself.
func (b *blocks) add(n ast.Node) {
	bl := block{Span: lineAt(b.src, n.Pos())}
	switch n := n.(type) {
	case *ast.Heading:
		bl.kind = heading
		bl.title = b.title(n)
	case *ast.Paragraph:
		bl.kind = paragraph
		bl.lines = b.lines(nil, n.Lines(), false)
	case *ast.List:
		bl.kind = paragraph
		bl.lines = b.list(nil, n)
	case *ast.HTMLBlock:
		b.comment(n)
		if n.HTMLBlockType >= ast.HTMLBlockType6 {
			bl.kind = htmlBlock
			bl.lines = b.lines(nil, n.Lines(), false)
		}
	}
	if k := len(bl.lines); k > 0 {
		bl.End = bl.lines[k-1].End
	}
	b.all = append(b.all, bl)
}

// title returns the heading at a node, with its raw text: goldmark's own
// omits surrounding spaces, which count in an archive.
func (b *blocks) title(n *ast.Heading) Title {
	if t, ok := markedTitle(b.src, n.Pos(), n.Level); ok {
		return t
	}
	t := Title{Span: lineAt(b.src, n.Pos()), Level: n.Level, Underlined: true}
	last := lineAt(b.src, n.Lines().At(n.Lines().Len()-1).Start)
	t.Text = Span{t.Start, last.Start + len(bytes.TrimRight(b.src[last.Start:last.End], "\r\n"))}
	t.End = lineAt(b.src, last.End).End
	return t
}

// markedTitle returns the heading whose marks are at an offset, or not ok if there
// are none.
func markedTitle(src []byte, at, level int) (t Title, ok bool) {
	t = Title{Span: lineAt(src, at), Level: level}
	t.Text = Span{at, t.Start + len(bytes.TrimRight(src[t.Start:t.End], "\r\n"))}
	marks := 0
	for marks < level && at+marks < t.Text.End && src[at+marks] == '#' {
		marks++
	}
	if marks < level || at+marks < t.Text.End && !isSpace(src[at+marks]) {
		return t, false
	}
	t.Text.Start = min(at+level+1, t.Text.End)
	t.Text.End -= closingMarks(src[t.Text.Start:t.Text.End])
	return t, true
}

// closingMarks returns how many bytes the marks that close a heading take at the
// end of its text, with the spaces after them: ## Day ##.
func closingMarks(text []byte) int {
	end := bytes.TrimRight(text, " \t")
	rest := bytes.TrimRight(end, "#")
	if len(rest) == len(end) || len(rest) > 0 && !isSpace(rest[len(rest)-1]) {
		return 0
	}
	return len(text) - len(rest)
}

// lines appends the source lines of a run of text.
func (b *blocks) lines(to []blockLine, segments *text.Segments, item bool) []blockLine {
	for i := 0; i < segments.Len(); i++ {
		to = append(to, blockLine{Span: lineAt(b.src, segments.At(i).Start), item: item && i == 0})
	}
	return to
}

// list appends the lines of a list, those of lists within it among them.
func (b *blocks) list(to []blockLine, list ast.Node) []blockLine {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item.FirstChild() == nil {
			to = append(to, blockLine{Span: lineAt(b.src, item.Pos()), item: true})
		}
		for n := item.FirstChild(); n != nil; n = n.NextSibling() {
			switch n := n.(type) {
			case *ast.Paragraph, *ast.TextBlock:
				first := len(to)
				to = b.lines(to, n.Lines(), n.PreviousSibling() == nil)
				if first < len(to) {
					to[first].more = n.PreviousSibling() != nil
				}
			case *ast.List:
				to = b.list(to, n)
			case *ast.HTMLBlock:
				b.comment(n)
			}
		}
	}
	return to
}

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

// comment keeps an HTML block that is a comment. One that nothing closes in time
// takes in those that begin after it.
func (b *blocks) comment(n *ast.HTMLBlock) {
	if n.HTMLBlockType != ast.HTMLBlockType2 {
		return // no search for a comment in all that follows
	}
	at := n.Pos()
	open := bytes.Index(b.src[at:], commentOpen)
	if open < 0 {
		return
	}
	c := Comment{Span: Span{at + open, len(b.src)}}
	if k := len(b.comments); k > 0 && c.Start < b.comments[k-1].End {
		return
	}
	inner := Span{c.Start + len(commentOpen), c.End}
	// <!--> is a comment of its own: the close may share the dashes.
	if i := bytes.Index(b.src[c.Start+len("<!"):], commentClose); i >= 0 {
		c.End = c.Start + len("<!") + i + len(commentClose)
		inner.End = max(inner.Start, c.End-len(commentClose))
	}
	inner = trim(b.src, inner)
	c.Text = string(b.src[inner.Start:inner.End])
	b.comments = append(b.comments, c)
}

// linkAt returns the link that starts at an offset, or nil.
func (b *blocks) linkAt(offset int) *Link {
	if i, ok := b.search(offset); ok {
		return b.links[i]
	}
	return nil
}

// linksIn returns the links that start within a span.
func (b *blocks) linksIn(s Span) []*Link {
	from, _ := b.search(s.Start)
	to, _ := b.search(s.End)
	if to > from && b.links[to-1].End > s.End {
		to-- // it continues after the span
	}
	return b.links[from:max(from, to)]
}

// insideLink reports whether a link begins before an offset and ends after it.
func (b *blocks) insideLink(offset int) bool {
	i, _ := b.search(offset)
	return i > 0 && b.links[i-1].End > offset
}

func (b *blocks) search(offset int) (int, bool) { return searchLinks(b.links, offset) }

// searchLinks returns the place of an offset among the starts of links in order.
func searchLinks(links []*Link, offset int) (int, bool) {
	return slices.BinarySearchFunc(links, offset, func(l *Link, at int) int {
		return cmp.Compare(l.Start, at)
	})
}

// entryLink returns the link that content, the text of an entry, consists of
// from its first byte on. Where Markdown reads none there, the link that a
// reader sees is recovered and is in the page's links instead of whatever
// Markdown made of the brackets; nil if there is no trace of a link.
func (b *blocks) entryLink(content Span, markdown bool) *Link {
	if l := b.linkAt(content.Start); markdown && l != nil && l.End <= content.End {
		return l
	}
	if links := b.linksIn(content); len(links) > 1 && b.src[content.Start] != '[' {
		return nil // a sentence with links of its own
	}
	l := recoverLink(b.src, content)
	if l != nil {
		from, _ := b.search(content.Start)
		to, _ := b.search(content.End)
		if from > 0 && b.links[from-1].End > content.Start {
			from--
		}
		b.links = slices.Replace(b.links, from, to, l)
	}
	return l
}

// recoverLink finds the link in text whose brackets are unbalanced: from the
// first bracket to the last one that a parenthesis follows. A formatter that reads
// no link there escapes them.
func recoverLink(src []byte, content Span) *Link {
	s := src[content.Start:content.End]
	open := bytes.IndexByte(s, '[')
	middle, target := lastMiddle(s)
	if open < 0 || middle < open {
		return nil
	}
	end := bytes.IndexByte(s[target:], ')')
	if end < 0 {
		return nil
	}
	start := open
	if open > 0 && s[open-1] == '\\' {
		start--
	}
	at := content.Start
	return &Link{
		Span:      Span{at + start, at + target + end + 1},
		Text:      Span{at + open + 1, at + middle},
		Target:    trim(src, Span{at + target, at + target + end}),
		Malformed: true,
	}
}

// lastMiddle returns where the text of the last link ends, and where its target
// begins: at ](, escaped or not. The first is -1 if there is none.
func lastMiddle(s []byte) (middle, target int) {
	for target = len(s); ; {
		paren := bytes.LastIndexByte(s[:target], '(')
		if paren < 0 {
			return -1, 0
		}
		middle = len(bytes.TrimSuffix(s[:paren], []byte{'\\'})) - 1
		if middle >= 0 && s[middle] == ']' {
			return len(bytes.TrimSuffix(s[:middle], []byte{'\\'})), paren + 1
		}
		target = paren
	}
}
