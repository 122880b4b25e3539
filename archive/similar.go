package archive

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// similarity returns how alike two strings are, from 0 to 1: one minus the part
// of the longer one that edits of single characters must change. Anything that
// is certain to be below least is 0, found without counting edits.
func similarity(a, b string, least float64) float64 {
	longer := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if longer == 0 {
		return 1
	}
	score := func(edits int) float64 { return 1 - float64(edits)/float64(longer) }
	if score(fewestEdits(a, b)) < least {
		return 0
	}
	return score(levenshtein.ComputeDistance(a, b))
}

// fewestEdits returns a number of edits that two strings are at least apart:
// each edit removes at most one character too many and one too few.
func fewestEdits(a, b string) int {
	var surplus [128]int
	for _, r := range a {
		surplus[r%128]++
	}
	for _, r := range b {
		surplus[r%128]--
	}
	tooMany, tooFew := 0, 0
	for _, n := range surplus {
		if n > 0 {
			tooMany += n
		} else {
			tooFew -= n
		}
	}
	return max(tooMany, tooFew)
}
