package archive

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive/page"
)

// RelatedEntry is an entry of an event's related list with the page it names.
type RelatedEntry struct {
	*page.Entry
	Target Target
	Page   *Page // the page at the target, or nil
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
		e := RelatedEntry{Entry: &entries[i]}
		if e.Link == nil {
			continue
		}
		e.Target = p.Target(e.Link)
		if e.Target.Kind == Internal {
			e.Page = a.Page(e.Target.Path)
		}
		out = append(out, e)
	}
	return out
}

// Curated reports whether an entry was chosen by hand: it is marked as kept, or
// leads to a page that is no event, or out of the archive.
func (e RelatedEntry) Curated() bool {
	return e.Keep || e.Page != nil && e.Page.Event == nil || e.Target.Kind == External
}

const (
	// nearEnough is how similar a slug must be to a missing one to be taken for
	// it, and clearlyNearer by how much it must beat the next.
	nearEnough    = 0.6
	clearlyNearer = 0.15
)

// Reworded returns the event of the same day that a path with no page plainly
// means: the one whose name is nearest, if one clearly is. An archive publishes
// a reworded event under its new name and leaves links to the old one behind.
func (a *Archive) Reworded(p string) (string, bool) {
	if to, ok := a.respelled(p); ok {
		return to, true
	}
	kind, _ := Classify(p)
	if kind != EventPage {
		return "", false
	}
	f, base := a.folder(path.Dir(p)), path.Base(p)
	for _, name := range f.alike(base) {
		if isEventName(name) {
			return path.Join(path.Dir(p), name), true
		}
	}
	name, ok := nearestName(newFileName(base), f.near(base))
	return path.Join(path.Dir(p), name), ok
}

// crowded is how many events of a day are compared each with each. No day of a real
// archive has a fifth of them; of more, each is compared with those that begin most
// like it, nearby on either side.
const (
	crowded = 300
	nearby  = 32
)

// window returns the ends of those of n sorted things that one at a place is compared
// with.
func window(n, place int) (from, to int) {
	if n <= crowded {
		return 0, n
	}
	return max(place-nearby, 0), min(place+nearby+1, n)
}

// near returns those names of events in a folder that a name is compared with.
func (f *folder) near(name string) []*fileName {
	events := f.events()
	place, _ := slices.BinarySearchFunc(events, name, func(e *fileName, name string) int { return strings.Compare(e.name, name) })
	from, to := window(len(events), place)
	return events[from:to]
}

// fileName is a name and what names are compared by.
type fileName struct {
	name    string
	outline *outline
}

func newFileName(name string) *fileName { return &fileName{name, newOutline(norm.NFC.String(name))} }

// events returns the names of event pages in a folder.
func (f *folder) events() []*fileName {
	return f.eventNames.get(func() []*fileName {
		var out []*fileName
		for _, name := range f.names {
			if isEventName(name) {
				out = append(out, newFileName(name))
			}
		}
		return out
	})
}

// nearestName returns the one of names that is most like a name, and whether it
// plainly is the same one reworded: near enough, and clearly nearer than the next.
func nearestName(name *fileName, names []*fileName) (string, bool) {
	pattern := newPattern(name.outline)
	like := func(other *fileName, least float64) float64 {
		if name.outline.mostAlike(other.outline, least) == 0 {
			return 0
		}
		return pattern.similarity(other.outline, least)
	}
	best, nearest := 0.0, -1
	for i, other := range names {
		if score := like(other, max(best, nearEnough)); score >= nearEnough && score > best {
			best, nearest = score, i
		}
	}
	if nearest < 0 {
		return "", false
	}
	for i, other := range names {
		if i != nearest && best-like(other, best-clearlyNearer) < clearlyNearer {
			return "", false
		}
	}
	return names[nearest].name, true
}

// Meant returns the page that a path with no page means: the event that was
// reworded ([Archive.Reworded]), or else what the tree's history says became of
// the path.
func (a *Archive) Meant(p string) (string, bool) {
	if to, ok := a.Reworded(p); ok {
		return to, true
	}
	if a.Renamed == nil {
		return "", false
	}
	to, ok := a.Renamed(p)
	return to, ok && a.Exists(to) && !IsPadded(to)
}

// entryEvent returns the event that a related entry or a listed entry leads to,
// or nil. A broken link to an event that was plainly reworded leads to it.
func (a *Archive) entryEvent(p *Page, l *page.Link) *Page {
	if l == nil {
		return nil
	}
	t := p.Target(l)
	if t.Kind != Internal {
		return nil
	}
	if pg := a.Page(t.Path); pg != nil {
		if pg.Event == nil {
			return nil
		}
		return pg
	}
	if to, ok := a.moved[t.Path]; ok {
		return a.eventAt(to)
	}
	if padded := a.Padded(t.Path); padded != "" {
		return a.eventAt(padded)
	}
	if meant, ok := a.Meant(t.Path); ok {
		return a.eventAt(meant)
	}
	return nil
}
