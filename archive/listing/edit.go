package listing

import (
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
)

// PreviousDayEdits returns the edits that make a day page point to the nearest
// earlier day, as rebuilding it would, or none if the page is damaged.
func PreviousDayEdits(a *archive.Archive, day *archive.Page) []page.Edit {
	if day.Damage() != nil {
		return nil
	}
	return NewIndexer(a, nil).previousEdits(day)
}

// CopyAdds reports whether the copy of a day page or of the front page lists
// something that the page does not.
func CopyAdds(a *archive.Archive, copied, original *archive.Page) bool {
	p := &archive.Page{Path: original.Path, Kind: original.Kind, Date: original.Date}
	a.Fill(p, copied.Source)
	return slices.ContainsFunc(p.Listing.Items(), func(it *page.Item) bool {
		return it.Link != nil && !original.Lists(p.Target(it.Link).Path)
	})
}

// List plans to list events last on the pages of their days, as far as those are
// there and have a heading to list events below. Paths are those of all pages of
// the archive.
func List(a *archive.Archive, paths []string, events []*archive.Page) (*archive.Changes, error) {
	x := NewIndexer(a, contexts.OfAll(a, paths))
	byDay := map[*archive.Page][]Entry{}
	var days []*archive.Page
	for _, e := range events {
		day := a.DayPage(e.Date)
		if day == nil {
			continue
		}
		if byDay[day] == nil {
			days = append(days, day)
		}
		byDay[day] = append(byDay[day], x.entry(e, x.style(day)))
	}
	plan := a.NewChanges()
	for _, day := range days {
		part := dayPart(day)
		if part == nil || day.Damage() != nil {
			continue
		}
		if _, err := plan.Edit(day, x.PartEdits(day, part, x.style(day), asItIs, byDay[day])); err != nil {
			return nil, err
		}
	}
	return plan, nil
}
