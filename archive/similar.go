package archive

// similarity returns how alike two strings are, from 0 to 1: one minus the part
// of the longer one that edits of single characters must change. What is below
// least need not be exact, only below.
func similarity(a, b string, least float64) float64 {
	x, y := newOutline(a), newOutline(b)
	if x.mostAlike(y, least) < least {
		return 0
	}
	return newPattern(x).similarity(y, least)
}

// outline is a text and what it is compared by before edits are counted: its
// length in characters, and how often each character occurs, and each two that
// follow each other.
type outline struct {
	text   string
	length int
	single counts
	pairs  counts
}

func newOutline(text string) *outline {
	o := &outline{text: text}
	before := rune(0)
	for _, r := range text {
		if o.length++; o.length > 1 {
			o.pairs.add(uint32(before)*31 + uint32(r))
		}
		o.single.add(uint32(r))
		before = r
	}
	return o
}

// mostAlike returns how alike two texts are at most, or 0 if that is certain to be
// below least.
func (o *outline) mostAlike(p *outline, least float64) float64 {
	longer := max(o.length, p.length)
	most := score(max(o.single.apart(&p.single), longer-min(o.length, p.length)), longer)
	if most < least {
		return 0
	}
	// An edit changes at most two pairs, since it has a neighbour on each side.
	most = min(most, score((o.pairs.apart(&p.pairs)+1)/2, longer))
	if most < least {
		return 0
	}
	return most
}

// score returns how alike two texts are that so many edits separate.
func score(edits, longer int) float64 {
	if longer == 0 {
		return 1
	}
	return 1 - float64(edits)/float64(longer)
}

// counts says how often things occur that hash to each of 128 numbers, a byte
// each, eight to a word, in no order. None goes over 127.
type counts struct {
	words [16]uint64
	total int
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x80 * lowBits
	evenLows = 0x00ff00ff00ff00ff
)

func (c *counts) add(hash uint32) {
	word, shift := &c.words[hash%16], hash/16%8*8
	if *word>>shift&127 < 127 {
		*word += 1 << shift
		c.total++
	}
}

// apart returns how many additions and removals, of which one of each can be one
// step, turn one count into another.
func (c *counts) apart(d *counts) int {
	var sums uint64 // of the bytes by which c is more, in four lanes
	for i, x := range c.words {
		less := (x | highBits) - d.words[i] // a byte keeps its high bit where x is not less
		more := less & (less & highBits >> 7 * 127)
		sums += more&evenLows + more>>8&evenLows
	}
	tooMany := int(sums * 0x0001000100010001 >> 48)
	return max(tooMany, tooMany-c.total+d.total)
}

// pattern is a text that many others are compared with.
type pattern struct {
	*outline
	words int // of 64 characters each
	chars []char
	first [256]int32 // the last of chars with such a low byte, counted from 1

	up, down []uint64 // of the column in hand
}

// char is a character of a pattern, with the places where it occurs.
type char struct {
	r    rune
	next int32 // another of chars with the same low byte, counted from 1
	at   []uint64
}

func newPattern(o *outline) *pattern {
	p := &pattern{outline: o, words: (o.length + 63) / 64}
	p.up, p.down = make([]uint64, p.words), make([]uint64, p.words)
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

// similarity returns how alike the pattern and a text are, or something below
// least. Texts that are too long to be compared are not alike, unless they are
// equal.
func (p *pattern) similarity(o *outline, least float64) float64 {
	longer := max(p.length, o.length)
	switch {
	case p.text == o.text:
		return 1
	case p.effort(o) > maxEffort:
		return 0
	default:
		most := int((1-least)*float64(longer)) + 1
		return score(p.distance(o, most), longer)
	}
}

// distance returns how many edits of single characters turn the pattern into a
// text, or more than most, if it is certain to be more. It goes through the text
// once and keeps, as Myers found, of each column of the table of distances only
// where it goes up or down by one, 64 rows a word (Hyyrö: A bit-vector algorithm
// for computing Levenshtein and Damerau edit distances, 2003).
func (p *pattern) distance(o *outline, most int) int {
	if p.words == 0 {
		return o.length
	}
	for i := range p.up {
		p.up[i], p.down[i] = ^uint64(0), 0
	}
	distance, left := p.length, o.length
	for _, r := range o.text {
		distance += p.column(p.places(r))
		if left--; distance-left > most { // each character left makes it one less at most
			return distance - left
		}
	}
	return distance
}

// column goes to the next column of the table of distances, of a character with
// these places in the pattern, and returns by how much its last row differs.
func (p *pattern) column(at []uint64) (change int) {
	last, bit := p.words-1, (p.length-1)%64
	carryUp, carryDown := uint64(1), uint64(0)
	for i, up := range p.up {
		var match uint64
		if at != nil {
			match = at[i]
		}
		down := p.down[i]
		v := match | carryDown
		diagonal := ((v&up + up) ^ up) | v | down
		rises := down | ^(diagonal | up)
		falls := diagonal & up
		if i == last {
			change = int(rises>>bit&1) - int(falls>>bit&1)
		}
		nextUp, nextDown := rises>>63, falls>>63
		rises, falls = rises<<1|carryUp, falls<<1|carryDown
		carryUp, carryDown = nextUp, nextDown
		p.up[i] = falls | ^(diagonal | rises)
		p.down[i] = rises & diagonal
	}
	return change
}
