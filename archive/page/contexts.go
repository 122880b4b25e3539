package page

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// Contexts is the list of named entities in `_Context: A, B_`: emphasis, however
// it is written, that begins with a label and a colon.
type Contexts struct {
	Span       // from the mark that opens the emphasis to after the one that closes it
	Label Span // the word before the colon
	Names Span // all names, raw

	// Word is the label as the configuration spells it.
	Word string

	// Open is set where no mark closes the emphasis.
	Open bool
}

// Names returns the names of a list as Markdown reads them: on one line, with
// escapes and entities resolved.
func (p *Page) Names(c *Contexts) string {
	if c == nil {
		return ""
	}
	names := p.Text(c.Names)
	if !separated(names) {
		names = separators.ReplaceAllString(names, ", ")
	}
	return PlainName(names)
}

// separated reports whether a comma and one space are between names, or at least
// a comma that is within a name.
func separated(names string) bool {
	for i := 0; i < len(names); i++ {
		switch {
		case names[i] == ',' && i+1 < len(names):
			next := names[i+1]
			if next == ' ' && i+2 < len(names) {
				next = names[i+2]
			}
			if next <= ' ' || next == '\\' || next >= utf8.RuneSelf && isNameSpace(names[i+1:]) {
				return false
			}
		case names[i] == "，"[0] && strings.HasPrefix(names[i:], "，"):
			return false
		}
	}
	return true
}

// isNameSpace reports whether text begins with a space that is not ASCII, perhaps
// after one that is.
func isNameSpace(text string) bool {
	text = strings.TrimPrefix(text, " ")
	return strings.HasPrefix(text, "\u00a0") || strings.HasPrefix(text, "\u3000")
}

// separators match what is between names where it is not a comma and a
// space: a line end after the comma, or the comma of Chinese text.
var separators = regexp.MustCompile(`,\\?[\s\x{a0}\x{3000}]+|，[\s\x{a0}\x{3000}]*`)

// PlainName returns the raw text of a name, or of a list of names, as Markdown
// reads it.
func PlainName(raw string) string {
	raw = OneLine(raw)
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	b := util.UnescapePunctuations([]byte(raw))
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}

// OneLine returns raw text with its lines joined by spaces.
func OneLine(raw string) string {
	if strings.IndexByte(raw, '\n') < 0 {
		return raw
	}
	return lineBreaks.ReplaceAllString(raw, " ")
}

var lineBreaks = regexp.MustCompile(`\\?[ \t\r]*\n\s*`)

// Rewritten returns the edit that makes a list one of other names, in the form
// that archives use.
func (p *Page) Rewritten(c *Contexts, names string) Edit {
	text := FormatContexts(c.Word, names)
	before, _ := utf8.DecodeLastRune(p.Source[:c.Start])
	after, _ := utf8.DecodeRune(p.Source[c.End:])
	if isWordRune(before) { // Markdown reads no underscore within a word as a mark
		text = " " + text
	}
	if isWordRune(after) {
		text += " "
	}
	return Edit{c.Span, text}
}

// FormatContexts returns a list of contexts in the form that archives use. Names
// are as Markdown reads them: what it would read otherwise is escaped.
func FormatContexts(label, names string) string {
	raw := names
	for _, escape := range []*strings.Replacer{escapeMark, escapeName} {
		if raw = escapeSeparators(raw); readsBack(raw, names) {
			break
		}
		raw = escape.Replace(names)
	}
	raw = escapeSeparators(raw)
	return "_" + label + ": " + raw + "_"
}

// escapeSeparators writes as entities what would be read as an odd separator.
func escapeSeparators(raw string) string {
	odd := oddSeparators([]byte(raw), Span{0, len(raw)})
	for i := len(odd) - 1; i >= 0; i-- {
		raw = raw[:odd[i].Start] + entities.Replace(raw[odd[i].Start:odd[i].End]) + raw[odd[i].End:]
	}
	return raw
}

var entities = strings.NewReplacer(",", "&#44;", ";", "&#59;", "；", "&#65307;")

var (
	escapeMark = strings.NewReplacer(`_`, `\_`)
	escapeName = strings.NewReplacer(`\`, `\\`, `_`, `\_`, `*`, `\*`, `&`, `&amp;`, `<`, `\<`, "`", "\\`", `，`, `&#65292;`)
)

// isPlainName reports whether no character of names may mean something to Markdown or
// between names.
func isPlainName(raw string) bool {
	for i := range len(raw) {
		switch c := raw[i]; {
		case c == '\\', c == '_', c == '&', c == '<', c == '\n', c == ';':
			return false
		case c == "，"[0] && (strings.HasPrefix(raw[i:], "，") || strings.HasPrefix(raw[i:], "；")):
			return false
		}
	}
	return true
}

// readsBack reports whether raw text between underscores is one list of contexts
// that says what names do.
func readsBack(raw, names string) bool {
	if isPlainName(raw) {
		return true
	}
	src := []byte("_x: " + raw + "_")
	inlineComments(src)
	c := listScanner{src: src, labels: []string{"x"}, effort: &effort{left: maxEffort}}.next(Span{0, len(src)}).contexts
	p := Page{Source: src}
	return c != nil && !c.Open && c.Span == Span{0, len(src)} && p.Names(c) == names
}

// RawName returns the raw text of a topic that Markdown reads as the topic.
func RawName(name string) string {
	if PlainName(name) == name {
		return name
	}
	return strings.NewReplacer(`\`, `\\`, `&`, `&amp;`).Replace(name)
}

// scanner returns what finds the lists of contexts of a page: comments are
// blanked out, since nothing in one is read.
func (b *blocks) scanner(labels Labels) listScanner {
	if b.plain == nil {
		b.plain = b.withoutComments()
	}
	return listScanner{src: b.plain, labels: labels.Context, effort: &b.effort}
}

// withoutComments returns the source with its comments blanked out, those on
// lines of their own and those within a paragraph or an entry.
func (b *blocks) withoutComments() []byte {
	if !bytes.Contains(b.src, commentOpen) {
		return b.src
	}
	out := bytes.Clone(b.src)
	for _, c := range b.comments {
		spaceOut(out[c.Start:c.End])
	}
	for _, bl := range b.all {
		start := bl.Start
		for i, line := range bl.lines {
			if i+1 == len(bl.lines) || bl.lines[i+1].item || bl.lines[i+1].more {
				inlineComments(out[start:line.End])
				start = line.End
			}
		}
	}
	return out
}

// inlineComments blanks out the comments within a run of text.
func inlineComments(text []byte) {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == '<' && bytes.HasPrefix(text[i:], commentOpen):
			length := bytes.Index(text[i+len(commentOpen):], commentClose)
			if length < 0 {
				return
			}
			end := i + len(commentOpen) + length + len(commentClose)
			spaceOut(text[i:end])
			i = end - 1
		}
	}
}

// spaceOut replaces all of a text but its line ends by spaces.
func spaceOut(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// shared returns the contexts in what is after a related entry's link, or
// nil.
func (b *blocks) shared(s Span, labels Labels) *Contexts {
	scan := b.scanner(labels)
	for at := s; ; {
		m := scan.next(at)
		switch {
		case m.Empty():
			return nil
		case m.contexts != nil && !b.isLabelAlone(m.contexts, s.End):
			b.lists = append(b.lists, m.contexts)
			return m.contexts
		}
		at.Start = m.End
	}
}

// isLabelAlone reports whether names are after the emphasis and none in it, as
// in **Context:** A, B.
func (b *blocks) isLabelAlone(c *Contexts, end int) bool {
	if !c.Names.Empty() {
		return false
	}
	rest := Span{c.End, min(lineAt(b.src, c.End).End, end)}
	return len(bytes.TrimSpace(b.plain[rest.Start:max(rest.Start, rest.End)])) > 0
}

// declared returns the contexts that a paragraph declares, in a line of their own
// or at its end, and what else the paragraph says.
func (b *blocks) declared(s Span, labels Labels) (c *Contexts, rest []Span) {
	scan := b.scanner(labels)
	line, seen := s.Start, s.Start // where the line of the last mark begins, and the mark
	for at := s; ; {
		m := scan.next(at)
		if m.Empty() {
			return nil, []Span{s}
		}
		if i := bytes.LastIndexByte(b.src[seen:m.Start], '\n'); i >= 0 {
			line = seen + i + 1
		}
		seen = m.Start
		at.Start = m.End
		c = m.contexts
		if c == nil || b.isLabelAlone(c, s.End) {
			continue
		}
		before := Span{line, c.Start}
		after := Span{c.End, s.End}
		if !trim(b.plain, before).Empty() && bytes.ContainsFunc(b.plain[after.Start:after.End], isWordRune) {
			continue // a part of a sentence
		}
		if trim(b.plain, before).Empty() {
			before.End = before.Start
		}
		before.Start = s.Start
		if !trim(b.src, before).Empty() {
			rest = append(rest, before)
		}
		after.Start = min(lineAt(b.src, c.End).End, s.End)
		if !trim(b.src, after).Empty() {
			rest = append(rest, after)
		}
		b.lists = append(b.lists, c)
		return c, rest
	}
}

// isOnlyContexts reports whether a paragraph is nothing but a list of contexts.
func (b *blocks) isOnlyContexts(s Span, labels Labels) bool {
	m := b.scanner(labels).next(s)
	return m.contexts != nil && trim(b.src, s) == m.Span
}
