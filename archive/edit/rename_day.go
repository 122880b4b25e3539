package edit

import (
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/listing"
	"newsctl/archive/page"
)

// moveEntries moves the entries of the events that change their day to the pages
// of their new days, and on the front page. What is planned so far has updated
// their links already.
func (r *renamer) moveEntries() error {
	x := listing.NewIndexer(r.archive, nil)
	x.Archive = r.archive.After(r.plan)
	moves := map[*archive.Page]dayMove{}
	var days, left []archive.Date
	for _, ev := range r.events {
		if path.Dir(ev.from) == path.Dir(ev.to) {
			continue
		}
		_, from := archive.Classify(ev.from)
		_, to := archive.Classify(ev.to)
		e := x.Archive.Page(ev.to)
		moves[e] = dayMove{from, to}
		x.Added = append(x.Added, e)
		days, left = append(days, to), append(left, from)
	}
	if len(moves) == 0 {
		return nil
	}
	x.Contexts = contexts.Of(x.Archive, x.Archive.Paths("."))
	r.then(x, x.CreateDays(days))
	off, err := takeOff(x, moves)
	if err != nil {
		return err
	}
	r.then(x, off)
	add := map[archive.Date][]*archive.Page{}
	for _, e := range x.Added {
		m := moves[e]
		if _, listed := x.Moved[e]; listed || !x.Archive.HasDay(m.from) {
			add[m.to] = append(add[m.to], e)
		}
	}
	listed, err := x.Days(days, add)
	if err != nil {
		return err
	}
	r.then(x, listed)
	dropped, err := r.dropLeft(x, left)
	if err != nil {
		return err
	}
	last := x.Archive.LastDays(listing.FrontDays + 1)
	if !dropped && !slices.ContainsFunc(days, func(d archive.Date) bool { return slices.Contains(last, d) }) {
		return nil
	}
	front, err := x.RefillFront()
	if err != nil {
		return err
	}
	r.then(x, front)
	return nil
}

// dropLeft removes the pages of the days that nothing is left of, and reports
// whether there are any.
func (r *renamer) dropLeft(x *listing.Indexer, left []archive.Date) (bool, error) {
	dropped, next := dropDays(x.Archive, left)
	if dropped.Len() == 0 {
		return false, nil
	}
	r.then(x, dropped)
	followed, err := x.Days(next, nil)
	if err != nil {
		return false, err
	}
	r.then(x, followed)
	return true, nil
}

// then plans a step, after which the indexer sees what it comes to.
func (r *renamer) then(x *listing.Indexer, step *archive.Changes) {
	r.plan.Then(step)
	x.Move(x.Archive.After(step))
}

// dayMove is the day that an event leaves and the one that it gets.
type dayMove struct{ from, to archive.Date }

// takeOff plans to take events off the pages of the days that they leave and off
// the front page, and keeps what those days said of them.
func takeOff(x *listing.Indexer, moves map[*archive.Page]dayMove) (*archive.Changes, error) {
	plan := x.Archive.NewChanges()
	x.Moved = map[*archive.Page]listing.Entry{}
	var left []archive.Date
	for _, e := range x.Added {
		if from := moves[e].from; !slices.Contains(left, from) {
			left = append(left, from)
		}
	}
	for _, from := range left {
		day := x.Archive.DayPage(from)
		if day == nil {
			continue
		}
		if err := day.Damaged(); err != nil {
			return nil, err
		}
		for _, it := range day.Listing.Items() {
			e := x.Archive.EntryEvent(day, it.Link)
			if m, leaves := moves[e]; leaves && m.from == from && x.Moved[e].Event == nil {
				x.Moved[e] = entryOf(x, day, it, e)
			}
		}
		leaving := func(e *archive.Page, d archive.Date) bool {
			m, ok := moves[e]
			return ok && m.from == from && m.to != d
		}
		if _, err := plan.Edit(day, without(x, day, leaving)); err != nil {
			return nil, err
		}
	}
	front := x.Archive.Page(archive.IndexName())
	if front == nil || front.Listing == nil {
		return plan, nil
	}
	leaving := func(e *archive.Page, d archive.Date) bool { m, ok := moves[e]; return ok && m.to != d }
	_, err := plan.Edit(front, without(x, front, leaving))
	return plan, err
}

// entryOf returns the entry of an event as a day page has it.
func entryOf(x *listing.Indexer, day *archive.Page, it *page.Item, e *archive.Page) listing.Entry {
	return listing.Entry{
		Event:   e,
		Topic:   archive.TopicOf(day, it),
		Text:    page.EscapeText(day.Text(it.Link.Text)),
		Body:    strings.TrimSpace(day.Text(archive.BodyOf(day, it))),
		HasBody: true,
	}
}

// without returns the edits that take events off the parts of a listing that show
// the days they leave.
func without(x *listing.Indexer, p *archive.Page, leaves func(e *archive.Page, d archive.Date) bool) []page.Edit {
	var edits []page.Edit
	for i := range p.Listing.Parts {
		part := &p.Listing.Parts[i]
		if part.Link == nil || !archive.IsDay(p.Target(part.Link).Path) {
			continue
		}
		_, shown := archive.Classify(p.Target(part.Link).Path)
		edits = append(edits, x.PartEdits(p, part, x.Today, func(it *page.Item) (listing.Entry, bool) {
			return listing.Entry{}, !leaves(x.Archive.EntryEvent(p, it.Link), shown)
		}, nil)...)
	}
	return edits
}
