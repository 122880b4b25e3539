package edit

import (
	"fmt"
	"slices"
	"sync"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/plan"
)

// DeclareContexts plans a context line, `_Context: A, B_`, on each event at only, or on
// all if only is nil, that has contexts and does not declare them yet.
func DeclareContexts(c *contexts.Contexts, only []string) (*plan.Plan, error) {
	style := sync.OnceValue(func() archive.Habits { return c.Archive.Habits(c.Events()) })
	changes := c.Archive.NewChanges()
	wanted := archive.Among(only)
	events := slices.DeleteFunc(slices.Clone(c.Events()), func(e *archive.Brief) bool { return !wanted(e.Path) })
	archive.Parallel(len(events), func(i int) { c.Archive.Page(events[i].Path) })
	for _, e := range events {
		if c.Archive.Facts(e.Path).Contexts.There || len(c.Of(e.Path)) == 0 || !e.Quotable() {
			continue
		}
		list, err := c.List(e.Path, c.Of(e.Path), c.CommaNames)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		p := c.Archive.Page(e.Path)
		edits, err := c.Declaration(p, list, nil, style)
		if err != nil {
			return nil, err
		}
		if _, err := changes.Edit(p, edits); err != nil {
			return nil, err
		}
	}
	return plan.Guard(changes, c)
}
