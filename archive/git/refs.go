package git

import "strings"

// Refs returns the names of branches, tags and remote branches, the last changed
// first.
func (r *Repo) Refs() ([]string, error) {
	out, err := r.run("for-each-ref", "--sort=-creatordate", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
	return strings.Fields(string(out)), err
}
