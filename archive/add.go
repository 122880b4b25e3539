package archive

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// AddOptions says how events are added.
type AddOptions struct {
	Today          Date // no event is later
	AllowDuplicate bool // add also what seems to be in the archive already
	Suggest        bool // find contexts in headlines and descriptions
	Related        bool // write related lists
	Backlinks      bool // rebuild the lists that the events now belong to
}

// Added is what adding events comes to.
type Added struct {
	Plan   *Plan
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
func (a *Archive) Add(paths []string, drafts []Draft, o AddOptions) (*Added, error) {
	drafts = a.config.drafts(drafts)
	ad := &adder{plan: a.newChanges(), options: o, drafts: drafts}
	b := a.clone()
	b.config.SlugStyle, _ = a.SlugStyleFor(drafts[0].Headline)
	if err := ad.create(b, a.eventStyle()); err != nil {
		return nil, err
	}
	x := a.newIndexer(nil)
	days := x.createDays(ad.days)
	ad.plan.Then(days)
	b.apply(days)
	x.contexts = ad.contexts(a, b, paths)
	x.added = ad.events
	x.move(b)
	found, err := ad.seed(x.contexts)
	if err != nil {
		return nil, err
	}
	if err := ad.list(x); err != nil {
		return nil, err
	}
	lists, err := ad.relate(x.contexts, a.newestHabits())
	if err != nil {
		return nil, err
	}
	ad.plan.intent.Given = map[string][]string{}
	for _, e := range ad.events {
		ad.plan.intent.Given[e.Path] = x.contexts.Of(e.Path)
	}
	out := &Added{}
	if ad.plan.known != nil {
		out.Known = ad.plan.known.Names()
	}
	if out.Plan, err = a.Guard(ad.plan); err != nil {
		return nil, ad.blame(err)
	}
	for i, e := range ad.events {
		out.Events = append(out.Events, AddedEvent{e.Path, e.Date.String(), drafts[i].Headline, x.contexts.Of(e.Path), found[i], lists[e.Path]})
	}
	return out, nil
}

// adder adds events.
type adder struct {
	plan    *Changes
	options AddOptions
	drafts  []Draft
	events  []*Page // of each draft
	days    []Date  // of all
}

// create plans the pages of the events, without related lists and context
// lines, and puts them into b.
func (ad *adder) create(b *Archive, style eventStyle) error {
	var all []error
	made := map[string]int{} // the draft of each page
	names := ad.exactNames(b.config)
	for i := range ad.drafts {
		d := &ad.drafts[i]
		if d.Exact {
			d.names = names.take(d.Contexts)
		}
		p, src, wrong := b.write(d, style, ad.options)
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
		plan := b.newChanges()
		plan.create(p, src)
		ad.plan.Then(plan)
		b.apply(plan)
		ad.events = append(ad.events, b.Page(p))
		if !slices.Contains(ad.days, d.Date) {
			ad.days = append(ad.days, d.Date)
		}
	}
	return errors.Join(all...)
}

// contexts returns the contexts of the archive b, which has the pages that are
// added to a. Events that a has are about the same as there.
func (ad *adder) contexts(a, b *Archive, paths []string) *Contexts {
	if paths == nil && !slices.ContainsFunc(ad.drafts, Draft.listsContexts) {
		return b.Contexts(ad.near(b))
	}
	if paths == nil { // what reads as one name in a list, any page may show
		paths = a.Paths(".")
	}
	ad.plan.known = a.Contexts(paths)
	c, _ := ad.plan.known.after(b, ad.plan)
	maps.Copy(c.known, ad.plan.known.known)
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

// near returns the paths of the pages that speak of the events if nothing is
// related: their own, those of their days, and the front page.
func (ad *adder) near(b *Archive) []string {
	paths := []string{indexName}
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
func (ad *adder) seed(c *Contexts) (found [][]string, err error) {
	found = make([][]string, len(ad.drafts))
	for i, e := range ad.events {
		found[i] = []string{}
		names := slices.Clone(c.known[e.Path])
		if d := &ad.drafts[i]; d.Exact && len(d.Contexts) > 0 {
			names = nil // the topic is one only if it is among them
		}
		for _, name := range ad.drafts[i].Contexts {
			names = append(names, strings.TrimSpace(name))
		}
		c.known[e.Path] = newNameList(names)
	}
	if ad.options.Suggest {
		names := c.archive.config.finder(c.Names())
		for i, e := range ad.events {
			for _, name := range names.find(ad.drafts[i].Headline, ad.drafts[i].Description) {
				if !ad.drafts[i].Exact && !c.known[e.Path].has(name) {
					found[i] = append(found[i], name)
				}
			}
		}
	}
	var all []error
	for i, e := range ad.events {
		c.known[e.Path] = newNameList(slices.Concat(c.known[e.Path], found[i]))
		if _, err := c.names.join(c.known[e.Path]); err != nil {
			err := wrong(ContextField, "%v", err)
			err.Draft = i
			all = append(all, err)
		}
	}
	return found, errors.Join(all...)
}

// list plans the events' entries on the pages of their days and on the front
// page.
func (ad *adder) list(x *indexer) error {
	add := map[Date][]*Page{}
	for _, e := range ad.events {
		add[e.Date] = append(add[e.Date], e)
	}
	days, err := x.days(ad.days, add)
	if err != nil {
		return err
	}
	ad.plan.Then(days)
	x.archive.apply(days)
	var all []error
	for i, e := range ad.events {
		if !x.archive.listed(e) {
			err := x.unlistable(e.Date)
			err.Draft = i
			all = append(all, err)
		}
	}
	if len(all) > 0 {
		return errors.Join(all...)
	}
	created := x.createFront()
	ad.plan.Then(created)
	x.archive.apply(created)
	front, err := x.front()
	if err != nil {
		return err
	}
	ad.plan.Then(front)
	x.archive.apply(front)
	return nil
}

// unlistable says why no event can be listed on the page of a day.
func (x *indexer) unlistable(d Date) *DraftError {
	if p := x.archive.Page(d.Page()); p != nil && p.Fault != "" {
		return wrong(DateField, "%s %s", p.Path, p.Fault)
	}
	if padded := x.archive.Padded(d.Page()); padded != "" {
		return wrong(DateField, "%v", errPadded(padded))
	}
	if p := x.archive.legible(CopyOf(d.Page())); p != nil && p.Damage() != nil {
		return wrong(DateField, "%v", p.damaged())
	}
	return wrong(DateField, "%s has no heading to list events below; give it one, ## [%s](/%s)", d.Page(), d, d.Page())
}

// relate plans the related lists, and the context lines of events whose contexts
// nothing else records. It returns the paths that the list of each event names.
func (ad *adder) relate(c *Contexts, h habits) (map[string][]string, error) {
	l := newRelinker(c, h)
	only := []string{}
	if ad.options.Related {
		for _, e := range ad.events {
			only = append(only, e.Path)
		}
	}
	if ad.options.Backlinks {
		only = append(only, l.backlinks(ad.events)...)
	}
	r, err := l.relink(only)
	if err != nil {
		return nil, err
	}
	ad.plan.Then(r.changes)
	out := map[string][]string{}
	for _, e := range ad.events {
		out[e.Path] = append([]string{}, l.named[e.Path]...)
	}
	return out, nil
}

// backlinks returns the paths of the events whose lists, if rebuilt, would name
// one of events.
func (l *relinker) backlinks(events []*Page) []string {
	near := map[int32]bool{}
	added := factsOf(events)
	for _, e := range added {
		for _, context := range l.of[l.number[e]] {
			for _, i := range l.holders[context] {
				near[i] = true
			}
		}
	}
	t := newTally(l.ranking)
	var out []string
	for i := range near {
		if slices.Contains(added, l.events[i]) {
			continue
		}
		_, found := l.candidates(t, i)
		for _, c := range found {
			if slices.Contains(added, c.Event) {
				out = append(out, l.events[i].Path)
				break
			}
		}
	}
	return out
}
