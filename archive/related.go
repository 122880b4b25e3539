package archive

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive/facts"
	"newsctl/archive/match"
	"newsctl/archive/page"
)

// RelatedEntry is an entry of an event's related list with the page it names.
type RelatedEntry struct {
	*page.Entry
	Target Target
	Page   *Facts // the page at the target, or nil
}

// Related returns the related entries of an event that name a target, in the
// order of the page.
func (a *Archive) Related(p *Page) []RelatedEntry {
	if p.Event == nil {
		return nil
	}
	entries := p.Event.Entries(page.RelatedSection)
	out := make([]RelatedEntry, 0, len(entries))
	for i := range entries {
		if entries[i].Link != nil {
			out = append(out, a.RelatedEntry(p, &entries[i]))
		}
	}
	return out
}

// RelatedEntry returns an entry of the related list of a page with the page that it
// names.
func (a *Archive) RelatedEntry(p *Page, entry *page.Entry) RelatedEntry {
	e := RelatedEntry{Entry: entry, Target: Target{Kind: Invalid}}
	if e.Link == nil {
		return e
	}
	if e.Target = p.Target(e.Link); e.Target.Kind == Internal {
		e.Page = a.Facts(e.Target.Path)
	}
	return e
}

// Pinned reports whether an entry was chosen by hand: it is marked as kept, or
// points to a page that is not an event, or out of the archive.
func (e RelatedEntry) Pinned() bool {
	return e.Keep || e.Page != nil && !e.Page.IsEvent() || e.Target.Kind == External
}

// IsPinned is [RelatedEntry.Pinned] of an entry with a link in the facts of a page.
func (a *Archive) IsPinned(f *Facts, e facts.Entry) bool {
	t := f.Target(e.Link)
	to := RelatedEntry{Entry: &page.Entry{Keep: e.Keep}, Target: t}
	if t.Kind == Internal {
		to.Page = a.Facts(t.Path)
	}
	return to.Pinned()
}

// ResolveMoved returns the page that a path with no page certainly means, or false:
// one that differs from it in spelling alone; the event whose Changes section names
// the path; what the tree's history says became of it; or, of a path that never was
// a page, as far as the history shows, the one event of the day whose name is nearly
// identical, unless the day is crowded. A path that was removed on purpose means no
// other page.
func (a *Archive) ResolveMoved(p string) (string, bool) {
	to := a.resolveMoved(p)
	return to, to != ""
}

func (a *Archive) resolveMoved(p string) string {
	if to, ok := a.respelled(p); ok {
		return to
	}
	kind, day := Classify(p)
	if kind == EventPage {
		if to := a.versionOf(p, day); to != "" {
			return to
		}
	}
	if a.History != nil {
		switch to, existed := a.History(p); {
		case existed && (!a.Exists(to) || IsPadded(to)):
			return ""
		case existed:
			return to
		}
	}
	if kind != EventPage {
		return ""
	}
	if same := a.Lookalikes(p); len(same) > 0 {
		return same[0]
	}
	events := a.directory(path.Dir(p)).events()
	if len(events) > crowded {
		return ""
	}
	to := ""
	lost := namedEvent(p)
	for _, e := range events {
		if match.NearIdentical(lost, e) {
			if to != "" {
				return ""
			}
			to = path.Join(path.Dir(p), e.Path)
		}
	}
	return to
}

// versionOf returns the one event of a day that names a path with no page among its
// Changes, or nothing.
func (a *Archive) versionOf(p string, d Date) string {
	events := a.DayEvents(d).naming(p)
	if len(events) == 0 || other(events, events[0].Path) {
		return ""
	}
	return events[0].Path
}

// Suggest returns the page that a path with no page may mean, for a person to decide:
// what [Archive.ResolveMoved] returns, and then it is certain, or else the event of
// the same day whose name is plainly nearest. Of an event that was removed on purpose
// it returns nothing.
func (a *Archive) Suggest(p string) (to string, certain bool) {
	if to, ok := a.ResolveMoved(p); ok {
		return to, true
	}
	if kind, _ := Classify(p); kind != EventPage {
		return "", false
	}
	if a.History != nil {
		if _, existed := a.History(p); existed {
			return "", false
		}
	}
	f := a.directory(path.Dir(p))
	lost := namedEvent(p)
	var day *match.Day
	if near := f.near(lost); len(near) < len(f.events()) {
		day = match.NewDay(near)
	} else {
		day = f.day.get(func() *match.Day { return match.NewDay(near) })
	}
	if e := day.Nearest(lost); e != nil {
		return path.Join(path.Dir(p), path.Base(e.Path)), false
	}
	return "", false
}

// namedEvent returns what the path of an event says of it.
func namedEvent(p string) *match.Event {
	e := match.New(norm.NFC.String(Stem(path.Base(p))), "")
	e.Path = p
	return e
}

// crowded is how many events a day has at most, if the name of a lost page is compared
// with the names of all of them. No day of a real archive has a fifth of them. Of more,
// it is compared with those next to it in byte order, nearby on either side, and no
// page is certain.
const (
	crowded = 300
	nearby  = 32
)

// near returns what those names say that the name of a lost event is compared with.
func (f *directory) near(lost *match.Event) []*match.Event {
	events := f.events()
	if len(events) <= crowded {
		return events
	}
	place, _ := slices.BinarySearchFunc(events, path.Base(lost.Path), func(e *match.Event, name string) int { return strings.Compare(e.Path, name) })
	return events[max(place-nearby, 0):min(place+nearby+1, len(events))]
}

// events returns what the names of event pages in a directory say.
func (f *directory) events() []*match.Event {
	return f.eventNames.get(func() []*match.Event {
		var out []*match.Event
		for _, name := range f.names {
			if isEventName(name) {
				out = append(out, namedEvent(name))
			}
		}
		return out
	})
}

// EntryEvent returns the event that a related entry or a listed entry points to,
// or nil: see [Archive.meant].
func (a *Archive) EntryEvent(p *Page, l *page.Link) *Page {
	if l == nil {
		return nil
	}
	if f := a.Meant(p.Target(l)); f != nil {
		return a.Page(f.Path)
	}
	return nil
}

// Meant returns the event that an entry points to, or nil. A broken link to an event
// that certainly is another page now points to it.
func (a *Archive) Meant(t Target) *Facts {
	if t.Kind != Internal {
		return nil
	}
	if f := a.Facts(t.Path); f != nil {
		if !f.IsEvent() {
			return nil
		}
		return f
	}
	if to, ok := a.moved[t.Path]; ok {
		return a.EventFacts(to)
	}
	if padded := a.Padded(t.Path); padded != "" {
		return a.EventFacts(padded)
	}
	if to, ok := a.ResolveMoved(t.Path); ok {
		return a.EventFacts(to)
	}
	return nil
}

// MeantBy is [Archive.Meant] of a link of the facts of a page, by its place among
// them.
func (a *Archive) MeantBy(f *Facts, link int32) *Facts {
	at := f.Links[link].At
	if at == 0 || a.meant == nil || a.reads != nil || f.settled != nil {
		return a.Meant(f.Target(link))
	}
	known := &a.meant[at-1]
	if to := known.Load(); to != nil {
		return to
	}
	to := a.Meant(f.Target(link))
	if to != nil {
		known.Store(to)
	}
	return to
}

// Numbered returns how many strings of kept facts have numbers, from 1.
func (a *Archive) Numbered() int { return a.numbered }
