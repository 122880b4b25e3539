package page

import (
	"cmp"
	"fmt"
	"slices"
)

// Edit replaces the bytes of a span by New. An empty span inserts.
type Edit struct {
	Span
	New string
}

// Insert returns the edit that puts text at an offset.
func Insert(at int, text string) Edit { return Edit{Span{at, at}, text} }

// Apply returns src with the edits made. Edits may come in any order; several
// that insert at one place keep their order. It is an error if two overlap or
// one leaves the source. Without edits the result is src itself; with edits it
// is never nil, also where nothing is left.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return src, nil
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	out := make([]byte, 0, len(src))
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End < e.Start || e.End > len(src) {
			return nil, fmt.Errorf("edit of bytes %d to %d overlaps another or leaves the page", e.Start, e.End)
		}
		out = append(out, src[at:e.Start]...)
		out = append(out, e.New...)
		at = e.End
	}
	return append(out, src[at:]...), nil
}
