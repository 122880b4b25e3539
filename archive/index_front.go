package archive

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// IsFront reports whether a listing is a front page: it shows days, or nothing yet.
// A site may have another home page in its place.
func (p *Page) IsFront() bool {
	if len(bytes.TrimSpace(p.Source)) == 0 {
		return true
	}
	return p.Listing != nil && slices.ContainsFunc(p.Listing.Parts, func(part page.Part) bool {
		return part.Link != nil && !part.Previous && isDay(p.Target(part.Link).Path)
	})
}

// IsHomePage reports whether the README.md or index.md of the root is not a front page,
// but another page of the site or the project.
func (a *Archive) IsHomePage(p *Page) bool {
	if path.Dir(p.Path) != "." {
		return false
	}
	p = a.legible(p.Path)
	return p != nil && p.Fault == "" && !p.IsFront()
}

// Init plans the front page of a new archive, which shows the days that there are.
func (a *Archive) Init() (*Plan, error) {
	x := a.newIndexer(a.Contexts(nil))
	plan := x.newFront()
	x.move(a.After(plan))
	front, err := x.front()
	if err != nil {
		return nil, err
	}
	plan.Then(front)
	return a.Guard(plan)
}

// createFront plans a front page where the archive has days, but no home page.
func (x *indexer) createFront() *Changes {
	if len(x.archive.LastDays(1)) == 0 {
		return x.archive.newChanges()
	}
	return x.newFront()
}

// newFront plans a front page where there is no home page: what a copy left behind
// holds, or else nothing yet.
func (x *indexer) newFront() *Changes {
	plan := x.archive.newChanges()
	if _, there := x.archive.typeOf(indexName); there || !x.archive.Holds(indexName) {
		return plan
	}
	if _, there := x.archive.typeOf(copyName); !there {
		plan.create(indexName, []byte{})
		if x.archive.copiesDays() {
			plan.create(copyName, []byte{})
		}
	} else if copied := x.archive.legible(copyName); copied.Fault == "" && copied.Damage() == nil && copied.IsFront() {
		plan.create(indexName, copied.Source)
	}
	return plan
}

// front plans the front page: its parts list what the pages of the last days
// list. Where it shows fewer days than it should, it gets parts for them.
func (x *indexer) front() (*Changes, error) {
	plan := x.archive.newChanges()
	front := x.archive.Page(indexName)
	if front == nil || front.Listing == nil || front.Damage() == nil && !front.IsFront() {
		return plan, nil
	}
	if err := front.damaged(); err != nil && x.resolving {
		return plan, nil
	} else if err != nil {
		return nil, err
	}
	style := x.style(front)
	last := x.archive.LastDays(FrontDays + 1)
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
		case isDay(front.Target(part.Link).Path) && len(days) > 0:
			edits = append(edits, x.frontPart(front, part, days[0], style)...)
			days = days[1:]
		}
	}
	if len(days) > 0 {
		edits = append(edits, x.frontParts(front, end, days, style))
	}
	_, err := plan.edit(front, edits)
	return plan, err
}

// frontPart makes a part of the front page list a day.
func (x *indexer) frontPart(front *Page, part *page.Part, d Date, style listingStyle) []page.Edit {
	edits := x.leadEdits(front, part.Link, d, style)
	all := x.added == nil || len(edits) > 0
	if shown, err := ParseDate(strings.TrimSpace(front.Text(part.Link.Text))); err == nil && shown != d {
		edits = append(edits, page.Edit{Span: part.Link.Text, New: d.String()})
	}
	if day := x.archive.dayPage(d); day == nil || day.Damage() != nil {
		return edits // what the day lists cannot be read
	}
	here := map[*Page]bool{}
	for i := range part.Items {
		here[x.archive.entryEvent(front, part.Items[i].Link)] = true
	}
	wanted := map[*Page]entry{}
	var add []entry
	for _, want := range x.dayEntries(d, style) {
		wanted[want.event] = want
		if !here[want.event] && (all || slices.Contains(x.added, want.event)) {
			add = append(add, want)
		}
	}
	keep := asItIs
	if all {
		keep = x.frontEntry(front, wanted)
	}
	return append(edits, x.partEdits(front, part, style, keep, add)...)
}

// frontParts returns the edit that gives the front page parts for days.
func (x *indexer) frontParts(front *Page, at int, days []Date, style listingStyle) page.Edit {
	eol := lineEnd(front.Source)
	if day := x.archive.dayPage(days[0]); len(front.Source) == 0 && day != nil {
		eol = lineEnd(day.Source) // a new front page is written as the days are
	}
	var text strings.Builder
	for _, d := range days {
		fmt.Fprintf(&text, "## [%s](%s)%s%s", d, style.prefix+d.Page(), eol, eol)
		text.WriteString(style.entries(x.dayEntries(d, style), "", eol))
	}
	return page.Insert(at, lineBreak(front.Source, at, eol, "\n")+text.String())
}

// dayEntries returns what the front page says of the events that the page of a
// day lists.
func (x *indexer) dayEntries(d Date, style listingStyle) []entry {
	day := x.archive.dayPage(d)
	if day == nil || day.Damage() != nil {
		return nil
	}
	var out []entry
	seen := map[*Page]bool{}
	for _, it := range day.Listing.Items() {
		if e := x.archive.entryEvent(day, it.Link); e != nil && !seen[e] {
			seen[e] = true
			out = append(out, x.repeated(day, it, e, style))
		}
	}
	return out
}

// frontEntry returns what an entry of the front page is to be, if its day lists
// the events in wanted. What is no event stays.
func (x *indexer) frontEntry(front *Page, wanted map[*Page]entry) func(*page.Item) (entry, bool) {
	seen := map[*Page]bool{}
	return func(it *page.Item) (entry, bool) {
		e := x.archive.entryEvent(front, it.Link)
		if e == nil {
			return entry{}, !x.gone(front, it)
		}
		want, ok := wanted[e]
		ok = ok && !seen[e]
		seen[e] = true
		return want, ok
	}
}
