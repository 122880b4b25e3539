package page

import (
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"
)

// mark is what looks like a list of contexts. Contexts is nil if it is not one
// to Markdown.
type mark struct {
	Span
	contexts *Contexts
	odd      Span // what is between names as if it separated them, and does not
}

// listScanner looks for lists of contexts.
type listScanner struct {
	src    []byte // comments may be blanked out
	labels []string
	effort *effort
	read   func(at int) *Contexts // the list that was read at an offset, to pass over; may be nil
}

// effort is how many bytes of a page may still be checked for lists of contexts,
// and where that was too many.
type effort struct{ left, offset int }

// maxEffort is more than any page takes of which most lists are closed: a list that
// is not costs up to maxNames.
const maxEffort = 256 * MaxSize

// spend reports whether so many bytes may be checked from an offset.
func (s listScanner) spend(offset, n int) bool {
	if s.effort.left >= 0 {
		s.effort.left -= n
		s.effort.offset = offset
	}
	return s.effort.left >= 0
}

// next returns the first mark that begins in a span, or an empty one.
func (s listScanner) next(in Span) mark {
	var narrow, wide Span // the next colons of a kind
	for at := in.Start; at < in.End && s.effort.left >= 0; {
		narrow, wide = s.find(narrow, narrowColon, Span{at, in.End}), s.find(wide, wideColon, Span{at, in.End})
		colon := narrow
		if wide.Start < narrow.Start {
			colon = wide
		}
		if at = colon.End; colon.Empty() {
			break
		}
		if s.read != nil {
			if list := s.read(colon.Start); list != nil {
				at = list.End
				continue
			}
		}
		if m := s.at(colon, in); !m.Empty() || !s.spend(colon.Start, maxLabel) {
			return m
		}
	}
	return mark{}
}

// find returns where a text is next in a span, or an empty span at its end: that found
// before, if it is there.
func (s listScanner) find(before Span, text []byte, in Span) Span {
	if in.Start <= before.Start && before.End > 0 {
		return before
	}
	if i := bytes.Index(s.src[in.Start:in.End], text); i >= 0 {
		return Span{in.Start + i, in.Start + i + len(text)}
	}
	return Span{in.End, in.End}
}

var narrowColon, wideColon = []byte(":"), []byte("：")

// at returns the mark whose label ends at a colon, or an empty one.
func (s listScanner) at(colon, in Span) mark {
	label, word := s.label(Span{in.Start, colon.Start})
	alone := word == ""
	if alone { // perhaps only the label is emphasized: **Context**: A, B
		start := max(in.Start, colon.Start-maxLabel)
		before := bytes.TrimRight(s.src[start:colon.Start], " \t\r\n")
		if len(before) == 0 || bytes.IndexByte([]byte("_*>"), before[len(before)-1]) < 0 {
			return mark{}
		}
		if end := emphasisEnd(before); end >= 0 {
			label, word = s.label(Span{start, start + end})
		}
	}
	if word == "" {
		return mark{}
	}
	open := s.opening(in.Start, label.Start)
	if alone || open.Empty() {
		if before, _ := utf8.DecodeLastRune(s.src[in.Start:label.Start]); isWordRune(before) {
			return mark{} // the end of another word
		}
		return mark{Span: Span{label.Start, colon.End}}
	}
	m := mark{Span: Span{open.Start, colon.End}}
	names, end := s.names(&open, Span{colon.End, in.End})
	c := &Contexts{Span: Span{open.Start, end}, Label: label, Word: word, Names: trimNames(s.src, names)}
	if end == 0 {
		names = s.restOfLine(Span{colon.End, in.End})
		if open.tag || bytes.ContainsAny(s.src[names.Start:names.End], "_*") {
			return m
		}
		c.Open, c.End, c.Names = true, names.End, trimNames(s.src, names)
	}
	if odd := oddSeparators(s.src, c.Names); odd != nil {
		return mark{Span: c.Span, odd: odd[0]}
	}
	return mark{Span: c.Span, contexts: c}
}

// oddSeparators returns what is between the names of a list as if it separated
// them: a comma without a space, or a semicolon.
func oddSeparators(src []byte, names Span) []Span {
	text := src[names.Start:names.End]
	if !mayBeOdd(text) {
		return nil
	}
	var out []Span
	for _, m := range oddSeparator.FindAllSubmatchIndex(text, -1) {
		if m[2] >= 0 {
			out = append(out, Span{names.Start + m[2], names.Start + m[3]})
		}
	}
	return out
}

// mayBeOdd reports whether names may hold an odd separator.
func mayBeOdd(names []byte) bool {
	for i, c := range names {
		switch {
		case c == ',' && i+1 < len(names) && names[i+1] != ' ', c == ';', c == "；"[0] && bytes.HasPrefix(names[i:], []byte("；")):
			return true
		}
	}
	return false
}

// oddSeparator matches an odd separator as its group. Entities, and the variants of
// a word in Chinese wikis, hold semicolons of their own.
var oddSeparator = regexp.MustCompile(`(?s:-\{.*?\}-)|&#?\w+;|[\pL\pM)](,|[;；][ \t]*)[\pL\pM(]`)

// emphasisEnd returns where the marks begin that close emphasis at the end of text,
// or -1.
func emphasisEnd(text []byte) int {
	if end := len(bytes.TrimRight(text, "_*")); end < len(text) {
		return end
	}
	open := bytes.LastIndexByte(text, '<')
	if open < 0 || !closingEmphasis.Match(text[open:]) {
		return -1
	}
	return open
}

var closingEmphasis = regexp.MustCompile(`(?i)^</(?:em|i|strong|b)\s*>$`)

// label returns the label that a span ends with, and how the configuration
// spells it.
func (s listScanner) label(in Span) (label Span, word string) {
	label = trim(s.src, Span{max(in.Start, in.End-maxLabel), in.End})
	for _, known := range s.labels {
		if start, ok := labelBefore(s.src[label.Start:label.End], known); ok {
			return Span{label.Start + start, label.End}, known
		}
	}
	return Span{}, ""
}

// names returns the names after a colon, and where the emphasis ends that opens
// before the label: 0 if it does not. Of a run whose end is shorter only the last
// marks are of that emphasis.
func (s listScanner) names(open *opening, in Span) (names Span, end int) {
	s.read = nil // names go on up to any list
	at := -1
	if open.tag {
		at = s.closingTag(in.Start, in.End, open.mark)
	} else {
		for run := open.mark; run != "" && at < 0; run = run[1:] {
			if at = s.closing(in.Start, in.End, run); at >= 0 {
				open.mark, open.Start = run, open.End-len(run)
			}
		}
	}
	if at < 0 || bytes.IndexByte(s.src[in.Start:at], '\n') >= 0 && s.next(Span{in.Start, at}).contexts != nil {
		return Span{}, 0 // or another list begins on a line below
	}
	end = at + len(open.mark)
	if open.tag {
		end = at + bytes.IndexByte(s.src[at:], '>') + 1
	}
	return Span{in.Start, at}, end
}

// restOfLine returns a span up to its first line end and the space before that.
func (s listScanner) restOfLine(in Span) Span {
	in.End = min(lineAt(s.src, in.Start).End, in.End)
	in.End = in.Start + len(bytes.TrimRightFunc(s.src[in.Start:max(in.Start, in.End)], unicode.IsSpace))
	return in
}

const (
	// maxLabel is more than any label is long, in bytes, with the marks around it.
	maxLabel = 200

	// maxNames is more than any list of names is long, in bytes.
	maxNames = 32 << 10
)

// labelBefore reports whether text ends with a label, in any case, or with its
// plural, and where the label starts.
func labelBefore(text []byte, label string) (int, bool) {
	if start, ok := foldedBefore(text, label); ok {
		return start, label != ""
	}
	start, ok := foldedBefore(text, "s")
	if !ok {
		return 0, false
	}
	return foldedBefore(text[:start], label)
}

// foldedBefore reports whether text ends with a word, in any case, and where the
// word starts.
func foldedBefore(text []byte, word string) (int, bool) {
	for len(word) > 0 {
		r, size := utf8.DecodeLastRune(text)
		w, length := utf8.DecodeLastRuneInString(word)
		if size == 0 || r != w && !equalFold(r, w) {
			return 0, false
		}
		text, word = text[:len(text)-size], word[:len(word)-length]
	}
	return len(text), true
}

// equalFold reports whether two characters differ only in case.
func equalFold(a, b rune) bool {
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}

// opening is what begins emphasis: a run of one character, or a tag.
type opening struct {
	Span
	mark string // the run, or the tag's name
	tag  bool
}

var emphasisTag = regexp.MustCompile(`(?i)<(em|i|strong|b)(?:\s[^<>]*)?>\s*$`)

// opening returns the mark of emphasis that is right before an offset.
func (s listScanner) opening(from, at int) opening {
	from = max(from, at-maxLabel)
	text := s.src[from:at]
	if bytes.HasSuffix(bytes.TrimRight(text, " \t\r\n"), []byte(">")) {
		if m := emphasisTag.FindSubmatchIndex(text); m != nil {
			return opening{Span{from + m[0], at}, string(text[m[2]:m[3]]), true}
		}
	}
	if len(text) == 0 || text[len(text)-1] != '_' && text[len(text)-1] != '*' {
		return opening{}
	}
	run := len(text) - len(bytes.TrimRight(text, string(text[len(text)-1])))
	before := text[:len(text)-run]
	r, _ := utf8.DecodeLastRune(before)
	escaped := (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
	if escaped || text[len(text)-1] == '_' && isWordRune(r) {
		return opening{}
	}
	return opening{Span: Span{at - run, at}, mark: string(text[len(text)-run:])}
}

// closingTag returns the offset of the tag that closes another, or -1.
func (s listScanner) closingTag(from, to int, name string) int {
	want := []byte("</" + name)
	at, limit := from, min(to, from+maxNames)
	defer func() { s.spend(from, at-from) }()
	for ; at+len(want) < limit && s.effort.left >= 0; at++ {
		if end := at + len(want); s.src[at] == '<' && bytes.EqualFold(s.src[at:end], want) {
			if rest := bytes.TrimLeft(s.src[end:to], " \t\r\n"); len(rest) > 0 && rest[0] == '>' {
				return at
			}
		}
	}
	return -1
}

// closing returns the offset of the run that closes one that opened before, or
// -1. A name may be emphasised itself, or hold the character: where they do not
// pair, it is the last one that ends a word.
func (s listScanner) closing(from, to int, run string) int {
	last, open := -1, 0
	i, limit := from, min(to, from+maxNames)
	defer func() { s.spend(from, i-from) }()
	for ; i < limit && s.effort.left >= 0; i++ {
		if s.src[i] == '\\' {
			i++
			continue
		}
		if s.src[i] != run[0] {
			continue
		}
		end := i
		for end < to && s.src[end] == run[0] {
			end++
		}
		opens, closes := s.flanks(i, end, to)
		at, length := end-len(run), end-i
		i = end - 1
		switch {
		case length < len(run) || length == 2 && len(run) == 1 && open == 0: // emphasis of another strength
		case closes && open < length:
			return at
		case closes:
			last = at
			open -= length
		case opens:
			open++
		}
	}
	return last
}

// flanks reports whether a run of marks may open and may close emphasis. At the
// end of the text it closes what is open also after a space.
func (s listScanner) flanks(start, end, to int) (opens, closes bool) {
	before, _ := utf8.DecodeLastRune(s.src[:start])
	after, _ := utf8.DecodeRune(s.src[end:to])
	if len(bytes.TrimLeftFunc(s.src[end:to], unicode.IsSpace)) == 0 {
		return false, true
	}
	spaceBefore, spaceAfter := unicode.IsSpace(before), unicode.IsSpace(after)
	left := !spaceAfter && (isWordRune(after) || spaceBefore || !isWordRune(before))
	right := !spaceBefore && (isWordRune(before) || spaceAfter || !isWordRune(after))
	if s.src[start] == '*' {
		return left && !right, right
	}
	return left && !right, right && (!left || !isWordRune(after))
}

// isWordRune reports whether a character is neither a space nor punctuation, nor
// the edge of the text.
func isWordRune(r rune) bool {
	return r != utf8.RuneError && !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r)
}

// trimNames returns the span of names without the space and the commas around
// them.
func trimNames(src []byte, s Span) Span {
	text := bytes.TrimRightFunc(src[s.Start:s.End], unicode.IsSpace)
	text = bytes.TrimRight(text, ",")
	s.End = s.Start + len(text)
	s.Start = s.End - len(bytes.TrimLeftFunc(text, unicode.IsSpace))
	return s
}
