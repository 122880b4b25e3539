package match

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsctl/archive/source"
)

// Event is what a page says of an event, as far as it says which one it is.
type Event struct {
	Path   string
	Day    int  // counted from any day, so that two differ by the days between them
	Listed bool // the page of its day lists it

	// Versions are the paths of the pages that carried its headlines.
	Versions []string

	*said // nothing of it changes
}

// said is what an event says with its headline and its sources. What is worked out is
// so when first asked for.
type said struct {
	headline  string   // in lower case, words separated by single spaces
	addresses []string // of the sources, in any form

	fieldsOnce, wordsOnce, numbersOnce, sourcesOnce sync.Once

	fieldsFound  []string
	wordsFound   []string
	numbersFound numbers
	sourcesFound []string
}

// New returns an event with a headline, as it reads, its topic, which some wordings
// repeat before the headline, and the addresses of its sources. Of a page that is
// gone, the name says the headline, without the signs. Copies of an event may be
// used from several goroutines.
func New(headline, topic string, sources ...string) *Event {
	headline = withoutURL(normalize(headline))
	if topic = normalize(topic); topic != "" {
		if rest, ok := strings.CutPrefix(headline, topic+" "); ok {
			headline = rest
		}
	}
	return &Event{said: &said{headline: headline, addresses: sources}}
}

// fields returns the words of the headline.
func (s *said) fields() []string {
	s.fieldsOnce.Do(func() { s.fieldsFound = strings.Fields(s.headline) })
	return s.fieldsFound
}

// words returns the words that say what the headline is about, in byte order.
func (s *said) words() []string {
	s.wordsOnce.Do(func() { s.wordsFound = wordsOf(s.fields()) })
	return s.wordsFound
}

// numbers returns the numbers in the headline.
func (s *said) numbers() numbers {
	s.numbersOnce.Do(func() { s.numbersFound = numbersOf(s.fields()) })
	return s.numbersFound
}

// sources returns the canonical addresses of the sources, in byte order.
func (s *said) sources() []string {
	s.sourcesOnce.Do(func() {
		for _, address := range s.addresses {
			s.sourcesFound = append(s.sourcesFound, source.Canonical(address))
		}
		slices.Sort(s.sourcesFound)
		s.sourcesFound = slices.Compact(s.sourcesFound)
	})
	return s.sourcesFound
}

// Headline returns the headline in the form in which it is compared: two pages of
// one headline have the same.
func (e *Event) Headline() string { return e.headline }

// Words returns the words of the headline that say what it is about, in byte order.
func (e *Event) Words() []string { return e.words() }

// CanonicalSources returns the addresses of the event's sources, in the form that
// [source.Canonical] gives them, in byte order.
func (e *Event) CanonicalSources() []string { return e.sources() }

// SharesSource reports whether two events have a source in common.
func (e *Event) SharesSource(other *Event) bool {
	return slices.ContainsFunc(e.sources(), func(s string) bool { return slices.Contains(other.sources(), s) })
}

// normalize returns text in lower case with a space for all that is not a letter,
// a mark, or a digit. A point between digits stays, as part of a number, and so
// does the sign that numbers the parts of a series. A comma between digits goes.
func normalize(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	runes := []rune(strings.ToLower(text))
	at := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsDigit(runes[i]) }
	space := false
	for i, r := range runes {
		switch {
		case r == ',' && at(i-1) && at(i+1):
			continue
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r), r == '.' && at(i-1) && at(i+1), r == '#' && at(i+1):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return b.String()
}

// withoutURL returns a headline up to the address that some pages have after it.
func withoutURL(headline string) string {
	for _, scheme := range []string{" http ", " https ", " url http"} {
		if text, _, ok := strings.Cut(headline, scheme); ok {
			headline = text
		}
	}
	return headline
}

const (
	// shortestWord is how many letters a word has at least that says what a
	// headline is about: shorter ones are mostly articles and prepositions.
	shortestWord = 4

	// stemLength is how many letters of a word count: "attack", "attacks", and
	// "attacked" are one.
	stemLength = 5
)

// wordsOf returns the words of a headline that say what it is about: the stems of
// longer words, numbers, and, where a script has no spaces between words, each two
// letters that follow each other.
func wordsOf(fields []string) []string {
	var out []string
	for _, field := range fields {
		runes := []rune(field)
		switch {
		case slices.ContainsFunc(runes, isUnspaced):
			for i := 1; i < len(runes); i++ {
				out = append(out, string(runes[i-1:i+1]))
			}
		case unicode.IsDigit(runes[0]) || runes[0] == '#':
			out = append(out, field)
		case len(runes) >= shortestWord:
			out = append(out, string(runes[:min(len(runes), stemLength)]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// isUnspaced reports whether a letter is of a script that has no spaces between
// words.
func isUnspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// overlap returns which part of the words of the shorter headline the other has,
// and how many these are.
func (e *Event) overlap(other *Event) (part float64, common int) {
	x, y := e.words(), other.words()
	fewer := min(len(x), len(y))
	for len(x) > 0 && len(y) > 0 {
		switch c := strings.Compare(x[0], y[0]); {
		case c < 0:
			x = x[1:]
		case c > 0:
			y = y[1:]
		default:
			common++
			x, y = x[1:], y[1:]
		}
	}
	return float64(common) / float64(max(fewer, 1)), common
}

// Overlap returns which part of the words of the shorter headline the other has.
func (e *Event) Overlap(other *Event) float64 {
	part, _ := e.overlap(other)
	return part
}

// begins reports whether the other headline holds the beginning of this one: it
// was continued, or a topic was put before it.
func (e *Event) begins(other *Event) bool {
	n := 0
	for i := range e.headline {
		if n == beginning {
			return strings.Contains(other.headline, e.headline[:i])
		}
		n++
	}
	return n == beginning && strings.Contains(other.headline, e.headline)
}

// length returns the length of text in characters.
func length(text string) int { return utf8.RuneCountInString(text) }
