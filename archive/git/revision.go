package git

import (
	"fmt"
	"strings"
)

// treeOf returns the id of the tree of a revision: that of the whole work tree,
// also where the archive lies below its top.
func (r *Repo) treeOf(revision string) (string, error) {
	if isPlainLine(revision) && !strings.HasPrefix(revision, "-") {
		if id, _, err := r.object(revision + "^{tree}"); err == nil { // asked of a process that runs
			return id, nil
		}
	}
	id, err := r.resolve(revision, "tree") // which says what is wrong
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
		return fmt.Errorf("unknown revision %q; this is a shallow clone: fetch more history, as with git fetch --unshallow or fetch-depth: 0 in CI", revision)
	}
	return fmt.Errorf("unknown revision %q; see git log and git branch -a", revision)
}

// shallow reports whether the history of the repository is cut off.
func (r *Repo) shallow() bool {
	out, err := r.run("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// MergeBase returns the last commit that two revisions have in common. A revision
// that is not a commit but a tree is its own, and so is any before the first commit.
func (r *Repo) MergeBase(a, b string) (string, error) {
	if strings.HasPrefix(a, "-") || strings.HasPrefix(b, "-") {
		return "", r.unknown(a + " or " + b)
	}
	out, err := r.run("merge-base", a, b)
	switch {
	case err == nil:
		return strings.TrimSpace(string(out)), nil
	case status(err) == 1 && r.shallow():
		return "", fmt.Errorf("%s and %s have no commit in common as far as this shallow clone goes back: fetch more history, as with git fetch --unshallow or fetch-depth: 0 in CI", a, b)
	case status(err) == 1:
		return "", fmt.Errorf("%s and %s have no commit in common", a, b)
	}
	for _, revision := range []string{a, b} {
		if _, err := r.resolve(revision, "commit"); err == nil || revision == "HEAD" && r.unborn() {
			continue
		}
		_, err := r.resolve(revision, "tree")
		return revision, err
	}
	return a, nil
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

// Refs returns the names of branches, tags and remote branches, the last changed
// first.
func (r *Repo) Refs() ([]string, error) {
	out, err := r.run("for-each-ref", "--sort=-creatordate", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
	return strings.Fields(string(out)), err
}
