package match

import (
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
)

const (
	// misspelledLength is how many letters the longer of two words has at least, if
	// they are one with a letter wrong: Iran and Iraq are two.
	misspelledLength = 5

	// wordsPerSlip is how many words of a headline one that is misspelled takes, so
	// that a long headline may have two.
	wordsPerSlip = 8
)

// articles are the words that a headline may have or lack.
var articles = []string{"a", "an", "the"}

// Slip reports whether two headlines differ by slips of the pen alone: an article, a
// space, a letter of a long word, but not both at the beginning and at the end. Where
// a script has no spaces between words, nothing can be misspelled.
func Slip(a, b *Event) bool {
	x, y := a.fields(), b.fields()
	if len(x) == 0 || len(y) == 0 || x[0] != y[0] && x[len(x)-1] != y[len(y)-1] {
		return false
	}
	return slips(x, y)
}

// Ends returns the first and the last word of the headline, each as such: two headlines
// with none in common differ by more than slips of the pen.
func (e *Event) Ends() []string {
	f := e.fields()
	if len(f) == 0 {
		return nil
	}
	return []string{f[0] + " ", " " + f[len(f)-1]}
}

func slips(a, b []string) bool {
	slips := 0
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(a) > 0 && len(b) > 0 && a[0] == b[0]:
			a, b = a[1:], b[1:]
		case len(a) > 0 && slices.Contains(articles, a[0]):
			a = a[1:]
		case len(b) > 0 && slices.Contains(articles, b[0]):
			b = b[1:]
		case len(a) == 0 || len(b) == 0:
			return false
		case len(a) > 1 && a[0]+a[1] == b[0]:
			a, b = a[2:], b[1:]
		case len(b) > 1 && b[0]+b[1] == a[0]:
			a, b = a[1:], b[2:]
		case misspelled(a[0], b[0]) && slips <= min(len(a), len(b))/wordsPerSlip:
			slips++
			a, b = a[1:], b[1:]
		default:
			return false
		}
	}
	return true
}

// misspelled reports whether two words are one with a letter wrong, missing, or in
// the place of its neighbor. The first letter is right: Gambia and Zambia are two.
func misspelled(x, y string) bool {
	a, b := []rune(x), []rune(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) < misspelledLength || len(b)-len(a) > 1 || len(a) == 0 || a[0] != b[0] || !slices.ContainsFunc(b, unicode.IsLetter) {
		return false
	}
	if slices.ContainsFunc(b, func(r rune) bool { return isUnspaced(r) || unicode.IsDigit(r) }) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return slices.Equal(a[i:], b[i+1:])
	case i == len(a) || slices.Equal(a[i+1:], b[i+1:]):
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// cutSlack is by how many letters two names of one headline may be cut apart: an
// edition cuts names at 140 characters, and its pages do not always show the same
// number of them.
const cutSlack = 3

// cut reports whether one name is the other, cut within a word.
func cut(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, ok := strings.CutPrefix(b, a)
	return ok && a != "" && length(rest) <= cutSlack && !strings.ContainsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
}

// alikeShort reports whether two headlines of few words differ in few letters, and in
// forms of the same words: so few words are not a measure, since "ferry" and "ferries"
// are two.
func (e *Event) alikeShort(other *Event) bool {
	if min(len(e.words()), len(other.words())) > fewWords {
		return false
	}
	longer, shorter := length(e.headline), length(other.headline)
	if longer < shorter {
		longer, shorter = shorter, longer
	}
	most := int((1 - alikeLetters) * float64(longer)) // edits
	return longer-shorter <= most && levenshtein.ComputeDistance(e.headline, other.headline) <= most && sameWords(e.fields(), other.fields())
}

// sameWords reports whether the words that only one of two headlines has are forms of
// those that only the other has, in their order. Small words do not count.
func sameWords(a, b []string) bool {
	a, b = without(a, b), without(b, a)
	return slices.EqualFunc(a, b, func(x, y string) bool { return misspelled(x, y) || sameStem(x, y) })
}

// smallWords are those that say nothing of what an event is about.
var smallWords = append([]string{"and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "to", "was", "were", "with"}, articles...)

// without returns the words of a headline that others lack.
func without(words, others []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return slices.Contains(others, w) || slices.Contains(smallWords, w)
	})
}

// endings are those of the forms of an English word. Niger and Nigeria are two.
var endings = []string{"", "d", "e", "ed", "es", "ied", "ies", "ing", "s", "y"}

// stem is how many letters two forms of a word have in common at least.
const stem = 3

// sameStem reports whether two words are forms of one: opens and opened.
func sameStem(x, y string) bool {
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	for ; n >= stem; n-- {
		if slices.Contains(endings, x[n:]) && slices.Contains(endings, y[n:]) {
			return true
		}
	}
	return false
}
