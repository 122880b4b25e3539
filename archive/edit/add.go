package edit

import (
	"errors"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/listing"
	"newsctl/archive/plan"
	"newsctl/archive/related"
	"newsctl/archive/same"
)

// AddOptions says how events are added.
type AddOptions struct {
	Today          archive.Date // no event is later
	AllowDuplicate bool         // add also what seems to be in the archive already
	Suggest        bool         // find contexts in headlines and descriptions
	Related        bool         // write related lists
	Backlinks      bool         // rebuild the lists that the events now belong to
}

// Added is what adding events comes to.
type Added struct {
	Plan   *plan.Plan
	Events []AddedEvent // in the order of the drafts
	Known  []string     // the contexts and topics that the archive has before, if it was read as a whole
}

// AddedEvent says what a draft becomes.
type AddedEvent struct {
	Path      string   `json:"path"`
	Date      string   `json:"date"`
	Headline  string   `json:"headline"`
	Contexts  []string `json:"contexts"`
	Suggested []string `json:"suggested"` // those of the contexts that were found in the text
	Related   []string `json:"related"`   // paths of the events that its list names
}

// Add plans to add events to the archive: their pages, written as those of the
// last days are, their entries on the pages of their days and on the front page,
// and their related lists. A day that is new gets a page, and the next day's
// link is turned to it. Afterwards the contexts of each event are those that were
// given, its topic, and those that were found; where nothing else records one,
// the page declares them all.
//
// Paths are those of all pages of the archive, loaded. Without Suggest and
// Related they may be nil: then only a few pages near the events are read, unless
// an event has several contexts. An error is a [DraftError], or several that are
// joined, if drafts are to blame.
func Add(a *archive.Archive, paths []string, drafts []Draft, o AddOptions) (*Added, error) {
	drafts = withoutAliases(a.Config(), drafts)
	ad := &adder{plan: a.NewChanges(), options: o, drafts: drafts}
	style, _ := a.SlugStyleFor(drafts[0].Headline)
	b := a.WithSlugStyle(style)
	if err := ad.create(b, newEventStyle(a)); err != nil {
		return nil, err
	}
	x := listing.NewIndexer(a, nil)
	days := x.CreateDays(ad.days)
	ad.plan.Then(days)
	b.Apply(days)
	x.Contexts = ad.contexts(a, b, paths)
	x.Added = ad.events
	x.Move(b)
	found, err := ad.seed(x.Contexts)
	if err != nil {
		return nil, err
	}
	if err := ad.list(x); err != nil {
		return nil, err
	}
	lists, err := ad.relate(x.Contexts, newestHabits(a))
	if err != nil {
		return nil, err
	}
	ad.plan.Intent.Given = map[string][]string{}
	for _, e := range ad.events {
		ad.plan.Intent.Given[e.Path] = x.Contexts.Of(e.Path)
	}
	out := &Added{}
	if ad.known != nil {
		out.Known = ad.known.Names()
	}
	if out.Plan, err = plan.Guard(ad.plan, ad.known); err != nil {
		return nil, ad.blame(err)
	}
	for i, e := range ad.events {
		out.Events = append(out.Events, AddedEvent{e.Path, e.Date.String(), drafts[i].Headline, x.Contexts.Of(e.Path), found[i], lists[e.Path]})
	}
	return out, nil
}

// adder adds events.
type adder struct {
	plan    *archive.Changes
	known   *contexts.Contexts // of the archive without the events
	options AddOptions
	drafts  []Draft
	events  []*archive.Page // of each draft
	days    []archive.Date  // of all
}

// create plans the pages of the events, without related lists and context
// lines, and puts them into b.
func (ad *adder) create(b *archive.Archive, style eventStyle) error {
	var all []error
	made := map[string]int{} // the draft of each page
	names := ad.exactNames(b.Config())
	for i := range ad.drafts {
		d := &ad.drafts[i]
		if d.Exact {
			d.names = names.take(d.Contexts)
		}
		p, src, wrong := write(b, d, style, ad.options)
		for _, err := range wrong {
			err.Draft, err.Other = i, -1
			if other, ok := made[err.Existing]; ok {
				err.Other = other
			}
			all = append(all, err)
		}
		if len(wrong) > 0 {
			continue
		}
		made[p] = i
		plan := b.NewChanges()
		plan.Create(p, src)
		ad.plan.Then(plan)
		b.Apply(plan)
		ad.events = append(ad.events, b.Page(p))
		if !slices.Contains(ad.days, d.Date) {
			ad.days = append(ad.days, d.Date)
		}
	}
	return errors.Join(all...)
}

// contexts returns the contexts of the archive b, which has the pages that are
// added to a. Events that a has are about the same as there.
func (ad *adder) contexts(a, b *archive.Archive, paths []string) *contexts.Contexts {
	if paths == nil && !slices.ContainsFunc(ad.drafts, Draft.listsContexts) {
		return contexts.Of(b, ad.near(b))
	}
	if paths == nil { // what reads as one name in a list, any page may show
		paths = a.Paths(".")
	}
	ad.known = contexts.OfAll(a, paths)
	c, touched := ad.known.After(b, ad.plan, nil)
	for p := range touched {
		if ad.known.Has(p) {
			c.Set(p, ad.known.Of(p))
		}
	}
	return c
}

// listsContexts reports whether a draft has contexts that are written as a list.
func (d Draft) listsContexts() bool {
	n := len(d.Contexts)
	if strings.TrimSpace(d.Topic) != "" {
		n++
	}
	return n > 1
}

// near returns the paths of the pages that are about the events if nothing is
// related: their own, those of their days, and the front page.
func (ad *adder) near(b *archive.Archive) []string {
	paths := []string{archive.IndexName()}
	for _, e := range ad.events {
		paths = append(paths, e.Path)
	}
	for _, d := range ad.days {
		paths = append(paths, d.Page())
	}
	slices.Sort(paths)
	return slices.DeleteFunc(paths, func(p string) bool { return b.Page(p) == nil })
}

// seed makes known the contexts of the events, and returns those that were
// found in the text of each.
func (ad *adder) seed(c *contexts.Contexts) (found [][]string, err error) {
	found = make([][]string, len(ad.drafts))
	for i, e := range ad.events {
		found[i] = []string{}
		names := c.Of(e.Path)
		if d := &ad.drafts[i]; d.Exact && len(d.Contexts) > 0 {
			names = nil // the topic is one only if it is among them
		}
		for _, name := range ad.drafts[i].Contexts {
			names = append(names, strings.TrimSpace(name))
		}
		c.Set(e.Path, contexts.NewNameList(names))
	}
	if ad.options.Suggest {
		names := contexts.NewFinder(c.Archive.Config(), c.Names())
		for i, e := range ad.events {
			for _, name := range names.Find(ad.drafts[i].Headline, ad.drafts[i].Description) {
				if !ad.drafts[i].Exact && !c.Of(e.Path).Has(name) {
					found[i] = append(found[i], name)
				}
			}
		}
	}
	var all []error
	for i, e := range ad.events {
		names := contexts.NewNameList(append(c.Of(e.Path), found[i]...))
		c.Set(e.Path, names)
		if _, err := c.CommaNames.Join(names); err != nil {
			err := wrong(ContextField, "%v", err)
			err.Draft = i
			all = append(all, err)
		}
	}
	return found, errors.Join(all...)
}

// list plans the events' entries on the pages of their days and on the front
// page.
func (ad *adder) list(x *listing.Indexer) error {
	add := map[archive.Date][]*archive.Page{}
	for _, e := range ad.events {
		add[e.Date] = append(add[e.Date], e)
	}
	days, err := x.Days(ad.days, add)
	if err != nil {
		return err
	}
	ad.plan.Then(days)
	x.Archive.Apply(days)
	var all []error
	for i, e := range ad.events {
		if !same.Listed(x.Archive, e.Facts()) {
			err := unlistable(x, e.Date)
			err.Draft = i
			all = append(all, err)
		}
	}
	if len(all) > 0 {
		return errors.Join(all...)
	}
	created := x.CreateFront()
	ad.plan.Then(created)
	x.Archive.Apply(created)
	front, err := x.Front()
	if err != nil {
		return err
	}
	ad.plan.Then(front)
	x.Archive.Apply(front)
	return nil
}

// unlistable says why no event can be listed on the page of a day.
func unlistable(x *listing.Indexer, d archive.Date) *DraftError {
	if p := x.Archive.Page(d.Page()); p != nil && p.Fault != "" {
		return wrong(DateField, "%s %s", p.Path, p.Fault)
	}
	if padded := x.Archive.Padded(d.Page()); padded != "" {
		return wrong(DateField, "%v", archive.ErrPadded(padded))
	}
	if p := x.Archive.Legible(archive.CopyOf(d.Page())); p != nil && p.Damage() != nil {
		return wrong(DateField, "%v", p.Damaged())
	}
	return wrong(DateField, "%s has no heading to list events below; give it one, ## [%s](/%s)", d.Page(), d, d.Page())
}

// relate plans the related lists, and the context lines of events whose contexts
// nothing else records. It returns the paths that the list of each event names.
func (ad *adder) relate(c *contexts.Contexts, h archive.Habits) (map[string][]string, error) {
	var added []string
	for _, e := range ad.events {
		added = append(added, e.Path)
	}
	near := added
	if ad.options.Backlinks {
		near = c.Sharing(added)
	}
	l := related.NewRelinker(c, func() archive.Habits { return h }, near)
	only := []string{}
	if ad.options.Related {
		for _, e := range ad.events {
			only = append(only, e.Path)
		}
	}
	if ad.options.Backlinks {
		only = append(only, backlinks(l, ad.events)...)
	}
	r, err := l.Relink(only)
	if err != nil {
		return nil, err
	}
	ad.plan.Then(r.Changes)
	out := map[string][]string{}
	for _, e := range ad.events {
		out[e.Path] = append([]string{}, l.Named[e.Path]...)
	}
	return out, nil
}

// backlinks returns the paths of the events whose lists, if rebuilt, would name
// one of events.
func backlinks(l *related.Relinker, events []*archive.Page) []string {
	near := map[int32]bool{}
	isAdded := func(b *archive.Brief) bool {
		return slices.ContainsFunc(events, func(e *archive.Page) bool { return b.Same(&e.Facts().Brief) })
	}
	for _, e := range events {
		for _, context := range l.Of[l.Number[e.Facts().ID]] {
			for _, i := range l.Holders[context] {
				near[i] = true
			}
		}
	}
	var out []string
	for i := range near {
		if isAdded(l.Events[i]) {
			continue
		}
		for _, c := range l.Candidates(i) {
			if isAdded(c.Event) {
				out = append(out, l.Events[i].Path)
				break
			}
		}
	}
	return out
}

// blame returns an error of the guard as one of the draft that makes a page too
// large: one that is most of it, or else the last one of the page's day.
func (ad *adder) blame(err error) error {
	var tooLarge *plan.SizeError
	if !errors.As(err, &tooLarge) {
		return err
	}
	_, day := archive.Classify(tooLarge.Path)
	out := wrong(DateField, "with this event, %v; choose another day", tooLarge)
	for i, e := range ad.events {
		if e.Date != day && day != (archive.Date{}) {
			continue
		}
		if field, size := ad.drafts[i].longest(); e.Path == tooLarge.Path || size > tooLarge.Size*3/4 {
			out = wrong(field, "%v; shorten it", tooLarge)
			out.Draft = i
			return out
		}
		out.Draft = i
	}
	return out
}
