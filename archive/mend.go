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
// earlier day, as rebuilding it would.
func (a *Archive) PreviousDayEdits(day *Page) []page.Edit {
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
		if part == nil {
			continue
		}
		if _, err := plan.edit(day, x.partEdits(day, part, x.style(day), asItIs, byDay[day])); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// KeepContexts plans the context lines that events need so that none of them
// forgets a context by what p does. The plan is one to carry out after p. The
// whole archive is read only if p changes what some page says of events.
func (a *Archive) KeepContexts(p *Changes) (*Changes, error) {
	after := a.After(p)
	if !a.saysLess(after, p) {
		return after.newChanges(), nil
	}
	before, now := a.Contexts(a.Paths(".")), after.Contexts(after.Paths("."))
	lost := []string{}
	for _, e := range before.events {
		names := now.known[after.Page(e.Path)]
		for name := range before.known[e] {
			if _, ok := names[name]; !ok && names != nil {
				names.add(name)
				lost = append(lost, e.Path)
			}
		}
	}
	return now.declareAll(lost)
}

// saysLess reports whether a page that a plan changes no longer says something
// of an event's contexts that it said before.
func (a *Archive) saysLess(after *Archive, p *Changes) bool {
	for _, path := range p.Paths() {
		now := after.said(path)
		for said := range a.said(path) {
			if !now[said] {
				return true
			}
		}
	}
	return false
}

// said returns what a page says of events' contexts, each list as it is written.
func (a *Archive) said(path string) map[[2]string]bool {
	p := a.Page(path)
	out := map[[2]string]bool{}
	(&Contexts{archive: a}).records(p, func(e *Page, list *page.Contexts) {
		out[[2]string{e.Path, p.Text(list.Names)}] = true
	})
	return out
}
