package related

import (
	"strings"
	"testing"
)

func TestMoves(t *testing.T) {
	for _, test := range []struct {
		before, after string
		want          int
	}{
		{"", "", 0},
		{"a b c", "a b c", 0},
		{"a b c", "b c a", 1},
		{"a b c d", "d a b c", 1},
		{"a b c", "c b a", 2},
		{"a b c d e", "b a d c e", 2},
	} {
		if got := moves(strings.Fields(test.before), strings.Fields(test.after)); got != test.want {
			t.Errorf("%q to %q: %d, want %d", test.before, test.after, got, test.want)
		}
	}
}
