package listing

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/layout"
	"newsctl/archive/link"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/same"
)

// Indexed is what rebuilding day pages and the front page comes to.
type Indexed struct {
	Plan *plan.Plan

	// Unlisted are the events that stay unlisted: their day has a page, and the
	// page leaves them out.
	Unlisted []string

	// Conflicts say which merge conflicts are left, and where.
	Conflicts []string
}

// IndexOptions says what to rebuild, and how.
type IndexOptions struct {
	Days  []archive.Date // the days to rebuild; nil: all
	List  []string       // events to list although their day's page leaves them out
	Prune bool           // omit unlisted versions

	// Resolve resolves the merge conflicts of listings, and rebuilds only these.
	Resolve bool

	// Complete are the steps that complete a merge once its conflicts are resolved,
	// each from the archive after those before it.
	Complete []func(*archive.Archive) (*archive.Changes, error)
}

// FrontDays is how many days a front page shows.
const FrontDays = 3

// Index plans to rebuild day pages, and the front page, from the event pages.
// Paths are those of all pages of the archive, loaded.
//
// Entries keep their order, new ones come after them. An entry gets the
// headline, the topic, and the description or the contexts that its event has
// now, as far as the archive shows them in its listings; one whose event is gone,
// or that is twice, goes. The link to the day before is set right, and the
// front page made to show the last days. All else on a page stays as it is.
//
// An event that the page of its day omits is an previous version in nearly
// every case, so it stays out, unless List names it. The page of a day that has
// none lists all of the day's events.
func Index(a *archive.Archive, paths []string, o IndexOptions) (*Indexed, error) {
	known := contexts.OfAll(a, paths)
	x := NewIndexer(a, known)
	x.prune = o.Prune
	out, changes, days := &Indexed{}, a.NewChanges(), o.Days
	switch {
	case o.Resolve:
		var err error
		if changes, days, out.Conflicts, err = completeMerge(a, paths, o.Complete); err != nil {
			return nil, err
		}
		x.Move(a.After(changes))
		x.Contexts, x.Resolving = contexts.Of(x.Archive, x.Archive.Paths(".")), true
	case days == nil:
		days = DaysOf(paths)
	}
	add := map[archive.Date][]*archive.Page{}
	for _, p := range o.List {
		e, err := a.Event(p)
		if err != nil {
			return nil, err
		}
		if !archive.SoundDay(p, e.Date) {
			return nil, fmt.Errorf("%s is in the directory of no day; days are directories like %s", p, layout.Current().Dir(2018, 3, 14))
		}
		add[e.Date] = append(add[e.Date], e)
		if !slices.Contains(days, e.Date) {
			days = append(days, e.Date)
		}
	}
	changes.Then(x.CreateDays(days))
	x.Move(a.After(changes))
	listed, err := x.Days(days, add)
	if err != nil {
		return nil, err
	}
	changes.Then(listed)
	x.Move(x.Archive.After(listed))
	if !o.Resolve {
		created := x.CreateFront()
		changes.Then(created)
		x.Move(x.Archive.After(created))
	}
	front, err := x.Front()
	if err != nil {
		return nil, err
	}
	changes.Then(front)
	if err := x.settle(changes, front); err != nil {
		return nil, err
	}
	for _, d := range days {
		for _, e := range a.Events(d) {
			if same.Unlisted(x.Archive, &e.Facts().Brief) {
				out.Unlisted = append(out.Unlisted, e.Path)
			}
		}
	}
	out.Plan, err = plan.Guard(changes, known)
	return out, err
}

// DaysOf returns the days that have pages, oldest first.
func DaysOf(paths []string) []archive.Date {
	var days []archive.Date
	for _, p := range paths {
		if kind, d := archive.Classify(p); (kind == archive.EventPage || kind == archive.DayPage) && archive.SoundDay(p, d) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, archive.Date.Compare)
	return slices.Compact(days)
}

// maxRounds is how often listings are rebuilt at most.
const maxRounds = 3

// settle adds to changes, of which last were made last, what rebuilding their days
// once more changes. How an archive writes its listings is read from entries whose
// links point to events, and links that were broken do so only now.
func (x *Indexer) settle(changes, last *archive.Changes) error {
	x.Move(x.Archive.After(last))
	for range maxRounds {
		x.Today = listingStyle(x.Archive)
		step, err := x.Days(DaysOf(changes.Paths()), nil)
		if err != nil {
			return err
		}
		x.Move(x.Archive.After(step))
		front, err := x.Front()
		if err != nil {
			return err
		}
		if step.Then(front); step.Len() == 0 {
			return nil
		}
		x.Move(x.Archive.After(front))
		changes.Then(step)
	}
	return nil
}

// Indexer rebuilds listings. It moves on from the archive as it is to the
// archive as it will be.
type Indexer struct {
	Archive  *archive.Archive
	Contexts *contexts.Contexts
	prune    bool

	// Resolving is set where a page with a conflict that is left is passed over.
	Resolving bool

	// Added, if not nil, are the events that all is about: entries of others
	// stay as they are.
	Added []*archive.Page

	// Changed are the events whose entries follow them where Added is not nil.
	Changed []*archive.Page

	// Moved are the entries that come from the page of another day, as they
	// was there.
	Moved map[*archive.Page]Entry

	Today ListingStyle // of the last days
}

// NewIndexer returns an indexer for an archive whose contexts are known.
func NewIndexer(a *archive.Archive, c *contexts.Contexts) *Indexer {
	return &Indexer{Archive: a, Contexts: c, Today: listingStyle(a)}
}

// Move makes the indexer read the archive as it will be.
func (x *Indexer) Move(to *archive.Archive) {
	x.Archive = to
}

// CreateDays plans pages for the days that have none: what a copy left over
// holds, or else a heading as other days have it, and nothing listed yet.
func (x *Indexer) CreateDays(days []archive.Date) *archive.Changes {
	plan := x.Archive.NewChanges()
	for _, d := range days {
		if x.Archive.HasDay(d) || x.Archive.Page(d.Page()) != nil {
			continue
		}
		copied := x.Archive.Legible(archive.CopyOf(d.Page()))
		if copied != nil && copied.Damage() != nil {
			continue
		}
		data := []byte(dayHead(x.Archive, d))
		if copied != nil && dayPart(copied) != nil {
			data = copied.Source
		}
		plan.Create(d.Page(), data)
		if copied == nil && copiesDays(x.Archive) {
			plan.Create(archive.CopyOf(d.Page()), data)
		}
	}
	return plan
}

// Days plans the pages of days, and of the days right after those that are new.
// Of the events in add, those of each day are listed last.
func (x *Indexer) Days(days []archive.Date, add map[archive.Date][]*archive.Page) (*archive.Changes, error) {
	plan := x.Archive.NewChanges()
	done := map[archive.Date]bool{}
	for _, d := range days {
		if done[d] {
			continue
		}
		done[d] = true
		day := x.Archive.DayPage(d)
		if day == nil {
			continue
		}
		if err := day.Damaged(); err != nil {
			return nil, err
		}
		edits := x.dayEdits(day, add[d])
		if _, err := plan.Edit(day, edits); err != nil {
			return nil, err
		}
		if next, ok := x.Archive.DayAfter(d); ok && !slices.Contains(days, next) {
			if after := x.Archive.DayPage(next); after != nil {
				if err := after.Damaged(); err != nil && x.Resolving {
					continue
				} else if err != nil {
					return nil, err
				}
				if _, err := plan.Edit(after, x.previousEdits(after)); err != nil {
					return nil, err
				}
			}
		}
	}
	return plan, nil
}

// dayEdits returns the edits that make a day page what it is to be.
func (x *Indexer) dayEdits(day *archive.Page, add []*archive.Page) []page.Edit {
	part := dayPart(day)
	if part == nil {
		return x.previousEdits(day)
	}
	style := x.style(day)
	best := x.bestItems(day)
	keep := x.dayEntry(day, best, style)
	if x.Added != nil {
		keep = x.ofChanged(day, keep)
	}
	if !anyStays(part, keep) {
		others := slices.DeleteFunc(slices.Clone(x.Archive.Events(day.Date)), func(e *archive.Page) bool { return slices.Contains(add, e) })
		add = append(others, add...)
	}
	var want []Entry
	for _, e := range add {
		if e.Quotable() && best[e] == nil && !(x.prune && x.Archive.IsPreviousVersion(e)) {
			want = append(want, x.entry(e, style))
		}
	}
	edits := append(x.PartEdits(day, part, style, keep, want), x.previousEdits(day)...)
	if x.Added != nil {
		return edits
	}
	return append(x.headingEdits(day, part, style), edits...)
}

// ofChanged keeps an entry of a listing as it is, unless it is one of an event that
// changes.
func (x *Indexer) ofChanged(p *archive.Page, keep func(*page.Item) (Entry, bool)) func(*page.Item) (Entry, bool) {
	return func(it *page.Item) (Entry, bool) {
		if slices.Contains(x.Changed, x.Archive.EntryEvent(p, it.Link)) {
			return keep(it)
		}
		return asItIs(it)
	}
}

// asItIs keeps an entry of a listing.
func asItIs(*page.Item) (Entry, bool) { return Entry{}, true }

// headingEdits makes the heading of a day page that of its day.
func (x *Indexer) headingEdits(day *archive.Page, part *page.Part, style ListingStyle) []page.Edit {
	if part.Link == nil {
		return nil
	}
	var edits []page.Edit
	if d, err := archive.ParseDate(strings.TrimSpace(day.Text(part.Link.Text))); err != nil || d != day.Date {
		edits = append(edits, page.Edit{Span: part.Link.Text, New: day.Date.String()})
	}
	return append(edits, x.leadEdits(day, part.Link, day.Date, style)...)
}

// leadEdits makes a link point to a day's page, unless its directory is padded.
func (x *Indexer) leadEdits(p *archive.Page, l *page.Link, d archive.Date, style ListingStyle) []page.Edit {
	at := p.Target(l).Path
	if at == d.Page() || at == archive.CopyOf(d.Page()) || link.IsTemplate(p.Text(l.Target)) || x.Archive.Padded(d.Page()) != "" {
		return nil
	}
	prefix, ok := strings.CutSuffix(p.Text(l.Target), at)
	if !ok {
		prefix = style.prefix
	}
	return []page.Edit{{Span: l.Target, New: prefix + d.Page()}}
}

// previousEdits makes a day page point to the nearest earlier day.
func (x *Indexer) previousEdits(day *archive.Page) []page.Edit {
	before, any := x.Archive.DayBefore(day.Date)
	style := x.style(day)
	for _, part := range day.Listing.Parts {
		switch {
		case part.Previous && any:
			return x.leadEdits(day, part.Link, before, style)
		case part.Previous && link.IsTemplate(day.Text(part.Link.Target)):
			return nil
		case part.Previous:
			return []page.Edit{{Span: part.Title.Span}}
		}
	}
	if !any {
		return nil
	}
	end := len(day.Source)
	eol := page.LineEnd(day.Source)
	line := fmt.Sprintf("## [%s](%s)", style.previous, style.prefix+before.Page()) + eol + eol
	return []page.Edit{page.Insert(end, page.LineBreak(day.Source, end, eol, style.gap)+line)}
}
