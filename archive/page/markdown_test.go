package page

import (
	"strings"
	"testing"
)

func TestDestination(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"[a](/b.md)", "/b.md"},
		{"[a]()", ""},
		{"[a](<>)", ""},
		{"[a](</b c.md>)", "/b c.md"},
		{"[a]( /b.md )", "/b.md"},
		{"[a](\n/b.md\n)", "/b.md"},
		{"[a](/b.md \"title\")", "/b.md"},
		{"[a](/b.md 'two\nlines')", "/b.md"},
		{"[a](/b(c).md)", "/b(c).md"},
		{`[a](/b\).md)`, "/b).md"},
		{`[a](/b\c.md)`, `/b\c.md`},
		{"[a](/b?c=1&amp;d=2)", "/b?c=1&d=2"},
		{"[a](/b&#46;md)", "/b.md"},
		{"[a](/b%20c.md)", "/b%20c.md"},
		{"[a](/青岚.md)", "/青岚.md"},
		{"[a][b]\n\n[b]: </b c.md> \"title\"", "/b c.md"},
		{"[b][]\n\n[B]: /b.md", "/b.md"},
		{"[b]\n\n[b]: /b.md", "/b.md"},
		{"[b]\n\n[b]: /b\\).md?c&amp;d", "/b).md?c&d"},
		{"> [a](\n> /b.md)", "/b.md"},
		{"> > [a](\n>  > </b.md>)", "/b.md"},
	} {
		p := ParsePlain([]byte(tt.src))
		if len(p.Links) == 0 {
			t.Errorf("no links in %q", tt.src)
			continue
		}
		if got := p.Destination(p.Links[0]); got != tt.want {
			t.Errorf("%q leads to %q, want %q", tt.src, got, tt.want)
		}
	}
}

func TestNoLinks(t *testing.T) {
	for _, src := range []string{
		"[a]", "[a] (/b.md)", "[a](b c)", "[a](/b.md", "[a](</b.md)", `\[a](/b.md)`, `[a\](/b.md)`,
		"`[a](/b.md)`", "    [a](/b.md)", "```\n[a](/b.md)\n```", "<!-- [a](/b.md) -->",
		"<http://a.example>", "[a][b]", "[a]\n\n(/b.md)", "[a\n\n](/b.md)",
	} {
		p := ParsePlain([]byte(src))
		for _, l := range p.Links {
			t.Errorf("link %q in %q", p.Text(l.Span), src)
		}
	}
}

func TestUnescape(t *testing.T) {
	for _, tt := range []struct{ raw, want string }{
		{"", ""},
		{"plain &amp; simple", "plain &amp; simple"},
		{`a \[b\] c`, "a [b] c"},
		{`\\[`, `\[`},
		{`a\b`, `a\b`},
		{`\`, `\`},
		{`\青`, `\青`},
	} {
		if got := Unescape(tt.raw); got != tt.want {
			t.Errorf("Unescape(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}

// A page that is too costly to read says why and where; one that only holds much
// is read.
func TestExcess(t *testing.T) {
	t.Parallel()
	many := func(unit string) string { return strings.Repeat(unit, MaxSize/4/len(unit)) }
	for _, test := range []struct {
		what, page, excess string // what is too much, at "^" in the page
	}{
		{"links", many("[a](b) "), ""},
		{"links with text", many("[[a] (b)](c(d)e) "), ""},
		{"images in links", many("[![a](b)](c) "), ""},
		{"entries", many("1. [a](b)\n"), ""},
		{"one long target", "[a](" + many("b"), ""},
		{"one long text", "[" + many("b ") + "](a)", ""},
		{"open brackets", many("["), ""},
		{"closing brackets", many("]"), ""},
		{"definitions", strings.Repeat("[a]: b\n", maxDefinitions), ""},
		{"definitions apart", many("[a]: b\n\n"), ""},
		{"nested quotes", strings.Repeat(">", maxDepth) + "a", ""},
		{"open targets", many("[a]("), "brackets"},
		{"open targets in angle brackets", many("[a](<b "), "brackets"},
		{"open parentheses", many("[a]((b"), "brackets"},
		{"nested brackets", many("[") + many("]"), "brackets"},
		{"nested links", strings.Repeat("[", MaxSize/24) + strings.Repeat("](a)", MaxSize/24), "brackets"},
		{"nested images", strings.Repeat("![", MaxSize/24) + strings.Repeat("](a)", MaxSize/24), "brackets"},
		{"too many definitions", "a\n\n^" + strings.Repeat("[a]: b\n", maxDefinitions+1), "definitions"},
		{"quotes too deep", strings.Repeat(">", maxDepth) + "^>" + ">a", "lists or quotes"},
		{"lists too deep", strings.Repeat("- ", 5*maxDepth) + "a", "lists or quotes"},
		{"lists of lines too deep", deepList(5 * maxDepth), "lists or quotes"},
	} {
		at := strings.IndexByte(test.page, '^')
		src := strings.Replace(test.page, "^", "", 1)
		switch x := ParsePlain([]byte(src)).Excess; {
		case (x != nil) != (test.excess != ""):
			t.Errorf("%s: %v", test.what, x)
		case x != nil && (!strings.Contains(x.What, test.excess) || at >= 0 && x.Offset != at):
			t.Errorf("%s: %q at %d, want %q at %d", test.what, x.What, x.Offset, test.excess, at)
		}
	}
}

// A page with more unclosed lists of contexts than are checked says so; one with
// as many that are closed is read.
func TestExcessOfContexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		unit   string
		excess bool
	}{
		{"_Context: A_ ", false},
		{"_Context: A, B_\n\n", false},
		{"<em>Context: A</em> ", false},
		{"_Context: A\n\n", true},
		{"_Context: A, ", true},
		{"<em>Context: A, ", true},
	} {
		src := "# A\n\n" + strings.Repeat(test.unit, MaxSize/2/len(test.unit))
		if x := ParseEvent([]byte(src), DefaultLabels()).Excess; (x != nil) != test.excess || x != nil && !strings.Contains(x.What, "contexts") {
			t.Errorf("%q: %v", test.unit, x)
		}
	}
}

// Pages that ask for more time than they are worth cause no disorder.
func TestNastyPages(t *testing.T) {
	for name, page := range nastyPages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := ParseEvent([]byte(page), DefaultLabels())
			for _, part := range eventParts(e) {
				if part.Start < part.in.Start || part.End < part.Start || part.in.End < part.End {
					t.Fatalf("%s %v is not inside %v", part.name, part.Span, part.in)
				}
			}
		})
	}
}

// nastyPages returns pages of one pattern over and over, within a section that
// looks for entries in them.
func nastyPages() map[string]string {
	pages := map[string]string{
		"nested brackets": strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
		"nested links":    strings.Repeat("[", 10_000) + strings.Repeat("](a)", 10_000),
		"deep list":       deepList(500),
	}
	for name, pattern := range map[string]string{
		"quotes": ">", "spaced quotes": "> ", "ordered items": "1. ", "items": "- ", "item lines": "1.\n", "tabs": "-\t",
		"empty links": "[](", "closing": "](", "open brackets": "[", "closed brackets": "]", "images": "![",
		"links": "[a](b)", "definitions": "[a]: b\n", "references": "[a][b]", "open targets": "[a](<b", "open titles": "[a](b 'c",
		"entries": "1. [a](b)\n", "malformed entries": "1. [a [b](c d)\n", "half entries": "1.[a](b)\n",
		"code": "`", "code of many lengths": "`a``b```c", "tags": "<a ", "comments": "<!--", "comment lines": "<!-- a -->\n", "declarations": "<!A ",
		"instructions": "<?", "character data": "<![CDATA[", "autolinks": "<a:", "backslashes": `\`, "stars": "*a_", "entities": "&amp",
		"headings": "# ", "sections": "###\n", "titles": "# a\n", "topics": "#####\n", "underlines": "a\n=\n", "rules": "---\n", "lines": "a\n", "blank lines": "\n",
		"fences": "```\n", "tildes": "~~~ a\n", "spaces": " ", "carriage returns": "\r", "zeros": "\x00", "bad UTF-8": "\xff", "line of text": "青",
	} {
		pages[name] = strings.Repeat(pattern, 100_000/len(pattern))
	}
	for name, src := range pages {
		pages[name] = "### Related:\n" + src
	}
	return pages
}

// deepList returns a list within a list, and so on.
func deepList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}
