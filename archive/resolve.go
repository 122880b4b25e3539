package archive

import (
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive/filename"
	"newsctl/archive/layout"
	"newsctl/archive/match"
	"newsctl/archive/page"
)

// Lookalikes returns the paths in the archive that some file system takes for p,
// p among them if it is there, in byte order.
func (a *Archive) Lookalikes(p string) []string {
	dirs, name := []string{"."}, p
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		dirs, name = a.Lookalikes(p[:i]), p[i+1:]
	}
	var found []string
	for _, dir := range dirs {
		for _, other := range a.directory(dir).alike(name) {
			found = append(found, inDirectory(dir, other))
		}
	}
	slices.Sort(found)
	return found
}

// spelledDay reads the path of a page of a day, the month and the day padded or not;
// the last one if one is in another. It returns the day, and the path in the
// directory of that day.
func spelledDay(p string) (d Date, rest string, ok bool) {
	years := layout.Current().Years()
	for end := len(p); ; {
		at := strings.LastIndex(p[:end], years+"/")
		if at < 0 {
			return Date{}, "", false
		}
		end = at
		parts := append([]string{""}, strings.SplitN(p[at+len(years)+1:], "/", 4)...)
		if at > 0 && p[at-1] != '/' || len(parts) < 5 || len(parts[1]) != 4 || parts[4] == "" {
			continue
		}
		year, ok1 := ParseNumber(parts[1])
		month, ok2 := shortNumber(parts[2])
		day, ok3 := shortNumber(parts[3])
		if ok1 && ok2 && ok3 {
			return Date{year, month, day}, parts[4], true
		}
	}
}

// respelled returns the page that a path with no page means, if its spelling is all
// that is wrong: a day or a month that is padded or not, a slash that is missing
// before news/ or is at the end, a missing extension, other case.
func (a *Archive) respelled(p string) (string, bool) {
	spellings := []string{p}
	if d, rest, ok := spelledDay(p); ok {
		if s := d.Dir() + "/" + rest; s != p {
			spellings = append(spellings, s)
		}
	}
	for _, s := range spellings {
		pages := []string{s}
		if !IsPage(s) {
			pages = append(pages, s+Extension)
		}
		if dir, ok := strings.CutSuffix(s, "/"+IndexName()); ok {
			pages = append(pages, dir+Extension)
		}
		for _, page := range pages {
			if found := a.Lookalikes(page); len(found) == 1 && found[0] != p && a.Exists(found[0]) && IsPage(found[0]) && !IsPadded(found[0]) {
				return found[0], true
			}
		}
	}
	return "", false
}

// alike returns the names in a directory that some file system takes for a name, in
// byte order.
func (f *directory) alike(name string) []string {
	keys := f.keys.get(f.findKeys)
	if _, there := f.typeOf(name); there && len(keys) == len(f.names) {
		return []string{name} // all are unlike
	}
	return keys[filename.Key(name)]
}

func (f *directory) findKeys() map[string][]string {
	keys := make(map[string][]string, len(f.names))
	for i, name := range f.names {
		if k := filename.Key(name); keys[k] == nil {
			keys[k] = f.names[i : i+1 : i+1]
		} else {
			keys[k] = append(keys[k], name)
		}
	}
	return keys
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
func (a *Archive) Meant(t Target) *Brief {
	if t.Kind != Internal {
		return nil
	}
	if f := a.Brief(t.Path); f != nil {
		if !f.IsEvent() {
			return nil
		}
		return f
	}
	if to, ok := a.moved[t.Path]; ok {
		return a.EventBrief(to)
	}
	if padded := a.Padded(t.Path); padded != "" {
		return a.EventBrief(padded)
	}
	if to, ok := a.ResolveMoved(t.Path); ok {
		return a.EventBrief(to)
	}
	return nil
}

// MeantBy is [Archive.Meant] of a link of the facts of a page, by its place among
// them.
func (a *Archive) MeantBy(f *Facts, link int32) *Brief {
	known := a.knownMeant(f, link)
	if known == nil {
		return a.Meant(f.Target(link))
	}
	to := known.Load()
	if to == nil {
		if to = a.Meant(f.Target(link)); to == nil {
			to = noEvent
		}
		known.Store(to)
	}
	if to == noEvent {
		return nil
	}
	return to
}

// noEvent is known of a link that means no event.
var noEvent = &Brief{}

// knownMeant returns the place of what is known of all links that are written as one is,
// or nil if nothing is held of it.
func (a *Archive) knownMeant(f *Facts, link int32) *atomic.Pointer[Brief] {
	at := f.Links[link].At
	k := a.kept.Load()
	if at == 0 || k == nil || a.changed || a.moved != nil || a.reads != nil || f.settled != nil {
		return nil
	}
	return &k.meant[at-1]
}

// PointedTo returns the brief of the page that a link of the facts of a page points to,
// or nil.
func (a *Archive) PointedTo(f *Facts, link int32) *Brief {
	t := f.Target(link)
	if t.Kind != Internal {
		return nil
	}
	known := a.knownMeant(f, link)
	if known != nil {
		if to := known.Load(); to != nil && to.Path == t.Path {
			return to
		}
	}
	to := a.Brief(t.Path)
	if known != nil && to.IsEvent() {
		known.Store(to)
	}
	return to
}

// Numbered returns how many strings of kept facts have numbers, from 1.
func (a *Archive) Numbered() int {
	if k := a.kept.Load(); k != nil {
		return k.set.Strings()
	}
	return 0
}
