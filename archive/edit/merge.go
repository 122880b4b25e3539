package edit

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/match"
	"newsctl/archive/page"
	"newsctl/archive/same"
)

// Merging is an event and the one that it becomes part of.
type Merging struct {
	Old    string       `json:"old"`
	Into   string       `json:"into"`
	Signal match.Signal `json:"-"`

	// Certain is set where the two have the same headline and a source in common.
	Certain bool `json:"certain"`
}

// Duplicates returns the events among paths that seem to be the same as another
// ([Archive.FindDuplicate]), in the order of paths.
func Duplicates(a *archive.Archive, paths []string) []Merging {
	found := make([]Merging, len(paths))
	archive.Parallel(len(paths), func(i int) {
		f := a.Facts(paths[i])
		if d, ok := same.FindDuplicate(a, f); ok {
			certain := d.Signal == match.Headline && f.Matched().SharesSource(d.Event.Matched())
			found[i] = Merging{f.Path, d.Event.Path, d.Signal, certain}
		}
	})
	return slices.DeleteFunc(found, func(m Merging) bool { return m.Old == "" })
}

// MergeOptions says how events are merged.
type MergeOptions struct {
	KeepPage bool      // the old page stays where it is, as the previous version
	Now      time.Time // the time at which the old wording gives way
}

// Merge plans to make one event of two, for each pair. The page of the one that
// remains takes over what the old one has more: a topic, sources, contexts, related entries
// that were chosen by hand, versions of the headline, and the old headline as one of
// them. Every link to the old page points to the other, and quotes its headline where
// it quoted the old one. The old event is listed no longer; if only it was, the other
// is. Related lists that named either are rebuilt. The old page is removed, unless
// it is kept. Paths are those of all pages of the archive, loaded.
func Merge(a *archive.Archive, paths []string, pairs []Merging, o MergeOptions) (*Removed, error) {
	m := &merger{remover: newRemover(a, paths), olds: map[string][]*archive.Page{}, keep: o.KeepPage}
	events, err := m.rewordings(pairs)
	if err != nil {
		return nil, err
	}
	m.renamer = newRenamer(a, events, o.Now)
	m.plan.Intent.Moved = m.renamer.plan.Intent.Moved
	var add []*archive.Page
	for into, olds := range m.olds {
		if e := a.Page(into); !same.Listed(a, e.Facts()) && slices.ContainsFunc(olds, func(p *archive.Page) bool { return same.Listed(a, p.Facts()) }) {
			add = append(add, e)
		}
	}
	slices.SortFunc(add, contexts.ByPath)
	for _, p := range paths {
		if err := m.page(a.Legible(p)); err != nil {
			return nil, err
		}
	}
	return m.finish(add)
}

// merger merges events.
type merger struct {
	*remover
	renamer *renamer
	olds    map[string][]*archive.Page // by the path of the event that remains
	keep    bool                       // the old pages stay
}

// rewordings returns the pairs as events that go on at another path. An event that
// remains may be merged into a third.
func (m *merger) rewordings(pairs []Merging) ([]*rewording, error) {
	next := map[string]string{}
	for _, pair := range pairs {
		if _, twice := next[pair.Old]; twice {
			return nil, fmt.Errorf("%s is to be merged into two events", pair.Old)
		}
		next[pair.Old] = pair.Into
	}
	var out []*rewording
	for _, pair := range pairs {
		into, steps := pair.Into, 0
		for next[into] != "" && steps <= len(pairs) {
			into = next[into]
			steps++
		}
		if into == pair.Old || steps > len(pairs) {
			return nil, errors.New("an event cannot be merged into itself; name two pages")
		}
		ev, err := m.rewording(pair.Old, into)
		if err != nil {
			return nil, err
		}
		m.olds[into] = append(m.olds[into], ev.page)
		out = append(out, ev)
	}
	return out, nil
}

// rewording returns the old one of two events as one that continues as the other.
func (m *merger) rewording(old, into string) (*rewording, error) {
	ev := &rewording{from: old, to: into, kept: m.keep}
	for _, p := range []string{old, into} {
		e, err := m.archive.Event(p)
		if err != nil {
			return nil, err
		}
		if archive.IsPadded(p) {
			return nil, archive.ErrPadded(p)
		}
		if err := e.Damaged(); err != nil {
			return nil, err
		}
		headline, ok := e.Event.Headline()
		if !ok {
			return nil, fmt.Errorf("%s has no headline; give it one first", p)
		}
		if ev.page == nil {
			ev.page, ev.was = e, headline
		} else {
			ev.is = headline
		}
	}
	m.gone[old] = &goneEvent{page: ev.page, kept: m.keep}
	return ev, nil
}

// page plans what becomes of one page.
func (m *merger) page(p *archive.Page) error {
	switch {
	case p == nil:
		return nil
	case m.gone[p.Path] != nil && m.keep:
		m.relist[p.Path] = true
		_, err := m.plan.Edit(p, m.renamer.pointer(p))
		return err
	case m.gone[p.Path] != nil:
		m.plan.Delete(p)
		return nil
	}
	edits := m.listed(p)
	add := func(more []page.Edit) {
		for _, e := range more {
			if !slices.ContainsFunc(edits, func(o page.Edit) bool { return e.Start < o.End && o.Start < e.End }) {
				edits = append(edits, e)
			}
		}
	}
	if olds := m.olds[p.Path]; olds != nil {
		m.relist[p.Path] = true
		for _, c := range p.Comments {
			if m.gone[archive.DistinctFrom(c.Text)] != nil {
				add([]page.Edit{{Span: wholeLine(p, c.Span)}})
			}
		}
		add(m.related(p))
		add(m.takeOver(p, olds))
	}
	for _, e := range relatedTo(m.archive, p) {
		if m.gone[e] != nil || m.olds[e] != nil {
			m.relist[p.Path] = true
		}
	}
	add(m.renamer.follow(p, p.Path))
	_, err := m.plan.Edit(p, edits)
	return err
}

// relatedTo returns the paths that the related entries of a page point to.
func relatedTo(a *archive.Archive, p *archive.Page) []string {
	var out []string
	for _, e := range a.Related(p) {
		out = append(out, archive.SourceOf(e.Target.Path))
	}
	return out
}

// takeOver returns the edits that give an event what the old ones have more.
func (m *merger) takeOver(into *archive.Page, olds []*archive.Page) []page.Edit {
	sources, related := addition{kind: page.SourceSection}, addition{kind: page.RelatedSection}
	have := slices.Clone(into.Matched().CanonicalSources())
	named := append(relatedTo(m.archive, into), into.Path)
	for _, old := range olds {
		for _, e := range old.Event.Entries(page.SourceSection) {
			if e.Link == nil {
				continue
			}
			if source := canonicalOf(old.Destination(e.Link)); !slices.Contains(have, source) {
				have = append(have, source)
				sources.add(old, e)
			}
		}
		for _, e := range m.archive.Related(old) {
			if to := archive.SourceOf(e.Target.Path); e.Keep && (e.Target.Kind != archive.Internal || m.gone[to] == nil && !slices.Contains(named, to)) {
				named = append(named, to)
				related.add(old, *e.Entry)
			}
		}
	}
	return slices.Concat(m.topic(into, olds), m.description(into, olds), sources.edits(into), related.edits(into), m.versions(into, olds))
}
