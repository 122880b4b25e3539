package compare

import (
	"bytes"
	"cmp"
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/git"
	"newsctl/archive/link"
	"newsctl/archive/same"
)

// Comparison is what differs between two versions of an archive, in the
// archive's own terms.
type Comparison struct {
	// Events are the events that differ, by day and path.
	Events []EventChange `json:"events"`

	// Following are the paths of the event pages of which no more changed than
	// that related entries follow events that were renamed or reworded.
	Following []string `json:"following"`

	// Listings are the front page and the day pages that differ.
	Listings []ListingChange `json:"listings"`

	// Pages are all other pages that differ.
	Pages []PageChange `json:"pages"`

	// Changes are the files that differ, in pairs.
	Changes []git.Change `json:"-"`

	by *comparer
}

// ChangeKind is a way in which a page differs.
type ChangeKind string

// The kinds of changes. What was added or removed is nothing else; any of the
// others may come together.
const (
	ChangeAdded    ChangeKind = "added"
	ChangeRemoved  ChangeKind = "removed"
	ChangeMoved    ChangeKind = "moved"    // to another day
	ChangeRenamed  ChangeKind = "renamed"  // to another file name; of a page that is not an event, to another path
	ChangeReworded ChangeKind = "reworded" // with another headline
	ChangeEdited   ChangeKind = "edited"   // in any other way
)

// EventChange is how an event differs.
type EventChange struct {
	Kinds  []ChangeKind `json:"kinds"`
	Before *EventState  `json:"before"` // nil for an event that was added
	After  *EventState  `json:"after"`  // nil for one that was removed

	// Kept is set where the page before stays, as a previous version of the event.
	Kept bool `json:"kept"`

	Sources  Delta[Entry]  `json:"sources"`
	Contexts Delta[string] `json:"contexts"` // as the page itself reports them; see [comparer.contextDelta]
	Related  RelatedDelta  `json:"related"`

	// Edited names the other parts of the page that changed.
	Edited []string `json:"edited"`
}

// EventState is what an event is called in one version.
type EventState struct {
	Path     string `json:"path"`
	Day      string `json:"day"`
	Headline string `json:"headline"`
}

// Entry is a line of a list that leads somewhere: a source, a related event, an
// event on a day page. The target is a path of the archive, or an address.
type Entry struct {
	Text   string `json:"text"`
	Target string `json:"target"`
}

// Delta is what a list gained and what it lost.
type Delta[T any] struct {
	Gained []T `json:"gained"`
	Lost   []T `json:"lost"`
}

// empty reports whether nothing was gained or lost.
func (d Delta[T]) empty() bool { return len(d.Gained)+len(d.Lost) == 0 }

// RelatedDelta is how a related list changed. An entry that follows a renamed
// event to its new path is the same entry.
type RelatedDelta struct {
	Delta[Entry]
	Retitled  []Entry `json:"retitled"` // whose event kept its headline
	Reordered bool    `json:"reordered"`
}

// ListingChange is how a day page or the front page differs.
type ListingChange struct {
	Kind ChangeKind `json:"kind"`
	Path string     `json:"path"`
	Day  string     `json:"day"` // empty for the front page

	// Following counts the entries that changed because their event did.
	Following int `json:"following"`

	// Entries are those that came and went though their event did not, and
	// Rewritten those whose text changed though their event stayed as it was.
	Entries   Delta[Entry] `json:"entries"`
	Rewritten []Entry      `json:"rewritten"`

	Days Delta[string] `json:"days"` // of the front page

	// Sections are the headings of the front page that are not those of days.
	Sections Delta[string] `json:"sections"`

	Edited []string `json:"edited"`
}

// PageChange is how another page differs.
type PageChange struct {
	Kind   ChangeKind `json:"kind"`
	Before string     `json:"before"` // empty for a page that was added
	After  string     `json:"after"`  // empty for one that was removed
}

// Compare returns what changed between two versions of an archive. Only the
// pages that changed are read, but all where one may have lost a context.
func Compare(before, after *archive.Archive, changes []git.Change) *Comparison {
	return comparePairs(before, after, Pair(before, after, changes), false)
}

// ComparePlanned is [Compare] of the pages that a plan changes. It is certain which of
// them move, and that no context is lost: what a page no longer says, another does.
func ComparePlanned(before, after *archive.Archive, changes []git.Change) *Comparison {
	return comparePairs(before, after, changes, true)
}

func comparePairs(before, after *archive.Archive, changes []git.Change, planned bool) *Comparison {
	archive.Parallel(len(changes), func(i int) {
		before.Page(changes[i].From)
		after.Page(changes[i].To)
	})
	c := newComparer(before, after, changes)
	c.planned = planned
	out := &Comparison{Events: []EventChange{}, Following: []string{}, Listings: []ListingChange{}, Pages: []PageChange{}, Changes: changes, by: c}
	for _, p := range c.pairs {
		e, follows := c.event(p)
		switch {
		case len(e.Kinds) > 0:
			out.Events = append(out.Events, e)
		case follows:
			out.Following = append(out.Following, p.to.Path)
		}
	}
	slices.SortStableFunc(out.Events, func(a, b EventChange) int { return archive.ByDay(a.state().Path, b.state().Path) })
	c.know(out.Events)
	for _, change := range changes {
		c.addPage(out, change)
	}
	slices.SortStableFunc(out.Listings, func(a, b ListingChange) int { return archive.ByDay(a.Path, b.Path) })
	return out
}

// state returns what the event is called now, or was called if it is gone.
func (e *EventChange) state() *EventState {
	if e.After != nil {
		return e.After
	}
	return e.Before
}

// Is reports whether a change is of a kind.
func (e *EventChange) Is(k ChangeKind) bool { return slices.Contains(e.Kinds, k) }

// Empty reports whether nothing differs.
func (c *Comparison) Empty() bool {
	return len(c.Events)+len(c.Following)+len(c.Listings)+len(c.Pages) == 0
}

// ComparisonSummary counts what differs.
type ComparisonSummary struct {
	Added     int `json:"added"` // events
	Removed   int `json:"removed"`
	Moved     int `json:"moved"`
	Renamed   int `json:"renamed"`
	Reworded  int `json:"reworded"`
	Edited    int `json:"edited"`
	Following int `json:"following"`

	Sources  Balance `json:"sources"` // those of events added and removed among them
	Contexts Balance `json:"contexts"`
	Related  Balance `json:"related"`

	Days  int `json:"days"`  // day pages
	Front int `json:"front"` // 1 if the front page differs
	Pages int `json:"pages"` // other pages
}

// Balance counts what was gained and lost.
type Balance struct {
	Gained int `json:"gained"`
	Lost   int `json:"lost"`
}

func (b *Balance) add(gained, lost int) {
	b.Gained += gained
	b.Lost += lost
}

// Summary counts what differs.
func (c *Comparison) Summary() ComparisonSummary {
	s := ComparisonSummary{Following: len(c.Following), Pages: len(c.Pages)}
	kinds := map[ChangeKind]*int{
		ChangeAdded: &s.Added, ChangeRemoved: &s.Removed, ChangeMoved: &s.Moved,
		ChangeRenamed: &s.Renamed, ChangeReworded: &s.Reworded, ChangeEdited: &s.Edited,
	}
	for _, e := range c.Events {
		for _, k := range e.Kinds {
			*kinds[k]++
		}
		s.Sources.add(len(e.Sources.Gained), len(e.Sources.Lost))
		s.Contexts.add(len(e.Contexts.Gained), len(e.Contexts.Lost))
		s.Related.add(len(e.Related.Gained), len(e.Related.Lost))
	}
	for _, l := range c.Listings {
		if l.Day == "" {
			s.Front++
		} else {
			s.Days++
		}
	}
	return s
}

// comparer compares two versions of an archive page by page.
type comparer struct {
	before, after *archive.Archive

	pairs    []eventPair
	renamed  map[string]string // an event's path before -> its path after
	reworded map[string]bool   // paths after
	kept     map[string]bool   // paths of previous versions that stay
	names    contexts.CommaNames
	reported *contexts.Contexts // of the archive after, where it was asked for
	planned  bool               // the changes are those of a plan

	was, is map[string]*EventChange // by path before, and after
}

// eventPair is an event in two versions; nil where it is not there.
type eventPair struct {
	from, to *archive.Page
	kept     bool // from stays beside to, as a previous version
}

func newComparer(before, after *archive.Archive, changes []git.Change) *comparer {
	c := &comparer{
		before: before, after: after,
		renamed: map[string]string{}, reworded: map[string]bool{}, kept: map[string]bool{},
		was: map[string]*EventChange{}, is: map[string]*EventChange{},
	}
	hints := map[*archive.Page]archive.NameHints{}
	for _, change := range changes {
		p := eventPair{from: before.EventAt(change.From), to: after.EventAt(change.To)}
		if p.from == nil && p.to != nil {
			older := before.EventAt(before.VersionBefore(p.to))
			if older != nil && after.Exists(older.Path) {
				p.from, p.kept = older, true
				c.kept[older.Path] = true
			}
		}
		if p.from != nil && p.to != nil {
			c.renamed[p.from.Path] = p.to.Path
			c.reworded[p.to.Path] = p.reworded()
		}
		if p.from != nil || p.to != nil {
			c.pairs = append(c.pairs, p)
		}
		for _, pg := range []*archive.Page{before.Page(change.From), after.Page(change.To)} {
			if pg != nil {
				hints[pg] = pg.HintsOf()
			}
		}
	}
	c.names = contexts.CommaNamesOf(after.Config(), hints)
	return c
}

func (p eventPair) reworded() bool {
	return !link.SameText(p.from.Facts().TrimmedHeadline(), p.to.Facts().TrimmedHeadline())
}

// know keeps how events changed, for the pages that list them.
func (c *comparer) know(events []EventChange) {
	for i := range events {
		e := &events[i]
		if e.Before != nil {
			c.was[e.Before.Path] = e
		}
		if e.After != nil {
			c.is[e.After.Path] = e
		}
	}
}

// meant returns the path after of what a path in the version before means: that
// of an event which was renamed, or which was reworded long ago and is still
// called by its old name.
func (c *comparer) meant(path string) string {
	if _, ok := c.renamed[path]; !ok && !c.before.Exists(path) {
		if to, ok := c.before.ResolveMoved(path); ok {
			path = to
		}
	}
	return cmp.Or(c.renamed[path], path)
}

// addPage adds a page that is not an event.
func (c *comparer) addPage(out *Comparison, change git.Change) {
	from, to := c.before.Page(change.From), c.after.Page(change.To)
	switch {
	case from == nil && to == nil, same.HasEvent(from), same.HasEvent(to), c.faithful(from, to):
	case change.From == change.To && sameSource(from, to) && to.Fault == "": // another mode
	case hasListing(from), hasListing(to):
		if l := c.listing(from, to); l != nil {
			out.Listings = append(out.Listings, *l)
		}
	default:
		out.Pages = append(out.Pages, pageChange(change))
	}
}

func hasListing(p *archive.Page) bool { return p != nil && p.Listing != nil }

// faithful reports whether a page is a copy, and the same change was made to
// what it is the copy of.
func (c *comparer) faithful(from, to *archive.Page) bool {
	p := cmp.Or(to, from)
	if p.Kind != archive.CopyPage {
		return false
	}
	was, is := c.before.Page(archive.CopyOf(p.Path)), c.after.Page(archive.CopyOf(p.Path))
	return sameSource(from, was) && sameSource(to, is)
}

// sameSource reports whether two pages hold the same bytes, or neither is there.
func sameSource(p, q *archive.Page) bool {
	if p == nil || q == nil {
		return p == q
	}
	return bytes.Equal(p.Source, q.Source)
}

func pageChange(change git.Change) PageChange {
	out := PageChange{ChangeEdited, change.From, change.To}
	switch {
	case change.From == "":
		out.Kind = ChangeAdded
	case change.To == "":
		out.Kind = ChangeRemoved
	case change.From != change.To:
		out.Kind = ChangeRenamed
	}
	return out
}
