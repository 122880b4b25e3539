package listing

import (
	"cmp"
	"path"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// anyStays reports whether a part keeps an entry.
func anyStays(part *page.Part, keep func(*page.Item) (Entry, bool)) bool {
	for i := range part.Items {
		if _, stays := keep(&part.Items[i]); stays {
			return true
		}
	}
	return false
}

// dayPart returns the part of a day page that lists its events.
func dayPart(day *archive.Page) *page.Part {
	for i := range day.Listing.Parts {
		if p := &day.Listing.Parts[i]; !p.Previous {
			return p
		}
	}
	return nil
}

// dayEntry returns what an entry of a day page is to be, for [indexer.partEdits].
func (x *Indexer) dayEntry(day *archive.Page, best map[*archive.Page]*page.Item, style ListingStyle) func(it *page.Item) (Entry, bool) {
	topics := plan.TopicsIn(x.Archive, day)
	return func(it *page.Item) (Entry, bool) {
		e := x.listedEvent(day, it)
		switch {
		case e == nil:
			return Entry{}, !x.gone(day, it)
		case best[e] != it || x.prune && x.Archive.IsPreviousVersion(e):
			return Entry{}, false
		case !e.Quotable():
			return Entry{}, true
		}
		out := x.entry(e, style)
		out.Topic = cmp.Or(out.Topic, archive.TopicOf(day, it), cmp.Or(topics[e.Path]...))
		return out, true
	}
}

// bestItems returns the item that stays for each event that a day page lists:
// the one that quotes its headline, or else the first.
func (x *Indexer) bestItems(day *archive.Page) map[*archive.Page]*page.Item {
	best := map[*archive.Page]*page.Item{}
	quoted := map[*archive.Page]bool{}
	for _, it := range day.Listing.Items() {
		e := x.listedEvent(day, it)
		if e == nil {
			continue
		}
		headline, _ := e.Event.Headline()
		quotes := link.SameText(day.Text(it.Link.Text), headline)
		if best[e] == nil || quotes && !quoted[e] {
			best[e], quoted[e] = it, quotes
		}
	}
	return best
}

// listedEvent returns the event that an entry of a day page is of, or nil. Where
// the directory of a day was moved, the entries still point to its old place; and
// where an event was reworded by hand, to its old name. An event of the day that
// nothing else lists is better listed than omitted.
func (x *Indexer) listedEvent(day *archive.Page, it *page.Item) *archive.Page {
	if e := x.Archive.EntryEvent(day, it.Link); e != nil || !x.gone(day, it) {
		return e
	}
	gone := day.Target(it.Link).Path
	if e := x.Archive.EventAt(path.Join(path.Dir(day.Path), path.Base(gone))); e != nil {
		return e
	}
	if to, _ := x.Archive.Suggest(gone); to != "" && !day.Lists(to) && path.Dir(to) == path.Dir(day.Path) {
		return x.Archive.EventAt(to)
	}
	return nil
}

// gone reports whether an entry points to an event that is not there.
func (x *Indexer) gone(p *archive.Page, it *page.Item) bool {
	if it.Link == nil {
		return false
	}
	t := p.Target(it.Link)
	kind, _ := archive.Classify(t.Path)
	return t.Kind == archive.Internal && kind == archive.EventPage && x.Archive.Page(t.Path) == nil
}
