package git

import (
	"fmt"
	"strings"
)

// MergeBase returns the id of the last commit that two revisions have in
// common.
func (r *Repo) MergeBase(a, b string) (string, error) {
	ids := []string{a, b}
	for i, revision := range ids {
		id, err := r.resolve(revision, "commit")
		if err != nil {
			return "", err
		}
		ids[i] = id
	}
	out, err := r.run("merge-base", ids[0], ids[1])
	if status(err) == 1 {
		return "", fmt.Errorf("%s and %s have no commit in common", a, b)
	}
	return strings.TrimSpace(string(out)), err
}
