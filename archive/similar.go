package archive

import (
	"math/bits"
	"unicode/utf8"
)

// similarity returns how alike two strings are, from 0 to 1: one minus the part
// of the longer one that edits of single characters must change. Anything that
// is certain to be below least is 0, found without counting edits.
func similarity(a, b string, least float64) float64 {
	x, y := newOutline(a), newOutline(b)
	if x.mostAlike(y) < least {
		return 0
	}
	return newPattern(x).similarity(y)
}

// outline is a text and what it is compared by before edits are counted: its
// length in characters, and how often each occurs. Characters that differ by a
// multiple of 128 are counted as one, and none more than 255 times.
type outline struct {
	text   string
	length int
	counts [128]uint8
}

func newOutline(text string) *outline {
	o := &outline{text: text}
	for _, r := range text {
		o.length++
		if n := &o.counts[r%128]; *n < 255 {
			*n++
		}
	}
	return o
}

// mostAlike returns how alike two texts are at most.
func (o *outline) mostAlike(p *outline) float64 { return o.score(p, o.fewestEdits(p)) }

// score returns how alike two texts are that so many edits separate.
func (o *outline) score(p *outline, edits int) float64 {
	longer := max(o.length, p.length)
	if longer == 0 {
		return 1
	}
	return 1 - float64(edits)/float64(longer)
}

// fewestEdits returns a number of edits that two texts are at least apart: each
// edit removes at most one character too many and one too few.
func (o *outline) fewestEdits(p *outline) int {
	tooMany, tooFew := 0, 0
	for i, n := range &o.counts {
		if d := int(n) - int(p.counts[i]); d > 0 {
			tooMany += d
		} else {
			tooFew -= d
		}
	}
	return max(tooMany, tooFew, o.length-p.length, p.length-o.length)
}

// pattern is a text that many others are compared with.
type pattern struct {
	*outline
	words int // of 64 characters each
	chars []char
	first [256]int32 // the last of chars with such a low byte, counted from 1
}

// char is a character of a pattern, with the places where it occurs.
type char struct {
	r    rune
	next int32 // another of chars with the same low byte, counted from 1
	at   []uint64
}

func newPattern(o *outline) *pattern {
	p := &pattern{outline: o, words: (o.length + 63) / 64}
	i := 0
	for _, r := range o.text {
		at := p.places(r)
		if at == nil {
			at = make([]uint64, p.words)
			p.chars = append(p.chars, char{r, p.first[byte(r)], at})
			p.first[byte(r)] = int32(len(p.chars))
		}
		at[i/64] |= 1 << (i % 64)
		i++
	}
	return p
}

// places returns the places of a character, a bit each, or nil.
func (p *pattern) places(r rune) []uint64 {
	for i := p.first[byte(r)]; i > 0; i = p.chars[i-1].next {
		if p.chars[i-1].r == r {
			return p.chars[i-1].at
		}
	}
	return nil
}

// maxEffort bounds the search for similar texts, in steps of [pattern.distance].
// The longest headline of real archives has 854 characters: two such take 12,000.
const maxEffort = 1 << 20

// effort returns how many steps it takes to compare a text.
func (p *pattern) effort(o *outline) int { return p.words * o.length }

// similarity returns how alike the pattern and a text are. Texts that are too
// long to be compared are not alike, unless they are equal.
func (p *pattern) similarity(o *outline) float64 {
	switch {
	case p.text == o.text:
		return 1
	case p.effort(o) > maxEffort:
		return 0
	default:
		return p.score(o, p.distance(o.text))
	}
}

// distance returns how many edits of single characters turn the pattern into a
// text. It goes through the text once and keeps, as Myers found, of each column of
// the table of distances only where it goes up or down by one, 64 rows a word
// (Hyyrö: A bit-vector algorithm for computing Levenshtein and Damerau edit
// distances, 2003).
func (p *pattern) distance(text string) int {
	if p.words == 0 {
		return utf8.RuneCountInString(text)
	}
	up, down := make([]uint64, p.words), make([]uint64, p.words)
	for i := range up {
		up[i] = ^uint64(0)
	}
	last, bit := p.words-1, (p.length-1)%64
	distance := p.length
	for _, r := range text {
		at := p.places(r)
		carryUp, carryDown := uint64(1), uint64(0)
		for i := range up {
			var match uint64
			if at != nil {
				match = at[i]
			}
			v := match | carryDown
			sum, _ := bits.Add64(v&up[i], up[i], 0)
			diagonal := (sum ^ up[i]) | v | down[i]
			rises := down[i] | ^(diagonal | up[i])
			falls := diagonal & up[i]
			if i == last {
				distance += int(rises>>bit&1) - int(falls>>bit&1)
			}
			nextUp, nextDown := rises>>63, falls>>63
			rises, falls = rises<<1|carryUp, falls<<1|carryDown
			carryUp, carryDown = nextUp, nextDown
			up[i] = falls | ^(diagonal | rises)
			down[i] = rises & diagonal
		}
	}
	return distance
}
