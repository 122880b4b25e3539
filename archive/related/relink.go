package related

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/facts"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// Relink plans to rebuild the related lists of the events at only, or of all
// events if only is nil. Paths are those of all pages of the archive, loaded.
//
// A list names the events that share contexts with its own ([Contexts]), best
// first ([Rank]), up to the configured limit; entries that were chosen by hand
// stay before them. No context of any event is forgotten: where one was known
// only from an entry that goes, the event's page gets a context line that
// declares all of them, also if it is not one of only.
func Relink(a *archive.Archive, paths, only []string) (*Relinked, error) {
	c := contexts.OfAll(a, paths)
	l := NewRelinker(c, usual(a, c), only)
	ahead := plan.NewAhead(a, c)
	l.replaced, l.Named = ahead.Remade, nil
	out, err := l.Relink(only)
	if err != nil {
		return nil, err
	}
	out.Reasons = &Reasons{archive: a, contexts: c}
	if out.Plan, err = ahead.Guard(out.Changes); err != nil {
		return nil, err
	}
	out.declare(out.Plan.Declared)
	return out, nil
}

// usual returns how most related lists of an archive are written, once that is asked
// for.
func usual(a *archive.Archive, c *contexts.Contexts) func() archive.Habits {
	return sync.OnceValue(func() archive.Habits { return a.Habits(c.Events()) })
}

// NewRelinker returns a relinker for the events at only, or for all if only is nil.
// Habits are how lists are written that do not show it themselves.
func NewRelinker(c *contexts.Contexts, habits func() archive.Habits, only []string) *Relinker {
	return &Relinker{Ranking: newRanking(c, c.Archive.Config().RelatedRank, only), habits: habits, replaced: held, Named: map[string][]string{}}
}

// held is the change of a page that holds the new bytes.
func held(p *archive.Page, after []byte, _ func([]byte) ([]byte, error)) archive.Change {
	return archive.Replaced(p, after)
}

// Relink rebuilds the lists of the events at only, or of all if only is nil. The
// relinker was made for them.
func (l *Relinker) Relink(only []string) (*Relinked, error) {
	wanted := archive.Among(only)
	conflict := ""
	for _, f := range l.Events {
		if f.Damage&facts.Conflict != 0 && wanted(f.Path) && (conflict == "" || f.Path < conflict) {
			conflict = f.Path
		}
	}
	if conflict != "" {
		p := l.contexts.Archive.Page(conflict)
		return nil, p.Conflict().Err(p)
	}
	return l.plan(l.rebuild(wanted), wanted)
}

// Relinker rebuilds lists.
type Relinker struct {
	*Ranking
	habits   func() archive.Habits
	replaced func(p *archive.Page, after []byte, again func(src []byte) ([]byte, error)) archive.Change
	Named    map[string][]string // the paths of the events that lists name, by the events that are rebuilt; nil if nobody asks
	held     []*archive.Brief    // events whose lists stay as they are, since parts of them are not read
}

// list is the related list of an event as it will be.
type list struct {
	page  *archive.Page
	old   []archive.RelatedEntry
	meant []*archive.Brief       // the events that these point to: see [archive.Archive.Meant]
	kept  []archive.RelatedEntry // entries chosen by hand
	found []foundEntry
	err   error // contexts cannot be written
}

// foundEntry is an event that a list names, with the contexts that the entry says.
type foundEntry struct {
	Candidate
	names string

	old        *archive.RelatedEntry // the entry of the event that is there already, or nil
	otherNames bool                  // it says other contexts
}

// rebuild makes the lists of the wanted events, and returns what it does to their
// pages.
func (l *Relinker) rebuild(wanted func(path string) bool) []relinkedPage {
	var events []int32
	for i, e := range l.Events {
		switch {
		case !e.Quotable() || !wanted(e.Path):
		case e.Damage&facts.Unread != 0:
			l.held = append(l.held, e)
		default:
			events = append(events, int32(i))
		}
	}
	pages := make([]relinkedPage, len(events))
	archive.Parallel(len(events), func(k int) { pages[k] = l.page(events[k]) })
	for _, p := range pages {
		if l.Named != nil {
			l.Named[p.Path] = p.names
		}
	}
	return pages
}

// list returns the list of event number i, whose page is given, that names the best
// events.
func (l *Relinker) list(e *archive.Page, i int32, kept []int, best []int32) *list {
	a, f := l.contexts.Archive, e.Facts()
	entries := e.Event.Entries(page.RelatedSection)
	out := &list{page: e, old: make([]archive.RelatedEntry, 0, len(entries)), meant: make([]*archive.Brief, 0, len(entries)), found: make([]foundEntry, 0, len(best))}
	for k := range entries {
		old := archive.RelatedEntry{Entry: &entries[k], Target: archive.Target{Kind: archive.Invalid}}
		if link := old.Link; link != nil {
			at := f.Related[k].Link
			old.Target, old.Page = e.Target(link), a.PointedTo(f, at)
			out.old, out.meant = append(out.old, old), append(out.meant, a.MeantBy(f, at))
		}
		if slices.Contains(kept, k) {
			out.kept = append(out.kept, old)
		}
	}
	for _, c := range l.candidates(i, best) {
		f, err := l.entryOf(out, c)
		if err != nil {
			out.err = cmp.Or(out.err, fmt.Errorf("%s: %w", e.Path, err))
		}
		out.found = append(out.found, f)
	}
	return out
}

// Candidates returns the events that the list of event number i names after the entries
// that stay as they are.
func (l *Relinker) Candidates(i int32) []Candidate {
	_, best := l.best(i, l.contexts.Archive.Facts(l.Events[i].Path))
	return l.candidates(i, best)
}

// best returns the places of the entries of event number i, with these facts, that stay as
// they are, and the numbers of the events that its list names after them.
func (l *Relinker) best(i int32, f *archive.Facts) (kept []int, best []int32) {
	kept, room, named := l.kept(f)
	return kept, l.Ranking.best(i, room, func(e *archive.Brief) bool { return slices.Contains(named, e.ID) })
}

// entryOf returns the entry of a found event. One that is there already and says
// the contexts that it is to say stays as it is, in whatever order.
func (l *Relinker) entryOf(list *list, c Candidate) (f foundEntry, err error) {
	f.Candidate = c
	e, old := list.page, list.old
	for i := range old {
		if list.meant[i].Same(c.Event) && (f.old == nil || !f.old.Page.Same(c.Event) && old[i].Page.Same(c.Event)) {
			f.old = &old[i]
		}
	}
	if f.old != nil && f.old.Shared != nil {
		names := l.contexts.Split(e, f.old.Shared)
		loose := !slices.IsSorted(names) && !l.contexts.CommaNames.Writes(names)
		aliases := !slices.Equal(names, l.contexts.Written(e, f.old.Shared))
		if !aliases && (loose && containsAll(c.Shared, names) || len(names) == len(c.Shared) && containsAll(names, c.Shared) && !f.old.Shared.Open) {
			f.names = e.Names(f.old.Shared)
			return f, nil
		}
		f.otherNames = true
	}
	f.names, err = l.contexts.CommaNames.Join(c.Shared)
	return f, err
}

// containsAll reports whether sorted names hold all of some.
func containsAll(names, some []string) bool {
	return !slices.ContainsFunc(some, func(name string) bool {
		_, ok := slices.BinarySearch(names, name)
		return !ok
	})
}

// kept returns the places of the entries of an event that stay as they are, how many others
// the list has room for, and the IDs of the events that the kept ones name. Entries that
// were chosen by hand stay, and those that name no page at all: what they are
// for only their author knows. So do those to an event that no list can name
// again: one without a headline, or whose page is damaged.
func (l *Relinker) kept(e *archive.Facts) (kept []int, room int, named []int32) {
	for i, entry := range e.Related {
		if entry.Link == facts.NoLink {
			kept = append(kept, i)
			continue
		}
		to := l.contexts.Archive.MeantBy(e, entry.Link)
		if l.contexts.Archive.IsPinned(e, entry) || to != nil && !to.Quotable() {
			kept = append(kept, i)
			if to != nil {
				named = append(named, to.ID)
			}
		}
	}
	return kept, max(l.contexts.Archive.Config().RelatedLimit-len(kept), 0), named
}

// plan turns what is done to the pages of the wanted events into changes.
func (l *Relinker) plan(pages []relinkedPage, wanted func(path string) bool) (*Relinked, error) {
	out := &Relinked{Changes: l.contexts.Archive.NewChanges()}
	for i := range l.left {
		if l.left[i] && wanted(l.Events[i].Path) {
			out.Unlisted = append(out.Unlisted, l.Events[i].Path)
		}
	}
	slices.SortFunc(l.held, func(a, b *archive.Brief) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range l.held {
		e := l.contexts.Archive.Page(f.Path)
		line, _ := e.Position(e.Event.UnreadRelated().Start)
		out.Held = append(out.Held, archive.Place{Path: e.Path, Line: line})
	}
	changed := 0
	for _, p := range pages {
		if p.change != nil {
			changed++
		}
	}
	out.Pages, out.Changes.All = make([]RelinkedPage, 0, changed), make([]archive.Change, 0, changed)
	slices.SortFunc(pages, func(a, b relinkedPage) int { return strings.Compare(a.Path, b.Path) })
	for _, p := range pages {
		if p.err != nil {
			return nil, p.err
		}
		out.Dropped = append(out.Dropped, p.dropped...)
		if p.change != nil {
			out.Changes.All = append(out.Changes.All, *p.change)
			out.Pages = append(out.Pages, p.RelinkedPage)
		}
	}
	return out, nil
}

// relinkedPage is what relinking does to one page.
type relinkedPage struct {
	RelinkedPage
	names   []string        // paths of the events that the list names
	change  *archive.Change // of its bytes; nil if none differs
	err     error
	dropped []Dropped
}

func (l *Relinker) page(i int32) relinkedPage {
	e := l.contexts.Archive.ReadOnce(l.Events[i].Path)
	kept, best := l.best(i, e.Facts())
	list := l.list(e, i, kept, best)
	out := relinkedPage{RelinkedPage: RelinkedPage{Path: e.Path}}
	for _, f := range list.found {
		if l.Named != nil {
			out.names = append(out.names, f.Event.Path)
		}
	}
	if out.err = list.err; out.err != nil {
		return out
	}
	out.compare(list)
	out.dropped = dropped(list)
	after, err := l.edited(list)
	if out.err = err; err == nil && !bytes.Equal(after, e.Source) {
		path := e.Path // the page is not held
		change := l.replaced(e, after, func(src []byte) ([]byte, error) {
			return l.edited(l.list(l.contexts.Archive.PageAs(path, src), i, kept, best))
		})
		out.change = &change
	}
	return out
}

// edited returns the bytes of the page of a list with the list as it will be.
func (l *Relinker) edited(list *list) ([]byte, error) {
	edits, err := l.edits(list.page, list)
	if err != nil {
		return nil, err
	}
	return list.page.Edited(edits)
}

// edits returns the edits that make the related list of an event what it is to
// be. Only what changes in its entries is written; a page without the section gets
// one at its end.
func (l *Relinker) edits(e *archive.Page, list *list) ([]page.Edit, error) {
	h := l.contexts.Archive.HabitsOf(e, l.habits)
	var entries []written
	for _, k := range list.kept {
		entries = append(entries, written{old: k.Entry, kept: true})
	}
	for _, f := range list.found {
		entries = append(entries, l.written(e, f, h))
	}
	section := e.Event.Section(page.RelatedSection)
	if section != nil && len(section.Entries) > 0 {
		return newListWriter(e, section).write(entries)
	}
	eol := page.LineEnd(e.Source)
	var lines strings.Builder
	for n, entry := range entries {
		fmt.Fprintf(&lines, "%d. %s%s", n+1, entry.line, eol)
	}
	switch {
	case lines.Len() == 0:
		return nil, nil
	case section == nil:
		return l.newSection(e, "### "+h.Heading+eol+eol+lines.String()), nil
	case section.Title.Level == 0:
		return nil, nil // below what is not a heading, a list may be no list
	}
	return []page.Edit{page.BelowTitle(e.Source, section.Title.Span, eol, lines.String())}, nil
}

// newSection returns the edit that puts a related section at the end of a page.
// A page at whose end Markdown reads none, since a code block or a comment is
// not closed, is left as it is.
func (l *Relinker) newSection(e *archive.Page, section string) []page.Edit {
	edits := []page.Edit{page.AtEnd(e.Source, page.LineEnd(e.Source), section)}
	after, err := page.Apply(e.Source, edits)
	if err != nil || page.ParseEvent(after, l.contexts.Archive.Config().Labels).Section(page.RelatedSection) == nil {
		return nil
	}
	return edits
}
