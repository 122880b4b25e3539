package git

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
)

// headVariable matches the variables in which git merge passes on what it merges, to
// drivers and hooks: MERGE_HEAD is not there yet when these run.
var headVariable = regexp.MustCompile(`^GITHEAD_([0-9a-f]{40,64})=`)

// MergeHead returns the commit that git merge is merging, in a driver or a hook that it
// runs, or nothing.
func MergeHead() string {
	for _, v := range os.Environ() {
		if m := headVariable.FindStringSubmatch(v); m != nil {
			return m[1]
		}
	}
	return ""
}

// merging returns the revision that is being merged, or was merged last, and that into
// which it is merged: by a merge, by a cherry-pick or a rebase that stopped, or by the
// merge commit that is HEAD. It returns false if there is none.
func (r *Repo) merging() (rev, into string, ok bool) {
	if rev = MergeHead(); rev != "" {
		return rev, "HEAD", true
	}
	for _, rev := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD"} {
		if _, err := r.resolve(rev, "commit"); err == nil {
			return rev, "HEAD", true
		}
	}
	_, err := r.resolve("HEAD^2", "commit")
	return "HEAD^2", "HEAD^1", err == nil
}

// MergedSince returns the commit that both sides of the merge at hand were made from,
// and what became of its files in the work tree, those with conflicts included. The
// merge at hand is one that git is making, or the one that made HEAD. Without one, the
// commit is empty.
func (r *Repo) MergedSince() (base string, changes []Change, err error) {
	rev, into, ok := r.merging()
	if !ok {
		return "", nil, nil
	}
	if base, err = r.MergeBase(into, rev); err != nil {
		return "", nil, nil // of two histories, nothing was renamed
	}
	tree, err := r.treeOf(base)
	if err != nil {
		return "", nil, err
	}
	d, err := r.diffWorkTree(tree)
	var open unresolved
	if err != nil && !errors.As(err, &open) {
		return "", nil, err
	}
	return base, d.changes, nil
}

// RemovedInConflict returns the paths of files that one side of a merge removed and the
// other changed, as long as git lists them as conflicts.
func (r *Repo) RemovedInConflict() ([]string, error) {
	fields, err := r.fields(r.limited("ls-files", "--unmerged", "-z")...)
	if err != nil {
		return nil, err
	}
	stages := map[string]string{}
	for _, f := range fields { // <mode> <id> <stage> TAB <path>
		head, p, _ := strings.Cut(f, "\t")
		if p, below := strings.CutPrefix(p, r.prefix); below && head != "" {
			stages[p] += head[len(head)-1:]
		}
	}
	var out []string
	for p, s := range stages {
		if s == "12" || s == "13" {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out, nil
}
