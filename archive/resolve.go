package archive

import (
	"fmt"

	"newsctl/archive/mergefile"
	"newsctl/archive/page"
)

// resolveConflicts plans to resolve the merge conflicts of listings, and returns the days of
// those whose conflicts are all about entries, and why others are left.
func (a *Archive) resolveConflicts(paths []string) (plan *Changes, days []Date, left []string) {
	plan = a.newChanges()
	for _, p := range paths {
		pg := a.Page(p)
		if pg == nil || len(pg.Conflicts) == 0 || pg.Kind == EventPage || pg.Kind == OtherPage {
			continue
		}
		after, conflicts := mergefile.Resolve(pg.Source, p, mergefile.Options{Labels: a.config.Labels})
		if conflicts > 0 || len(page.ParseCopy(after).Conflicts) > 0 {
			line, _ := pg.Position(pg.Conflicts[0].Start)
			left = append(left, fmt.Sprintf("%s:%d: the conflict is not about entries alone; resolve it by hand", p, line))
			continue
		}
		plan.all = append(plan.all, planned{path: p, from: pg.Source, after: after, resolves: true})
		if _, d := Classify(p); d.exists() {
			days = append(days, d)
		}
	}
	return plan, days, left
}
