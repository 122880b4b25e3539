package diff

import (
	"bytes"
	"slices"
	"strings"
)

// Markers are the lines around the two sides of a conflict, as git writes them.
type Markers struct {
	Ours, Theirs string // labels
	Size         int    // characters of a marker; 0: 7

	// Swapped is set where the versions are given the other way round: theirs first.
	Swapped bool
}

// defaultMarker is how many characters a marker of git has.
const defaultMarker = 7

// Conflict returns two versions of some lines as a conflict. Its lines end with
// eol; those of the versions stay, but the last ones, which must end.
func (m Markers) Conflict(ours, theirs, eol string) string {
	size := m.Size
	if size <= 0 {
		size = defaultMarker
	}
	if m.Swapped {
		ours, theirs = theirs, ours
	}
	marker := func(sign, label string) string {
		if label != "" {
			label = " " + label
		}
		return strings.Repeat(sign, size) + label + eol
	}
	return marker("<", m.Ours) + endLine(ours, eol) + marker("=", "") + endLine(theirs, eol) + marker(">", m.Theirs)
}

func endLine(text, eol string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + eol
}

// lineEnd returns how the lines of a text end.
func lineEnd(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// Merge merges two versions of a text line by line, as git merge-file does: what
// one side changed is taken, and what both changed in different ways, or without an
// unchanged line between them, becomes a conflict. It returns how many there are.
func Merge(base, ours, theirs []byte, m Markers) (merged []byte, conflicts int) {
	eol := lineEnd(ours)
	var out strings.Builder
	for _, c := range refine(chunks(splitLines(base), splitLines(ours), splitLines(theirs))) {
		if !c.conflict {
			out.WriteString(c.ours)
			continue
		}
		conflicts++
		if text := out.String(); text != "" && !strings.HasSuffix(text, "\n") {
			out.WriteString(eol)
		}
		out.WriteString(m.Conflict(c.ours, c.theirs, eol))
	}
	return []byte(out.String()), conflicts
}

// chunk is a part of a merged text: lines that are settled, in ours, or the lines of
// both sides.
type chunk struct {
	ours, theirs string
	conflict     bool
}

// chunks walks through the edits of both sides.
func chunks(base, ours, theirs []string) []chunk {
	var out []chunk
	settled := func(lines []string) {
		if len(lines) > 0 {
			out = append(out, chunk{ours: strings.Join(lines, "")})
		}
	}
	o, t := compare(base, ours), compare(base, theirs)
	at := 0
	for len(o) > 0 || len(t) > 0 {
		first := o
		if len(o) == 0 || len(t) > 0 && t[0].old.start < o[0].old.start {
			first = t
		}
		reach := first[0].old
		settled(base[at:reach.start])
		var mine, yours []edit
		for grown := true; grown; {
			grown = false
			for len(o) > 0 && o[0].old.start <= reach.end {
				mine, reach.end, o, grown = append(mine, o[0]), max(reach.end, o[0].old.end), o[1:], true
			}
			for len(t) > 0 && t[0].old.start <= reach.end {
				yours, reach.end, t, grown = append(yours, t[0]), max(reach.end, t[0].old.end), t[1:], true
			}
		}
		a, b := replay(base, ours, reach, mine), replay(base, theirs, reach, yours)
		switch {
		case len(yours) == 0 || slices.Equal(a, b):
			settled(a)
		case len(mine) == 0:
			settled(b)
		default:
			out = append(out, chunk{strings.Join(a, ""), strings.Join(b, ""), true})
		}
		at = reach.end
	}
	settled(base[at:])
	return out
}

// replay returns what edits make of the lines of base within reach.
func replay(base, side []string, reach span, edits []edit) []string {
	var out []string
	at := reach.start
	for _, e := range edits {
		out = append(append(out, base[at:e.old.start]...), e.new.of(side)...)
		at = e.old.end
	}
	return append(out, base[at:reach.end]...)
}

// nearConflicts is how many lines on which both sides agree are too few to be
// between two conflicts, as in git.
const nearConflicts = 3

// refine takes out of each conflict the lines at its ends, and longer runs within
// it, on which both sides agree.
func refine(all []chunk) []chunk {
	var out []chunk
	for _, c := range all {
		if !c.conflict {
			out = append(out, c)
			continue
		}
		ours, theirs := splitLines([]byte(c.ours)), splitLines([]byte(c.theirs))
		at := 0
		for edits := compare(ours, theirs); len(edits) > 0; {
			n := 1
			for n < len(edits) && edits[n].old.start-edits[n-1].old.end <= nearConflicts {
				n++
			}
			first, last := edits[0], edits[n-1]
			out = append(out, chunk{ours: strings.Join(ours[at:first.old.start], "")}, chunk{
				strings.Join(ours[first.old.start:last.old.end], ""), strings.Join(theirs[first.new.start:last.new.end], ""), true,
			})
			at, edits = last.old.end, edits[n:]
		}
		out = append(out, chunk{ours: strings.Join(ours[at:], "")})
	}
	return out
}
