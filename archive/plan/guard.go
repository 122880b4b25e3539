package plan

import (
	"slices"

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
	return guard(c, known, &Ahead{})
}

// guard is [Guard] of changes of which pages may have been read ahead.
func guard(c *archive.Changes, known *contexts.Contexts, ahead *Ahead) (*Plan, error) {
	if c.Restores {
		return &Plan{changes: c}, check(c.Archive, c.Sorted(), diskChecks, ahead)
	}
	if err := check(c.Archive, c.Sorted(), pageChecks, ahead); err != nil {
		return nil, err
	}
	c.FollowMoves()
	k, err := keepContexts(c, known, ahead)
	if err == nil {
		err = keepTopics(c, k)
	}
	if err == nil && len(k.declared) > 0 {
		added := slices.DeleteFunc(c.Sorted(), func(c archive.Change) bool { _, is := k.declared[c.End()]; return !is })
		err = check(c.Archive, added, pageChecks, ahead)
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

// check returns the first refusal of changes, which are in the order of paths.
func check(a *archive.Archive, changes []archive.Change, checks []pageCheck, ahead *Ahead) error {
	errs := make([]error, len(changes))
	archive.Parallel(len(changes), func(i int) {
		refused, done := ahead.check(changes[i])
		if !done {
			refused = refusal(a, changes[i], checks)
		}
		errs[i] = refused
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// refusal returns why the first of some checks refuses a change, or nil.
func refusal(a *archive.Archive, c archive.Change, checks []pageCheck) error {
	for _, check := range checks {
		if err := check(a, c); err != nil {
			return err
		}
	}
	return nil
}
