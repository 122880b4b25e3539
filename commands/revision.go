package commands

import (
	"cmp"
	"fmt"
	"strings"

	"newsctl/archive/git"
)

// versions are the two versions of an archive that a command line names.
type versions struct {
	from, to  string
	sinceFork bool // the change starts where the two parted
}

// parseRange reads a range as git diff does: REV..REV, or REV...REV for the change
// since the two parted. An end that is omitted is empty.
func parseRange(arg string) (v versions, isRange bool) {
	v.from, v.to, isRange = strings.Cut(arg, "..")
	v.to, v.sinceFork = strings.CutPrefix(v.to, ".")
	return v, isRange
}

// parseSince reads what a change on disk started from. A revision alone, as REV...,
// is the commit where HEAD parted from it; REV.. is the revision itself.
func parseSince(arg string) versions {
	v, isRange := parseRange(arg)
	if !isRange {
		v = versions{from: arg, sinceFork: true}
	}
	v.from, v.to = cmp.Or(v.from, "HEAD"), cmp.Or(v.to, git.WorkTree)
	return v
}

// start returns the version that the change starts from.
func (v versions) start(repo *git.Repo) (string, error) {
	if !v.sinceFork || v.from == "HEAD" {
		return v.from, nil
	}
	other := v.to
	if other == git.WorkTree {
		other = "HEAD"
	}
	base, err := repo.MergeBase(v.from, other)
	if err != nil {
		return "", fmt.Errorf("%w; %s.. names %s itself", err, v.from, v.from)
	}
	return base, nil
}
