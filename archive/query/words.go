package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Words are words to find in texts, whatever their case, accents and punctuation.
type Words []string

// NewWords returns the words of a text, which are separated by spaces.
func NewWords(s string) Words { return strings.Fields(fold(s)) }

// In reports whether a text has all of the words.
func (w Words) In(text string) bool {
	text = fold(text)
	plain := ""
	for _, word := range w {
		if strings.Contains(text, word) {
			continue
		}
		runs := spaced(word)
		if runs == "" || runs == " "+word {
			return false // a run of letters that the text has is in it as it is
		}
		if plain == "" {
			plain = spaced(text)
		}
		if !strings.Contains(plain, runs) {
			return false
		}
	}
	return true
}

// WordsOf returns the runs of letters and digits of a text, as words are compared.
func WordsOf(text string) []string { return strings.Fields(spaced(fold(text))) }

// Empty reports whether no word has a letter or a digit.
func (w Words) Empty() bool { return spaced(strings.Join(w, " ")) == "" }

// fold returns a text without differences of case, accents and Unicode form.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	s = strings.Map(func(r rune) rune {
		if 0x300 <= r && r <= 0x36f { // the accents of Latin, Greek and Cyrillic letters
			return -1
		}
		return r
	}, norm.NFD.String(cases.Fold().String(s)))
	return norm.NFC.String(s)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// spaced returns the runs of letters and digits of a text, each after a space.
func spaced(s string) string {
	var out strings.Builder
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number) }) {
		out.WriteString(" " + part)
	}
	return out.String()
}
