package archive

import (
	"slices"

	"newsctl/archive/page"
)

// Edit plans edits of pages, by their paths. Where no page is, one is created of
// what is inserted.
func (a *Archive) Edit(edits map[string][]page.Edit) (*Changes, error) {
	plan := a.newChanges()
	paths := make([]string, 0, len(edits))
	for p := range edits {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		if pg := a.Page(p); pg != nil {
			if _, err := plan.edit(pg, edits[p]); err != nil {
				return nil, err
			}
			continue
		}
		data, err := page.Apply(nil, edits[p])
		if err != nil {
			return nil, err
		}
		plan.create(p, data)
	}
	return plan, nil
}

// PreviousDayEdits returns the edits that make a day page lead to the nearest
// earlier day, as rebuilding it would, or none if the page is damaged.
func (a *Archive) PreviousDayEdits(day *Page) []page.Edit {
	if day.Damage() != nil {
		return nil
	}
	return a.newIndexer(nil).previousEdits(day)
}

// CopyAdds reports whether the copy of a day page or of the front page lists
// something that the page does not.
func (a *Archive) CopyAdds(copied, original *Page) bool {
	p := &Page{Path: original.Path, Kind: original.Kind, Date: original.Date}
	a.fill(p, copied.Source)
	return slices.ContainsFunc(p.Listing.Items(), func(it *page.Item) bool {
		return it.Link != nil && !original.Lists(p.Target(it.Link).Path)
	})
}

// List plans to list events last on the pages of their days, as far as those are
// there and have a heading to list events below. Paths are those of all pages of
// the archive.
func (a *Archive) List(paths []string, events []*Page) (*Changes, error) {
	x := a.newIndexer(a.Contexts(paths))
	byDay := map[*Page][]entry{}
	var days []*Page
	for _, e := range events {
		day := a.dayPage(e.Date)
		if day == nil {
			continue
		}
		if byDay[day] == nil {
			days = append(days, day)
		}
		byDay[day] = append(byDay[day], x.entry(e, x.style(day)))
	}
	plan := a.newChanges()
	for _, day := range days {
		part := dayPart(day)
		if part == nil || day.Damage() != nil {
			continue
		}
		if _, err := plan.edit(day, x.partEdits(day, part, x.style(day), asItIs, byDay[day])); err != nil {
			return nil, err
		}
	}
	return plan, nil
}
