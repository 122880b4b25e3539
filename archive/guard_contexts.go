package archive

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// intent is what changes do to contexts on purpose. All other contexts are to
// stay as they are.
type intent struct {
	// Named are contexts that are called otherwise everywhere, by their old names.
	Named map[string]string `json:"named,omitempty"`

	// Given are the contexts of events that are added, by the paths of these.
	Given map[string][]string `json:"given,omitempty"`

	// Moved are the paths of events that go on at another path, by the old ones.
	Moved map[string]string `json:"moved,omitempty"`
}

// merge adds what later changes intend.
func (i *intent) merge(later intent) {
	for _, m := range []struct{ to, from *map[string]string }{{&i.Named, &later.Named}, {&i.Moved, &later.Moved}} {
		if *m.to == nil {
			*m.to = *m.from
			continue
		}
		maps.Copy(*m.to, *m.from)
	}
	if i.Given == nil {
		i.Given = later.Given
		return
	}
	maps.Copy(i.Given, later.Given)
}

// end returns the path at which an event goes on.
func (i intent) end(event string) string {
	if to, ok := i.Moved[event]; ok {
		return to
	}
	return event
}

// name returns what a context is called afterwards.
func (i intent) name(context string) string {
	if to, ok := i.Named[context]; ok {
		return to
	}
	return context
}

// contextKeeper keeps the contexts of events through changes.
type contextKeeper struct {
	changes  *Changes
	before   *Contexts
	now      *Contexts
	declared map[string]string
}

// keepContexts adds to changes what it takes for each event to be about the same as
// before: context lines. It returns the archive after the changes, and the lists in
// these lines by path. What counts is what is read from the bytes that would be
// written. It is an error if a context cannot be kept so.
func (c *Changes) keepContexts() (now *Archive, declared map[string]string, err error) {
	a := c.archive
	now = a.After(c)
	k := &contextKeeper{changes: c, before: c.known, declared: map[string]string{}}
	few := k.before == nil && len(c.intent.Moved) == 0 && !c.saysLess(now)
	switch {
	case c.Len() == 0, few && len(c.intent.Given) == 0:
		return now, nil, nil
	case few:
		k.before = a.Contexts(c.near())
	case k.before == nil:
		k.before = a.Contexts(a.Paths("."))
		if errs := a.Errors(); len(errs) > 0 {
			return nil, nil, fmt.Errorf("%w; nothing was written, since what cannot be read would be lost", errs[0])
		}
	}
	var touched nameSet
	if k.now, touched = k.before.after(now, c); few {
		touched = nameSet{}
		for event := range c.intent.Given {
			touched.add(event)
		}
	}
	wrong := k.wrong(touched)
	if len(wrong) == 0 {
		return now, nil, nil
	}
	lines, err := k.declare(wrong)
	if err != nil {
		return nil, nil, err
	}
	var again nameSet
	now = now.After(lines)
	k.now, again = k.now.after(now, lines)
	maps.Copy(touched, again)
	for _, event := range k.wrong(touched) {
		return nil, nil, k.refusal(event)
	}
	c.Then(lines)
	return now, k.declared, nil
}

// near returns the paths of the pages that mention events that are added, if
// none of them is in a related list.
func (c *Changes) near() []string {
	out := []string{indexName}
	for event := range c.intent.Given {
		_, day := Classify(event)
		out = append(out, day.Page())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// want returns what an event is to be about, after the changes.
func (k *contextKeeper) want(event string) nameList {
	if given, ok := k.changes.intent.Given[event]; ok {
		return newNameList(slices.Clone(given))
	}
	var want []string
	for was := range k.sources(event) {
		for _, name := range k.before.known[was] {
			want = append(want, k.changes.intent.name(name))
		}
	}
	return newNameList(want)
}

// sources returns the paths where an event was before.
func (k *contextKeeper) sources(event string) nameSet {
	out := nameSet{}
	if _, moved := k.changes.intent.Moved[event]; !moved {
		out.add(event)
	}
	for from, to := range k.changes.intent.Moved {
		if to == event {
			out.add(from)
		}
	}
	return out
}

// wrong returns those of events, by path, that are not about what they are to be
// about.
func (k *contextKeeper) wrong(events nameSet) []string {
	out := nameSet{}
	for event := range events {
		event = k.changes.intent.end(event)
		names, there := k.now.known[event]
		if there && k.meant(event) && (!k.same(names, k.want(event)) || k.changesDoubt(event)) {
			out.add(event)
		}
	}
	return out.sorted()
}

// changesDoubt reports whether a damaged page said something of an event that no page
// says afterwards, or merges names that it did not merge before.
func (k *contextKeeper) changesDoubt(event string) bool {
	doubts := k.now.doubts(event)
	for _, name := range doubts {
		if k.now.names.has(name) && !k.before.names.has(name) && !k.want(event).has(name) {
			return true
		}
	}
	still := slices.Concat(k.now.known[event], doubts)
	for was := range k.sources(event) {
		for _, name := range k.before.doubts(was) {
			if !slices.Contains(still, k.changes.intent.name(name)) {
				return true
			}
		}
	}
	return false
}

// origin returns the path where an event was before.
func (k *contextKeeper) origin(event string) string {
	for _, was := range k.sources(event).sorted() {
		if _, there := k.before.known[was]; there {
			return was
		}
	}
	return event
}

// meant reports whether it is known what an event is to be about: it was there
// before, or was given contexts.
func (k *contextKeeper) meant(event string) bool {
	_, meant := k.changes.intent.Given[event]
	for was := range k.sources(event) {
		_, there := k.before.known[was]
		meant = meant || there
	}
	return meant
}

// same reports whether an event has all contexts that it is to have, and no name
// that others were merged into or that is torn out of one. A link that is put right
// may add others.
func (k *contextKeeper) same(have, want nameList) bool {
	if slices.Equal(have, want) {
		return true
	}
	whole := newCommaNames(want...)
	for _, name := range have {
		merged := k.now.names.has(name) && (!k.before.names.has(name) || want.straddles(name))
		if !want.has(name) && (merged || whole[name]&isPart != 0) {
			return false
		}
	}
	return !slices.ContainsFunc(want, func(name string) bool { return !have.has(name) })
}

// straddles reports whether a name with a comma is what neighbors in a list of the
// names may be read as: it begins as one of them ends, and ends as another begins.
func (l nameList) straddles(name string) bool {
	for at := 0; ; at += len(contextSeparator) {
		next := strings.Index(name[at:], contextSeparator)
		if next < 0 {
			return false
		}
		at += next
		start, end := name[:at], name[at+len(contextSeparator):]
		if slices.ContainsFunc(l, func(n string) bool { return n == start || strings.HasSuffix(n, contextSeparator+start) }) &&
			slices.ContainsFunc(l, func(n string) bool { return n == end || strings.HasPrefix(n, end+contextSeparator) }) {
			return true
		}
	}
}

// declare plans to write the contexts of events on their pages.
func (k *contextKeeper) declare(events []string) (*Changes, error) {
	style := k.now.archive.habits(k.now.events)
	lines := k.now.archive.newChanges()
	named := nameSet{} // in a comment
	for _, event := range events {
		e := k.now.archive.Page(event)
		want := k.want(event)
		var unknown []string
		for _, name := range want {
			if _, done := named[name]; k.before.names.has(name) && !k.now.names.has(name) && !done {
				unknown = append(unknown, name)
			}
		}
		named.add(unknown...)
		for _, name := range unknown {
			k.now.names.add(name)
		}
		list, err := k.before.list(k.origin(event), want, k.now.names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", event, err)
		}
		edits, err := k.now.declaration(e, list, unknown, style)
		if err != nil {
			return nil, err
		}
		if _, err := lines.edit(e, edits); err != nil {
			return nil, err
		}
		k.declared[event] = list
	}
	return lines, nil
}

// refusal says which context of an event would be lost.
func (k *contextKeeper) refusal(event string) error {
	have, want := k.now.known[event], k.want(event)
	for _, name := range want {
		if !have.has(name) {
			return fmt.Errorf("%s: the context %q would be lost, and a line that declares it would not be read; correct the page by hand", event, name)
		}
	}
	for _, name := range have {
		if !want.has(name) {
			return fmt.Errorf("%s: other contexts would be read as %q", event, name)
		}
	}
	return fmt.Errorf("%s: contexts that a damaged page records for it would be lost; run \"newsctl lint\" and correct the damaged page first", event)
}

// saysLess reports whether a page that changes no longer says something of an
// event that it said before, and neither another that changes nor the page of the
// event's day does; or whether it shows other names with a comma.
func (c *Changes) saysLess(now *Archive) bool {
	type words struct{ event, list string }
	on := func(a *Archive, path string) map[words]bool {
		out := map[words]bool{}
		if f := a.Facts(path); f != nil {
			a.mentions(f, func(e *Facts, entry int) {
				out[words{e.Path, f.entries()[entry].Names}] = true
			})
		}
		return out
	}
	said := map[words]bool{}
	for _, change := range c.all {
		maps.Copy(said, on(now, change.end()))
	}
	for _, change := range c.all {
		if change.to != "" || change.gone || c.otherHints(now, change) {
			return true
		}
		for w := range on(c.archive, change.path) {
			e := now.eventFacts(w.event)
			if e != nil && !e.Contexts.There && !said[w] && !on(now, e.Date.Page())[w] {
				return true
			}
		}
	}
	return false
}

// otherHints reports whether a page shows other names with a comma than before, or
// says itself what it is about in other words.
func (c *Changes) otherHints(now *Archive, change planned) bool {
	var was, is nameHints
	var declared, topic [2]string
	if p := c.archive.Page(change.path); p != nil {
		was = p.nameHints()
		declared[0], topic[0] = p.declared(), p.Topic()
	}
	if p := now.Page(change.end()); p != nil {
		is = p.nameHints()
		declared[1], topic[1] = p.declared(), p.Topic()
	}
	if change.from == nil {
		return !is.empty()
	}
	return !slices.Equal(was.names, is.names) || !slices.Equal(was.lists, is.lists) || declared[0] != declared[1] || topic[0] != topic[1]
}

// declared returns the contexts that an event declares, as they are written.
func (p *Page) declared() string {
	if p.Event == nil || p.Event.Declared == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Declared.Span))
}
