package mergefile

import (
	"slices"
	"strings"
)

// document is a page as units, each a section or text of its own.
type document struct {
	units []unit
	tail  string // white space at its end

	names []string // contexts that an event records above its lists
}

// unit is a stretch of a page that is merged as one thing.
type unit struct {
	key string // what it is, the same in all versions

	lead  lead
	parts [parts]string
	sep   string // the white space after it
	last  bool   // nothing of its list follows, so that sep is empty

	// section, if not nil, is what the unit holds in place of parts.
	section *section
}

// The parts of a unit that are merged each by itself: its first line or link, what
// is before its contexts, the names of these, and what is after them.
const (
	headPart = iota
	beforePart
	namesPart
	afterPart
	parts
)

// lead is what is before a unit and depends on the units before it.
type lead struct {
	// Of an entry of a listing: the topic that it is below, and the topic's
	// heading if that is right before the entry.
	topic    string
	hasTopic bool
	heading  string // the heading's line
	headed   bool
	gap      string // between the heading and the entry

	// Of an entry of an event page: its indent, and how much more its number is
	// than that of the entry before it.
	indent   string
	numbered bool
	step     int

	pred string // the key of the unit before it
}

// section is a heading and the list below it.
type section struct {
	head  string // up to the first unit, without white space at its end
	gap   string // the white space below the head, or nothing if there are no units
	units []unit
	tail  string // what follows the last unit

	sep string // between two units

	limit   int  // how many units there may be; 0: any number
	related bool // the units are related entries
	day     *dayLink
}

// text returns the bytes of a unit without what points to it.
func (u *unit) text() string { return strings.Join(u.parts[:], "") }

// same reports whether a unit is the same in two versions, wherever it is.
func (u *unit) same(v *unit) bool {
	if (u == nil) != (v == nil) {
		return false
	}
	if u == nil {
		return true
	}
	if u.section != nil && v.section != nil {
		return u.section.text() == v.section.text()
	}
	return u.parts == v.parts && u.lead.topic == v.lead.topic && u.lead.hasTopic == v.lead.hasTopic
}

func (s *section) text() string {
	w := &writer{}
	w.section(s, settled(s.units))
	w.WriteString(s.tail)
	return w.String()
}

// text returns the bytes of a document.
func (d *document) text() string {
	w := &writer{}
	for i := range d.units {
		w.WriteString(textOf(&d.units[i]) + d.units[i].sep)
	}
	w.WriteString(d.tail)
	return w.String()
}

// find returns the unit with a key, or nil.
func find(units []unit, key string) *unit {
	i := slices.IndexFunc(units, func(u unit) bool { return u.key == key })
	if i < 0 {
		return nil
	}
	return &units[i]
}

// keysOf returns the keys of units, in order.
func keysOf(units []unit) []string {
	out := make([]string, len(units))
	for i := range units {
		out[i] = units[i].key
	}
	return out
}

// complete gives each unit a key of its own and the key of the one before it.
func complete(units []unit) {
	seen := map[string]int{}
	pred := ""
	for i := range units {
		u := &units[i]
		seen[u.key]++
		u.key += strings.Repeat("\x00", seen[u.key]-1)
		u.lead.pred = pred
		pred = u.key
		u.last = i == len(units)-1
	}
}

// splitSpace returns a text without the line ends and empty lines at its end, and
// those. Spaces after the last words count as text.
func splitSpace(text string) (trimmed, space string) {
	n := len(strings.TrimRight(text, " \t\r\n"))
	end := strings.IndexByte(text[n:], '\n')
	if end < 0 {
		return text, ""
	}
	if n += end; n > 0 && text[n-1] == '\r' {
		n--
	}
	return text[:n], text[n:]
}
