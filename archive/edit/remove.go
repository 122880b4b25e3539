package edit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/related"
)

// Removed is what removing events, or merging them into others, comes to.
type Removed struct {
	Plan *plan.Plan

	Entries int // of listings and related lists that were removed
	Links   int // in text that became plain text

	// Left are the places that still name a page that is removed: what is not a
	// link, and what cannot be changed.
	Left []archive.Place

	// Descriptions are those of merged events that no page takes over.
	Descriptions []LostDescription
}

// LostDescription is the text below the headline of a merged event that the other does
// not take over.
type LostDescription struct {
	archive.Place
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Remove plans to remove events, and to update every page that mentions them: the
// pages of their days and the front page no longer list them; a day that lists nothing
// more and that nothing links to is removed, and the next day points to the one before;
// related lists that named them are rebuilt ([Archive.Relink]); a Changes section that
// named one as a version points to its own page instead; a link in text becomes the
// text. No other event loses a context. Paths are those of all pages of the archive,
// loaded.
//
// An event whose page is gone already is removed from the pages that still mention it.
func Remove(a *archive.Archive, paths, events []string) (*Removed, error) {
	r := newRemover(a, paths)
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
			r.plan.Delete(e.page)
		case !e.mentioned:
			return nil, fmt.Errorf("%s does not exist, and no page mentions it", p)
		}
	}
	return r.finish(nil)
}

// pages plans to take the removed events off the pages that stay.
func (r *remover) pages(paths []string) error {
	for _, p := range r.archive.MayName(paths, r.removed()) {
		if pg := r.archive.Legible(p); pg != nil && r.gone[p] == nil {
			if _, err := r.plan.Edit(pg, r.edits(pg)); err != nil {
				return err
			}
		}
	}
	return nil
}

// removed returns the paths of the events that are removed.
func (r *remover) removed() map[string]bool {
	out := make(map[string]bool, len(r.gone))
	for p := range r.gone {
		out[p] = true
	}
	return out
}

// remover removes events from an archive.
type remover struct {
	archive *archive.Archive
	paths   []string
	gone    map[string]*goneEvent // by path
	known   *contexts.Contexts    // of the archive as it is

	plan   *archive.Changes
	out    *Removed
	relist map[string]bool // events whose related lists are to be rebuilt

	reworded []string // events whose description changes
}

// goneEvent is an event that is removed.
type goneEvent struct {
	page      *archive.Page // nil if it is gone already
	kept      bool          // the page stays, as the previous version of another event
	mentioned bool
}

func newRemover(a *archive.Archive, paths []string) *remover {
	r := &remover{archive: a, paths: paths, gone: map[string]*goneEvent{}, plan: a.NewChanges(), out: &Removed{Left: []archive.Place{}}, relist: map[string]bool{}}
	r.known = contexts.OfAll(a, paths)
	return r
}

// remove notes that an event is removed.
func (r *remover) remove(p string) error {
	if kind, _ := archive.Classify(p); kind == archive.EventPage && r.archive.Page(p) == nil && r.archive.Holds(p) {
		r.gone[p] = &goneEvent{}
		return nil
	}
	e, err := r.archive.Event(p)
	if err != nil {
		return err
	}
	if archive.IsPadded(p) {
		return archive.ErrPadded(p)
	}
	r.gone[p] = &goneEvent{page: e}
	return nil
}

// goneAt returns the event that a link points to, if it is removed, or nil.
func (r *remover) goneAt(p *archive.Page, l *page.Link) *goneEvent {
	if l == nil {
		return nil
	}
	t := p.Target(l)
	if t.Kind != archive.Internal {
		return nil
	}
	e := r.gone[archive.SourceOf(t.Path)]
	if e != nil {
		e.mentioned = true
	}
	return e
}

// edits returns the edits that take the removed events off a page.
func (r *remover) edits(p *archive.Page) []page.Edit {
	edits := append(r.listed(p), r.related(p)...)
	for _, c := range p.Comments {
		if r.gone[archive.DistinctFrom(c.Text)] != nil {
			edits = append(edits, page.Edit{Span: wholeLine(p, c.Span)})
		}
	}
	for _, l := range p.Links {
		if r.goneAt(p, l) == nil || l.Reference != "" || slices.ContainsFunc(edits, func(e page.Edit) bool { return e.Start <= l.Start && l.End <= e.End }) {
			continue
		}
		switch {
		case l.Role == page.Change && p.Event != nil:
			edits = append(edits, page.Edit{Span: l.Target, New: p.RedirectedAt(l, p.Path, p.Path)})
		case l.Role == page.Plain && l.Form == page.TextLink:
			edits = append(edits, page.Edit{Span: l.Span, New: p.Text(l.Text)})
			r.out.Links++
		}
	}
	return edits
}

// listed returns the edits that take the removed events off a listing.
func (r *remover) listed(p *archive.Page) []page.Edit {
	if p.Listing == nil {
		return nil
	}
	var edits []page.Edit
	x := &listing.Indexer{Archive: r.archive}
	for i := range p.Listing.Parts {
		edits = append(edits, x.PartEdits(p, &p.Listing.Parts[i], listing.ListingStyle{}, func(it *page.Item) (listing.Entry, bool) {
			stays := r.goneAt(p, it.Link) == nil
			if !stays && p.Kind != archive.CopyPage {
				r.out.Entries++
			}
			return listing.Entry{}, stays
		}, nil)...)
	}
	return edits
}

// related returns the edits that take the removed events off a related list, which is
// then rebuilt.
func (r *remover) related(p *archive.Page) []page.Edit {
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
func wholeLine(p *archive.Page, s page.Span) page.Span {
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
func (r *remover) finish(add []*archive.Page) (*Removed, error) {
	if err := r.days(add); err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for len(done) == 0 || len(r.relist) > 0 {
		if err := r.relink(); err != nil {
			return nil, err
		}
		maps.Copy(done, r.relist)
		done[""] = true
		var err error
		if r.out.Plan, err = plan.Guard(r.plan, r.known); err != nil {
			return nil, err
		}
		clear(r.relist) // a page that gets a context line gets its list as well
		for p := range r.out.Plan.Declared {
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
func (r *remover) days(add []*archive.Page) error {
	x := listing.NewIndexer(r.archive, r.known)
	x.Move(r.archive.After(r.plan))
	x.Added = []*archive.Page{}
	step, next := dropDays(x.Archive, r.left())
	then := func(step *archive.Changes, err error) error {
		if err != nil {
			return err
		}
		r.plan.Then(step)
		x.Move(x.Archive.After(step))
		return nil
	}
	if err := then(step, nil); err != nil {
		return err
	}
	for _, p := range r.reworded {
		e := x.Archive.Page(p)
		x.Changed = append(x.Changed, e)
		next = append(next, e.Date)
	}
	listed := map[archive.Date][]*archive.Page{}
	for _, e := range add {
		e = x.Archive.Page(e.Path)
		x.Added = append(x.Added, e)
		listed[e.Date] = append(listed[e.Date], e)
		next = append(next, e.Date)
	}
	if err := then(x.Days(next, listed)); err != nil {
		return err
	}
	if len(next) == 0 && step.Len() == 0 {
		return nil
	}
	return then(x.RefillFront())
}

// left returns the days that removed events leave.
func (r *remover) left() []archive.Date {
	var days []archive.Date
	for _, e := range r.gone {
		if e.page != nil {
			days = append(days, e.page.Date)
		}
	}
	return days
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
	c, touched := r.known.After(after, r.plan, nil)
	for p := range touched {
		if c.Has(p) && r.known.Has(p) {
			c.Set(p, r.known.Of(p))
		}
	}
	for from, to := range r.plan.Intent.Moved {
		c.Set(to, contexts.NewNameList(append(c.Of(to), r.known.Of(from)...)))
	}
	list, err := related.NewRelinker(c, func() archive.Habits { return r.archive.Habits(r.known.Events()) }, only).Relink(only)
	if err != nil {
		return err
	}
	r.plan.Then(list.Changes)
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
	for _, p := range after.MayName(after.Paths("."), r.removed()) {
		if pg := after.Page(p); pg != nil && pg.Fault == "" {
			r.out.Left = append(r.out.Left, placesOf(pg, names)...)
		}
	}
}
