package page

import (
	"testing"
)

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
