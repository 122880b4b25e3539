package term

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEscape(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Ferry sails again.", "Ferry sails again."},
		{"雾港　渡轮", "雾港　渡轮"}, // an ideographic space
		{"café ☕️ 👩", "café ☕️ 👩"},
		{"a\x1b]0;pwned\x07b", `a\x1b]0;pwned\x07b`},
		{"a\u009b31mb", `a\u009b31mb`},
		{"\x7f\x00", `\x7f\x00`},
		{"a\tb\r\nc", `a\tb\r\nc`},
		{"\u202egnp.exe", `\u202egnp.exe`},
		{"a\u200eb\u200fc\u061cd\u2066e\u2069", `a\u200eb\u200fc\u061cd\u2066e\u2069`},
		{"a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg", `a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg`},
		{"a\u3164b\u115fc\u034fd\u180ee", `a\u3164b\u115fc\u034fd\u180ee`},
		{"a\u2028b\u2029c\u0085d", `a\u2028b\u2029c\u0085d`},
		{"a\U000e0041b\U000e0100c\ufe00d", `a\U000e0041b\U000e0100c\ufe00d`},
		{"a\xff\xc3b\xed\xa0\x80", `a\xff\xc3b\xed\xa0\x80`},
		{"\ufffd", "\ufffd"},
	} {
		if got := Escape(tt.text); got != tt.want {
			t.Errorf("Escape(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
	if got, want := EscapeLines("a\n\tb\r\n"), "a\n\tb\\r\n"; got != want {
		t.Errorf("EscapeLines: %q, want %q", got, want)
	}
}

func TestVisible(t *testing.T) {
	for r := rune(0); r < 0xe000; r++ { // beyond, there are only tables
		if visible(r) != isVisible(r) {
			t.Fatalf("%U: %v by range, %v by table", r, visible(r), isVisible(r))
		}
	}
}

// FuzzEscape holds the escaped text to be visible and stable, in one line.
func FuzzEscape(f *testing.F) {
	f.Add("a\x1b]0;x\x07 \u202e \xff 雾\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, got := range []string{Escape(text), EscapeLines(text)} {
			if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool {
				return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
			}) {
				t.Errorf("%q became %q", text, got)
			}
		}
		if got := Escape(text); strings.ContainsAny(got, "\n\t") || Escape(got) != got {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func TestCells(t *testing.T) {
	if got := Pad("雾港", 6) + "|"; got != "雾港  |" {
		t.Errorf("%q", got)
	}
	for _, tt := range []struct{ head, tail, text string }{
		{"ferry", "ferry", "ferry"},
		{"ferr…", "…again", "ferry again"},
	} {
		if got := Head(tt.text, 5); got != tt.head {
			t.Errorf("Head(%q) = %q", tt.text, got)
		}
		if got := Tail(tt.text, 6); got != tt.tail {
			t.Errorf("Tail(%q) = %q", tt.text, got)
		}
	}
	for n := range 12 {
		for _, got := range []string{Head("雾港渡轮 ab", n), Tail("雾港渡轮 ab", n)} {
			if n > 0 && Width(got) > n {
				t.Errorf("%q takes %d cells, want %d", got, Width(got), n)
			}
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 172171: "172,171", 1234567: "1,234,567"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %s, want %s", n, got, want)
		}
	}
}
