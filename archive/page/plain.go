package page

import "bytes"

// plainReader reads pages in the form that archives write, line by line: headings,
// paragraphs and numbered lists at the start of lines, links in single brackets.
// Of such a page Markdown reads the same, and takes many times as long.
type plainReader struct {
	*blocks
	above plainLine
	lines []blockLine // of all blocks
	first int         // the line of the last block that its block begins with
	refs  []Link      // the links that blocks refer to
}

// plainLine is what a line is.
type plainLine uint8

const (
	blankLine plainLine = iota
	blankInList
	headingLine
	textLine
	itemLine
)

// plainBlocks reads a page, or returns nil where something on it may mean more to
// Markdown than it does here.
func plainBlocks(src []byte) *blocks {
	if bytes.HasPrefix(src, byteOrderMark) {
		return nil
	}
	r := plainReader{blocks: &blocks{src: src}}
	if !r.count() {
		return nil
	}
	for at := 0; at < len(src); {
		line := lineAt(src, at)
		if !r.line(line) {
			return nil
		}
		at = line.End
	}
	r.close()
	return r.blocks
}

// count makes room for what the page holds, and reports whether all of its
// characters are plain.
func (r *plainReader) count() bool {
	lines, brackets := 1, 0
	for _, c := range r.src {
		switch plainBytes[c] {
		case oddByte:
			return false
		case bracketByte:
			brackets++
		case lineEndByte:
			lines++
		}
	}
	r.all = make([]block, 0, lines/3+2) // empty lines and items are none
	r.lines = make([]blockLine, 0, lines)
	r.refs = make([]Link, 0, brackets)
	r.links = make([]*Link, 0, brackets)
	return true
}

const (
	oddByte     = 1 + iota // begins code, HTML or an escape, or is a space that is not one
	bracketByte            // begins a link
	lineEndByte
	markByte // makes a line that it begins something other than a paragraph
)

// plainBytes are the bytes that mean something to Markdown.
var plainBytes = func() (kinds [256]uint8) {
	for c := range byte(' ') {
		kinds[c] = oddByte
	}
	for _, c := range []byte("\\`<\x7f") {
		kinds[c] = oddByte
	}
	for _, c := range []byte(" #>-*+=~|:") {
		kinds[c] = markByte
	}
	kinds['['] = bracketByte
	kinds['\n'] = lineEndByte
	return kinds
}()

// line reads a line, and reports whether it could.
func (r *plainReader) line(line Span) bool {
	text := bytes.TrimRight(r.src[line.Start:line.End], " \n")
	switch {
	case len(text) == 0:
		if r.above == itemLine || r.above == blankInList {
			r.above = blankInList
		} else {
			r.above = blankLine
		}
		return true
	case text[0] == '#':
		return r.heading(line, text)
	case '0' <= text[0] && text[0] <= '9':
		if n := itemMark(text); n < 0 {
			return false
		} else if n > 0 {
			return r.item(line, text, n)
		}
	}
	if r.above == itemLine || !isPlainText(text) {
		return false
	}
	if r.above != textLine {
		r.open(block{Span: line, kind: paragraph})
	}
	r.lines = append(r.lines, blockLine{Span: line})
	r.above = textLine
	return r.linksOf(line.Start, text)
}

// isPlainText reports whether a line that begins with text begins nothing other
// than a paragraph.
func isPlainText(text []byte) bool {
	if plainBytes[text[0]] == markByte {
		return false
	}
	return text[0] != '_' || len(bytes.Trim(text, "_ ")) > 0 // else a rule
}

// itemMark returns how long the mark of a numbered item is that a line begins with,
// 0 if there is none, and -1 if the item may not be plain.
func itemMark(text []byte) int {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	switch {
	case n == 0 || n == len(text) || text[n] != '.' && text[n] != ')':
		return 0
	case n+1 < len(text) && text[n+1] != ' ':
		return 0
	case n > 9 || text[n] == ')' || n+2 >= len(text):
		return -1
	}
	return n + 2
}

// item reads a line of a numbered list whose mark is so long.
func (r *plainReader) item(line Span, text []byte, mark int) bool {
	if r.above == textLine || !isPlainText(text[mark:]) || itemMark(text[mark:]) != 0 {
		return false
	}
	if r.above != itemLine && r.above != blankInList {
		r.open(block{Span: line, kind: paragraph})
	}
	r.lines = append(r.lines, blockLine{Span: line, item: true})
	r.above = itemLine
	return r.linksOf(line.Start, text)
}

// heading reads a line that begins with #.
func (r *plainReader) heading(line Span, text []byte) bool {
	level := len(text) - len(bytes.TrimLeft(text, "#"))
	if level > 6 || len(text) > level && text[level] != ' ' {
		return false
	}
	title, _ := markedTitle(r.src, line.Start, level)
	r.open(block{Span: line, kind: heading, title: title})
	r.above = headingLine
	return r.linksOf(line.Start, text)
}

// open begins a block.
func (r *plainReader) open(bl block) {
	r.close()
	r.all = append(r.all, bl)
	r.first = len(r.lines)
}

// close ends the last block.
func (r *plainReader) close() {
	if lines := r.lines[r.first:]; len(lines) > 0 {
		bl := &r.all[len(r.all)-1]
		bl.lines = lines[:len(lines):len(lines)]
		bl.End = lines[len(lines)-1].End
	}
}

// linksOf reads the links in text at an offset, and reports whether each bracket
// has its partner on the line, and no link is within another bracket.
func (r *plainReader) linksOf(at int, text []byte) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ']':
			return false
		case '[':
			end := closingBracket(text, i)
			if end < 0 {
				return false
			}
			if end+1 < len(text) && text[end+1] == '(' {
				target := destinationEnd(text, end+2, false)
				if target == end+2 || target == len(text) || text[target] != ')' {
					return false
				}
				r.refs = append(r.refs, Link{
					Span:   Span{at + i, at + target + 1},
					Text:   Span{at + i + 1, at + end},
					Target: Span{at + end + 2, at + target},
				})
				r.links = append(r.links, &r.refs[len(r.refs)-1])
				end = target
			}
			i = end
		}
	}
	return true
}

// maxPlainBrackets is how deep brackets of plain text may nest.
const maxPlainBrackets = 3

// closingBracket returns the partner of a bracket, or -1 if there is none, or if
// what is between them may be more than text.
func closingBracket(text []byte, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '[':
			if depth++; depth > maxPlainBrackets || i > 0 && text[i-1] == '!' {
				return -1
			}
		case ']':
			var next byte
			if i+1 < len(text) {
				next = text[i+1]
			}
			if depth--; next == '[' || next == ':' || next == '(' && depth > 0 {
				return -1
			}
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}
