package edit

import (
	"slices"
	"time"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/git"
	"newsctl/archive/listing"
)

// Merged is what git merged two sides from: the archive before, and what became of its
// files since, on either side.
type Merged struct {
	Before  *archive.Archive
	Changes []git.Change
	Now     time.Time
}

// Steps returns the steps that complete the merge, for [IndexOptions]: each page
// follows what either side renamed or removed, and events get days.
func (m *Merged) Steps() []func(*archive.Archive) (*archive.Changes, error) {
	return []func(*archive.Archive) (*archive.Changes, error){
		func(a *archive.Archive) (*archive.Changes, error) { return followRenames(a, m) },
		func(a *archive.Archive) (*archive.Changes, error) { return followRemovals(a, m) },
		func(a *archive.Archive) (*archive.Changes, error) { return followDays(a, m) },
	}
}

// followRenames plans to make the pages of one side follow the events that the other
// renamed or reworded. Git merges files one by one, so that a page which one side
// added still names them as they were.
func followRenames(a *archive.Archive, m *Merged) (*archive.Changes, error) {
	var events []*rewording
	for _, c := range m.pairs(a) {
		ev := became(m.Before.EventAt(c.From), a.EventAt(c.To))
		if ev != nil && !archive.IsPadded(ev.to) && ev.page.Damage() == nil {
			events = append(events, ev)
		}
	}
	if len(events) == 0 {
		return a.NewChanges(), nil
	}
	r := newRenamer(a, events, m.Now)
	clear(r.byPage) // their own pages are as the side that renamed them left them
	out, err := r.rename(withoutConflicts(a))
	if err != nil {
		return nil, err
	}
	return out.Plan.Changes(), nil
}

// pairs returns what became of the files of the archive before, in another.
func (m *Merged) pairs(after *archive.Archive) []git.Change {
	pairs := compare.Pair(m.Before, after, m.Changes)
	return append(pairs, joinUntitled(m.Before, after, pairs)...)
}

// followRemovals plans to take the events that one side removed off the pages that the
// other added or changed.
func followRemovals(a *archive.Archive, m *Merged) (*archive.Changes, error) {
	gone := map[string]*goneEvent{}
	pairs := m.pairs(a)
	for _, c := range pairs {
		followed := slices.ContainsFunc(pairs, func(o git.Change) bool { return o.From == c.From && o.To != "" })
		if c.To == "" && !followed && m.Before.EventAt(c.From) != nil && !a.Exists(c.From) && !archive.IsPadded(c.From) {
			gone[c.From] = &goneEvent{}
		}
	}
	if len(gone) == 0 {
		return a.NewChanges(), nil
	}
	r := newRemover(a, a.Paths("."))
	r.gone = gone
	if err := r.pages(withoutConflicts(a)); err != nil {
		return nil, err
	}
	out, err := r.finish(nil)
	if err != nil {
		return nil, err
	}
	return out.Plan.Changes(), nil
}

// withoutConflicts returns the paths of the pages that have no merge conflicts.
func withoutConflicts(a *archive.Archive) []string {
	return slices.DeleteFunc(a.Paths("."), func(p string) bool {
		pg := a.Page(p)
		return pg != nil && len(pg.Conflicts) > 0
	})
}

// followDays plans to make the page after each day that one side added or removed lead
// to the day before it, and to take days that are gone off the front page.
func followDays(a *archive.Archive, m *Merged) (*archive.Changes, error) {
	var days []archive.Date
	for _, c := range m.Changes {
		for _, p := range []string{c.From, c.To} {
			kind, d := archive.Classify(p)
			if kind != archive.DayPage || c.From == c.To || slices.Contains(days, d) {
				continue
			}
			days = append(days, d)
			if next, ok := a.DayAfter(d); ok && !slices.Contains(days, next) {
				days = append(days, next)
			}
		}
	}
	x := listing.NewIndexer(a, nil)
	x.Added, x.Resolving = []*archive.Page{}, true
	sound := func(d archive.Date) bool { day := a.DayPage(d); return day == nil || day.Damage() == nil }
	plan, err := x.Days(slices.DeleteFunc(days, func(d archive.Date) bool { return !sound(d) }), nil)
	if front := a.Page(archive.IndexName); err != nil || front == nil || front.Damage() != nil {
		return plan, err
	}
	front, err := frontWithout(x)
	if err == nil {
		plan.Then(front)
	}
	return plan, err
}
