package mergefile

import (
	"cmp"
	"slices"
	"strings"
)

// document writes a merged document.
func (m *merger) document(w *writer, base, ours, theirs *document) {
	keys := order(keysOf(base.units), keysOf(ours.units), keysOf(theirs.units), strings.Compare)
	var sep string
	for _, key := range keys {
		b, o, t := find(base.units, key), find(ours.units, key), find(theirs.units, key)
		one := &writer{markers: w.markers}
		if !m.block(one, b, o, t) {
			continue
		}
		w.WriteString(sep)
		w.WriteString(one.String())
		w.conflicts += one.conflicts
		w.units = append(w.units, one.units...)
		last := false
		if sep, last = mergeSep(cmp.Or(b, &unit{}), cmp.Or(o, t), cmp.Or(t, o)); last || !strings.Contains(sep, "\n") {
			sep = "\n\n"
		}
	}
	w.WriteString(longer(base.tail, ours.tail, theirs.tail))
}

// block writes a merged unit of a document. It returns false if the unit is removed.
func (m *merger) block(w *writer, base, ours, theirs *unit) bool {
	switch a, b := textOf(ours), textOf(theirs); {
	case ours == nil || theirs == nil:
		u, kept := mergeUnit(base, ours, theirs)
		switch {
		case u.conflict:
			w.mark(a, b)
		case kept && u.section != nil:
			w.section(u.section, settled(u.section.units))
			w.WriteString(u.section.tail)
		case kept:
			w.WriteString(u.text())
		}
		return kept
	case ours.section == nil || theirs.section == nil || a == b || a == textOf(base) || b == textOf(base):
		if base != nil && base.section == nil && ours.section == nil && theirs.section == nil {
			if u, _ := mergeUnit(base, ours, theirs); !u.conflict {
				w.WriteString(u.text())
				return true
			}
		}
		w.lines(textOf(base), a, b)
	default:
		old := &section{}
		if base != nil && base.section != nil {
			old = base.section
		}
		m.section(w, old, ours.section, theirs.section)
	}
	return true
}

// textOf returns all of a unit of a document.
func textOf(u *unit) string {
	if u == nil || u.section == nil {
		if u == nil {
			return ""
		}
		return u.text()
	}
	return u.section.text()
}

// section writes a merged section.
func (m *merger) section(w *writer, base, ours, theirs *section) {
	units := m.list(base.units, ours.units, theirs.units, ours.related)
	ranked := ours.related && isRanked(ours.units) && isRanked(theirs.units)
	if ranked {
		slices.SortStableFunc(units, func(a, b merged) int { return compareRelated(a.unit, b.unit) })
	}
	if most := max(ours.limit, len(ours.units), len(theirs.units)); ours.limit > 0 && len(units) > most && !m.union {
		shorter, ok := m.shorten(units, most)
		if !ok || !ranked {
			w.lines("", ours.text(), theirs.text())
			return
		}
		units = shorter
	}
	one := &writer{markers: w.markers}
	one.lines(base.head, ours.head, theirs.head)
	out := section{
		head: one.String(),
		gap:  spaceOf(base.gap, ours.gap, theirs.gap),
		sep:  spaceOf(base.sep, ours.sep, theirs.sep),
	}
	w.conflicts += one.conflicts
	w.section(&out, units)
	w.tail(base.tail, ours.tail, theirs.tail)
}

// tail writes what follows a list: it begins with the end of the list's last line.
func (w *writer) tail(base, ours, theirs string) {
	var space, text [3]string
	for i, tail := range []string{base, ours, theirs} {
		text[i] = strings.TrimLeft(tail, " \t\r\n")
		space[i] = strings.TrimSuffix(tail, text[i])
	}
	if text[1]+text[2] == "" {
		return
	}
	w.WriteString(spaceOf(space[0], space[1], space[2]))
	w.lines(text[0], text[1], text[2])
}

// spaceOf merges white space that a version may lack.
func spaceOf(base, ours, theirs string) string {
	ours, theirs = cmp.Or(ours, theirs), cmp.Or(theirs, ours)
	return longer(cmp.Or(base, ours), ours, theirs)
}
