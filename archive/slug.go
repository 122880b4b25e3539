package archive

import (
	"strings"
	"unicode"

	"github.com/gosimple/slug"
	"golang.org/x/text/unicode/norm"
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
	// other than letters, with their combining marks, and digits of any script and
	// the underscore one dash. All 8,925 names of that edition follow it.
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
	headline = norm.NFC.String(headline)
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

// isASCIISlug reports whether a name is one that the ascii style makes.
func isASCIISlug(name string) bool {
	return strings.Trim(strings.TrimSuffix(name, Extension), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// slugStyle returns the style of the archive's event names: the one that is
// configured, or else the one that most names of its last days show, those of
// days without events omitted. It is AutoSlug if there are no names yet.
func (a *Archive) slugStyle() SlugStyle {
	if a.config.SlugStyle != AutoSlug {
		return a.config.SlugStyle
	}
	a.styleOnce.Do(func() {
		days, names, ascii := 0, 0, 0
		for d, ok := a.DayBefore(Date{Year: 10_000}); ok && days < RecentDays; d, ok = a.DayBefore(d) {
			before := names
			for _, name := range a.directory(d.Dir()).names {
				if isEventName(name) {
					names++
				}
				if isEventName(name) && isASCIISlug(name) {
					ascii++
				}
			}
			if names > before {
				days++
			}
		}
		a.style = styleOf(names, ascii)
	})
	return a.style
}

// styleOf returns the style of names of which so many are ascii ones. A unicode
// name may be an ascii one too, an ascii name never more than that.
func styleOf(names, ascii int) SlugStyle {
	switch {
	case names == 0:
		return AutoSlug
	case 2*ascii > names:
		return ASCIISlug
	}
	return UnicodeSlug
}

// SlugStyleFor returns the style of the name of an event with a headline, and
// whether the headline decides it: in an archive without names, unicode if most
// letters of the headline are not Latin, since an ascii name would hold a
// transliteration that nobody reads.
func (a *Archive) SlugStyleFor(headline string) (style SlugStyle, decides bool) {
	if style = a.slugStyle(); style != AutoSlug {
		return style, false
	}
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
		return UnicodeSlug, true
	}
	return ASCIISlug, true
}

// Slug returns the file name, without extension, that the archive gives an
// event with a raw headline.
func (a *Archive) Slug(headline string) string {
	style, _ := a.SlugStyleFor(headline)
	return style.slug(headline, a.config.SlugLength)
}

// WithSlugStyle returns an archive of the same pages whose slugs are of a style.
func (a *Archive) WithSlugStyle(style SlugStyle) *Archive {
	b := a.Clone()
	b.config.SlugStyle = style
	return b
}
