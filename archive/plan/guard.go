package plan

import (
	"newsctl/archive"
	"newsctl/archive/contexts"
)

// Guard returns changes as a [Plan], the only form in which they can be shown,
// saved or committed: no command can write what was not checked here. It is an
// error if a check refuses them; then nothing is written. Known are the contexts of
// the archive before the changes, or nil where the caller did not need them.
//
// Operations of this package call it last and return the plan. lint --fix merges
// several changes and calls it once, and a saved plan is checked again when it is
// read. There are two kinds of checks:
//
//   - A page check checks each page that is written, and may refuse it. To add
//     one, write a [pageCheck] in a file of its own and list it in [pageChecks].
//   - The context check and the topic check compare what every event is about
//     before and after. The first adds context lines where a context would be lost,
//     and refuses what cannot be written down. What it adds is checked as well.
//
// Of changes that make pages what they were, only the place of each page is checked.
func Guard(c *archive.Changes, known *contexts.Contexts) (*Plan, error) {
	if c.Restores {
		return &Plan{changes: c}, check(c, diskChecks)
	}
	if err := check(c, pageChecks); err != nil {
		return nil, err
	}
	c.FollowMoves()
	k, err := keepContexts(c, known)
	if err == nil {
		err = keepTopics(c, k)
	}
	if err == nil && len(k.declared) > 0 {
		err = check(c, pageChecks) // of the pages that were added
	}
	if err != nil {
		return nil, err
	}
	return &Plan{changes: c, Declared: k.declared}, nil
}

// pageCheck returns an error if the change of one page may not be made: the page,
// what is wrong with it, and what to do. The archive is as it is before all changes.
type pageCheck func(a *archive.Archive, c archive.Change) error

// pageChecks are all page checks. The first that refuses is reported.
var pageChecks = append([]pageCheck{archive.CheckConflict}, diskChecks...)

// diskChecks are those that are about the place of a page, not about what it says.
var diskChecks = []pageCheck{placeCheck, sizeCheck, diskCheck}

// check returns the first refusal, in the order of paths.
func check(p *archive.Changes, checks []pageCheck) error {
	changes := p.Sorted()
	errs := make([]error, len(changes))
	archive.Parallel(len(changes), func(i int) {
		for _, check := range checks {
			if errs[i] = check(p.Archive, changes[i]); errs[i] != nil {
				return
			}
		}
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
