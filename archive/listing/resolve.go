package listing

import (
	"fmt"

	"newsctl/archive"
	"newsctl/archive/mergefile"
	"newsctl/archive/page"
)

// resolveConflicts plans to resolve the merge conflicts of listings, and returns the days of
// those whose conflicts are all about entries, and why others are left.
func resolveConflicts(a *archive.Archive, paths []string) (plan *archive.Changes, days []archive.Date, left []string) {
	plan = a.NewChanges()
	for _, p := range paths {
		pg := a.Page(p)
		if pg == nil || len(pg.Conflicts) == 0 || pg.Kind == archive.EventPage || pg.Kind == archive.OtherPage {
			continue
		}
		after, conflicts := mergefile.Resolve(pg.Source, p, mergefile.Options{Labels: a.Config().Labels})
		if conflicts > 0 || len(page.ParseCopy(after).Conflicts) > 0 {
			line, _ := pg.Position(pg.Conflicts[0].Start)
			left = append(left, fmt.Sprintf("%s:%d: the conflict is not about entries alone; resolve it by hand", p, line))
			continue
		}
		plan.All = append(plan.All, archive.Change{Path: p, From: archive.Held(pg.Source), After: archive.Held(after), Resolves: true})
		if _, d := archive.Classify(p); d.Exists() {
			days = append(days, d)
		}
	}
	return plan, days, left
}

// completeMerge plans to resolve the merge conflicts of listings, and then what steps
// do. It returns the days to rebuild, and why conflicts are left.
func completeMerge(a *archive.Archive, paths []string, steps []func(*archive.Archive) (*archive.Changes, error)) (changes *archive.Changes, days []archive.Date, left []string, err error) {
	changes, days, left = resolveConflicts(a, paths)
	for _, complete := range steps {
		step, err := complete(a.After(changes))
		if err != nil {
			return nil, nil, nil, err
		}
		changes.Then(step)
	}
	return changes, days, left, nil
}
