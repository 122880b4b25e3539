package archive

import (
	"path"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// moveEntries moves the entries of the events that change their day to the pages
// of their new days, and on the front page. What is planned so far has turned
// their links already.
func (r *renamer) moveEntries() error {
	x := r.archive.newIndexer(nil)
	x.archive = r.archive.After(r.plan)
	moves := map[*Page]dayMove{}
	var days []Date
	for _, ev := range r.events {
		if path.Dir(ev.from) == path.Dir(ev.to) {
			continue
		}
		_, from := Classify(ev.from)
		_, to := Classify(ev.to)
		e := x.archive.Page(ev.to)
		moves[e] = dayMove{from, to}
		x.added = append(x.added, e)
		days = append(days, to)
	}
	if len(moves) == 0 {
		return nil
	}
	x.contexts = x.archive.Contexts(x.archive.Paths("."))
	r.then(x, x.createDays(days))
	off, err := x.takeOff(moves)
	if err != nil {
		return err
	}
	r.then(x, off)
	add := map[Date][]*Page{}
	for _, e := range x.added {
		m := moves[e]
		if _, listed := x.moved[e]; listed || !x.archive.HasDay(m.from) {
			add[m.to] = append(add[m.to], e)
		}
	}
	listed, err := x.days(days, add)
	if err != nil {
		return err
	}
	r.then(x, listed)
	last := x.archive.LastDays(FrontDays + 1)
	if !slices.ContainsFunc(days, func(d Date) bool { return slices.Contains(last, d) }) {
		return nil
	}
	front, err := x.front()
	if err != nil {
		return err
	}
	r.then(x, front)
	return nil
}

// then plans a step, after which the indexer sees what it comes to.
func (r *renamer) then(x *indexer, step *Changes) {
	r.plan.Then(step)
	x.move(x.archive.After(step))
}

// dayMove is the day that an event leaves and the one that it gets.
type dayMove struct{ from, to Date }

// takeOff plans to take events off the pages of the days that they leave and off
// the front page, and keeps what those days said of them.
func (x *indexer) takeOff(moves map[*Page]dayMove) (*Changes, error) {
	plan := x.archive.newChanges()
	x.moved = map[*Page]entry{}
	var left []Date
	for _, e := range x.added {
		if from := moves[e].from; !slices.Contains(left, from) {
			left = append(left, from)
		}
	}
	for _, from := range left {
		day := x.archive.dayPage(from)
		if day == nil {
			continue
		}
		if err := day.damaged(); err != nil {
			return nil, err
		}
		for _, it := range day.Listing.Items() {
			e := x.archive.entryEvent(day, it.Link)
			if m, leaves := moves[e]; leaves && m.from == from && x.moved[e].event == nil {
				x.moved[e] = x.entryOf(day, it, e)
			}
		}
		leaving := func(e *Page, d Date) bool { m, ok := moves[e]; return ok && m.from == from && m.to != d }
		if _, err := plan.edit(day, x.without(day, leaving)); err != nil {
			return nil, err
		}
	}
	front := x.archive.Page(indexName)
	if front == nil || front.Listing == nil {
		return plan, nil
	}
	leaving := func(e *Page, d Date) bool { m, ok := moves[e]; return ok && m.to != d }
	_, err := plan.edit(front, x.without(front, leaving))
	return plan, err
}

// entryOf returns the entry of an event as a day page has it.
func (x *indexer) entryOf(day *Page, it *page.Item, e *Page) entry {
	return entry{
		event:   e,
		topic:   topicOf(day, it),
		text:    page.EscapeText(day.Text(it.Link.Text)),
		body:    strings.TrimSpace(day.Text(bodyOf(day, it))),
		hasBody: true,
	}
}

// without returns the edits that take events off the parts of a listing that show
// the days they leave.
func (x *indexer) without(p *Page, leaves func(e *Page, d Date) bool) []page.Edit {
	var edits []page.Edit
	for i := range p.Listing.Parts {
		part := &p.Listing.Parts[i]
		if part.Link == nil || !isDay(p.Target(part.Link).Path) {
			continue
		}
		_, shown := Classify(p.Target(part.Link).Path)
		edits = append(edits, x.partEdits(p, part, x.today, func(it *page.Item) (entry, bool) {
			return entry{}, !leaves(x.archive.entryEvent(p, it.Link), shown)
		}, nil)...)
	}
	return edits
}
