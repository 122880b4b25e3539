package diff

import (
	"slices"
	"strings"
)

// Style is how a diff looks. Without color it is the text that git apply reads.
type Style struct {
	// Color adds git's colors as ANSI escape sequences, and no others: what is not
	// visible is escaped. In a line that replaces a similar one, what differs is in
	// reverse video.
	Color bool

	// QuotePaths writes paths that are not ASCII with escapes, as git does with
	// core.quotePath.
	QuotePaths bool
}

// The usual styles.
var (
	Plain    = Style{}
	Terminal = Style{Color: true}
)

const (
	bold      = "\x1b[1m"
	red       = "\x1b[31m"
	green     = "\x1b[32m"
	cyan      = "\x1b[36m"
	reset     = "\x1b[m"
	reverse   = "\x1b[7m"
	unreverse = "\x1b[27m"
)

// maxPairings bounds the work of highlight: in a block of more than some 250
// replaced lines nobody looks for single words.
const maxPairings = 1 << 16

// highlight marks, in the lines of one edit, the words that differ between a
// removed line and the added line that replaces it. Which replaces which is
// found by likeness: where an entry leaves a numbered list, the next one is
// compared with itself under its new number.
func highlight(removed, added []string) (markedRemoved, markedAdded []string) {
	if len(removed)*len(added) > maxPairings {
		return removed, added
	}
	markedRemoved, markedAdded = slices.Clone(removed), slices.Clone(added)
	best := bestPairings(removed, added)
	for i, j := 0, 0; i < len(removed) && j < len(added); {
		switch best[i][j] {
		case best[i+1][j]:
			i++
		case best[i][j+1]:
			j++
		default:
			markedRemoved[i], markedAdded[j] = markWords(removed[i], added[j])
			i, j = i+1, j+1
		}
	}
	return markedRemoved, markedAdded
}

// bestPairings reports for all i and j how much likeness there can be in sum
// when lines of removed[i:] and added[j:] are paired in order.
func bestPairings(removed, added []string) [][]int {
	best := make([][]int, len(removed)+1)
	best[len(removed)] = make([]int, len(added)+1)
	for i := len(removed) - 1; i >= 0; i-- {
		best[i] = make([]int, len(added)+1)
		for j := len(added) - 1; j >= 0; j-- {
			paired := likeness(removed[i], added[j]) + best[i+1][j+1]
			best[i][j] = max(paired, best[i+1][j], best[i][j+1])
		}
	}
	return best
}

// likeness counts the bytes that two lines share at their ends, newlines aside.
func likeness(a, b string) int {
	a, b = strings.TrimRight(a, "\r\n"), strings.TrimRight(b, "\r\n")
	shorter := min(len(a), len(b))
	head := 0
	for head < shorter && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < shorter-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head + tail
}

// markWords puts what differs between two lines in reverse video, unless that
// would be nearly all.
func markWords(removed, added string) (markedRemoved, markedAdded string) {
	runs := Words(removed, added)
	if len(runs) == 1 {
		return removed, added
	}
	return Mark(runs, mark)
}

// mark puts a text in reverse video, but for the end of a line.
func mark(text string) string {
	body := strings.TrimRight(text, "\r\n")
	if body == "" {
		return text
	}
	return reverse + body + unreverse + text[len(body):]
}
