package page

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/util"
)

// EscapeText returns text so that it can be between the brackets of a link
// and reads back the same. It is changed only where Markdown would otherwise
// read no link, or another one: first the brackets without a partner are
// escaped, and if that is not enough every character that could matter.
func EscapeText(text string) string {
	if !hasByte(text, '[', ']', '\\', '`', '<') || isLinkText(text) {
		return text
	}
	if escaped := escapeLoneBrackets(text); isLinkText(escaped) {
		return escaped
	}
	return escapeAll.Replace(Unescape(text))
}

// hasByte reports whether a text holds one of a few bytes.
func hasByte(text string, bytes ...byte) bool {
	return slices.ContainsFunc(bytes, func(c byte) bool { return strings.IndexByte(text, c) >= 0 })
}

var escapeAll = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, "`", "\\`", `<`, `\<`)

// isLinkText reports whether Markdown reads [text](x) as one link, also where
// what is after it would close something that the text opens.
func isLinkText(text string) bool {
	link := "# [" + text + "](x)"
	_, found := parseMarkdown([]byte(link + " ` `` ``` > ?> --> ]]>"))
	return len(found.links) == 1 && found.links[0].Span == Span{2, len(link)}
}

// escapeLoneBrackets puts a backslash before brackets without a partner.
func escapeLoneBrackets(text string) string {
	var open []int
	lone := map[int]bool{}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			open = append(open, i)
		case ']':
			if len(open) == 0 {
				lone[i] = true
				continue
			}
			open = open[:len(open)-1]
		}
	}
	for _, i := range open {
		lone[i] = true
	}
	var b strings.Builder
	for i := range len(text) {
		if lone[i] {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// EscapeHeadline returns text so that a headline of it reads as the text does.
// It is changed only where Markdown would read markup in it: then the characters
// that are markup get a backslash.
func EscapeHeadline(text string) string {
	needed := strings.Join(signs, "")
	if !strings.ContainsAny(text, needed) || isPlain(text, text) {
		return text
	}
	for _, sign := range signs {
		fewer := strings.Replace(needed, sign, "", 1)
		if isPlain(escape(text, fewer), text) {
			needed = fewer
		}
	}
	return escape(text, needed)
}

// signs are the characters that can be markup in a headline, those together that
// are so together.
var signs = []string{`\`, "`", "*", "_", "[]", "<", "&", "#"}

// escape puts a backslash before each of some characters.
func escape(text, signs string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(signs, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// EscapeParagraph returns text, a single line, so that Markdown reads a
// paragraph: what would begin another block gets a backslash. Markup within it
// stays.
func EscapeParagraph(text string, labels Labels) string {
	if isParagraph(text, labels) {
		return text
	}
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	return text[:digits] + `\` + text[digits:]
}

// isPlain reports whether Markdown shows a headline as a text.
func isPlain(headline, text string) bool {
	var out bytes.Buffer
	if err := goldmark.Convert([]byte("# "+headline), &out); err != nil {
		return false
	}
	shown := string(util.EscapeHTML([]byte(strings.TrimSpace(text))))
	return out.String() == "<h1>"+shown+"</h1>\n"
}

// isParagraph reports whether Markdown reads a line as a paragraph, and a reader
// of archives not as a context line.
func isParagraph(line string, labels Labels) bool {
	b := parseBlocks([]byte(line + "\n"))
	return len(b.all) == 1 && b.all[0].kind == paragraph && !b.all[0].lines[0].item && b.scanner(labels).next(b.all[0].Span).contexts == nil
}

// NotOneLine says why text cannot be in a line of a page, or is empty.
func NotOneLine(text string) string {
	if !utf8.ValidString(text) {
		return fmt.Sprintf("%q is not UTF-8 text", text)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		return fmt.Sprintf("%q holds the control character %U; remove it", text, r)
	}
	return ""
}
