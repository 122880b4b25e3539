package mergefile

import (
	"cmp"
	"slices"
	"strings"
)

// order returns the keys of both sides in the order in which they are merged. Keys
// that both have keep their order; where one side changed it, they get the new one.
// Those that only one side has come after the same key as there. Of two runs at one
// place, before decides which is first.
func order(base, ours, theirs []string, before func(a, b string) int) []string {
	inBase, inOurs, inTheirs := setOf(base), setOf(ours), setOf(theirs)
	both := func(keys []string) []string {
		return filter(keys, func(k string) bool { return inOurs[k] && inTheirs[k] })
	}
	old := func(keys []string) []string {
		return filter(both(keys), func(k string) bool { return inBase[k] })
	}
	shared, other := both(ours), both(theirs)
	if !slices.Equal(shared, other) {
		oldOurs, oldTheirs := slices.Equal(old(ours), old(base)), slices.Equal(old(theirs), old(base))
		if oldOurs && !oldTheirs || oldOurs == oldTheirs && slices.Compare(other, shared) < 0 {
			shared = other
		}
	}
	a, b := runs(ours, inTheirs), runs(theirs, inOurs)
	var out []string
	for _, key := range append([]string{start}, shared...) {
		if key != start {
			out = append(out, key)
		}
		one, two := a[key], b[key]
		if len(one) > 0 && len(two) > 0 && before(two[0], one[0]) < 0 {
			one, two = two, one
		}
		out = append(append(out, one...), two...)
	}
	return out
}

// start stands for what is before the first key.
const start = "\x00start"

// runs returns the keys that the other side lacks, by the one that both have before
// them.
func runs(keys []string, other map[string]bool) map[string][]string {
	out := map[string][]string{}
	at := start
	for _, k := range keys {
		if other[k] {
			at = k
		} else {
			out[at] = append(out[at], k)
		}
	}
	return out
}

func setOf(keys []string) map[string]bool {
	out := make(map[string]bool, len(keys))
	for _, k := range keys {
		out[k] = true
	}
	return out
}

func filter(keys []string, keep func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !keep(k) })
}

// merged is a unit of the result, or both sides of a conflict: a side that lacks the
// unit is nil.
type merged struct {
	*unit
	ours, theirs *unit
	conflict     bool
}

// settled returns units as they are merged without a conflict.
func settled(units []unit) []merged {
	out := make([]merged, len(units))
	for i := range units {
		out[i].unit = &units[i]
	}
	return out
}

// list merges units as a set.
func (m *merger) list(base, ours, theirs []unit, related bool) []merged {
	ours, theirs = follow(base, ours, theirs), follow(base, theirs, ours)
	var out []merged
	for _, key := range order(keysOf(base), keysOf(ours), keysOf(theirs), func(a, b string) int {
		return compareUnits(cmp.Or(find(ours, a), find(theirs, a)), cmp.Or(find(ours, b), find(theirs, b)))
	}) {
		if u, ok := mergeUnit(find(base, key), find(ours, key), find(theirs, key)); ok && !m.isGone(find(base, key), u) {
			out = append(out, m.settle(u, related))
		}
	}
	return out
}

// isGone reports whether a conflict is about an entry whose event one side removed,
// while the other changed only what the entry repeats of the event.
func (m *merger) isGone(base *unit, u merged) bool {
	if !u.conflict || base == nil || u.ours != nil && u.theirs != nil || m.options.Removed == nil {
		return false
	}
	event, ok := strings.CutPrefix(base.key, "link ")
	return ok && u.parts[beforePart] == base.parts[beforePart] && u.parts[afterPart] == base.parts[afterPart] && m.options.Removed(event)
}

// settle takes either side of an entry that both have differently, where the page is
// rebuilt afterwards: of an entry of a listing, whose event says what it repeats, and of
// a related entry, with the contexts of both sides.
func (m *merger) settle(u merged, related bool) merged {
	switch {
	case !u.conflict || !m.union:
	case related && (u.ours == nil || u.theirs == nil):
		u.conflict = false
	case related:
		one := *u.ours
		names, ok := unite(one.parts[namesPart], u.theirs.parts[namesPart])
		if ok && one.parts[beforePart] == u.theirs.parts[beforePart] && one.parts[afterPart] == u.theirs.parts[afterPart] {
			one.parts[namesPart] = names
			return merged{unit: &one}
		}
	case m.listing && sameDescription(u.ours, u.theirs):
		u.conflict = false
	}
	return u
}

// sameDescription reports whether two versions of an entry differ only in what its
// event's page says: not in a description, which only the listing may have.
func sameDescription(a, b *unit) bool {
	if a == nil || b == nil || a.parts[namesPart] != "" || b.parts[namesPart] != "" {
		return true
	}
	return strings.TrimSpace(a.parts[beforePart]) == strings.TrimSpace(b.parts[beforePart])
}

// compareUnits orders two units that were added at one place: those without a topic
// come first, or they would be below one, and then by their keys.
func compareUnits(a, b *unit) int {
	if a.lead.hasTopic != b.lead.hasTopic {
		if b.lead.hasTopic {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.key, b.key)
}

// mergeUnit merges a unit, of which versions may be nil. It returns false if the
// unit is removed.
func mergeUnit(base, ours, theirs *unit) (merged, bool) {
	conflict := merged{unit: cmp.Or(ours, theirs), ours: ours, theirs: theirs, conflict: true}
	switch {
	case ours == nil || theirs == nil:
		if base.same(ours) || base.same(theirs) {
			return merged{unit: cmp.Or(ours, theirs)}, base == nil
		}
		return conflict, true
	case base == nil:
		if !ours.same(theirs) {
			return conflict, true
		}
		base = &unit{parts: ours.parts}
	}
	out := *ours
	out.sep, out.last = mergeSep(base, ours, theirs)
	var ok bool
	if out.lead, ok = mergeLead(base.lead, ours.lead, theirs.lead); !ok {
		return conflict, true
	}
	for i := range out.parts {
		text, ok := merge3(base.parts[i], ours.parts[i], theirs.parts[i])
		if !ok && i == namesPart {
			text, ok = mergeNames(base.parts[i], ours.parts[i], theirs.parts[i])
		}
		if !ok {
			return conflict, true
		}
		out.parts[i] = text
	}
	return merged{unit: &out}, true
}

// below returns the topic that a unit is below.
func (l lead) below() (topic string) {
	if !l.hasTopic {
		return "\x00none"
	}
	return l.topic
}

// mergeLead merges what is before a unit. It returns false if both sides put the
// unit below different topics.
func mergeLead(base, ours, theirs lead) (lead, bool) {
	topic, ok := merge3(base.below(), ours.below(), theirs.below())
	switch {
	case !ok:
		return ours, false
	case theirs.below() != topic, theirs == base:
		return ours, true
	case ours.below() != topic, ours == base:
		return theirs, true
	case ours.headed != theirs.headed:
		if ours.headed {
			return ours, true
		}
		return theirs, true
	case cmp.Or(cmp.Compare(ours.step, theirs.step), cmp.Compare(ours.pred, theirs.pred)) >= 0:
		return ours, true
	}
	return theirs, true
}

// mergeSep merges the white space after a unit. Where it is the last one it has none
// of its own.
func mergeSep(base, ours, theirs *unit) (sep string, last bool) {
	switch {
	case ours.last && theirs.last:
		return "", true
	case ours.last:
		return theirs.sep, false
	case theirs.last:
		return ours.sep, false
	}
	return longer(base.sep, ours.sep, theirs.sep), false
}

// longer merges white space; where both sides changed it, the longer one is taken.
func longer(base, ours, theirs string) string {
	out, ok := merge3(base, ours, theirs)
	if !ok && (len(theirs) > len(ours) || len(theirs) == len(ours) && theirs > ours) {
		return theirs
	}
	return out
}

// follow gives a unit that a side put in the place of one of base, and that says the
// same below another first line, the key of that: the event was renamed. It does so
// only where the other side changed the unit, and not its first line.
func follow(base, side, other []unit) []unit {
	var out []unit
	for i := range base {
		old := &base[i]
		changed := find(other, old.key)
		if find(side, old.key) != nil || changed == nil || changed.same(old) || changed.parts[headPart] != old.parts[headPart] {
			continue
		}
		if at := renamed(old, base, side, other); at >= 0 {
			if out == nil {
				out = slices.Clone(side)
			}
			out[at].key = old.key
		}
	}
	if out == nil {
		return side
	}
	return out
}

// renamed returns the place of the only unit of a side that is new and says what one
// of base says, or -1.
func renamed(old *unit, base, side, other []unit) int {
	at := -1
	for i := range side {
		u := &side[i]
		if find(base, u.key) != nil || find(other, u.key) != nil || u.parts[headPart] == old.parts[headPart] {
			continue
		}
		if u.parts[namesPart] == "" && u.parts[beforePart] == "" || [2]string(u.parts[beforePart:afterPart]) != [2]string(old.parts[beforePart:afterPart]) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}
