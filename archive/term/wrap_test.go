package term

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", []string{""}},
		{"ferry sails", []string{"ferry", "sails"}},
		{"ferry sails again", []string{"ferry", "sails", "again"}},
		{"a b c d e f", []string{"a b c d", "e f"}},
		{"a ferries", []string{"a ferri", "es"}},
		{"ferry-a.md, b", []string{"ferry-", "a.md, b"}},
		{"a-ferries", []string{"a-ferri", "es"}},
		{"雾港渡轮恢复", []string{"雾港渡", "轮恢复"}},
		{"go雾港渡轮", []string{"go雾港", "渡轮"}},
		{"雾港 ferry", []string{"雾港", "ferry"}},
		{"ferries  ", []string{"ferries"}},
	} {
		if got := Wrap(tt.text, 7); !slices.Equal(got, tt.want) {
			t.Errorf("Wrap(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := Wrap("雾港", 1); !slices.Equal(got, []string{"雾", "港"}) {
		t.Errorf("%q", got)
	}
}

// TestWrapKeepsText holds lines to their width, and to all of the text.
func TestWrapKeepsText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	words := []string{"ferry", " ", "雾港", "news/2024/03/5/a.md", "é", "한글", "☕️", "👩‍🚀", "，"}
	for range 500 {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(words[r.IntN(len(words))])
		}
		width := 8 + r.IntN(60)
		text := b.String()
		lines := Wrap(text, width)
		for _, line := range lines {
			if Width(line) > width {
				t.Errorf("%d cells of %d: %q", Width(line), width, line)
			}
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if bare(strings.Join(lines, "")) != bare(text) {
			t.Errorf("%q became %q", text, lines)
		}
	}
}
