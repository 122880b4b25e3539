package page

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The lines that git puts around the two sides of a merge conflict begin with seven
// of these. Between the sides is a line of seven equals signs, which alone is
// the underline of a heading.
const (
	oursMark   = "<<<<<<<"
	baseMark   = "|||||||"
	theirsMark = ">>>>>>>"
)

// ParseCopy reads a page of which only the bytes matter, not what they say.
func ParseCopy(src []byte) *Page {
	if !mayConflict(src) {
		return &Page{Source: src}
	}
	return &Page{Source: src, Conflicts: parseBlocks(src).conflicts()}
}

func mayConflict(src []byte) bool {
	return bytes.Contains(src, []byte(oursMark)) || bytes.Contains(src, []byte(theirsMark)) || bytes.Contains(src, []byte(baseMark))
}

// conflicts returns the lines at which merge conflicts that were not resolved
// begin, and those of marks that are left of one. A page may show conflicts in code.
func (b *blocks) conflicts() []Span {
	if !mayConflict(b.src) {
		return nil
	}
	var out []Span
	inside := false
	for at := 0; at < len(b.src); {
		line := lineAt(b.src, at)
		at = line.End
		mark := conflictMark(bytes.TrimPrefix(b.src[line.Start:line.End], byteOrderMark))
		switch {
		case mark == "" || !inside && b.inCode(line):
		case inside:
			inside = mark != theirsMark
		default:
			inside = mark == oursMark
			out = append(out, trim(b.src, line))
		}
	}
	return out
}

// conflictMark returns the mark of a merge conflict that a line begins with, or
// nothing. Seven bars alone may be the row of a table.
func conflictMark(line []byte) string {
	for _, mark := range []string{oursMark, baseMark, theirsMark} {
		rest, ok := bytes.CutPrefix(line, []byte(mark))
		labeled := len(bytes.TrimSpace(rest)) > 0
		if longer := bytes.TrimLeft(rest, mark[:1]); len(bytes.TrimSpace(longer)) > 0 && isSpace(longer[0]) {
			rest = longer // both sides renamed the page: git makes the marks longer
		}
		if ok && (len(rest) == 0 || isSpace(rest[0])) && (labeled || mark != baseMark) {
			return mark
		}
	}
	return ""
}

// fence is a code block between fences.
type fence struct {
	Span        // its lines, the fences among them
	closed bool // by a fence of its own
}

// inCode reports whether a line is within a code block that is closed.
func (b *blocks) inCode(line Span) bool {
	for _, f := range b.fences {
		if f.closed && f.Start < line.Start && line.End < f.End {
			return true
		}
	}
	return false
}

// open returns the first line of what nothing closes, a code block or HTML such as
// a comment, so that the rest of the page belongs to it.
func (b *blocks) open() Span {
	for _, f := range b.fences {
		if !f.closed && len(bytes.TrimSpace(b.src[f.End:])) == 0 {
			return trim(b.src, lineAt(b.src, f.Start))
		}
	}
	return b.openHTML
}

// htmlEnds are what closes the blocks of HTML that empty lines do not end.
var htmlEnds = map[ast.HTMLBlockType]*regexp.Regexp{
	ast.HTMLBlockType1: regexp.MustCompile(`(?i)</(script|pre|style|textarea)>`),
	ast.HTMLBlockType2: regexp.MustCompile(`-->`),
	ast.HTMLBlockType3: regexp.MustCompile(`\?>`),
	ast.HTMLBlockType4: regexp.MustCompile(`>`),
	ast.HTMLBlockType5: regexp.MustCompile(`\]\]>`),
}

// addOpen notes a block of HTML that nothing closes.
func (found *foundLinks) addOpen(n *ast.HTMLBlock, src []byte) {
	end, ok := htmlEnds[n.HTMLBlockType]
	if !ok || n.Lines().Len() == 0 || !found.openHTML.Empty() {
		return
	}
	first := n.Lines().At(0)
	if !end.Match(src[first.Start:]) {
		found.openHTML = trim(src, Span{first.Start, first.Stop})
	}
}

// spanFences notes where code blocks between fences are, and whether they are
// closed.
type spanFences struct{ parser.BlockParser }

func (p spanFences) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, line := reader.PeekLine()
	n, state := p.BlockParser.Open(parent, reader, pc)
	if n != nil {
		found := linksOf(pc)
		found.fences = append(found.fences, fence{Span: Span{line.Start, line.Stop}})
	}
	return n, state
}

func (p spanFences) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	_, line := reader.PeekLine()
	state := p.BlockParser.Continue(n, reader, pc)
	found := linksOf(pc)
	last := &found.fences[len(found.fences)-1]
	last.End = line.Stop
	last.closed = state&parser.Close != 0
	return state
}
