package related

import (
	"cmp"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/plan"
)

// Relinked is what rebuilding related lists comes to.
type Relinked struct {
	Plan  *plan.Plan
	Pages []RelinkedPage // the pages that change, by path

	// Unlisted are the events, among those asked for, that no list names, since
	// their day does not list them.
	Unlisted []string

	// Dropped are the entries omitted because their page is gone.
	Dropped []Dropped

	// Held are the places where text looks like a part of a related list and is
	// not read as one: the lists of these pages stay as they are.
	Held []archive.Place

	Changes *archive.Changes

	// Reasons explains the lists.
	Reasons *Reasons
}

// RelinkedPage says what changes on one page.
type RelinkedPage struct {
	Path     string   `json:"path"`
	Added    []string `json:"added"`    // paths of events that the list now names
	Removed  []string `json:"removed"`  // paths of entries that go, also of one that was twice
	Moved    int      `json:"moved"`    // how many of the entries that stay must move
	Retitled int      `json:"retitled"` // entries whose text changed
	Contexts int      `json:"contexts"` // entries that name other contexts
	Declared string   `json:"declared"` // the context line that the page gets, if any
}

// Dropped is a related entry whose page is gone.
type Dropped struct {
	Path   string
	Line   int
	Target string
}

// declare notes the context lines that pages get.
func (r *Relinked) declare(lines map[string]string) {
	for i, p := range r.Pages {
		r.Pages[i].Declared = lines[p.Path]
	}
	for path, line := range lines {
		at, ok := slices.BinarySearchFunc(r.Pages, path, func(p RelinkedPage, path string) int { return strings.Compare(p.Path, path) })
		if !ok {
			r.Pages = slices.Insert(r.Pages, at, RelinkedPage{Path: path, Added: []string{}, Removed: []string{}, Declared: line})
		}
	}
}

// dropped returns the entries of a list that go because their page is gone.
func dropped(l *list) []Dropped {
	e := l.page
	var out []Dropped
	for i, old := range l.old {
		if old.Page == nil && !old.Pinned() && l.meant[i] == nil {
			line, _ := e.Position(old.Start)
			out = append(out, Dropped{e.Path, line, cmp.Or(old.Target.Path, e.Text(old.Link.Target))})
		}
	}
	return out
}

// compare notes how a list differs from what it was. A link that pointed to the old
// name of an event is one to that event.
func (r *RelinkedPage) compare(l *list) {
	stays := map[string]bool{}
	before := make([]string, 0, len(l.old))
	var after []string
	added := 0
	for _, f := range l.found {
		if f.old == nil {
			added++
		}
	}
	r.Added, r.Removed = make([]string, 0, added), make([]string, 0, max(len(l.old)-len(l.found)+added, 0))
	for _, k := range l.kept {
		stays[k.Target.Path] = true
		after = append(after, k.Target.Path)
	}
	for i, o := range l.old {
		p := o.Target.Path
		if meant := l.meant[i]; meant != nil {
			p = meant.Path
		}
		if !slices.Contains(before, p) {
			before = append(before, p)
		} else if !stays[p] {
			r.Removed = append(r.Removed, p)
		}
	}
	for _, f := range l.found {
		if f.old == nil {
			r.Added = append(r.Added, f.Event.Path)
			continue
		}
		stays[f.Event.Path] = true
		after = append(after, f.Event.Path)
		if f.retitled(l.page) {
			r.Retitled++
		}
		if f.old.Shared == nil || f.otherNames {
			r.Contexts++
		}
	}
	for _, p := range before {
		if !stays[p] {
			r.Removed = append(r.Removed, p)
		}
	}
	r.Moved = moves(slices.DeleteFunc(before, func(p string) bool { return !stays[p] }), after)
}

// moves returns how many of the values of a list must move at least to make it the
// other, which has the same ones: all but the longest run of them that stay in order.
func moves(before, after []string) int {
	place := make(map[string]int, len(before))
	for i, p := range before {
		place[p] = i
	}
	var ends []int // for each length, the least place at which a run of it ends
	for _, p := range after {
		at, _ := slices.BinarySearch(ends, place[p])
		ends = append(ends[:at], append([]int{place[p]}, ends[min(at+1, len(ends)):]...)...)
	}
	return len(after) - len(ends)
}
