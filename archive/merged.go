package archive

import (
	"slices"
	"time"

	"newsctl/archive/git"
)

// Merged is what git merged two sides from: the archive before, and what became of its
// files since, on either side.
type Merged struct {
	Before  *Archive
	Changes []git.Change
	Now     time.Time
}

// completeMerge plans to resolve the merge conflicts of listings, and to complete a merge, if
// there is one. It returns the days to rebuild, and why conflicts are left.
func (a *Archive) completeMerge(paths []string, m *Merged) (plan *Changes, days []Date, left []string, err error) {
	plan, days, left = a.resolveConflicts(paths)
	if m == nil {
		return plan, days, left, nil
	}
	for _, complete := range []func(*Archive, *Merged) (*Changes, error){(*Archive).followRenames, (*Archive).followRemovals, (*Archive).followDays} {
		after := a.After(plan)
		step, err := complete(after, m)
		if err != nil {
			return nil, nil, nil, err
		}
		plan.Then(step)
	}
	return plan, days, left, nil
}

// followRenames plans to make the pages of one side follow the events that the other
// renamed or reworded. Git merges files one by one, so that a page which one side
// added still names them as they were.
func (a *Archive) followRenames(m *Merged) (*Changes, error) {
	var events []*rewording
	for _, c := range m.pairs(a) {
		ev := became(m.Before.eventAt(c.From), a.eventAt(c.To))
		if ev != nil && !IsPadded(ev.to) && ev.page.Damage() == nil {
			events = append(events, ev)
		}
	}
	if len(events) == 0 {
		return a.newChanges(), nil
	}
	r := a.newRenamer(events, m.Now)
	clear(r.byPage) // their own pages are as the side that renamed them left them
	out, err := r.rename(a.withoutConflicts())
	if err != nil {
		return nil, err
	}
	return out.Plan.changes, nil
}

// pairs returns what became of the files of the archive before, in another.
func (m *Merged) pairs(after *Archive) []git.Change {
	pairs := Pair(m.Before, after, m.Changes)
	return append(pairs, joinUntitled(m.Before, after, pairs)...)
}

// followRemovals plans to take the events that one side removed off the pages that the
// other added or changed.
func (a *Archive) followRemovals(m *Merged) (*Changes, error) {
	gone := map[string]*goneEvent{}
	pairs := m.pairs(a)
	for _, c := range pairs {
		followed := slices.ContainsFunc(pairs, func(o git.Change) bool { return o.From == c.From && o.To != "" })
		if c.To == "" && !followed && m.Before.eventAt(c.From) != nil && !a.Exists(c.From) && !IsPadded(c.From) {
			gone[c.From] = &goneEvent{}
		}
	}
	if len(gone) == 0 {
		return a.newChanges(), nil
	}
	r := a.newRemover(a.Paths("."))
	r.gone = gone
	if err := r.pages(a.withoutConflicts()); err != nil {
		return nil, err
	}
	out, err := r.finish(nil)
	if err != nil {
		return nil, err
	}
	return out.Plan.changes, nil
}

// withoutConflicts returns the paths of the pages that have no merge conflicts.
func (a *Archive) withoutConflicts() []string {
	return slices.DeleteFunc(a.Paths("."), func(p string) bool {
		pg := a.Page(p)
		return pg != nil && len(pg.Conflicts) > 0
	})
}

// followDays plans to make the page after each day that one side added or removed lead
// to the day before it, and to take days that are gone off the front page.
func (a *Archive) followDays(m *Merged) (*Changes, error) {
	var days []Date
	for _, c := range m.Changes {
		for _, p := range []string{c.From, c.To} {
			kind, d := Classify(p)
			if kind != DayPage || c.From == c.To || slices.Contains(days, d) {
				continue
			}
			days = append(days, d)
			if next, ok := a.DayAfter(d); ok && !slices.Contains(days, next) {
				days = append(days, next)
			}
		}
	}
	x := a.newIndexer(nil)
	x.added, x.resolving = []*Page{}, true
	sound := func(d Date) bool { day := a.dayPage(d); return day == nil || day.Damage() == nil }
	plan, err := x.days(slices.DeleteFunc(days, func(d Date) bool { return !sound(d) }), nil)
	if front := a.Page(indexName); err != nil || front == nil || front.Damage() != nil {
		return plan, err
	}
	front, err := x.frontWithout()
	if err == nil {
		plan.Then(front)
	}
	return plan, err
}
