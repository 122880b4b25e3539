package archive

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// Indexed is what rebuilding day pages and the front page comes to.
type Indexed struct {
	Plan *Plan

	// Unlisted are the events that stay unlisted: their day has a page, and the
	// page leaves them out.
	Unlisted []string

	// Conflicts say which merge conflicts are left, and where.
	Conflicts []string
}

// IndexOptions says what to rebuild, and how.
type IndexOptions struct {
	Days  []Date   // the days to rebuild; nil: all
	List  []string // events to list although their day's page leaves them out
	Prune bool     // leave out superseded versions

	// Resolve resolves the merge conflicts of listings, and rebuilds only these.
	Resolve bool

	// Merged, if not nil, is the merge that Resolve completes: its pages follow what
	// either side renamed or removed.
	Merged *Merged
}

// FrontDays is how many days a front page shows.
const FrontDays = 3

// Index plans to rebuild day pages, and the front page, from the event pages.
// Paths are those of all pages of the archive, loaded.
//
// Entries keep their order, new ones come after them. An entry gets the
// headline, the topic, and the description or the contexts that its event has
// now, as far as the archive shows them in its listings; one whose event is gone,
// or that stands twice, goes. The link to the day before is set right, and the
// front page made to show the last days. All else on a page stays as it is.
//
// An event that the page of its day leaves out is an older wording in nearly
// every case, so it stays out, unless List names it. The page of a day that has
// none lists all of the day's events.
func (a *Archive) Index(paths []string, o IndexOptions) (*Indexed, error) {
	known := a.Contexts(paths)
	x := a.newIndexer(known)
	x.prune = o.Prune
	out, changes, days := &Indexed{}, a.newChanges(), o.Days
	switch {
	case o.Resolve:
		var err error
		if changes, days, out.Conflicts, err = a.completeMerge(paths, o.Merged); err != nil {
			return nil, err
		}
		x.move(a.After(changes))
		x.contexts, x.resolving = x.archive.Contexts(x.archive.Paths(".")), true
	case days == nil:
		days = daysOf(paths)
	}
	add := map[Date][]*Page{}
	for _, p := range o.List {
		e, err := a.Event(p)
		if err != nil {
			return nil, err
		}
		if !SoundDay(p, e.Date) {
			return nil, fmt.Errorf("%s is in the folder of no day; days are folders like news/2018/03/14", p)
		}
		add[e.Date] = append(add[e.Date], e)
		if !slices.Contains(days, e.Date) {
			days = append(days, e.Date)
		}
	}
	changes.Then(x.createDays(days))
	x.move(a.After(changes))
	listed, err := x.days(days, add)
	if err != nil {
		return nil, err
	}
	changes.Then(listed)
	x.move(x.archive.After(listed))
	if !o.Resolve {
		created := x.createFront()
		changes.Then(created)
		x.move(x.archive.After(created))
	}
	front, err := x.front()
	if err != nil {
		return nil, err
	}
	changes.Then(front)
	for _, d := range days {
		for _, e := range a.Events(d) {
			if x.archive.unlisted(e.Facts()) {
				out.Unlisted = append(out.Unlisted, e.Path)
			}
		}
	}
	changes.known = known
	out.Plan, err = a.Guard(changes)
	return out, err
}

// daysOf returns the days that have pages, oldest first.
func daysOf(paths []string) []Date {
	var days []Date
	for _, p := range paths {
		if kind, d := Classify(p); (kind == EventPage || kind == DayPage) && SoundDay(p, d) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, Date.Compare)
	return slices.Compact(days)
}

// indexer rebuilds listings. It moves on from the archive as it is to the
// archive as it will be.
type indexer struct {
	archive  *Archive
	contexts *Contexts
	prune    bool

	// resolving is set where a page with a conflict that is left is passed over.
	resolving bool

	// added, if not nil, are the events that all is about: entries of others
	// stay as they are.
	added []*Page

	// moved are the entries that come from the page of another day, as they
	// stood there.
	moved map[*Page]entry

	today listingStyle // of the last days
}

func (a *Archive) newIndexer(c *Contexts) *indexer {
	return &indexer{archive: a, contexts: c, today: a.listingStyle()}
}

// move makes the indexer look at the archive as it will be.
func (x *indexer) move(to *Archive) {
	x.archive = to
}

// createDays plans pages for the days that have none: what a copy left behind
// holds, or else a heading as other days have it, and nothing listed yet.
func (x *indexer) createDays(days []Date) *Changes {
	plan := x.archive.newChanges()
	for _, d := range days {
		if x.archive.HasDay(d) || x.archive.Page(d.Page()) != nil {
			continue
		}
		copied := x.archive.legible(CopyOf(d.Page()))
		if copied != nil && copied.Damage() != nil {
			continue
		}
		data := []byte(x.archive.dayHead(d))
		if copied != nil && dayPart(copied) != nil {
			data = copied.Source
		}
		plan.create(d.Page(), data)
		if copied == nil && x.archive.copiesDays() {
			plan.create(CopyOf(d.Page()), data)
		}
	}
	return plan
}

// days plans the pages of days, and of the days right after those that are new.
// Of the events in add, those of each day are listed last.
func (x *indexer) days(days []Date, add map[Date][]*Page) (*Changes, error) {
	plan := x.archive.newChanges()
	done := map[Date]bool{}
	for _, d := range days {
		if done[d] {
			continue
		}
		done[d] = true
		day := x.archive.dayPage(d)
		if day == nil {
			continue
		}
		if err := day.damaged(); err != nil {
			return nil, err
		}
		edits := x.dayEdits(day, add[d])
		if _, err := plan.edit(day, edits); err != nil {
			return nil, err
		}
		if next, ok := x.archive.DayAfter(d); ok && !slices.Contains(days, next) {
			if after := x.archive.dayPage(next); after != nil {
				if err := after.damaged(); err != nil && x.resolving {
					continue
				} else if err != nil {
					return nil, err
				}
				if _, err := plan.edit(after, x.previousEdits(after)); err != nil {
					return nil, err
				}
			}
		}
	}
	return plan, nil
}

// dayEdits returns the edits that make a day page what it is to be.
func (x *indexer) dayEdits(day *Page, add []*Page) []page.Edit {
	part := dayPart(day)
	if part == nil {
		return x.previousEdits(day)
	}
	style := x.style(day)
	keep, best := asItIs, x.bestItems(day)
	if x.added == nil {
		keep = x.dayEntry(day, best, style)
	}
	if !anyStays(part, keep) {
		others := slices.DeleteFunc(slices.Clone(x.archive.Events(day.Date)), func(e *Page) bool { return slices.Contains(add, e) })
		add = append(others, add...)
	}
	var want []entry
	for _, e := range add {
		if e.quotable() && best[e] == nil && !(x.prune && x.archive.isOlderVersion(e)) {
			want = append(want, x.entry(e, style))
		}
	}
	edits := append(x.partEdits(day, part, style, keep, want), x.previousEdits(day)...)
	if x.added != nil {
		return edits
	}
	return append(x.headingEdits(day, part, style), edits...)
}

// asItIs keeps an entry of a listing.
func asItIs(*page.Item) (entry, bool) { return entry{}, true }

// headingEdits makes the heading of a day page that of its day.
func (x *indexer) headingEdits(day *Page, part *page.Part, style listingStyle) []page.Edit {
	if part.Link == nil {
		return nil
	}
	var edits []page.Edit
	if d, err := ParseDate(strings.TrimSpace(day.Text(part.Link.Text))); err != nil || d != day.Date {
		edits = append(edits, page.Edit{Span: part.Link.Text, New: day.Date.String()})
	}
	return append(edits, x.leadEdits(day, part.Link, day.Date, style)...)
}

// leadEdits makes a link lead to a day's page, unless its directory is padded.
func (x *indexer) leadEdits(p *Page, l *page.Link, d Date, style listingStyle) []page.Edit {
	at := p.Target(l).Path
	if at == d.Page() || at == CopyOf(d.Page()) || isTemplate(p.Text(l.Target)) || x.archive.Padded(d.Page()) != "" {
		return nil
	}
	prefix, ok := strings.CutSuffix(p.Text(l.Target), at)
	if !ok {
		prefix = style.prefix
	}
	return []page.Edit{{Span: l.Target, New: prefix + d.Page()}}
}

// previousEdits makes a day page lead to the nearest earlier day.
func (x *indexer) previousEdits(day *Page) []page.Edit {
	before, any := x.archive.DayBefore(day.Date)
	style := x.style(day)
	for _, part := range day.Listing.Parts {
		switch {
		case part.Previous && any:
			return x.leadEdits(day, part.Link, before, style)
		case part.Previous && isTemplate(day.Text(part.Link.Target)):
			return nil
		case part.Previous:
			return []page.Edit{{Span: part.Title.Span}}
		}
	}
	if !any {
		return nil
	}
	end := len(day.Source)
	eol := lineEnd(day.Source)
	line := fmt.Sprintf("## [%s](%s)", style.previous, style.prefix+before.Page()) + eol + eol
	return []page.Edit{page.Insert(end, lineBreak(day.Source, end, eol, style.gap)+line)}
}
