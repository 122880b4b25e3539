package archive

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	ahocorasick "github.com/BobuSumisu/aho-corasick"
)

// FindNames returns those of names that stand in texts as words of their own, in
// byte order: of names that overlap the one that starts first, and of those the
// longest.
func FindNames(names []string, texts ...string) []string {
	return newFinder(names, texts).find(texts...)
}

// finder finds many names at once.
type finder struct {
	names []string
	trie  *ahocorasick.Trie
}

// newFinder returns a finder of names in texts.
func newFinder(names, texts []string) *finder {
	// Each name costs the automaton some ten kilobytes; most cannot occur.
	begins := map[string]bool{}
	for _, text := range texts {
		for i := range text {
			begins[begin(text[i:], 1)] = true
			begins[begin(text[i:], 2)] = true
		}
	}
	f := &finder{}
	for _, name := range names {
		if begins[begin(name, 2)] {
			f.names = append(f.names, name)
		}
	}
	f.trie = ahocorasick.NewTrieBuilder().AddStrings(f.names).Build()
	return f
}

// begin returns the first n characters of a text, or all if it has fewer.
func begin(text string, n int) string {
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[:end]
}

func (f *finder) find(texts ...string) []string {
	found := nameSet{}
	for _, text := range texts {
		at := 0
		for _, m := range f.mentions(text) {
			if m.start >= at {
				found.add(m.name)
				at = m.end
			}
		}
	}
	return found.sorted()
}

// mention is where a name stands in a text.
type mention struct {
	start, end int
	name       string
}

// mentions returns where names stand in a text as words of their own.
func (f *finder) mentions(text string) []mention {
	var out []mention
	for _, m := range f.trie.MatchString(text) {
		name := f.names[m.Pattern()]
		start := int(m.Pos())
		end := start + len(name)
		if !insideWord(text, start) && !insideWord(text, end) {
			out = append(out, mention{start, end, name})
		}
	}
	slices.SortFunc(out, func(a, b mention) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	return out
}

// insideWord reports whether an offset is between two letters or digits of one
// word. Scripts without spaces between words have no such place.
func insideWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return at > 0 && at < len(text) && inWords(before) && inWords(after)
}

func inWords(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) &&
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
