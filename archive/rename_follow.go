package archive

import (
	"slices"
	"strings"
	"time"

	"newsctl/archive/git"
)

// Follow plans to make the archive follow events that were moved or reworded by
// hand: what [Archive.Rename] would have changed besides. Before is the archive as
// it was, changes are what git says became of its files since. Paths are those of
// all pages of the archive as it is, loaded.
//
// A page that git takes for the new one of another is believed to be if it is of
// the same day, shares a source, or has nearly the same headline. One that is gone
// is followed to a new page that shares a source with it, or is the same but for
// the headline, or whose name is clearly the nearest of its day. A Changes section that names the new wording as current
// stays as it is. No page is moved.
func (a *Archive) Follow(paths []string, before *Archive, changes []git.Change, now time.Time) (*Renamed, error) {
	f := &tracker{before: before, now: a}
	f.sort(changes)
	for _, gone := range f.gone {
		if to := f.successor(gone); to != "" {
			f.add(gone, to)
		}
	}
	return a.newRenamer(f.events, now).rename(paths)
}

// tracker finds what became of events.
type tracker struct {
	before, now *Archive
	gone, added []string
	events      []*rewording
}

// sort notes the events that git can tell of, and what is left to find.
func (f *tracker) sort(changes []git.Change) {
	for _, c := range changes {
		was, is := eventAt(f.before, c.From), eventAt(f.now, c.To)
		switch {
		case was != nil && is != nil && (c.From == c.To || sameEvent(was, is)):
			f.add(c.From, c.To)
			continue
		case was != nil && f.now.Page(c.From) == nil:
			f.gone = append(f.gone, c.From)
		}
		if is != nil && c.From != c.To {
			f.added = append(f.added, c.To)
		}
	}
}

// eventAt returns the event with a headline at a path, or nil.
func eventAt(a *Archive, p string) *Page {
	if e := a.Page(p); p != "" && e != nil && e.Event != nil && len(e.Event.Headlines) > 0 {
		return e
	}
	return nil
}

// sameEvent reports whether a page can be what became of another.
func sameEvent(was, is *Page) bool {
	return was.Date == is.Date || shareSource(was, is) ||
		similarity(trimmedHeadline(was), trimmedHeadline(is), nearlySame) >= nearlySame
}

func shareSource(a, b *Page) bool {
	sources := b.sources()
	return slices.ContainsFunc(a.sources(), func(s string) bool { return slices.Contains(sources, s) })
}

// sameButHeadline reports whether two pages of one day hold the same but for the
// headline, and perhaps for what the page calls itself.
func sameButHeadline(was, is *Page) bool {
	return was.Date == is.Date && strings.ReplaceAll(was.unworded(), stem(was.Path), stem(is.Path)) ==
		strings.ReplaceAll(is.unworded(), stem(was.Path), stem(is.Path))
}

// unworded returns an event's page without its headline.
func (p *Page) unworded() string {
	at := p.Event.Headlines[0].Text
	return string(p.Source[:at.Start]) + string(p.Source[at.End:])
}

// successor returns the new page that is plainly the event of one that is gone,
// or nothing.
func (f *tracker) successor(gone string) string {
	was := f.before.Page(gone)
	for _, same := range []func(was, is *Page) bool{shareSource, sameButHeadline} {
		var found []string
		for _, p := range f.added {
			if same(was, f.now.Page(p)) {
				found = append(found, p)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	if to, ok := f.now.Reworded(gone); ok && slices.Contains(f.added, to) {
		return to
	}
	return ""
}

// add notes that an event is now at a path. Where neither its path nor its
// headline changed there is nothing to follow.
func (f *tracker) add(from, to string) {
	f.added = slices.DeleteFunc(f.added, func(p string) bool { return p == to })
	e := f.now.Page(to)
	was, _ := f.before.Page(from).Event.Headline()
	is, _ := e.Event.Headline()
	if from == to && sameText(was, is) {
		return
	}
	if sameText(was, is) {
		was = is
	}
	f.events = append(f.events, &rewording{page: e, from: from, to: to, was: was, is: is})
}
