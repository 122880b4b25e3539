package mergefile

import (
	"bytes"
	"strings"

	"newsctl/archive/diff"
)

// Resolve merges the two sides of the conflicts that git left in a listing, or in the
// related list of an event. Of an entry that the sides have differently it takes either
// one, and the contexts of both: whoever rebuilds the page knows better. A related list
// may become longer than the limit. It returns how many conflicts are left: those that
// are about something else.
func Resolve(src []byte, at string, o Options) (resolved []byte, conflicts int) {
	v, labels, ok := sides(src)
	if !ok {
		return src, 1
	}
	o.Markers = diff.Markers{Ours: labels[0], Theirs: labels[1]}
	return merge(v, at, &merger{options: o, union: true})
}

// sides returns the versions of a page with conflicts, and the labels of both sides.
// What is outside of conflicts is in all versions; without the style diff3, nothing
// else is in base. It returns false where markers are missing.
func sides(src []byte) (v Versions, labels [2]string, ok bool) {
	const (
		outside = iota
		inOurs
		inBase
		inTheirs
	)
	at := outside
	for _, line := range bytes.SplitAfter(src, []byte("\n")) {
		marker, label, _ := strings.Cut(strings.TrimRight(string(line), "\r\n"), " ")
		switch {
		case marker == "<<<<<<<" && at == outside:
			at, labels[0] = inOurs, label
		case marker == "|||||||" && at == inOurs:
			at = inBase
		case marker == "=======" && (at == inOurs || at == inBase):
			at = inTheirs
		case marker == ">>>>>>>" && at == inTheirs:
			at, labels[1] = outside, label
		case marker == "<<<<<<<" || marker == ">>>>>>>":
			return v, labels, false
		default:
			if at == outside || at == inBase {
				v.Base = append(v.Base, line...)
			}
			if at == outside || at == inOurs {
				v.Ours = append(v.Ours, line...)
			}
			if at == outside || at == inTheirs {
				v.Theirs = append(v.Theirs, line...)
			}
		}
	}
	return v, labels, at == outside
}
