package listing

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// IsFront reports whether a listing is a front page: it shows days, or nothing yet.
// A site may have another home page in its place.
func IsFront(p *archive.Page) bool {
	if len(bytes.TrimSpace(p.Source)) == 0 {
		return true
	}
	return p.Listing != nil && slices.ContainsFunc(p.Listing.Parts, func(part page.Part) bool {
		return part.Link != nil && !part.Previous && archive.IsDay(p.Target(part.Link).Path)
	})
}

// IsHomePage reports whether the README.md or index.md of the root is not a front page,
// but another page of the site or the project.
func IsHomePage(a *archive.Archive, p *archive.Page) bool {
	if path.Dir(p.Path) != "." {
		return false
	}
	p = a.Legible(p.Path)
	return p != nil && p.Fault == "" && !IsFront(p)
}

// Init plans the front page of a new archive, which shows the days that there are.
func Init(a *archive.Archive) (*plan.Plan, error) {
	x := NewIndexer(a, contexts.Of(a, nil))
	changes := x.newFront()
	x.Move(a.After(changes))
	front, err := x.Front()
	if err != nil {
		return nil, err
	}
	changes.Then(front)
	return plan.Guard(changes, nil)
}

// CreateFront plans a front page where the archive has days, but no home page.
func (x *Indexer) CreateFront() *archive.Changes {
	if len(x.Archive.LastDays(1)) == 0 {
		return x.Archive.NewChanges()
	}
	return x.newFront()
}

// newFront plans a front page where there is no home page: what a copy left over
// holds, or else nothing yet.
func (x *Indexer) newFront() *archive.Changes {
	changes := x.Archive.NewChanges()
	if _, there := x.Archive.TypeOf(archive.IndexName()); there || !x.Archive.Holds(archive.IndexName()) {
		return changes
	}
	if _, there := x.Archive.TypeOf(archive.CopyName()); !there {
		changes.Create(archive.IndexName(), []byte{})
		if copiesDays(x.Archive) {
			changes.Create(archive.CopyName(), []byte{})
		}
	} else if copied := x.Archive.Legible(archive.CopyName()); copied.Fault == "" && copied.Damage() == nil && IsFront(copied) {
		changes.Create(archive.IndexName(), copied.Source)
	}
	return changes
}

// Front plans the front page: its parts list what the pages of the last days
// list. Where it shows fewer days than it should, it gets parts for them.
func (x *Indexer) Front() (*archive.Changes, error) {
	changes := x.Archive.NewChanges()
	front := x.Archive.Page(archive.IndexName())
	if front == nil || front.Listing == nil || front.Damage() == nil && !IsFront(front) {
		return changes, nil
	}
	if err := front.Damaged(); err != nil && x.Resolving {
		return changes, nil
	} else if err != nil {
		return nil, err
	}
	style := x.style(front)
	last := x.Archive.LastDays(FrontDays + 1)
	days := last[:min(FrontDays, len(last))] // that are still to be shown
	end := len(front.Source)
	var edits []page.Edit
	for i := range front.Listing.Parts {
		part := &front.Listing.Parts[i]
		switch {
		case part.Link == nil:
		case part.Previous:
			end = part.Title.Start
			if len(last) > FrontDays {
				edits = append(edits, x.leadEdits(front, part.Link, last[FrontDays], style)...)
			}
		case archive.IsDay(front.Target(part.Link).Path) && len(days) > 0:
			edits = append(edits, x.frontPart(front, part, days[0], style)...)
			days = days[1:]
		}
	}
	if len(days) > 0 {
		edits = append(edits, x.frontParts(front, end, days, style))
	}
	_, err := changes.Edit(front, edits)
	return changes, err
}

// frontPart makes a part of the front page list a day.
func (x *Indexer) frontPart(front *archive.Page, part *page.Part, d archive.Date, style ListingStyle) []page.Edit {
	edits := x.leadEdits(front, part.Link, d, style)
	all := x.Added == nil || len(edits) > 0
	if shown, err := archive.ParseDate(strings.TrimSpace(front.Text(part.Link.Text))); err == nil && shown != d {
		edits = append(edits, page.Edit{Span: part.Link.Text, New: d.String()})
	}
	if day := x.Archive.DayPage(d); day == nil || day.Damage() != nil {
		return edits // what the day lists cannot be read
	}
	here := map[*archive.Page]bool{}
	for i := range part.Items {
		here[x.Archive.EntryEvent(front, part.Items[i].Link)] = true
	}
	wanted := map[*archive.Page]Entry{}
	var add []Entry
	for _, want := range x.dayEntries(d, style) {
		wanted[want.Event] = want
		if !here[want.Event] && (all || slices.Contains(x.Added, want.Event)) {
			add = append(add, want)
		}
	}
	keep := x.frontEntry(front, wanted)
	if !all {
		keep = x.ofChanged(front, keep)
	}
	return append(edits, x.PartEdits(front, part, style, keep, add)...)
}

// frontParts returns the edit that gives the front page parts for days.
func (x *Indexer) frontParts(front *archive.Page, at int, days []archive.Date, style ListingStyle) page.Edit {
	eol := page.LineEnd(front.Source)
	if day := x.Archive.DayPage(days[0]); len(front.Source) == 0 && day != nil {
		eol = page.LineEnd(day.Source) // a new front page is written as the days are
	}
	prefix := dayPrefix(front, style)
	var text strings.Builder
	for _, d := range days {
		fmt.Fprintf(&text, "## [%s](%s)%s%s", d, prefix+d.Page(), eol, eol)
		text.WriteString(style.entries(x.dayEntries(d, style), "", eol))
	}
	return page.Insert(at, page.LineBreak(front.Source, at, eol, "\n")+text.String())
}

// dayPrefix returns what the links of the front page to days carry before the path.
func dayPrefix(front *archive.Page, style ListingStyle) string {
	for _, part := range front.Listing.Parts {
		if part.Link == nil {
			continue
		}
		if prefix, ok := strings.CutSuffix(front.Text(part.Link.Target), front.Target(part.Link).Path); ok {
			return prefix
		}
	}
	return style.prefix
}

// dayEntries returns what the front page says of the events that the page of a
// day lists.
func (x *Indexer) dayEntries(d archive.Date, style ListingStyle) []Entry {
	day := x.Archive.DayPage(d)
	if day == nil || day.Damage() != nil {
		return nil
	}
	var out []Entry
	seen := map[*archive.Page]bool{}
	for _, it := range day.Listing.Items() {
		if e := x.Archive.EntryEvent(day, it.Link); e != nil && !seen[e] {
			seen[e] = true
			out = append(out, x.repeated(day, it, e, style))
		}
	}
	return out
}

// frontEntry returns what an entry of the front page is to be, if its day lists
// the events in wanted. What is not an event stays.
func (x *Indexer) frontEntry(front *archive.Page, wanted map[*archive.Page]Entry) func(*page.Item) (Entry, bool) {
	seen := map[*archive.Page]bool{}
	return func(it *page.Item) (Entry, bool) {
		e := x.Archive.EntryEvent(front, it.Link)
		if e == nil {
			return Entry{}, !x.gone(front, it)
		}
		want, ok := wanted[e]
		ok = ok && !seen[e]
		seen[e] = true
		return want, ok
	}
}
