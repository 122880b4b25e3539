package archive

import (
	"strings"
	"unicode"

	"github.com/gosimple/slug"
)

// SlugStyle is a way to make file names from headlines.
type SlugStyle uint8

// The styles of slugs. AutoSlug is whichever the archive's own names show.
const (
	AutoSlug SlugStyle = iota

	// ASCIISlug is the rule of the English editions: the first 140 characters
	// of the headline, accents transliterated, lower-cased, every run of
	// characters other than a-z and 0-9 one dash.
	ASCIISlug

	// UnicodeSlug is the rule of the Chinese edition: the first 60 characters
	// of the headline, full stops and commas dropped, every run of characters
	// other than letters and digits of any script and the underscore one dash.
	// All 8,925 names of that edition follow it.
	UnicodeSlug
)

// String returns the style's name in the configuration.
func (s SlugStyle) String() string {
	return [...]string{"auto", "ascii", "unicode"}[s]
}

const (
	asciiSlugLength   = 140
	unicodeSlugLength = 60
)

// slug returns the file name, without extension, of an event with a raw
// headline; leading space counts. It is empty if the headline holds no letter
// and no digit. Length is the number of characters of the headline that count;
// 0 is the style's own.
func (s SlugStyle) slug(headline string, length int) string {
	if s == UnicodeSlug {
		return unicodeSlug(first(headline, length, unicodeSlugLength))
	}
	return asciiSlug(first(headline, length, asciiSlugLength))
}

// first returns the first n characters of s, or fallback many if n is 0.
func first(s string, n, fallback int) string {
	if n == 0 {
		n = fallback
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// asciiSlug leaves transliteration to a library, whose own substitutions
// (an apostrophe dropped, & and @ spelled out) are not the archive's: they find
// nothing to substitute, since all but letters and digits is a dash already.
func asciiSlug(s string) string {
	made := slug.Make(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return '-'
	}, s))
	if strings.Contains(made, "_") { // a letter may be transliterated to one
		made = slug.Make(strings.ReplaceAll(made, "_", "-"))
	}
	return made
}

func unicodeSlug(s string) string {
	var b strings.Builder
	dash := false
	for _, r := range s {
		switch {
		case r == '.' || r == ',':
		case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			dash = false
		default:
			dash = true
		}
	}
	return b.String()
}

// isASCIISlug reports whether a name is one that the ascii style makes.
func isASCIISlug(name string) bool {
	return strings.Trim(strings.TrimSuffix(name, extension), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// slugStyle returns the style of the archive's event names: the one that is
// configured, or else the one the names of its last days show: unicode if one
// of them holds more than a-z, 0-9 and dashes.
func (a *Archive) slugStyle() SlugStyle {
	if a.config.SlugStyle != AutoSlug {
		return a.config.SlugStyle
	}
	a.styleOnce.Do(func() {
		a.style = ASCIISlug
		for _, d := range a.LastDays(newest) {
			for _, name := range a.folder(d.Dir()).names {
				if isEventName(name) && !isASCIISlug(name) {
					a.style = UnicodeSlug
				}
			}
		}
	})
	return a.style
}

// Slug returns the file name, without extension, that the archive gives an
// event with a raw headline.
func (a *Archive) Slug(headline string) string {
	return a.slugStyle().slug(headline, a.config.SlugLength)
}
