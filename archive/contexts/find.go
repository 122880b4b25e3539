package contexts

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive"
)

// FindNames returns those of names that are in texts as words of their own, in
// byte order: of names that overlap the one that starts first, and of those the
// longest. The Unicode form of either does not matter. An alias of one of the names
// stands for it.
func FindNames(c archive.Config, names []string, texts ...string) []string {
	return NewFinder(c, names).Find(texts...)
}

// Finder finds many names at once.
type Finder struct {
	names   map[string]string // as they were given, by their NFC and that of their aliases
	lengths map[string][]int  // of the names that begin with two characters, longest first
}

// NewFinder returns a finder of names, with the aliases of a configuration.
func NewFinder(c archive.Config, names []string) *Finder {
	f := &Finder{map[string]string{}, map[string][]int{}}
	known := NameSet{}
	for _, name := range names {
		f.names[norm.NFC.String(name)] = name
		known.Add(name)
	}
	for alias, name := range c.Aliases {
		if known.has(name) {
			f.names[norm.NFC.String(alias)] = name
		}
	}
	for name := range f.names {
		at := begin(name, 2)
		f.lengths[at] = append(f.lengths[at], len(name))
	}
	for at, lengths := range f.lengths {
		slices.SortFunc(lengths, func(a, b int) int { return b - a })
		f.lengths[at] = slices.Compact(lengths)
	}
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

// Find returns the names that texts contain, each once.
func (f *Finder) Find(texts ...string) []string {
	found := NameSet{}
	for _, text := range texts {
		text = norm.NFC.String(text)
		for at := 0; at < len(text); {
			if name := f.longest(text, at); name != "" {
				found.Add(f.names[name])
				at += len(name)
				continue
			}
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
	}
	return found.Sorted()
}

// longest returns the longest name, in NFC, that is at an offset of a text as a
// word of its own, or nothing.
func (f *Finder) longest(text string, at int) string {
	if insideWord(text, at) {
		return ""
	}
	for n := 2; n > 0; n-- {
		for _, length := range f.lengths[begin(text[at:], n)] {
			end := at + length
			if end > len(text) || insideWord(text, end) {
				continue
			}
			if _, ok := f.names[text[at:end]]; ok {
				return text[at:end]
			}
		}
	}
	return ""
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
