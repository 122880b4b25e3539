package edit

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/git"
	"newsctl/archive/listing"
	"newsctl/archive/mergefile"
	"newsctl/archive/page"
)

// Merged is what git merged two sides from: the archive before, and what became of its
// files since, on either side.
type Merged struct {
	Before  *archive.Archive
	Changes []git.Change
	Now     time.Time

	// Disputed are the pages that one side removed and the other changed, as git
	// left them: they are there.
	Disputed []string
}

// Steps returns the steps that complete the merge, for [listing.IndexOptions]: related
// lists with conflicts are rebuilt, each page follows what either side renamed or
// removed, and days point to each other.
func (m *Merged) Steps() []func(*archive.Archive) (*archive.Changes, error) {
	return []func(*archive.Archive) (*archive.Changes, error){
		resolveRelated,
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
	changes := out.Plan.Changes()
	return changes, relistRepeated(a.After(changes), changes)
}

// relistRepeated adds to changes that made links follow renames what rebuilds the related
// lists in which two entries now point to one event: one side had it under the old name,
// and the other under the new one.
func relistRepeated(after *archive.Archive, changes *archive.Changes) error {
	relist := map[string]bool{}
	for _, c := range changes.All {
		seen := map[string]bool{}
		if e := after.EventAt(c.Path); e != nil {
			for _, to := range relatedTo(after, e) {
				relist[c.Path] = relist[c.Path] || seen[to]
				seen[to] = true
			}
		}
	}
	maps.DeleteFunc(relist, func(_ string, repeated bool) bool { return !repeated })
	if len(relist) == 0 {
		return nil
	}
	r := newRemover(after, after.Paths("."))
	r.relist = relist
	out, err := r.finish(nil)
	if err == nil {
		changes.Then(out.Plan.Changes())
	}
	return err
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
	for _, p := range m.Disputed {
		if e := a.EventAt(p); e != nil && saysTheSame(m.Before.EventAt(p), e) {
			gone[p] = &goneEvent{page: e}
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
	for _, e := range gone {
		if e.page != nil {
			r.plan.Delete(e.page)
		}
	}
	out, err := r.finish(nil)
	if err != nil {
		return nil, err
	}
	return out.Plan.Changes(), nil
}

// saysTheSame reports whether two versions of an event differ at most in what follows
// from other pages: in related entries, contexts, the topic, and the targets of links.
func saysTheSame(was, is *archive.Page) bool {
	return was != nil && is.Damage() == nil && ownWords(was) == ownWords(is)
}

// ownWords returns what an event says that no other page decides, without white space.
func ownWords(p *archive.Page) string {
	var follows []page.Span
	if s := p.Event.Section(page.RelatedSection); s != nil {
		follows = append(follows, s.Span)
	}
	if c := p.Event.Declared; c != nil {
		follows = append(follows, c.Span)
	}
	if t := p.Event.Topic; t != nil {
		follows = append(follows, t.Span)
	}
	for _, l := range p.Links {
		follows = append(follows, l.Target)
	}
	slices.SortFunc(follows, func(a, b page.Span) int { return cmp.Compare(a.Start, b.Start) })
	var own strings.Builder
	at := 0
	for _, s := range follows {
		if s.Start >= at {
			own.WriteString(p.Text(page.Span{Start: at, End: s.Start}))
		}
		at = max(at, s.End)
	}
	own.WriteString(p.Text(page.Span{Start: at, End: len(p.Source)}))
	return strings.Join(strings.Fields(own.String()), "")
}

// resolveRelated plans to resolve the merge conflicts of events that are about related
// entries alone, and to rebuild their related lists from what both sides have.
func resolveRelated(a *archive.Archive) (*archive.Changes, error) {
	changes := a.NewChanges()
	relist := map[string]bool{}
	for _, p := range a.Paths(".") {
		pg := a.EventAt(p)
		if pg == nil || len(pg.Conflicts) == 0 {
			continue
		}
		after, conflicts := mergefile.Resolve(pg.Source, p, mergefile.Options{Labels: a.Config().Labels, RelatedLimit: a.Config().RelatedLimit})
		if conflicts == 0 && len(page.ParseCopy(after).Conflicts) == 0 {
			changes.All = append(changes.All, archive.Change{Path: p, From: archive.Held(pg.Source), After: archive.Held(after), Resolves: true})
			relist[p] = true
		}
	}
	if len(relist) == 0 {
		return changes, nil
	}
	r := newRemover(a.After(changes), a.After(changes).Paths("."))
	r.relist = relist
	out, err := r.finish(nil)
	if err != nil {
		return nil, err
	}
	changes.Then(out.Plan.Changes())
	return changes, nil
}

// withoutConflicts returns the paths of the pages that have no merge conflicts.
func withoutConflicts(a *archive.Archive) []string {
	return slices.DeleteFunc(a.Paths("."), func(p string) bool {
		pg := a.Page(p)
		return pg != nil && len(pg.Conflicts) > 0
	})
}

// followDays plans to make the page after each day that one side added or removed link
// to the day before it, and the front page show the last days.
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
	if front := a.Page(archive.IndexName()); err != nil || front == nil || front.Damage() != nil {
		return plan, err
	}
	x.Move(a.After(plan))
	front, err := x.RefillFront()
	if err == nil {
		plan.Then(front)
	}
	return plan, err
}
