package mergefile

import (
	"strconv"
	"strings"

	"newsctl/archive/diff"
)

// writer writes a merged page.
type writer struct {
	strings.Builder
	markers   diff.Markers
	conflicts int
	units     []string // the text of each unit of a list that was written
	at        place
}

// place is what decides how the next unit of a list begins.
type place struct {
	topic  string
	below  bool // a topic heads what follows
	number int
	pred   string
}

// section writes the head of a section and the units that it is to have.
func (w *writer) section(s *section, units []merged) {
	w.WriteString(s.head)
	if len(units) > 0 {
		w.WriteString(s.gap)
	}
	w.list(units, s.sep)
}

// list writes units. Those that were the last ones and are no longer so are followed
// by sep.
func (w *writer) list(units []merged, sep string) {
	w.at = place{}
	for i, u := range units {
		if u.conflict {
			w.conflict(u)
		} else {
			w.unit(u.unit)
		}
		if i == len(units)-1 {
			return
		}
		if u.last || !strings.Contains(u.sep, "\n") {
			w.WriteString(sep)
		} else {
			w.WriteString(u.sep)
		}
	}
}

// unit writes a unit, below the topic and with the number that it has in this place.
func (w *writer) unit(u *unit) {
	l := u.lead
	switch elsewhere := w.at.pred != l.pred; {
	case l.headed && !(elsewhere && w.at.below && w.at.topic == l.topic):
		w.WriteString(l.heading + l.gap)
	case l.hasTopic && !(w.at.below && w.at.topic == l.topic):
		w.WriteString(l.heading)
	case !l.hasTopic && w.at.below:
		w.WriteString("#####\n")
	}
	w.WriteString(l.indent)
	if l.numbered {
		w.at.number += l.step
		w.WriteString(strconv.Itoa(w.at.number))
	}
	w.WriteString(u.text())
	w.units = append(w.units, u.text())
	w.at.topic, w.at.below, w.at.pred = l.topic, l.hasTopic, u.key
}

// conflict writes both sides of a unit.
func (w *writer) conflict(u merged) {
	var sides [2]string
	before := w.at
	for i, side := range []*unit{u.theirs, u.ours} {
		if side == nil {
			continue
		}
		one := &writer{at: before}
		one.unit(side)
		sides[1-i], w.at = one.String(), one.at
	}
	w.mark(sides[0], sides[1])
}

// mark writes two texts as a conflict, without the end of its last line.
func (w *writer) mark(ours, theirs string) {
	w.conflicts++
	w.WriteString(strings.TrimSuffix(w.markers.Conflict(ours, theirs, "\n"), "\n"))
}

// lines merges text that ends without a line end line by line, and writes it.
func (w *writer) lines(base, ours, theirs string) {
	if text, ok := merge3(base, ours, theirs); ok {
		w.WriteString(text)
		return
	}
	end := func(text string) []byte {
		if text == "" {
			return nil
		}
		return []byte(text + "\n")
	}
	merged, n := diff.Merge(end(base), end(ours), end(theirs), w.markers)
	w.conflicts += n
	w.WriteString(strings.TrimSuffix(string(merged), "\n"))
}

// holds reports whether a merged page reads as what was written: nothing that a
// side added may be lost to Markdown.
func (w *writer) holds(m *merger, at string) bool {
	d := m.read([]byte(w.String()), at)
	if d == nil {
		return false
	}
	left := map[string]int{}
	for i := range d.units {
		if s := d.units[i].section; s != nil {
			for k := range s.units {
				left[s.units[k].text()]++
			}
		}
	}
	for _, text := range w.units {
		if left[text]--; left[text] < 0 {
			return false
		}
	}
	return true
}
