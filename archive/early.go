package archive

import (
	"hash/maphash"
	"strings"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// Early is what was taken to be so of other pages when one page was checked while the
// facts of the archive were being gathered.
type Early struct {
	complete bool    // all directories can be read
	related  bool    // related entries point to events whose topics do not matter
	titles   []int32 // links to events that say their headlines, by their places among those of the facts
	texts    uint64  // a number for what they say

	// there are paths at which files are, as they were asked for while the page was
	// checked; next is the place of the one that is likely asked for next.
	there []string
	next  int
}

// errEarly ends what asks for a fact that is not known yet.
type errEarly struct{}

// Early calls do with a view of the archive for checking a page while facts are being
// gathered ([Archive.Gather]). What do reads is recorded in r, if that is not nil. Files
// and directories are known, and so is the page that is checked; of other pages the
// view takes to be so what [Early] says. If do asks it for anything else about them, do
// ends there, and nil is returned.
func (a *Archive) Early(r *Reads, do func(view *Archive)) (taken *Early) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case errEarly:
			taken = nil
		default:
			panic(x)
		}
	}()
	taken = &Early{}
	do(&Archive{store: a.store, reads: r, early: taken})
	taken.there = nil
	return taken
}

// Holds reports whether all that was taken to be so is so, for a page with these facts.
// The facts of all pages are known.
func (e *Early) Holds(a *Archive, f *Facts) bool {
	if e.complete && !a.Complete() || e.related && !a.asTaken(f) {
		return false
	}
	var texts uint64
	for _, at := range e.titles {
		to := a.PointedTo(f, at)
		if !hasHeadline(to) {
			return false // it need not say anything
		}
		texts = withText(texts, to.Headline)
	}
	return texts == e.texts
}

// asTaken reports whether the related entries of an event are as an early view takes
// them to be.
func (a *Archive) asTaken(f *Facts) bool {
	for _, e := range f.Related {
		if e.Link == facts.NoLink {
			continue
		}
		if to := a.PointedTo(f, e.Link); to != nil && (!to.IsEvent() || a.matters(to.Topic, f)) {
			return false
		}
	}
	return true
}

// matters reports whether the topic of another event may decide how the lists of
// contexts of an event are read: it has a separator, and one of its parts is in a list.
// With aliases, other names than those of the lists may be read.
func (a *Archive) matters(topic string, f *Facts) bool {
	if !strings.Contains(topic, ContextSeparator) && !strings.Contains(topic, "、") {
		return false
	}
	if len(a.config.Aliases) > 0 {
		return true
	}
	for _, part := range strings.Split(topic, ContextSeparator) {
		if mayHold(f.Contexts.Names, part) {
			return true
		}
		for _, e := range f.Related {
			if mayHold(e.Names, part) {
				return true
			}
		}
	}
	return false
}

// mayHold reports whether a list may hold a part of a name, line breaks read as spaces.
func mayHold(list, part string) bool {
	return strings.Contains(list, part) || strings.Contains(list, "\n")
}

// relatedBrief is [Archive.Brief] of the page that a related entry points to.
func (a *Archive) relatedBrief(p string) *Brief {
	if a.early == nil {
		return a.Brief(p)
	}
	a.reads.add(catalog.Head, p)
	if !IsPage(p) || !a.isFile(p) {
		return nil
	}
	a.early.related = true
	return anyEvent
}

// anyEvent is an event of which nothing is known.
var anyEvent = &Brief{Kind: EventPage, Head: facts.Head{Shape: facts.Event}}

// SaysHeadline reports whether the text of a link on a page reads as the headline of the
// event that it points to. It is true if it points to no event with a certain headline.
func (a *Archive) SaysHeadline(p *Page, l *page.Link) bool {
	t, text := p.Target(l), p.Text(l.Text)
	if a.early == nil {
		to := a.Brief(t.Path)
		return !hasHeadline(to) || link.SameText(text, to.Headline)
	}
	a.reads.add(catalog.Head, t.Path)
	if t.Kind != Internal || !IsPage(t.Path) || !a.isFile(t.Path) {
		return true
	}
	f := p.Facts()
	next := 0 // links are mostly asked for in their order
	if n := len(a.early.titles); n > 0 {
		next = int(a.early.titles[n-1]) + 1
	}
	for i := range f.Links {
		at := int32((next + i) % len(f.Links))
		if to := f.Target(at); to.Kind == t.Kind && to.Path == t.Path {
			a.early.add(at, text)
			return true
		}
	}
	panic(errEarly{})
}

// hasHeadline reports whether a page is an event, and it is certain what its headline is.
func hasHeadline(b *Brief) bool {
	return b.IsEvent() && !b.Damaged() && b.Damage&facts.NoHeadline == 0
}

var seed = maphash.MakeSeed()

// add takes a link to say the headline of the event that it points to.
func (e *Early) add(link int32, text string) {
	e.titles, e.texts = append(e.titles, link), withText(e.texts, text)
}

// withText returns a number for several texts that is that of texts that read the same,
// of the number of those before and the last.
func withText(before uint64, text string) uint64 {
	return before*mixing + maphash.String(seed, link.PlainText(text))
}

// mixing is odd, so that each text counts wherever it is.
const mixing = 0x9e3779b97f4a7c15
