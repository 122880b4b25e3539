package archive

import (
	"math/rand"
	"regexp"
	"testing"
)

func TestSpelledDay(t *testing.T) {
	plain := regexp.MustCompile(`^(?:.*/)?news/(\d{4})/(\d{1,2})/(\d{1,2})/(.+)$`)
	check := func(p string) {
		t.Helper()
		want := ""
		if m := plain.FindStringSubmatch(p); m != nil {
			year, _ := ParseNumber(m[1])
			month, _ := ParseNumber(m[2])
			day, _ := ParseNumber(m[3])
			want = Date{year, month, day}.Dir() + "/" + m[4]
		}
		got := ""
		if d, rest, ok := spelledDay(p); ok {
			got = d.Dir() + "/" + rest
		}
		if got != want {
			t.Errorf("%q: %q, want %q", p, got, want)
		}
	}
	check("")
	parts := []string{"news/", "2018/", "3/", "03/", "14/", "/", "a.md", "x", "index.md", "zh/", "2018", "123/", "news"}
	rng := rand.New(rand.NewSource(1))
	for range 20_000 {
		p := ""
		for range 1 + rng.Intn(8) {
			p += parts[rng.Intn(len(parts))]
		}
		check(p)
	}
}
