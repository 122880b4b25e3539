package archive

import (
	"cmp"
	"path"

	"newsctl/archive/page"
)

// anyStays reports whether a part keeps an entry.
func anyStays(part *page.Part, keep func(*page.Item) (entry, bool)) bool {
	for i := range part.Items {
		if _, stays := keep(&part.Items[i]); stays {
			return true
		}
	}
	return false
}

// dayPart returns the part of a day page that lists its events.
func dayPart(day *Page) *page.Part {
	for i := range day.Listing.Parts {
		if p := &day.Listing.Parts[i]; !p.Previous {
			return p
		}
	}
	return nil
}

// dayEntry returns what an entry of a day page is to be, for [indexer.partEdits].
func (x *indexer) dayEntry(day *Page, best map[*Page]*page.Item, style listingStyle) func(it *page.Item) (entry, bool) {
	topics := x.archive.topicsIn(day)
	return func(it *page.Item) (entry, bool) {
		e := x.listedEvent(day, it)
		switch {
		case e == nil:
			return entry{}, !x.gone(day, it)
		case best[e] != it || x.prune && x.archive.isOlderVersion(e):
			return entry{}, false
		case !e.quotable():
			return entry{}, true
		}
		out := x.entry(e, style)
		out.topic = cmp.Or(out.topic, topicOf(day, it), cmp.Or(topics[e.Path]...))
		return out, true
	}
}

// bestItems returns the item that stays for each event that a day page lists:
// the one that quotes its headline, or else the first.
func (x *indexer) bestItems(day *Page) map[*Page]*page.Item {
	best := map[*Page]*page.Item{}
	quoted := map[*Page]bool{}
	for _, it := range day.Listing.Items() {
		e := x.listedEvent(day, it)
		if e == nil {
			continue
		}
		headline, _ := e.Event.Headline()
		quotes := SameText(day.Text(it.Link.Text), headline)
		if best[e] == nil || quotes && !quoted[e] {
			best[e], quoted[e] = it, quotes
		}
	}
	return best
}

// listedEvent returns the event that an entry of a day page is of, or nil. Where
// the directory of a day was moved, the entries still lead to its old place; and
// where an event was reworded by hand, to its old name. An event of the day that
// nothing else lists is better listed than left out.
func (x *indexer) listedEvent(day *Page, it *page.Item) *Page {
	if e := x.archive.entryEvent(day, it.Link); e != nil || !x.gone(day, it) {
		return e
	}
	gone := day.Target(it.Link).Path
	if e := x.archive.eventAt(path.Join(path.Dir(day.Path), path.Base(gone))); e != nil {
		return e
	}
	if to, _ := x.archive.Suggest(gone); to != "" && !day.Lists(to) && path.Dir(to) == path.Dir(day.Path) {
		return x.archive.eventAt(to)
	}
	return nil
}

// gone reports whether an entry leads to an event that is not there.
func (x *indexer) gone(p *Page, it *page.Item) bool {
	if it.Link == nil {
		return false
	}
	t := p.Target(it.Link)
	kind, _ := Classify(t.Path)
	return t.Kind == Internal && kind == EventPage && x.archive.Page(t.Path) == nil
}
