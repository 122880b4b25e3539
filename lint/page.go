package lint

import (
	"fmt"
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// CheckPage returns the findings of [Run] on one page, and what was read of the
// archive to find them: as long as nothing of that changes, they stay the same.
func CheckPage(a *archive.Archive, p string, config Config) ([]Finding, *archive.Reads) {
	reads := &archive.Reads{}
	pg := a.Page(p)
	if pg == nil || pg.Err != nil {
		return nil, reads
	}
	config.Whole = false
	found := newLinter(a, config, Rules()).over(a.Recording(reads)).page(pg)
	slices.SortFunc(found, compare)
	return found, reads
}

// CheckTooLarge returns the findings on the page at a path if it had more bytes than a
// page that is read.
func CheckTooLarge(a *archive.Archive, p string, config Config) []Finding {
	pg := &archive.Page{Path: p, Page: &page.Page{}, Fault: archive.TooLarge}
	pg.Kind, pg.Date = archive.Classify(p)
	return newLinter(a, config, Rules()).page(pg)
}

// PlanFix plans the fix of one finding on an archive of which all facts are loaded;
// known are its contexts. No event forgets a context.
func PlanFix(a *archive.Archive, f Finding, known *contexts.Contexts) (*plan.Plan, error) {
	if f.Fix == nil {
		return nil, fmt.Errorf("%s needs a person to fix it", f.Rule)
	}
	if f.Fix.ListEvent == "" {
		changes, err := a.Edit(map[string][]page.Edit{f.Fix.Path: f.Fix.Edits})
		if err != nil {
			return nil, err
		}
		return plan.Guard(changes, known)
	}
	changes, err := listing.List(a, a.Paths("."), []*archive.Page{a.Page(f.Fix.ListEvent)})
	if err != nil {
		return nil, err
	}
	return plan.Guard(changes, known)
}
