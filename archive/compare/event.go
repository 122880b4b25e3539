package compare

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
)

// event compares the two versions of an event. It has no kinds if nothing
// changed; follows is set where related entries follow other events.
func (c *comparer) event(p eventPair) (e EventChange, follows bool) {
	sources := matchLists(sources(p.from), sources(p.to), nil)
	related := matchLists(c.related(p.from), c.related(p.to), c.meant)
	e = EventChange{
		Before:   state(p.from),
		After:    state(p.to),
		Kept:     p.kept,
		Sources:  sources.delta(),
		Contexts: c.contextDelta(p),
		Related:  RelatedDelta{Delta: related.delta(), Retitled: []Entry{}, Reordered: related.reordered},
		Edited:   []string{},
	}
	switch {
	case p.from == nil:
		e.Kinds = []ChangeKind{ChangeAdded}
		return e, false
	case p.to == nil:
		e.Kinds = []ChangeKind{ChangeRemoved}
		return e, false
	}
	for _, both := range related.common {
		switch {
		case c.follows(both):
			follows = true
		case both.retitled():
			e.Related.Retitled = append(e.Related.Retitled, both.after.Entry)
		}
	}
	e.Kinds = p.kinds()
	e.Edited = append(e.Edited, c.edited(p, sources, related)...)
	if !e.reports() && !follows && len(e.Kinds) == 0 && !c.kept[p.to.Path] {
		e.Edited = append(e.Edited, unexplained(p.from, p.to)...)
	}
	if e.reports() {
		e.Kinds = append(e.Kinds, ChangeEdited)
	}
	return e, follows
}

func state(p *archive.Page) *EventState {
	if p == nil {
		return nil
	}
	return &EventState{p.Path, p.Date.String(), p.Facts().TrimmedHeadline()}
}

// kinds returns how the event is called otherwise.
func (p eventPair) kinds() []ChangeKind {
	var out []ChangeKind
	if p.from.Date != p.to.Date {
		out = append(out, ChangeMoved)
	}
	if path.Base(p.from.Path) != path.Base(p.to.Path) {
		out = append(out, ChangeRenamed)
	}
	if p.reworded() {
		out = append(out, ChangeReworded)
	}
	return out
}

// reports reports whether more changed of an event than what it is called.
func (e *EventChange) reports() bool {
	r := e.Related
	return !e.Sources.empty() || !e.Contexts.empty() || !r.empty() || len(r.Retitled) > 0 || r.Reordered || len(e.Edited) > 0
}

// edited names the parts of a page that changed otherwise than by what comes
// with another name: the Formats line, the versions, the date line.
func (c *comparer) edited(p eventPair, sources, related matching) []string {
	var out []string
	for _, part := range []struct {
		name    string
		changed bool
	}{
		{"date line", p.from.Date == p.to.Date && dateLine(p.from) != dateLine(p.to)},
		{"topic", p.from.Topic() != p.to.Topic()},
		{"description", c.descriptionOf(p.from, c.meant) != c.descriptionOf(p.to, nil)},
		{"sources", sources.reordered || sources.any(both.retitled) || sources.any(both.otherwise)},
		{"versions", len(p.kinds()) == 0 && !c.kept[p.to.Path] && c.versionsDiffer(p)},
		{"related entries", related.any(both.otherwise)},
		{"repeated entries", sources.repeated || related.repeated},
		{"form of links", sources.any(both.rewritten) || related.any(both.rewritten)},
		{"other text", otherText(p.from) != otherText(p.to)},
	} {
		if part.changed {
			out = append(out, part.name)
		}
	}
	return out
}

// versionsDiffer reports whether the versions that two pages name differ, but
// for links and titles that follow another event.
func (c *comparer) versionsDiffer(p eventPair) bool {
	versions := matchLists(versionEntries(p.from), versionEntries(p.to), c.meant)
	return !versions.delta().empty() || versions.reordered || versions.any(func(b both) bool {
		return b.otherwise() || b.retitled() && !c.follows(b)
	})
}

// follows reports whether an entry changed because its event was renamed or
// reworded.
func (c *comparer) follows(b both) bool {
	return b.before.Target != b.after.Target || b.retitled() && c.reworded[b.after.Target]
}

// sources returns the sources of an event: outlets and addresses.
func sources(p *archive.Page) []listed {
	return entries(p, page.SourceSection, func(e *page.Entry) string {
		var images []string
		for _, l := range e.Images {
			images = append(images, p.Destination(l))
		}
		return strings.Join(images, " ")
	})
}

// versionEntries returns the versions of its headline that an event names.
func versionEntries(p *archive.Page) []listed {
	return entries(p, page.ChangesSection, func(e *page.Entry) string { return p.Text(e.Note) })
}

// related returns the related entries of an event.
func (c *comparer) related(p *archive.Page) []listed {
	return entries(p, page.RelatedSection, func(e *page.Entry) string {
		return strings.Join(append(c.namesOf(p, e.Shared), p.Text(e.Tail)), archive.ContextSeparator)
	})
}

// entries returns the entries of a section that have a link. Rest returns what
// else an entry says.
func entries(p *archive.Page, kind page.SectionKind, rest func(*page.Entry) string) []listed {
	if p == nil {
		return nil
	}
	var out []listed
	for _, e := range p.Event.Entries(kind) {
		if e.Link != nil {
			out = append(out, listed{Entry: entry(p, e.Link), rest: rest(&e), form: p.Text(e.Link.Span)})
		}
	}
	return out
}

// entry returns a link as an entry of a list.
func entry(p *archive.Page, l *page.Link) Entry {
	target := p.Destination(l)
	if t := p.Target(l); t.Kind == archive.Internal {
		target = t.Path
	}
	return Entry{strings.TrimSpace(p.Text(l.Text)), target}
}

// contexts returns the contexts of an event as its page reports them, in byte
// order: those that it declares, or else its topic and those of its entries.
func (c *comparer) contexts(p *archive.Page) []string {
	if p == nil {
		return nil
	}
	of := contexts.NameSet{}
	if declared := p.Event.Declared; declared != nil {
		of.Add(c.namesOf(p, declared)...)
		return of.Sorted()
	}
	if t := p.Topic(); t != "" {
		of.Add(t)
	}
	for _, e := range p.Event.Entries(page.RelatedSection) {
		of.Add(c.namesOf(p, e.Shared)...)
	}
	return of.Sorted()
}

// contextDelta compares the contexts of an event. One that was only on entries that
// were removed is not lost if any page of the archive reports it still.
func (c *comparer) contextDelta(p eventPair) Delta[string] {
	out := deltaOf(c.contexts(p.from), c.contexts(p.to))
	if c.planned || len(out.Lost) == 0 || p.to == nil || p.to.Event.Declared != nil {
		return out
	}
	removed := without(out.Lost, c.staying(p))
	if len(removed) == 0 {
		return out
	}
	if c.reported == nil { // only for this, the whole archive is read
		c.reported = contexts.OfAll(c.after, c.after.Paths("."))
	}
	known := c.reported.Of(p.to.Path)
	out.Lost = slices.DeleteFunc(out.Lost, func(name string) bool {
		return known.Has(c.after.Config().ContextName(name)) && slices.Contains(removed, name)
	})
	return out
}

// staying returns the contexts of an event that it has from more than entries that
// were removed.
func (c *comparer) staying(p eventPair) []string {
	removed := map[string]int{} // how many entries fewer name a page
	for _, e := range c.related(p.from) {
		removed[c.meant(e.Target)]++
	}
	for _, e := range c.related(p.to) {
		removed[e.Target]--
	}
	out := append(c.namesOf(p.from, p.from.Event.Declared), p.from.Topic())
	for _, e := range p.from.Event.Entries(page.RelatedSection) {
		if e.Link != nil && removed[c.meant(entry(p.from, e.Link).Target)] <= 0 {
			out = append(out, c.namesOf(p.from, e.Shared)...)
		}
	}
	return out
}

// namesOf returns the contexts of a list, with the names that the pages that changed
// show.
func (c *comparer) namesOf(p *archive.Page, list *page.Contexts) []string {
	if list == nil {
		return nil
	}
	return c.names.Split(p.Names(list))
}

// deltaOf compares two lists of names.
func deltaOf(before, after []string) Delta[string] {
	return Delta[string]{without(after, before), without(before, after)}
}

func without(list, other []string) []string {
	out := []string{}
	for _, name := range list {
		if !slices.Contains(other, name) {
			out = append(out, name)
		}
	}
	return out
}

func dateLine(p *archive.Page) string {
	if p.Event.Date == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Date.Text))
}

// descriptionOf returns an event's description with the paths that its links
// mean in their place.
func (c *comparer) descriptionOf(p *archive.Page, meant func(string) string) string {
	var out []string
	for _, s := range p.Event.Description {
		at := s.Start
		for _, l := range p.Links {
			if meant == nil {
				meant = func(path string) string { return path }
			}
			if l.Start >= at && l.End <= s.End && l.Reference == "" {
				out = append(out, p.Text(page.Span{Start: at, End: l.Target.Start}), meant(entry(p, l).Target))
				at = l.Target.End
			}
		}
		out = append(out, p.Text(page.Span{Start: at, End: s.End}))
	}
	return strings.Join(strings.Fields(strings.Join(out, "")), " ")
}

// otherText returns what a page holds that no rule of the archive is about:
// further headlines, sections of its own, comments.
func otherText(p *archive.Page) string {
	var spans []page.Span
	for _, h := range p.Event.Headlines[min(1, len(p.Event.Headlines)):] {
		spans = append(spans, h.Span)
	}
	for _, s := range p.Event.Sections {
		if s.Kind == page.OtherSection {
			spans = append(spans, s.Span)
		}
	}
	for _, c := range p.Comments {
		spans = append(spans, c.Span)
	}
	var out []string
	for _, s := range spans {
		out = append(out, strings.Fields(p.Text(s))...)
	}
	return strings.Join(out, " ")
}

// entryNumber matches the number of an entry.
var entryNumber = regexp.MustCompile(`(?m)^\s*\d+[.)]`)

// unexplained names the change between two pages of which no part that is known
// differs.
func unexplained(from, to *archive.Page) []string {
	plain := func(p *archive.Page) string {
		return strings.Join(strings.Fields(entryNumber.ReplaceAllString(string(p.Source), "")), " ")
	}
	switch {
	case bytes.Equal(from.Source, to.Source):
		return nil
	case plain(from) == plain(to):
		return []string{"layout"}
	}
	return []string{"other text"}
}
