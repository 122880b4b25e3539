package diff

import (
	"regexp"
	"strings"
	"testing"

	"newsctl/archive/term"
)

func TestWriteTerminal(t *testing.T) {
	c := edited("a\nold text\n", "a\nnew text")
	want := "\x1b[1mdiff --git a/p.md b/p.md\x1b[m\n" +
		"\x1b[1m--- a/p.md\x1b[m\n" +
		"\x1b[1m+++ b/p.md\x1b[m\n" +
		"\x1b[36m@@ -1,2 +1,2 @@\x1b[m\n" +
		" a\n" +
		"\x1b[31m-\x1b[7mold\x1b[27m text\x1b[m\n" +
		"\x1b[32m+\x1b[7mnew\x1b[27m text\x1b[m\n" +
		"\\ No newline at end of file\n"
	if got := written(t, Terminal, c); got != want {
		t.Errorf("got:\n%q\nwant:\n%q", got, want)
	}
}

func TestHighlight(t *testing.T) {
	tests := []struct {
		name string
		want string // lines with their signs, marked words in brackets
	}{
		{"a word", `
-the [old] word
+the [new] word
`},
		{"words come", `
-a b c
+a b [and more ]c
`},
		{"nothing in common", `
-alpha beta
+gamma
`},
		{"letters of a script without spaces", `
-习近平[访问]中国
+习近平[離開]中国
`},
		{"letters with accents", `
-in [Göteborg] today
+in [Malmö] today
`},
		{"more added than removed", `
-the [first] line
+something else altogether
+the [1st] line
`},
		{"more removed than added", `
-something else altogether
-the [first] line
+the [1st] line
`},
		{"a numbered list is numbered anew", `
-1. (Alpha)
-[2]. (Beta)
-[3]. (Gamma)
+[1]. (Beta)
+[2]. (Gamma)
`},
		{"only added", `
+a
+b
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			unmarked := strings.NewReplacer("[", "", "]", "")
			var removed, added []string
			for _, line := range strings.Split(strings.Trim(test.want, "\n"), "\n") {
				text := unmarked.Replace(line[1:]) + "\n"
				if line[0] == '-' {
					removed = append(removed, text)
				} else {
					added = append(added, text)
				}
			}
			removed, added = highlight(removed, added)
			got := "\n"
			for _, line := range removed {
				got += "-" + line
			}
			for _, line := range added {
				got += "+" + line
			}
			got = strings.NewReplacer(reverse, "[", unreverse, "]").Replace(got)
			if got != test.want {
				t.Errorf("got:%s\nwant:%s", got, test.want)
			}
		})
	}
}

func TestHighlightLeavesLineEnds(t *testing.T) {
	removed, added := highlight([]string{"same\r\n"}, []string{"same"})
	if removed[0] != "same\r\n" || added[0] != "same" {
		t.Errorf("got %q, %q", removed, added)
	}
}

func TestHighlightLeavesLargeBlocks(t *testing.T) {
	before := strings.Repeat("the old line\n", 300)
	after := strings.Repeat("the new line\n", 300)
	if got := written(t, Terminal, edited(before, after)); strings.Contains(got, reverse) {
		t.Error("words are marked in a block of 300 lines")
	}
	if got := written(t, Terminal, edited(before[:1300], after[:1300])); !strings.Contains(got, reverse) {
		t.Error("no words are marked in a block of 100 lines")
	}
}

var escapes = regexp.MustCompile("\x1b\\[[0-9]*m")

// checkTerminal checks that a diff for a terminal is the plain one, of which
// what is not visible is escaped, but for its colors.
func checkTerminal(t *testing.T, plain string, c Change) {
	t.Helper()
	inColor := written(t, Terminal, c)
	if got := escapes.ReplaceAllString(inColor, ""); got != term.EscapeLines(plain) {
		t.Errorf("without colors:\n%q\nplain:\n%q", got, plain)
	}
}
