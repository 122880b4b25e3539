package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"newsctl/archive"
	"newsctl/archive/contexts"
)

// contextKeeper keeps the contexts of events through changes.
type contextKeeper struct {
	changes  *archive.Changes
	archive  *archive.Archive // after the changes
	before   *contexts.Contexts
	now      *contexts.Contexts // nil if they are not needed
	declared map[string]string  // the lists in the lines that were added, by path
}

// keepContexts adds to changes what it takes for each event to be about the same as
// before: context lines. What counts is what is read from the bytes that would be
// written. It is an error if a context cannot be kept so.
func keepContexts(c *archive.Changes, known *contexts.Contexts, ahead *Ahead) (*contextKeeper, error) {
	a := c.Archive
	k := &contextKeeper{changes: c, archive: a.After(c), before: known, declared: map[string]string{}}
	few := k.before == nil && len(c.Intent.Moved) == 0 && !saysLess(c, k.archive)
	switch {
	case c.Len() == 0, few && len(c.Intent.Given) == 0:
		return k, nil
	case few:
		k.before = contexts.Of(a, near(c))
	case k.before == nil:
		k.before = contexts.OfAll(a, a.Paths("."))
		if errs := a.Errors(); len(errs) > 0 {
			return nil, fmt.Errorf("%w; nothing was written, since what cannot be read would be lost", errs[0])
		}
	}
	var touched contexts.NameSet
	if k.now, touched = k.before.After(k.archive, c, ahead.heard); few {
		touched = contexts.NameSet{}
		for event := range c.Intent.Given {
			touched.Add(event)
		}
	}
	wrong := k.wrong(touched)
	if len(wrong) == 0 {
		return k, nil
	}
	lines, err := k.declare(wrong)
	if err != nil {
		return nil, err
	}
	var again contexts.NameSet
	k.archive = k.archive.After(lines)
	k.now, again = k.now.After(k.archive, lines, nil)
	maps.Copy(touched, again)
	for _, event := range k.wrong(touched) {
		return nil, k.refusal(event)
	}
	c.Then(lines)
	return k, nil
}

// near returns the paths of the pages that mention events that are added, if
// none of them is in a related list.
func near(c *archive.Changes) []string {
	out := []string{archive.IndexName()}
	for event := range c.Intent.Given {
		_, day := archive.Classify(event)
		out = append(out, day.Page())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// want returns what an event is to be about, after the changes.
func (k *contextKeeper) want(event string) contexts.NameList {
	if given, ok := k.changes.Intent.Given[event]; ok {
		return contexts.NewNameList(slices.Clone(given))
	}
	var want []string
	for _, was := range k.sources(event) {
		for _, name := range k.before.Of(was) {
			want = append(want, k.changes.Intent.Name(name))
		}
	}
	return contexts.NewNameList(want)
}

// sources returns the paths where an event was before, in byte order.
func (k *contextKeeper) sources(event string) []string {
	var out []string
	if _, moved := k.changes.Intent.Moved[event]; !moved {
		out = append(out, event)
	}
	for from, to := range k.changes.Intent.Moved {
		if to == event && from != event {
			out = append(out, from)
		}
	}
	slices.Sort(out)
	return out
}

// wrong returns those of events, by path, that are not about what they are to be
// about.
func (k *contextKeeper) wrong(events contexts.NameSet) []string {
	ends := contexts.NameSet{}
	for event := range events {
		ends.Add(k.changes.Intent.End(event))
	}
	out := ends.Sorted()
	wrong := make([]bool, len(out))
	archive.Parallel(len(out), func(i int) {
		event := out[i]
		wrong[i] = k.now.Has(event) && k.meant(event) && (!k.same(k.now.Of(event), k.want(event)) || k.changesDoubt(event))
	})
	n := 0
	for i, event := range out {
		if wrong[i] {
			out[n] = event
			n++
		}
	}
	return out[:n]
}

// changesDoubt reports whether a damaged page said something of an event that no page
// says afterwards, or merges names that it did not merge before.
func (k *contextKeeper) changesDoubt(event string) bool {
	doubts := k.now.Doubts(event)
	for _, name := range doubts {
		if k.now.CommaNames.Has(name) && !k.before.CommaNames.Has(name) && !k.want(event).Has(name) {
			return true
		}
	}
	still := slices.Concat(k.now.Of(event), doubts)
	for _, was := range k.sources(event) {
		for _, name := range k.before.Doubts(was) {
			if !slices.Contains(still, k.changes.Intent.Name(name)) {
				return true
			}
		}
	}
	return false
}

// origin returns the path where an event was before.
func (k *contextKeeper) origin(event string) string {
	for _, was := range k.sources(event) {
		if k.before.Has(was) {
			return was
		}
	}
	return event
}

// meant reports whether it is known what an event is to be about: it was there
// before, or was given contexts.
func (k *contextKeeper) meant(event string) bool {
	_, meant := k.changes.Intent.Given[event]
	for _, was := range k.sources(event) {
		meant = meant || k.before.Has(was)
	}
	return meant
}

// same reports whether an event has all contexts that it is to have, and no name
// that others were merged into or that is torn out of one. A link that is corrected
// may add others.
func (k *contextKeeper) same(have, want contexts.NameList) bool {
	if slices.Equal(have, want) {
		return true
	}
	whole := contexts.NewCommaNames(want...)
	for _, name := range have {
		merged := k.now.CommaNames.Has(name) && (!k.before.CommaNames.Has(name) || want.Straddles(name))
		if !want.Has(name) && (merged || whole[name]&contexts.IsPart != 0) {
			return false
		}
	}
	return !slices.ContainsFunc(want, func(name string) bool { return !have.Has(name) })
}

// declare plans to write the contexts of events on their pages.
func (k *contextKeeper) declare(events []string) (*archive.Changes, error) {
	style := sync.OnceValue(func() archive.Habits { return k.now.Archive.Habits(k.now.Events()) })
	lines := k.now.Archive.NewChanges()
	named := contexts.NameSet{} // in a comment
	for _, event := range events {
		e := k.now.Archive.Page(event)
		want := k.want(event)
		var unknown []string
		for _, name := range want {
			if _, done := named[name]; k.before.CommaNames.Has(name) && !k.now.CommaNames.Has(name) && !done {
				unknown = append(unknown, name)
			}
		}
		named.Add(unknown...)
		for _, name := range unknown {
			k.now.CommaNames.Add(name)
		}
		list, err := k.before.List(k.origin(event), want, k.now.CommaNames)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", event, err)
		}
		edits, err := k.now.Declaration(e, list, unknown, style)
		if err != nil {
			return nil, err
		}
		if _, err := lines.Edit(e, edits); err != nil {
			return nil, err
		}
		k.declared[event] = list
	}
	return lines, nil
}

// refusal says which context of an event would be lost.
func (k *contextKeeper) refusal(event string) error {
	have, want := k.now.Of(event), k.want(event)
	for _, name := range want {
		if !have.Has(name) {
			return fmt.Errorf("%s: the context %q would be lost, and a line that declares it would not be read; correct the page by hand", event, name)
		}
	}
	for _, name := range have {
		if !want.Has(name) {
			return fmt.Errorf("%s: other contexts would be read as %q", event, name)
		}
	}
	return fmt.Errorf("%s: contexts that a damaged page records for it would be lost; run \"newsctl lint\" and correct the damaged page first", event)
}

// saysLess reports whether a page that changes no longer says something of an
// event that it said before, and neither another that changes nor the page of the
// event's day does; or whether it shows other names with a comma.
func saysLess(c *archive.Changes, now *archive.Archive) bool {
	type words struct{ event, list string }
	on := func(a *archive.Archive, path string) map[words]bool {
		out := map[words]bool{}
		if f := a.Facts(path); f != nil {
			contexts.Mentions(a, f, func(e *archive.Brief, entry int) {
				out[words{e.Path, f.Entries()[entry].Names}] = true
			})
		}
		return out
	}
	said := map[words]bool{}
	for _, change := range c.All {
		maps.Copy(said, on(now, change.End()))
	}
	for _, change := range c.All {
		if change.To != "" || change.Gone || otherHints(c, now, change) {
			return true
		}
		for w := range on(c.Archive, change.Path) {
			e := now.EventFacts(w.event)
			if e != nil && !e.Contexts.There && !said[w] && !on(now, e.Date.Page())[w] {
				return true
			}
		}
	}
	return false
}

// otherHints reports whether a page shows other names with a comma than before, or
// says itself what it is about in other words.
func otherHints(c *archive.Changes, now *archive.Archive, change archive.Change) bool {
	var was, is archive.NameHints
	var declared, topic [2]string
	if p := c.Archive.Page(change.Path); p != nil {
		was = p.HintsOf()
		declared[0], topic[0] = declaredNames(p), p.Topic()
	}
	if p := now.Page(change.End()); p != nil {
		is = p.HintsOf()
		declared[1], topic[1] = declaredNames(p), p.Topic()
	}
	if change.From.IsNone() {
		return !is.Empty()
	}
	return !slices.Equal(was.Names, is.Names) || !slices.Equal(was.Lists, is.Lists) || declared[0] != declared[1] || topic[0] != topic[1]
}

// declaredNames returns the contexts that an event declares, as they are written.
func declaredNames(p *archive.Page) string {
	if p.Event == nil || p.Event.Declared == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Declared.Span))
}
