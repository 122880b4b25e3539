package archive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// Removed is what removing events, or merging them into others, comes to.
type Removed struct {
	Plan *Plan

	Entries int // of listings and related lists that were removed
	Links   int // in text that became plain text

	// Left are the places that still name a page that is removed: what is not a
	// link, and what cannot be changed.
	Left []Place
}

// Remove plans to remove events, and to update every page that mentions them: the
// pages of their days and the front page no longer list them; a day that lists nothing
// more and that nothing links to is removed, and the next day leads to the one before;
// related lists that named them are rebuilt ([Archive.Relink]); a Changes section that
// named one as a version leads to its own page instead; a link in text becomes the
// text. No other event loses a context. Paths are those of all pages of the archive,
// loaded.
//
// An event whose page is gone already is removed from the pages that still mention it.
func (a *Archive) Remove(paths, events []string) (*Removed, error) {
	r := a.newRemover(paths)
	for _, p := range events {
		if err := r.remove(p); err != nil {
			return nil, err
		}
	}
	if err := r.pages(paths); err != nil {
		return nil, err
	}
	for p, e := range r.gone {
		switch {
		case e.page != nil:
			r.plan.delete(e.page)
		case !e.mentioned:
			return nil, fmt.Errorf("%s does not exist, and no page mentions it", p)
		}
	}
	return r.finish(nil)
}

// pages plans to take the removed events off the pages that stay.
func (r *remover) pages(paths []string) error {
	for _, p := range paths {
		if pg := r.archive.legible(p); pg != nil && r.gone[p] == nil {
			if _, err := r.plan.edit(pg, r.edits(pg)); err != nil {
				return err
			}
		}
	}
	return nil
}

// remover removes events from an archive.
type remover struct {
	archive *Archive
	paths   []string
	gone    map[string]*goneEvent // by path
	known   *Contexts             // of the archive as it is

	plan   *Changes
	out    *Removed
	relist map[string]bool // events whose related lists are to be rebuilt
}

// goneEvent is an event that is removed.
type goneEvent struct {
	page      *Page // nil if it is gone already
	kept      bool  // the page stays, as the previous version of another event
	mentioned bool
}

func (a *Archive) newRemover(paths []string) *remover {
	r := &remover{archive: a, paths: paths, gone: map[string]*goneEvent{}, plan: a.newChanges(), out: &Removed{Left: []Place{}}, relist: map[string]bool{}}
	r.known = a.Contexts(paths)
	return r
}

// remove notes that an event is removed.
func (r *remover) remove(p string) error {
	if kind, _ := Classify(p); kind == EventPage && r.archive.Page(p) == nil && r.archive.Holds(p) {
		r.gone[p] = &goneEvent{}
		return nil
	}
	e, err := r.archive.Event(p)
	if err != nil {
		return err
	}
	if IsPadded(p) {
		return errPadded(p)
	}
	r.gone[p] = &goneEvent{page: e}
	return nil
}

// goneAt returns the event that a link leads to, if it is removed, or nil.
func (r *remover) goneAt(p *Page, l *page.Link) *goneEvent {
	if l == nil {
		return nil
	}
	t := p.Target(l)
	if t.Kind != Internal {
		return nil
	}
	e := r.gone[SourceOf(t.Path)]
	if e != nil {
		e.mentioned = true
	}
	return e
}

// edits returns the edits that take the removed events off a page.
func (r *remover) edits(p *Page) []page.Edit {
	edits := append(r.listed(p), r.related(p)...)
	for _, c := range p.Comments {
		if r.gone[DistinctFrom(c.Text)] != nil {
			edits = append(edits, page.Edit{Span: p.wholeLine(c.Span)})
		}
	}
	for _, l := range p.Links {
		if r.goneAt(p, l) == nil || l.Reference != "" || slices.ContainsFunc(edits, func(e page.Edit) bool { return e.Start <= l.Start && l.End <= e.End }) {
			continue
		}
		switch {
		case l.Role == page.Change && p.Event != nil:
			edits = append(edits, page.Edit{Span: l.Target, New: p.redirected(l, p.Path, p.Path)})
		case l.Role == page.Plain && l.Form == page.TextLink:
			edits = append(edits, page.Edit{Span: l.Span, New: p.Text(l.Text)})
			r.out.Links++
		}
	}
	return edits
}

// listed returns the edits that take the removed events off a listing.
func (r *remover) listed(p *Page) []page.Edit {
	if p.Listing == nil {
		return nil
	}
	var edits []page.Edit
	x := &indexer{archive: r.archive}
	for i := range p.Listing.Parts {
		edits = append(edits, x.partEdits(p, &p.Listing.Parts[i], listingStyle{}, func(it *page.Item) (entry, bool) {
			stays := r.goneAt(p, it.Link) == nil
			if !stays && p.Kind != CopyPage {
				r.out.Entries++
			}
			return entry{}, stays
		}, nil)...)
	}
	return edits
}

// related returns the edits that take the removed events off a related list, which is
// then rebuilt.
func (r *remover) related(p *Page) []page.Edit {
	if p.Event == nil {
		return nil
	}
	var edits []page.Edit
	for _, e := range p.Event.Entries(page.RelatedSection) {
		if r.goneAt(p, e.Link) != nil {
			r.relist[p.Path] = true
			r.out.Entries++
			edits = append(edits, page.Edit{Span: e.Span})
		}
	}
	return edits
}

// wholeLine returns the line that a span is alone on, or the span.
func (p *Page) wholeLine(s page.Span) page.Span {
	line := p.Line(s.Start)
	if s.End > line.End || strings.TrimSpace(p.Text(line)) != strings.TrimSpace(p.Text(s)) {
		return s
	}
	if rest := p.Source[line.End:]; len(rest) > 0 {
		line.End += strings.IndexByte(string(rest), '\n') + 1
	}
	return line
}

// finish plans what follows from the removal: the days and the front page, with the
// events in add listed on their days, and the related lists.
func (r *remover) finish(add []*Page) (*Removed, error) {
	if err := r.days(add); err != nil {
		return nil, err
	}
	r.plan.known = r.known
	done := map[string]bool{}
	for len(done) == 0 || len(r.relist) > 0 {
		if err := r.relink(); err != nil {
			return nil, err
		}
		maps.Copy(done, r.relist)
		done[""] = true
		var err error
		if r.out.Plan, err = r.archive.Guard(r.plan); err != nil {
			return nil, err
		}
		clear(r.relist) // a page that gets a context line gets its list as well
		for p := range r.out.Plan.declared {
			if !done[p] {
				r.relist[p] = true
			}
		}
	}
	r.look()
	return r.out, nil
}

// days removes the pages of days that list nothing more, lists events on theirs, and
// makes the pages of the next days and the front page follow.
func (r *remover) days(add []*Page) error {
	x := r.archive.newIndexer(r.known)
	x.move(r.archive.After(r.plan))
	x.added = []*Page{}
	step := x.archive.newChanges()
	var next []Date
	for _, d := range r.emptied(x.archive) {
		for _, p := range []string{d.Page(), CopyOf(d.Page())} {
			if pg := x.archive.Page(p); pg != nil {
				step.delete(pg)
			}
		}
		if after, ok := x.archive.DayAfter(d); ok {
			next = append(next, after)
		}
	}
	then := func(step *Changes, err error) error {
		if err != nil {
			return err
		}
		r.plan.Then(step)
		x.move(x.archive.After(step))
		return nil
	}
	if err := then(step, nil); err != nil {
		return err
	}
	listed := map[Date][]*Page{}
	for _, e := range add {
		e = x.archive.Page(e.Path)
		x.added = append(x.added, e)
		listed[e.Date] = append(listed[e.Date], e)
		next = append(next, e.Date)
	}
	if err := then(x.days(next, listed)); err != nil {
		return err
	}
	if len(next) == 0 && step.Len() == 0 {
		return nil
	}
	if err := then(x.frontWithout()); err != nil {
		return err
	}
	return then(x.front())
}

// emptied returns the days of removed events that nothing is left of: no event, no
// entry, and no link to their pages but those that follow them.
func (r *remover) emptied(after *Archive) []Date {
	days := map[Date]bool{}
	for _, e := range r.gone {
		if e.page != nil {
			d := e.page.Date
			day := after.dayPage(d)
			days[d] = day != nil && day.Damage() == nil && len(day.Listing.Items()) == 0 && len(after.Events(d)) == 0
		}
	}
	for d, empty := range days {
		if !empty {
			delete(days, d)
		}
	}
	for _, p := range after.Paths(".") {
		pg := after.Page(p)
		if pg == nil || len(days) == 0 {
			continue
		}
		_, own := Classify(p)
		for _, l := range pg.Links {
			_, d := Classify(pg.Target(l).Path)
			if days[d] && own != d && l.Role != page.Previous && l.Role != page.Heading && pg.Target(l).Kind == Internal && isDay(pg.Target(l).Path) && pg.Kind != CopyPage {
				days[d] = false
			}
		}
	}
	var out []Date
	for d, empty := range days {
		if empty {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, Date.Compare)
	return out
}

// frontWithout plans to take the parts of days that are gone off the front page.
func (x *indexer) frontWithout() (*Changes, error) {
	plan := x.archive.newChanges()
	front := x.archive.Page(indexName)
	if front == nil || front.Listing == nil {
		return plan, nil
	}
	var edits []page.Edit
	parts := front.Listing.Parts
	for i := range parts {
		if parts[i].Link == nil {
			continue
		}
		at := front.Target(parts[i].Link)
		if _, d := Classify(at.Path); at.Kind != Internal || !isDay(at.Path) || x.archive.HasDay(d) {
			continue
		}
		end := len(front.Source)
		if i+1 < len(parts) {
			end = parts[i+1].Title.Start
		}
		edits = append(edits, page.Edit{Span: page.Span{Start: parts[i].Title.Start, End: end}})
	}
	_, err := plan.edit(front, edits)
	return plan, err
}

// relink rebuilds the related lists that named a removed event. Every event is about
// what it was about, since the guard sees to that.
func (r *remover) relink() error {
	var only []string
	for p := range r.relist {
		only = append(only, p)
	}
	if len(only) == 0 {
		return nil
	}
	slices.Sort(only)
	after := r.archive.After(r.plan)
	c, _ := r.known.after(after, r.plan)
	for p := range c.known {
		if names, was := r.known.known[p]; was {
			c.known[p] = names
		}
	}
	for from, to := range r.plan.intent.Moved {
		c.known[to] = newNameList(append(slices.Clone(c.known[to]), r.known.known[from]...))
	}
	list, err := newRelinker(c, r.archive.habits(r.known.events)).relink(only)
	if err != nil {
		return err
	}
	r.plan.Then(list.changes)
	return nil
}

// look notes where pages, as they will be, still name what is removed.
func (r *remover) look() {
	after := r.out.Plan.After()
	var names [][]byte
	for p, e := range r.gone {
		if !e.kept && (e.page != nil || e.mentioned) {
			names = append(names, nameForms(p)...)
		}
	}
	for _, p := range after.Paths(".") {
		if pg := after.Page(p); pg != nil && pg.Fault == "" {
			r.out.Left = append(r.out.Left, placesOf(pg, names)...)
		}
	}
}
