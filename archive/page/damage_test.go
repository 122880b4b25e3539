package page

import (
	"slices"
	"strings"
	"testing"
)

// marked returns a text whose lines that begin with @ are marks of a merge
// conflict, so that this file holds none.
func marked(text string) string {
	return strings.NewReplacer("@ours", "<<<<<<<", "@base", "|||||||", "@mid", "=======", "@theirs", ">>>>>>>").Replace(text)
}

func TestConflicts(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      []int // lines
	}{
		{"none", "# Ferry\n\nIt sails.\n", nil},
		{"both sides", "# Ferry\n@ours HEAD\na\n@mid\nb\n@theirs topic\n", []int{2}},
		{"with the base", "@ours HEAD\na\n@base 1234\nx\n@mid\nb\n@theirs topic\n", []int{1}},
		{"two", "@ours HEAD\na\n@mid\nb\n@theirs topic\ntext\n@ours HEAD\na\n@mid\nb\n@theirs topic\n", []int{1, 7}},
		{"carriage returns", "# Ferry\r\n\r\n@ours HEAD\r\na\r\n@mid\r\nb\r\n@theirs topic\r\n", []int{3}},
		{"byte-order mark", "\ufeff@ours HEAD\na\n@mid\nb\n@theirs topic\n", []int{1}},
		{"no label", "a\n@ours\nb\n@mid\n@theirs\n", []int{2}},
		{"no line end", "a\n\n@theirs topic", []int{3}},
		{"what is left of one", "@ours HEAD\na\n", []int{1}},
		{"the end of one", "a\n\n@theirs topic\nb\n\n@theirs topic\n", []int{3, 6}},
		{"the base of one", "a\n\n@base merged common ancestors\nb\n", []int{3}},
		{"in a list", "### Related:\n\n1. [A](/a.md)\n@ours HEAD\n2. [B](/b.md)\n@mid\n@theirs topic\n", []int{4}},
		{"underlined headline", "Ferry\n@mid\n\nIt sails.\n", nil},
		{"shorter", "<<<<<< HEAD\n>>>>>> topic\n", nil},
		{"longer, as where both sides renamed the page", "@ours< HEAD:a.md\na\n@mid=\nb\n@theirs> topic:b.md\n", []int{1}},
		{"longer, without a label", "@ours<\n@theirs>\n", nil},
		{"within a line", "see @ours HEAD and @theirs topic\n @ours HEAD\n", nil},
		{"a word", "@oursHEAD\n@theirstopic\n", nil},
		{"row of a table", "@base\n", nil},
		{"an example in code", "# Git\n\n```\n@ours HEAD\na\n@mid\nb\n@theirs topic\n```\n\nThat is it.\n", nil},
		{"in tildes", "~~~ text\n@ours HEAD\n@mid\n@theirs topic\n~~~\n", nil},
		{"in code that is not closed", "```\n@ours HEAD\na\n@mid\nb\n@theirs topic\n", []int{2}},
		{"around code", "@ours HEAD\n```\na\n```\n@mid\n```\nb\n```\n@theirs topic\n", []int{1}},
		{"across the end of code", "```\n@ours HEAD\na\n```\n@mid\nb\n```\n@theirs topic\n```\nx\n", nil},
		{"a code block on one side", "@ours HEAD\n```\na\n@mid\nb\n@theirs topic\n```\nx\n", []int{1}},
	} {
		src := []byte(marked(tt.src))
		for name, p := range map[string]*Page{"plain": ParsePlain(src), "copy": ParseCopy(src), "event": &ParseEvent(src, DefaultLabels()).Page, "day": &ParseListing(src, DefaultLabels()).Page} {
			var got []int
			for _, s := range p.Conflicts {
				line, _ := p.Position(s.Start)
				got = append(got, line)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s, %s: lines %v, want %v", tt.name, name, got, tt.want)
			}
		}
	}
}

func TestOpen(t *testing.T) {
	for src, want := range map[string]string{
		"# Ferry\n":                          "",
		"# Ferry\n\n```\ncode\n```\n":        "",
		"# Ferry\n\n```\ncode\n```":          "",
		"# Ferry\n\n```\ncode\n\n## Day\n":   "```",
		"# Ferry\n\n~~~ go\ncode\n```\n":     "~~~ go",
		"# Ferry\n\n````\ncode\n```\n":       "````",
		"# Ferry\n\n```":                     "```",
		"# Ferry\n\n```\r\ncode\r\n":         "```",
		"1. a\n   ```\n   code\n\ntext\n":    "", // the end of the list closes it
		"> ```\n> code\n":                    "```",
		"# Ferry\n\n<!-- note -->\n":         "",
		"# Ferry\n\n<!-- note\n\n# Two\n":    "<!-- note",
		"# Ferry\n\n<!-- a -->\n<!-- b\n":    "<!-- b",
		"# Ferry\n\n<pre>\ncode\n\n</PRE>\n": "",
		"# Ferry\n\n<pre>\ncode\n\n# Two\n":  "<pre>",
		"# Ferry\n\n<?php\n\n# Two\n":        "<?php",
		"# Ferry\n\n<div>\n\ntext\n":         "",
	} {
		p := ParsePlain([]byte(src))
		if got := p.Text(p.Open); strings.TrimPrefix(got, "> ") != want {
			t.Errorf("%q: %q is open, want %q", src, got, want)
		}
	}
}
