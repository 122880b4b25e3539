package lint

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/term"
)

// TestTextWidth holds the source of a finding, and the mark under it, to the
// terminal: neither reaches its last column, and the mark begins where the
// finding does.
func TestTextWidth(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	words := []string{"ferry ", "雾港渡轮", "☕️", "👩", "e\u0301", "\t", "\x1b[2J", "\u202e", "\xff", "한글", " "}
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String()
	}
	for range 300 {
		a := archive.New(fstest.MapFS{"a.md": {Data: []byte("x" + text(r.IntN(40)) + "[雾" + text(r.IntN(9)) + "](/gone.md)" + text(r.IntN(40)) + "\n")}}, archive.Config{})
		result := Run(a, a.Load(nil), Config{Only: []string{"link-broken"}})
		width := 25 + r.IntN(120)
		var out bytes.Buffer
		if err := writeText(&out, a, result, TextStyle{Width: width}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) != 4 {
			t.Fatalf("%q", lines)
		}
		for _, line := range lines[1:3] {
			if n := term.Width(line); n >= width {
				t.Errorf("%d cells of %d: %q", n, width, line)
			}
		}
		mark := strings.IndexByte(lines[2], '^')
		if rest := term.Tail(lines[1], term.Width(lines[1])-mark+1); !strings.HasPrefix(strings.TrimPrefix(rest, "…"), "[雾") && !strings.HasPrefix(strings.TrimPrefix(rest, "…"), "/gone.md") {
			t.Errorf("the mark is under %q in\n%s\n%s", rest, lines[1], lines[2])
		}
	}
}
