// Package slug makes the names of event pages from their headlines, and recognizes
// those that were made in other ways.
package slug

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/gosimple/slug"
	"golang.org/x/text/unicode/norm"
)

// Style is a way to make file names from headlines.
type Style uint8

// The styles of slugs. Auto is whichever the archive's own names show.
const (
	Auto Style = iota

	// ASCII is the rule of the English editions: the first 140 characters
	// of the headline, accents transliterated, lower-cased, every run of
	// characters other than a-z and 0-9 one dash.
	ASCII

	// Unicode is the rule of the Chinese edition: the first 60 characters
	// of the headline, full stops and commas dropped, every run of characters
	// other than letters, with their combining marks, and digits of any script and
	// the underscore one dash. All 8,925 names of that edition follow it.
	Unicode
)

// String returns the style's name in the configuration.
func (s Style) String() string {
	return [...]string{"auto", "ascii", "unicode"}[s]
}

const (
	asciiLength   = 140
	unicodeLength = 60
)

// Make returns the file name, without extension, of an event with a raw
// headline; leading space counts. It is empty if the headline holds no letter
// and no digit. Length is the number of characters of the headline that count;
// 0 is the style's own.
func (s Style) Make(headline string, length int) string {
	headline = norm.NFC.String(headline)
	if s == Unicode {
		return makeUnicode(first(headline, cmp.Or(length, unicodeLength)))
	}
	return makeASCII(first(headline, cmp.Or(length, asciiLength)))
}

// first returns the first n characters of s.
func first(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// makeASCII leaves transliteration to a library, whose own substitutions
// (an apostrophe dropped, & and @ spelled out) are not the archive's: they find
// nothing to substitute, since all but letters and digits is a dash already.
func makeASCII(s string) string {
	words := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return '-'
	}, s)
	if !strings.ContainsFunc(words, func(r rune) bool { return r > unicode.MaxASCII }) { // the library would unpack its tables for nothing
		return strings.ToLower(strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == '-' }), "-"))
	}
	made := slug.Make(words)
	if strings.Contains(made, "_") { // a letter may be transliterated to one
		made = slug.Make(strings.ReplaceAll(made, "_", "-"))
	}
	return made
}

func makeUnicode(s string) string {
	var b strings.Builder
	dash, word := false, false // a mark counts only in a word
	for _, r := range s {
		switch {
		case joins(r):
		case r == '.' || r == ',':
			word = false
		case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || word && unicode.IsMark(r):
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			dash, word = false, true
		default:
			dash, word = true, false
		}
	}
	return norm.NFC.String(b.String()) // what was dropped may have kept letters apart
}

// joins reports whether a character only says how those beside it look: the zero
// width joiner, the soft hyphen, a variation selector.
func joins(r rune) bool {
	return r == 0x200d || r == 0xad || unicode.Is(unicode.Variation_Selector, r)
}

// IsASCII reports whether a name is one that the ascii style makes.
func IsASCII(name string) bool {
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// StyleOf returns the style of names of which so many are ascii ones. A unicode
// name may be an ascii one too, an ascii name never more than that.
func StyleOf(names, ascii int) Style {
	switch {
	case names == 0:
		return Auto
	case 2*ascii > names:
		return ASCII
	}
	return Unicode
}

// StyleFor returns the style that a headline asks for where no names show another:
// unicode if most of its letters are not Latin, since an ascii name would hold a
// transliteration that nobody reads.
func StyleFor(headline string) Style {
	latin := 0
	for _, r := range headline {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			latin--
		}
	}
	if latin < 0 {
		return Unicode
	}
	return ASCII
}
