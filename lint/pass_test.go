package lint

import (
	"math/rand"
	"regexp"
	"testing"
)

func TestWithoutNumber(t *testing.T) {
	plain := regexp.MustCompile(`^\d+\.\s+`)
	const letters = "1.2 a\t.\n"
	rng := rand.New(rand.NewSource(1))
	for range 10_000 {
		b := make([]byte, rng.Intn(6))
		for i := range b {
			b[i] = letters[rng.Intn(len(letters))]
		}
		text := string(b)
		if got, want := withoutNumber(text), plain.ReplaceAllString(text, ""); got != want {
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
	}
}
