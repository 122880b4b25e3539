package archive

import (
	"math"
	"math/rand"
	"testing"

	"github.com/agnivade/levenshtein"
)

func TestSimilarity(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		least float64
		want  float64
	}{
		{"", "", 0.9, 1},
		{"bridge", "bridge", 1, 1},
		{"bridge", "", 0, 0},
		{"bridge", "fridge", 0, 5.0 / 6},
		{"bridge", "bridges", 0, 6.0 / 7},
		{"青岚大桥", "青岚小桥", 0, 3.0 / 4}, // characters count, not bytes
		{"bridge", "house", 0.9, 0},
		{"abcd", "abce", 0.75, 0.75}, // just enough
	} {
		for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			if got := similarity(pair[0], pair[1], tt.least); !(math.Abs(got-tt.want) < 1e-9) { // nor no number
				t.Errorf("similarity(%q, %q, %v) = %v, want %v", pair[0], pair[1], tt.least, got, tt.want)
			}
		}
	}
}

// Distances are those of an independent implementation, and the shortcut never
// passes over a pair that is similar enough.
func TestDistance(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	alphabet := []rune("abcdé青岚\x00\u0080\u0161")
	word := func() string {
		out := make([]rune, rng.Intn([]int{12, 12, 70, 200}[rng.Intn(4)]))
		for i := range out {
			out[i] = alphabet[rng.Intn(len(alphabet))]
		}
		return string(out)
	}
	for range 5000 {
		a, b := word(), word()
		if rng.Intn(2) == 0 { // a few edits apart
			b = a[:rng.Intn(len(a)+1)] + b[:min(len(b), 3)] + a[min(len(a), rng.Intn(len(a)+5)):]
		}
		exact := levenshtein.ComputeDistance(a, b)
		x, y := newOutline(a), newOutline(b)
		alike := score(exact, max(x.length, y.length))
		if most := x.mostAlike(y, 0); most < alike {
			t.Fatalf("%q and %q are at most %v alike, but they are %v", a, b, most, alike)
		}
		if got := newPattern(x).distance(y, 1000); got != exact {
			t.Fatalf("the distance of %q and %q is %d, want %d", a, b, got, exact)
		}
		least := rng.Float64()
		got, all := similarity(a, b, least), similarity(a, b, 0)
		if all != alike || all >= least && got != all || all < least && got >= least {
			t.Fatalf("similarity(%q, %q, %v) = %v, without least %v", a, b, least, got, all)
		}
	}
}
