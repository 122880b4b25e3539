package compare

import (
	"slices"

	"newsctl/archive/link"
)

// listed is an entry of a list, with what else it says.
type listed struct {
	Entry
	rest  string
	form  string // the link as it is written, on an event page
	under string // the heading that it is under, on a listing
}

// both is an entry that two versions of a list have.
type both struct{ before, after listed }

func (b both) retitled() bool  { return !link.SameText(b.before.Text, b.after.Text) }
func (b both) otherwise() bool { return b.before.rest != b.after.rest }

// rewritten reports whether a link says the same in another way: a bracket is
// escaped, the edition's prefix is gone.
func (b both) rewritten() bool {
	return b.before.form != b.after.form && b.before.Target == b.after.Target && !b.retitled()
}

// matching is how the entries of two versions of a list belong together.
type matching struct {
	lost, gained []listed
	common       []both
	reordered    bool // the common ones
	repeated     bool // one that both have is there once more, or once less
}

// matchLists matches the entries of two versions of a list by where they lead, and
// then, if meant is not nil, by where the target of one before leads now. Each
// belongs to one other at most.
func matchLists(before, after []listed, meant func(string) string) matching {
	partner := partners(before, after, meant)
	taken := make([]bool, len(before))
	for _, i := range partner {
		if i > 0 {
			taken[i-1] = true
		}
	}
	var m matching
	last := 0
	known := map[string]bool{}
	for j, e := range after {
		if i := partner[j] - 1; i >= 0 {
			m.common = append(m.common, both{before[i], e})
			m.reordered = m.reordered || i < last
			last = i
			known[before[i].Target], known[e.Target] = true, true
		}
	}
	for j, e := range after {
		switch {
		case partner[j] > 0:
		case known[e.Target]:
			m.repeated = true
		default:
			m.gained = append(m.gained, e)
		}
	}
	for i, e := range before {
		switch {
		case taken[i]:
		case known[e.Target]:
			m.repeated = true
		default:
			m.lost = append(m.lost, e)
		}
	}
	return m
}

// any reports whether any common entry is changed.
func (m matching) any(changed func(both) bool) bool {
	return slices.ContainsFunc(m.common, changed)
}

func (m matching) delta() Delta[Entry] {
	d := Delta[Entry]{[]Entry{}, []Entry{}}
	for _, e := range m.gained {
		d.Gained = append(d.Gained, e.Entry)
	}
	for _, e := range m.lost {
		d.Lost = append(d.Lost, e.Entry)
	}
	return d
}

// partners returns the number of the entry before, from 1, that each entry after
// belongs to; 0 if it belongs to none.
func partners(before, after []listed, meant func(string) string) []int {
	partner := make([]int, len(after))
	taken := make([]bool, len(before))
	for _, now := range []func(string) string{func(target string) string { return target }, meant} {
		if now == nil {
			continue
		}
		waiting := map[string][]int{}
		for i, e := range before {
			if !taken[i] {
				target := now(e.Target)
				waiting[target] = append(waiting[target], i)
			}
		}
		for j, e := range after {
			if w := waiting[e.Target]; partner[j] == 0 && len(w) > 0 {
				partner[j], taken[w[0]], waiting[e.Target] = w[0]+1, true, w[1:]
			}
		}
	}
	return partner
}
