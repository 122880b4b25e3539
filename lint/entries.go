package lint

import (
	"slices"
	"strconv"
	"strings"

	"newsctl/archive"
	"newsctl/archive/listing"
	"newsctl/archive/page"
)

// RemoveEntry returns what removes the related entry of a page, or the entry of a
// listing, whose link has its target at an offset, or nil.
func RemoveEntry(pg *archive.Page, target int) *Fix {
	p := &Pass{Page: pg}
	isEntry := func(l *page.Link) bool { return l != nil && l.Reference == "" && l.Target.Start == target }
	if pg.Event != nil {
		entries := pg.Event.Entries(page.RelatedSection)
		i := slices.IndexFunc(entries, func(e page.Entry) bool { return isEntry(e.Link) })
		if i < 0 || p.annotated(entries[i]) {
			return nil
		}
		return p.fix(p.removeEntries(entries, entries[i:i+1])...)
	}
	if pg.Listing == nil {
		return nil
	}
	var edits []page.Edit
	for i := range pg.Listing.Parts {
		edits = append(edits, (&listing.Indexer{}).PartEdits(pg, &pg.Listing.Parts[i], listing.ListingStyle{}, func(it *page.Item) (listing.Entry, bool) {
			return listing.Entry{}, !isEntry(it.Link)
		}, nil)...)
	}
	if len(edits) == 0 {
		return nil
	}
	return p.fix(edits...)
}

// annotated reports whether a comment is on the line above an entry. It belongs to
// the entry, and would otherwise belong to the one that takes its place.
func (p *Pass) annotated(e page.Entry) bool {
	return slices.ContainsFunc(p.Page.Comments, func(c page.Comment) bool {
		if c.End > e.Start {
			return false
		}
		between := p.Page.Text(page.Span{Start: c.End, End: e.Start})
		return strings.TrimSpace(between) == "" && strings.Count(between, "\n") == 1
	})
}

// removeEntries returns the edits that remove some of a list's entries. Of the
// others, those that were numbered consecutively still are.
func (p *Pass) removeEntries(entries, gone []page.Entry) []page.Edit {
	var edits []page.Edit
	last, before := 0, 0 // numbers of the entry before: as it will be, and as it is
	for _, e := range entries {
		n, err := strconv.Atoi(p.Page.Text(e.Number))
		number := n
		if n == before+1 {
			number = last + 1
		}
		before = n
		switch {
		case slices.ContainsFunc(gone, func(g page.Entry) bool { return g.Start == e.Start }):
			edits = append(edits, page.Edit{Span: e.Span})
			continue
		case err == nil && number != n:
			edits = append(edits, page.Edit{Span: e.Number, New: strconv.Itoa(number)})
		}
		last = number
	}
	return edits
}

// reorderEntries returns the edits that put entries in other places: the entry at i
// of to in the place of that at i of from. The numbers stay where they are.
func (p *Pass) reorderEntries(from, to []page.Entry) []page.Edit {
	var edits []page.Edit
	for i, place := range from {
		if e := to[i]; e.Start != place.Start {
			line := strings.TrimRight(p.Page.Text(e.Span), "\r\n")
			if !e.Number.Empty() && !place.Number.Empty() {
				line = line[:e.Number.Start-e.Start] + p.Page.Text(place.Number) + line[e.Number.End-e.Start:]
			}
			was := p.Page.Text(place.Span)
			edits = append(edits, page.Edit{Span: place.Span, New: line + was[len(strings.TrimRight(was, "\r\n")):]})
		}
	}
	return edits
}
