package git

import (
	"errors"
	"slices"
	"strings"
)

// diffWorkTree compares a tree with the work tree.
func (r *Repo) diffWorkTree(tree string) (diff, error) {
	settings, err := r.withoutDrivers("filter", "clean=", "process=", "required=false")
	if err != nil {
		return diff{}, err
	}
	d, err := r.diff(append(slices.Clone(settings), tree)...)
	var open unresolved
	if err != nil && !errors.As(err, &open) {
		return diff{}, err
	}
	same := r.unchanged(settings, d.touched)
	d.changes = slices.DeleteFunc(d.changes, func(c Change) bool { return same[c.To] })
	untracked, unlisted := r.Untracked()
	for _, p := range untracked {
		d.changes = append(d.changes, Change{To: p})
	}
	slices.SortFunc(d.changes, byPath)
	return d, errors.Join(err, unlisted)
}

// Untracked returns the paths of the files of the archive that are not in the index,
// and that git does not ignore.
func (r *Repo) Untracked() ([]string, error) {
	all, err := r.fields(r.limited("ls-files", "--others", "--exclude-standard", "-z")...)
	var out []string
	for _, p := range all {
		p, ok := strings.CutPrefix(p, r.prefix)
		if ok && !strings.HasSuffix(p, "/") { // a repository of its own
			out = append(out, p)
		}
	}
	return out, err
}

// unchanged returns the paths of files that hold what they held, of those that git
// takes for changed since their times changed. To find out, git would write its
// index.
func (r *Repo) unchanged(settings []string, touched []entry) map[string]bool {
	touched = slices.DeleteFunc(touched, func(e entry) bool { return !isPlainLine(e.name) })
	if len(touched) == 0 {
		return nil
	}
	var paths strings.Builder
	for _, e := range touched {
		paths.WriteString(r.prefix + e.name + "\n")
	}
	cmd := r.command(append(slices.Clone(settings), "hash-object", "--stdin-paths")...)
	cmd.Stdin = strings.NewReader(paths.String())
	out, err := output(cmd)
	ids := strings.Fields(string(out))
	if err != nil || len(ids) != len(touched) {
		return nil // they count as changed
	}
	same := map[string]bool{}
	for i, e := range touched {
		same[e.name] = ids[i] == e.id
	}
	return same
}

// isPlainLine reports whether git reads a path on a line of its own as it is.
func isPlainLine(path string) bool {
	return !strings.HasPrefix(path, `"`) && !strings.Contains(path, "\n")
}
