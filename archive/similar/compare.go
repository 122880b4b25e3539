package similar

import (
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Difference is in what two names differ that are nearly one.
type Difference uint8

// The differences, the least first.
const (
	None Difference = iota // the names are one, or two that are not near
	Form
	Case
	Punctuation
	Accents
	Number
	Typo
)

// String returns what a message calls a difference.
func (d Difference) String() string {
	return [...]string{"nothing", "Unicode form", "case", "spaces or punctuation", "accents", "singular and plural", "a letter"}[d]
}

const (
	// shortestTypo is how many letters the longer of two words has at least, if one
	// is the other with a letter wrong: Iran and Iraq are two.
	shortestTypo = 5

	// shortestPlural is how many letters a word has at least that may be a plural:
	// "US" is not several U.
	shortestPlural = 4

	// derived are the letters that a word ends with which is made of another:
	// Libyan, Iraqi, Philippine.
	derived = "nie"
)

// compare returns in what two different names differ, if they are nearly one. Names
// that differ in a digit are two, and so are words of scripts without spaces that
// differ in a character.
func compare(a, b *name) Difference {
	switch {
	case a.form == b.form:
		return Form
	case a.folded == b.folded:
		return Case
	case a.marked == b.marked:
		return Punctuation
	case a.letters == b.letters && a.letters != "":
		return Accents
	case a.singular == b.singular && a.singular != "":
		return Number
	case isTypo(a.words, b.words):
		return Typo
	}
	return None
}

// name is a name with what is left of it if differences are ignored, one after the
// other.
type name struct {
	text     string
	form     string   // in one Unicode form, without characters that nobody can see
	folded   string   // without case
	marked   string   // without spaces and punctuation
	letters  string   // without accents
	words    []string // of letters
	singular string   // of words that may be plurals
}

func newName(text string) *name {
	n := &name{text: text}
	n.form = norm.NFKC.String(strings.Map(visible, text))
	n.folded = norm.NFKC.String(cases.Fold().String(n.form))
	n.marked = strings.Map(wordRune, n.folded)
	if n.marked == "" {
		n.marked = n.folded // nothing but marks
	}
	n.words = strings.FieldsFunc(plain(n.folded), func(r rune) bool { return r != '\'' && r != '’' && r != '.' && wordRune(r) < 0 })
	var singular strings.Builder
	for i, w := range n.words {
		w = strings.Map(wordRune, w)
		n.words[i] = w
		singular.WriteString(singularOf(w))
	}
	n.letters = strings.Join(n.words, "")
	n.singular = singular.String()
	return n
}

// visible drops the characters that nobody can see.
func visible(r rune) rune {
	if unicode.In(r, unicode.Cf, unicode.Cc) {
		return -1
	}
	return r
}

// wordRune drops what is not part of a word.
func wordRune(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) {
		return r
	}
	return -1
}

// plain returns a text without the accents of Latin letters.
func plain(s string) string {
	var b strings.Builder
	latin := false
	for _, r := range norm.NFD.String(s) {
		if unicode.Is(unicode.Mn, r) && latin {
			continue
		}
		latin = unicode.Is(unicode.Latin, r)
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// singularOf returns a word without the end of a plural.
func singularOf(w string) string {
	if len([]rune(w)) < shortestPlural {
		return w
	}
	for _, end := range []string{"ies", "y"} {
		if stem, ok := strings.CutSuffix(w, end); ok {
			return stem + "y"
		}
	}
	for _, end := range []string{"sses", "shes", "ches", "xes"} {
		if strings.HasSuffix(w, end) {
			return strings.TrimSuffix(w, "es")
		}
	}
	if strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is") {
		return w
	}
	return strings.TrimSuffix(w, "s")
}

// isTypo reports whether two names differ in one letter of one long word. The first
// letter is right: Gambia and Zambia are two.
func isTypo(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	different := -1
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if different >= 0 {
			return false
		}
		different = i
	}
	return different >= 0 && misspelled([]rune(a[different]), []rune(b[different]))
}

// misspelled reports whether two words are one with a letter wrong, missing, or in
// the place of its neighbor.
func misspelled(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if !mayBeMisspelled(b) || len(a) == 0 || a[0] != b[0] || len(b)-len(a) > 1 {
		return false
	}
	if len(a) < len(b) && string(b[:len(a)]) == string(a) && strings.ContainsRune(derived, b[len(a)]) {
		return false
	}
	switch levenshtein.ComputeDistance(string(a), string(b)) {
	case 1:
		return true
	case 2:
		return isSwap(a, b)
	}
	return false
}

// isSwap reports whether two words differ in two neighbors that changed places.
func isSwap(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:])
}

// mayBeMisspelled reports whether a letter of a word may be wrong.
func mayBeMisspelled(w []rune) bool {
	if len(w) < shortestTypo {
		return false
	}
	for _, r := range w {
		if unicode.IsNumber(r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			return false
		}
	}
	return true
}
