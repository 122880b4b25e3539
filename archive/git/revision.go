package git

import (
	"fmt"
	"strings"
)

// treeOf returns the id of the tree of a revision: that of the whole work tree,
// also where the archive lies below its top.
func (r *Repo) treeOf(revision string) (string, error) {
	id, err := r.resolve(revision, "tree")
	if err != nil && revision == "HEAD" && r.unborn() {
		id, err = r.emptyTree()
	}
	return id, err
}

// resolve returns the id of what a revision names, a commit or a tree.
func (r *Repo) resolve(revision, kind string) (string, error) {
	if strings.HasPrefix(revision, "-") {
		return "", r.unknown(revision)
	}
	out, err := r.run("rev-parse", "--quiet", "--verify", revision+"^{"+kind+"}")
	if s := status(err); s == 1 || s == fatalStatus {
		return "", r.unknown(revision)
	}
	return strings.TrimSpace(string(out)), err
}

// unknown says that git does not know a revision, and why that may be.
func (r *Repo) unknown(revision string) error {
	if r.shallow() {
		return fmt.Errorf("git does not know revision %q; this is a shallow clone: fetch more history, as with git fetch --unshallow or fetch-depth: 0 in CI", revision)
	}
	return fmt.Errorf("git does not know revision %q; git branch -a and git log list what there is", revision)
}

// shallow reports whether the history of the repository is cut off.
func (r *Repo) shallow() bool {
	out, err := r.run("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

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
	switch {
	case status(err) != 1:
		return strings.TrimSpace(string(out)), err
	case r.shallow():
		return "", fmt.Errorf("%s and %s have no commit in common as far as this shallow clone goes back; fetch more history, as with git fetch --unshallow or fetch-depth: 0 in CI", a, b)
	}
	return "", fmt.Errorf("%s and %s have no commit in common", a, b)
}

// unborn reports whether there is no commit yet on the branch that is checked
// out.
func (r *Repo) unborn() bool {
	if _, err := r.run("rev-parse", "--quiet", "--verify", "HEAD"); err == nil {
		return false
	}
	_, err := r.run("symbolic-ref", "--quiet", "HEAD")
	return err == nil
}

func (r *Repo) emptyTree() (string, error) {
	out, err := r.run("hash-object", "-t", "tree", "--stdin")
	return strings.TrimSpace(string(out)), err
}
