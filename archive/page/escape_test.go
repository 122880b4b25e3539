package page

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestEscapeText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"The bridge opens. ", "The bridge opens. "},
		{" (again) _so_ *they* say!", " (again) _so_ *they* say!"},
		{"R&B &amp; <b>bold</b>", "R&B &amp; <b>bold</b>"},
		{"A [b] [[c]]", "A [b] [[c]]"},
		{`A \[b`, `A \[b`},
		{`Bell "LORN 17[?" found`, `Bell "LORN 17\[?" found`},
		{"Bell 17?] found", `Bell 17?\] found`},
		{"]a[", `\]a\[`},
		{"[a] ] [b", `[a] \] \[b`},
		{`\[a]`, `\[a\]`},
		{`\`, `\\`},
		{`a\b [`, `a\b \[`},
		{"[a](b)", `\[a\](b)`},
		{"[a][b]", "[a][b]"},
		{"a](b) [c", `a\](b) \[c`},
		{"`a` b", "`a` b"},
		{"`[` b", "`[` b"},
		{"<a [b", `<a \[b`},
		{"<a title=\"[b\">", "<a title=\"[b\">"},
		{"青岚 [大桥", `青岚 \[大桥`},
		{"😀] שלום", `😀\] שלום`},
	} {
		if got := EscapeText(tt.text); got != tt.want {
			t.Errorf("EscapeText(%q) = %q, want %q", tt.text, got, tt.want)
		}
		checkEscaped(t, tt.text)
	}
}

func TestEscapeRandomText(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewSource(1))
	pieces := []string{"[", "]", "(", ")", "](", "_", "*", `\`, "`", "``", "<", ">", "!", "&amp;", "#", "\t", " ",
		"a", "b.md", "😀", "שלום", "مرحبا", "青", "e\u0301", "\xff", "<!--", "-->", "http://a.example", "<http://b.example>"}
	for range seeds(1_000, 20_000) {
		var text strings.Builder
		for range rng.Intn(12) {
			text.WriteString(pieces[rng.Intn(len(pieces))])
		}
		checkEscaped(t, text.String())
		if t.Failed() {
			return
		}
	}
}

func FuzzEscapeText(f *testing.F) {
	for _, src := range fixturePages(f) {
		p := ParsePlain(src)
		for _, l := range p.Links {
			f.Add(p.Text(l.Text))
		}
	}
	for _, text := range []string{"]a[", `a\`, "`[`", "<a [b", "[a](b) c", "😀] שלום"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !strings.Contains(text, "\n") && len(text) < 10_000 {
			checkEscaped(t, text)
		}
	})
}

// checkEscaped checks that an escaped text is the text of one link wherever an
// archive has links, and reads as the text does.
func checkEscaped(t *testing.T, text string) {
	t.Helper()
	escaped := EscapeText(text)
	if got, want := Unescape(escaped), Unescape(text); got != want {
		t.Errorf("EscapeText(%q) = %q, which reads as %q, want %q", text, escaped, got, want)
	}
	if again := EscapeText(escaped); again != escaped {
		t.Errorf("EscapeText(%q) = %q, and that escaped is %q", text, escaped, again)
	}
	link := "[" + escaped + "](/x.md)"
	e := ParseEvent([]byte("### Related:\n1. "+link+" _Context: A_\n"), DefaultLabels())
	checkOneLink(t, &e.Page, escaped, Related)
	l := ParseListing([]byte("### "+link+"\n"), DefaultLabels())
	checkOneLink(t, &l.Page, escaped, Listed)
}

func checkOneLink(t *testing.T, p *Page, text string, role Role) {
	t.Helper()
	links := slices.DeleteFunc(slices.Clone(p.Links), func(l *Link) bool { return l.Form != TextLink })
	if len(links) != 1 {
		t.Errorf("%d links in %q", len(links), p.Source)
		return
	}
	l := links[0]
	if p.Text(l.Text) != text || p.Destination(l) != "/x.md" || l.Malformed || l.Role != role {
		t.Errorf("link %q to %q, malformed: %v, in %q", p.Text(l.Text), p.Destination(l), l.Malformed, p.Source)
	}
}

func TestEscapeHeadline(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Ferry sails again.", "Ferry sails again."},
		{"R&B and $65 million", "R&B and $65 million"},
		{" A space before", " A space before"},
		{"[?]67 C", "[?]67 C"},
		{"a [sic", "a [sic"},
		{"snake_case and 2 * 3", "snake_case and 2 * 3"},
		{"M*A*S*H & R&B", `M\*A\*S\*H & R&B`},
		{"_twice_", `\_twice\_`},
		{"a `tick` of", "a \\`tick\\` of"},
		{"[text](url)", `\[text\](url)`},
		{"<b>bold</b>", `\<b>bold\</b>`},
		{"&amp; so on", `\&amp; so on`},
		{`AC\DC`, `AC\DC`},
		{`AC\*DC`, `AC\\*DC`},
		{"number #", `number \#`},
		{"# twice", "# twice"},
	}
	for _, test := range tests {
		if got := EscapeHeadline(test.in); got != test.want {
			t.Errorf("EscapeHeadline(%q) is %q, want %q", test.in, got, test.want)
		}
	}
}

// FuzzEscapeHeadline holds that a headline reads as it was typed.
func FuzzEscapeHeadline(f *testing.F) {
	for _, seed := range []string{"*a*", "a\\", "[a](b)", "<a@b.example>", "a_b_ *c", "``a`", "&#35;", "![x](y)", "a **b* c", "#"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range text {
			if r < ' ' || r == 0x7f || r == 0xfffd {
				t.Skip("refused before it comes here")
			}
		}
		if escaped := EscapeHeadline(text); !isPlain(escaped, text) {
			t.Errorf("%q becomes %q, which reads as something else", text, escaped)
		}
	})
}

func TestEscapeParagraph(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Nobody was hurt.", "Nobody was hurt."},
		{"1. Nobody was hurt.", `1\. Nobody was hurt.`},
		{"- nobody", `\- nobody`},
		{"# nobody", `\# nobody`},
		{"---", `\---`},
		{"<div>", `\<div>`},
		{"_Context: A, B_", `\_Context: A, B_`},
		{"_Nobody_ was hurt", "_Nobody_ was hurt"},
		{"2019 was quiet", "2019 was quiet"},
	}
	for _, test := range tests {
		if got := EscapeParagraph(test.in, DefaultLabels()); got != test.want {
			t.Errorf("EscapeParagraph(%q) is %q, want %q", test.in, got, test.want)
		}
	}
}
