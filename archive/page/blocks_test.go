package page

import (
	"slices"
	"testing"
)

func TestRecoverLink(t *testing.T) {
	for _, tt := range []struct{ content, text, target string }{
		{"[a](/b.md)", "a", "/b.md"},
		{"[a [b](/c.md) _Context: D_", "a [b", "/c.md"},
		{"[a] b](/c.md)", "a] b", "/c.md"},
		{"a [b]( /c d.md )", "b", "/c d.md"},
		{"[]()", "", ""},
		{"[a](/b(c).md)", "a", "/b(c"}, // the first one that closes ends it
		{"[a](/b.md) [c](/d.md)", "a](/b.md) [c", "/d.md"},
	} {
		src := []byte("1. " + tt.content)
		l := recoverLink(src, Span{3, len(src)})
		if l == nil {
			t.Errorf("no link in %q", tt.content)
			continue
		}
		p := Page{Source: src}
		if p.Text(l.Text) != tt.text || p.Text(l.Target) != tt.target || !l.Malformed || !isLinkShaped(&p, l) {
			t.Errorf("link in %q: %q to %q, malformed: %v, %q", tt.content, p.Text(l.Text), p.Text(l.Target), l.Malformed, p.Text(l.Span))
		}
	}
	for _, content := range []string{"", "a", "[a]", "](/b.md)[", "a](/b.md)", "[a](/b.md", "[a] (/b.md)"} {
		if l := recoverLink([]byte(content), Span{0, len(content)}); l != nil {
			t.Errorf("link %v in %q", l.Span, content)
		}
	}
}

func TestComments(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want []string
	}{
		{"<!-- a -->", []string{"a"}},
		{"<!--a-->\n<!--\tb \n c\n-->\n", []string{"a", "b \n c"}},
		{"<!---->", []string{""}},
		{"<!-- open", []string{"open"}},
		{"a\n<!-- interrupts a paragraph -->\n", []string{"interrupts a paragraph"}},
		{"- a\n\n  <!-- in an item -->\n", []string{"in an item"}},
		{"- <!-- open in an item\n\n<!-- b -->\n", []string{"open in an item\n\n<!-- b"}},
		{"\ufeff<!-- behind a byte-order mark -->\n", []string{"behind a byte-order mark"}},
		{"a <!-- in a line -->\n", nil},
		{"<div>\n<!-- in other HTML -->\n</div>\n", nil},
		{"    <!-- code -->\n", nil},
		{"<? no -->\n", nil},
	} {
		var got []string
		for _, c := range ParsePlain([]byte(tt.src)).Comments {
			got = append(got, c.Text)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("comments of %q: %q, want %q", tt.src, got, tt.want)
		}
	}
}

// The raw text of a heading is all of its line after the marks and one space,
// but for marks that close it.
func TestTitles(t *testing.T) {
	for _, tt := range []struct {
		src, line, text string
		level           int
	}{
		{"# a\nb", "# a\n", "a", 1},
		{"#  a  \n", "#  a  \n", " a  ", 1},
		{"   ## a ##\r\n", "   ## a ##\r\n", "a ", 2},
		{"### a ####  \n", "### a ####  \n", "a ", 3},
		{"### a#\n", "### a#\n", "a#", 3},
		{"### a \\#\n", "### a \\#\n", "a \\#", 3},
		{"### ###\n", "### ###\n", "", 3},
		{"#\ta\n", "#\ta\n", "a", 1},
		{"### \n", "### \n", "", 3},
		{"#####\n", "#####\n", "", 5},
		{"######", "######", "", 6},
		{" a \n===\n", " a \n===\n", " a ", 1},
		{"a\n--\n", "a\n--\n", "a", 2},
		{"#a b\n---\n", "#a b\n---\n", "#a b", 2},
		{"#a\n===\n", "#a\n===\n", "#a", 1},
		{"####### a\n---\n", "####### a\n---\n", "####### a", 2},
		{"\ufeff# a\n", "\ufeff# a\n", "a", 1},
		{"\ufeff   # a\n", "\ufeff   # a\n", "a", 1},
	} {
		b := parseBlocks([]byte(tt.src))
		title := b.all[0].title
		if b.all[0].kind != heading || b.text(title.Span) != tt.line || b.text(title.Text) != tt.text || title.Level != tt.level {
			t.Errorf("title of %q: line %q, text %q, level %d", tt.src, b.text(title.Span), b.text(title.Text), title.Level)
		}
	}
}
