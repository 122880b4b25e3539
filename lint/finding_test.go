package lint

import (
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive"
)

// keys returns the keys of the findings of one rule on a page.
func keys(t *testing.T, rule, path, source string) []Key {
	t.Helper()
	a := archive.New(fstest.MapFS{path: {Data: []byte(source)}}, archive.Config{})
	var out []Key
	for _, f := range Run(a, []string{path}, Config{Only: []string{rule}}).Findings {
		out = append(out, f.Key())
	}
	return out
}

func TestKey(t *testing.T) {
	long := strings.Repeat("fog ", excerpt)
	tests := []struct{ name, source, text string }{
		{"space and line end", "\n  [x](gone.md) \r\n", "[x](gone.md)"},
		{"number of an entry", "12. [x](gone.md)\n", "[x](gone.md)"},
		{"number of the text", "# 12. [x](gone.md)\n", "# 12. [x](gone.md)"},
		{"no UTF-8", "[\xff](gone.md)\n", "[\ufffd](gone.md)"},
		{"long line", "[x](gone.md) " + long + "\n", ("[x](gone.md) " + long)[:excerpt]},
	}
	for _, tt := range tests {
		got := keys(t, "link-broken", "a.md", tt.source)
		want := Key{"link-broken", "a.md", tt.text}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
}

// TestKeyStays moves a finding to another line and another place in its list.
func TestKeyStays(t *testing.T) {
	before := keys(t, "link-broken", "a.md", "1. [x](gone.md)\n")
	after := keys(t, "link-broken", "a.md", "Text.\n\n1. [y](#here)\n2. [x](gone.md)\n")
	if len(before) != 1 || len(after) != 1 || before[0] != after[0] {
		t.Errorf("before %q, after %q", before, after)
	}
}

// TestKeysOfOneLine holds findings on one line to its text, whatever was on
// the lines before.
func TestKeysOfOneLine(t *testing.T) {
	got := keys(t, "link-broken", "a.md", "[a](gone.md)\n[b](gone.md) [b](gone.md)\n")
	want := []string{"[a](gone.md)", "[b](gone.md) [b](gone.md)", "[b](gone.md) [b](gone.md)"}
	if len(got) != len(want) {
		t.Fatalf("%d findings, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i].Text != want[i] {
			t.Errorf("finding %d: %q, want %q", i, got[i].Text, want[i])
		}
	}
}

// A message of what is fixed has no hint.
func TestFixed(t *testing.T) {
	for message, want := range map[string]string{
		"duplicate of the entry on line 7; remove it":                     "duplicate of the entry on line 7",
		`says "A; b", but the event's headline is "C"`:                    `says "A; b", but the event's headline is "C"`,
		`"A \"q\"; b" is leftover wiki markup; remove it`:                 `"A \"q\"; b" is leftover wiki markup`,
		"link target has no scheme; write https://a.example/x;y":          "link target has no scheme; now https://a.example/x;y",
		"no page a.md; did you mean b.md?":                                "no page a.md; now b.md",
		`no page a.md; it moved; if it was deleted, run "newsctl remove"`: "no page a.md",
		`an "open quote; remove it`:                                       `an "open quote; remove it`,
	} {
		if got := (Finding{Message: message}).Fixed(); got != want {
			t.Errorf("%s:\n got %s\nwant %s", message, got, want)
		}
	}
}
