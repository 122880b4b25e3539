package page

import (
	"bytes"
	"regexp"
)

// FrontMatter returns the data that the page begins with, and the empty lines below
// it, or an empty span.
func (p *Page) FrontMatter() Span {
	start := 0
	if bytes.HasPrefix(p.Source, byteOrderMark) {
		start = len(byteOrderMark)
	}
	data := frontMatter(p.Source, start)
	for !data.Empty() && data.End < len(p.Source) && (p.Source[data.End] == '\n' || p.Source[data.End] == '\r') {
		data.End++
	}
	return data
}

// frontMatter returns the data that begins at the start of a page, between lines of --- or
// +++: YAML or TOML, for the program that publishes the page. It is neither
// heading nor text. Where what is between the lines is not such data, the
// first is a rule, and nothing is returned.
func frontMatter(src []byte, start int) Span {
	rest := src[start:]
	fence, syntax := "---", yamlLine
	if bytes.HasPrefix(rest, []byte("+++")) {
		fence, syntax = "+++", tomlLine
	}
	keys, text := 0, false
	for at := start; at < len(src); {
		line := lineAt(src, at)
		content := string(bytes.TrimRight(src[max(line.Start, at):line.End], " \t\r\n"))
		switch {
		case at == start && content != fence:
			return Span{}
		case at == start:
		case content == fence || fence == "---" && content == "...":
			if text || keys == 0 && at > start+len(fence)+2 {
				return Span{}
			}
			return Span{start, line.End}
		case dataKey.MatchString(content):
			keys++
		case !syntax.MatchString(content):
			text = true
		}
		at = line.End
	}
	return Span{}
}

var (
	dataKey  = regexp.MustCompile(`^["']?[\pL_][\pL\pN_.-]*["']?\s*[:=](?:\s|$)`)
	yamlLine = regexp.MustCompile(`^(?:$|\s|#(?:$|[^#])|-(?:$|\s)|[\]}])`)
	tomlLine = regexp.MustCompile(`^(?:$|\s|#|\[|[\]}])`)
)
