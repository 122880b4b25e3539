package page

import (
	"bytes"
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
)

// checkPlain checks that a page which is read line by line is read as goldmark
// reads it, and reports whether it is.
func checkPlain(t *testing.T, src []byte) bool {
	t.Helper()
	got := plainBlocks(src)
	if got == nil {
		return false
	}
	want := markdownBlocks(src)
	if !reflect.DeepEqual(comparable(got), comparable(want)) {
		t.Errorf("%q:\nblocks %+v\nlinks  %s\n\ngoldmark reads\nblocks %+v\nlinks  %s", src, got.all, linkList(got.links), want.all, linkList(want.links))
	}
	return true
}

// comparable returns blocks with what is empty omitted.
func comparable(b *blocks) blocks {
	out := *b
	if len(out.all) == 0 {
		out.all = nil
	}
	if len(out.links) == 0 {
		out.links = nil
	}
	return out
}

func linkList(links []*Link) string {
	var b strings.Builder
	for _, l := range links {
		b.WriteString(strings.TrimSpace(fmt.Sprintf(" %+v", *l)))
	}
	return b.String()
}

func TestPlainFixtures(t *testing.T) {
	plain, all := 0, 0
	for _, src := range fixturePages(t) {
		all++
		if checkPlain(t, src) {
			plain++
		}
	}
	if plain < all/2 {
		t.Errorf("%d of %d pages are plain", plain, all)
	}
}

// plainTokens are what random pages consist of: most of it is plain, and next to
// something else by a character.
var plainTokens = []string{
	"\n", "\n", "\n", "\n\n", "\n\n", " ", " ", "  ", "a", "b c", "é", "\u00a0", "\u3000", "：",
	"\n# ", "\n### ", "\n##### ", "\n##", "#", " #", " ##\n", "\n####### ",
	"\n1. ", "\n2. ", "\n3. ", "\n10. ", "\n2.", "1", "1.", "2) ", "\n1234567890. ", "2017",
	"[a](/b.md)", "\n[a]: /b.md", "[a", "](", "](/c.md)", ")", "(", "[", "]", "[x] ", "](/d_(e).md)", "](/f g)", "[a](b\"c)", "()",
	"\n_", "_", "__", "_ _", "\n_Context: A, B_", "*", "\n* ", "-", "\n- ", "\n---\n", "=", "\n===\n", "+", "\n> ", "|", ":", "]:", "!", "![", "~~~", "~",
	"{#x}", "&amp;", "&", "\"", "'", ".", ",", "%20", "http://a.b", "www.a.b", "<", "\\", "`", "\t", "\r\n", "\v", "\x00", "\x7f", "\xff", "\xe4\xb8",
}

func plainPage(rng *rand.Rand) []byte {
	var b strings.Builder
	top := len(plainTokens) - rng.Intn(30) // what comes last is read by goldmark
	for range rng.Intn(40) {
		b.WriteString(plainTokens[rng.Intn(top)])
	}
	return []byte(b.String())
}

// alteredPage returns a page with some bytes, or lines, exchanged.
func alteredPage(rng *rand.Rand, src []byte) []byte {
	lines := bytes.SplitAfter(src, newline)
	for range rng.Intn(4) {
		i, k := rng.Intn(len(lines)), rng.Intn(len(lines))
		lines[i], lines[k] = lines[k], lines[i]
	}
	out := bytes.Join(lines, nil)
	for range rng.Intn(3) {
		at := rng.Intn(len(out) + 1)
		cut := min(at+rng.Intn(3), len(out))
		out = bytes.Join([][]byte{out[:at], []byte(plainTokens[rng.Intn(len(plainTokens))]), out[cut:]}, nil)
	}
	return out
}

func TestPlainPages(t *testing.T) {
	t.Parallel()
	var pages [][]byte
	for _, src := range fixturePages(t) {
		pages = append(pages, src)
	}
	plain := 0
	rng := rand.New(rand.NewSource(1))
	n := seeds(6_000, 2_000_000)
	for i := range n {
		src := plainPage(rng)
		if i%4 == 0 {
			src = alteredPage(rng, pages[rng.Intn(len(pages))])
		}
		if checkPlain(t, src) {
			plain++
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	if plain < n/10 {
		t.Errorf("%d of %d pages are plain", plain, n)
	}
}

func FuzzPlain(f *testing.F) {
	for _, src := range fixturePages(f) {
		f.Add(src)
	}
	rng := rand.New(rand.NewSource(1))
	for range 100 {
		f.Add(plainPage(rng))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) <= MaxSize {
			checkPlain(t, src)
		}
	})
}
