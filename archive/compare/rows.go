package compare

import (
	"cmp"
	"slices"

	"newsctl/archive"
	"newsctl/archive/page"
)

// Row is an entry of a list beside what it was. One that is only in one version lacks
// the other; one that moves has two rows, each of which lacks one as well.
type Row struct {
	Before, After *Cell
	Moved         int // the number that the entry has in the other version, or 0
}

// Cell is an entry of one version of a list.
type Cell struct {
	Entry
	Number   int      // in the list, from 1
	Contexts []string // that a related entry names
}

// Rows returns the list of a page in two versions side by side: of an event, its
// related entries, and of a day page or the front page, its events. Either path may be
// empty. It returns nothing if both are the same.
func (c *Comparison) Rows(from, to string) []Row {
	return c.by.rows(c.by.before.Page(from), c.by.after.Page(to))
}

func (c *comparer) rows(from, to *archive.Page) []Row {
	before, was := c.list(from)
	after, is := c.list(to)
	partner := partners(before, after, c.meant)
	stays := ascending(partner)
	var out []Row
	differs, next := len(before) != len(after), 0
	for j := 0; j <= len(after); j++ {
		last := len(before)
		if j < len(after) {
			if last = next; stays[j] {
				last = partner[j] - 1
			}
		}
		for ; next < last; next++ {
			out = append(out, Row{Before: &was[next], Moved: 1 + slices.Index(partner, next+1)})
		}
		switch {
		case j == len(after):
		case stays[j]:
			next = partner[j]
			out = append(out, Row{Before: &was[next-1], After: &is[j]})
			b := both{before[next-1], after[j]}
			differs = differs || b.retitled() || b.otherwise() || b.before.Target != b.after.Target || b.rewritten()
		default:
			out = append(out, Row{After: &is[j], Moved: partner[j]})
			differs = true
		}
	}
	if !differs {
		return nil
	}
	return out
}

// list returns the entries of the list of a page, if it has one.
func (c *comparer) list(p *archive.Page) ([]listed, []Cell) {
	var entries []listed
	var names [][]string
	switch {
	case p == nil:
	case p.Event != nil:
		entries = c.related(p)
		for _, e := range p.Event.Entries(page.RelatedSection) {
			if e.Link != nil {
				names = append(names, c.namesOf(p, e.Shared))
			}
		}
	default:
		entries = items(p)
	}
	cells := make([]Cell, len(entries))
	for i, e := range entries {
		cells[i] = Cell{Entry: e.Entry, Number: i + 1}
		if names != nil {
			cells[i].Contexts = names[i]
		}
	}
	return entries, cells
}

// ascending reports for each number whether it is in the longest ascending run of
// numbers that are not 0, which need not be next to each other.
func ascending(numbers []int) []bool {
	var ends []int // places of the least numbers that end a run of each length
	before := make([]int, len(numbers))
	for i, n := range numbers {
		if n == 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(ends, n, func(place, n int) int { return cmp.Compare(numbers[place], n) })
		before[i] = -1
		if at > 0 {
			before[i] = ends[at-1]
		}
		ends = append(ends[:at], append([]int{i}, ends[min(at+1, len(ends)):]...)...)
	}
	out := make([]bool, len(numbers))
	if len(ends) == 0 {
		return out
	}
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		out[i] = true
	}
	return out
}

// ContextsOn returns the contexts of an event as its page reports them, in byte order.
func (c *Comparison) ContextsOn(p *archive.Page) []string { return c.by.contexts(p) }
