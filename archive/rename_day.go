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
	for _, ev := range r.events {
		if path.Dir(ev.from) == path.Dir(ev.to) {
			continue
		}
		if err := r.moveEntry(ev); err != nil {
			return err
		}
	}
	return nil
}

func (r *renamer) moveEntry(ev *rewording) error {
	_, from := Classify(ev.from)
	_, to := Classify(ev.to)
	x := r.archive.newIndexer(nil)
	x.archive = r.archive.After(r.plan)
	x.contexts = x.archive.Contexts(x.archive.Paths("."))
	x.added = []*Page{x.archive.Page(ev.to)}
	r.then(x, x.createDays([]Date{to}))
	off, err := x.takeOff(x.added[0], from, to)
	if err != nil {
		return err
	}
	r.then(x, off)
	add := map[Date][]*Page{}
	if len(x.moved) > 0 || !x.archive.HasDay(from) {
		add[to] = x.added
	}
	days, err := x.days([]Date{to}, add)
	if err != nil {
		return err
	}
	r.then(x, days)
	if !slices.Contains(x.archive.LastDays(FrontDays+1), to) {
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

// takeOff plans to take an event off the page of a day that it leaves and off the
// front page, and keeps what that day said of it.
func (x *indexer) takeOff(e *Page, from, to Date) (*Changes, error) {
	plan := x.archive.newChanges()
	x.moved = map[*Page]entry{}
	day := x.archive.dayPage(from)
	if day != nil {
		if err := day.damaged(); err != nil {
			return nil, err
		}
		listed := func(it *page.Item) bool { return x.archive.entryEvent(day, it.Link) == e }
		items := day.Listing.Items()
		if i := slices.IndexFunc(items, listed); i >= 0 {
			it := items[i]
			x.moved[e] = entry{
				event:   e,
				topic:   topicOf(day, it),
				text:    page.EscapeText(day.Text(it.Link.Text)),
				body:    strings.TrimSpace(day.Text(bodyOf(day, it))),
				hasBody: true,
			}
		}
		if _, err := plan.edit(day, x.without(day, e, to)); err != nil {
			return nil, err
		}
	}
	front := x.archive.Page(indexName)
	if front == nil || front.Listing == nil {
		return plan, nil
	}
	_, err := plan.edit(front, x.without(front, e, to))
	return plan, err
}

// without returns the edits that take an event off a listing, where that does not
// show the event's new day.
func (x *indexer) without(p *Page, e *Page, day Date) []page.Edit {
	var edits []page.Edit
	for i := range p.Listing.Parts {
		part := &p.Listing.Parts[i]
		if part.Link == nil || !isDay(p.Target(part.Link).Path) || p.Target(part.Link).Path == day.Page() {
			continue
		}
		edits = append(edits, x.partEdits(p, part, x.today, func(it *page.Item) (entry, bool) {
			return entry{}, x.archive.entryEvent(p, it.Link) != e
		}, nil)...)
	}
	return edits
}
