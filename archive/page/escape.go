package page

import "strings"

// EscapeText returns text so that it can be between the brackets of a link
// and reads back the same. It is changed only where Markdown would otherwise
// read no link, or another one: first the brackets without a partner are
// escaped, and if that is not enough every character that could matter.
func EscapeText(text string) string {
	if !strings.ContainsAny(text, "[]\\`<") || isLinkText(text) {
		return text
	}
	if escaped := escapeLoneBrackets(text); isLinkText(escaped) {
		return escaped
	}
	return escapeAll.Replace(Unescape(text))
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
