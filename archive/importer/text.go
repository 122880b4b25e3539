package importer

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// oneLine returns a text with control characters and runs of spaces as one space.
func oneLine(text string) string {
	isBreak := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\ufffd"), isBreak), " ")
}

var (
	tag       = regexp.MustCompile(`(?s)<!--.*?-->|<[^<>]*>`)
	paragraph = regexp.MustCompile(`(?is)</p>|<br\s*/?>\s*<br\s*/?>|\n\s*\n`)
	hidden    = regexp.MustCompile(`(?is)<(script|style|ul|ol|table)\b.*?</(script|style|ul|ol|table)>`)
)

// textOf returns the first paragraph of HTML as plain text.
func textOf(source string) string {
	for _, part := range paragraph.Split(hidden.ReplaceAllString(source, ""), -1) {
		if text := oneLine(html.UnescapeString(tag.ReplaceAllString(part, ""))); text != "" {
			return text
		}
	}
	return ""
}

// escapeMarkdown returns plain text as Markdown that shows it.
func escapeMarkdown(text string) string {
	return special.ReplaceAllString(text, `\$0`)
}

var special = regexp.MustCompile("[\\\\`*_\\[\\]<]")
