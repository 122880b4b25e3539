package git

import (
	"slices"
	"strings"
)

// Mentions returns the paths of the files that hold one of the words, as it
// stands, in byte order; perhaps also some that do not: those of the index are
// searched on disk, where that is fastest, and those that differ there are
// returned unsearched. Untracked files are not searched. A word holds no line
// end.
func (r *Repo) Mentions(version string, words []string) ([]string, error) {
	if len(words) == 0 {
		return nil, nil
	}
	args := []string{"grep", "--no-color", "--no-recurse-submodules", "-F", "-l", "-z", "-f", "-"}
	switch version {
	case WorkTree:
	case Index:
		return r.mentionsStaged(args, words)
	default:
		tree, err := r.treeOf(version)
		if err != nil {
			return nil, err
		}
		found, err := r.grep(append(args, tree), words)
		for i := range found {
			found[i] = strings.TrimPrefix(found[i], tree+":")
		}
		return found, err
	}
	return r.grep(args, words)
}

// mentionsStaged searches the work tree, and at the same time looks for what in
// it differs from the index.
func (r *Repo) mentionsStaged(args, words []string) ([]string, error) {
	type answer struct {
		paths []string
		err   error
	}
	differ := make(chan answer, 1)
	go func() {
		paths, err := r.fields("diff-files", "--name-only", "--relative", "-z")
		differ <- answer{paths, err}
	}()
	found, err := r.grep(args, words)
	other := <-differ
	if err == nil {
		err = other.err
	}
	found = append(found, other.paths...)
	slices.Sort(found)
	return slices.Compact(found), err
}

func (r *Repo) grep(args, words []string) ([]string, error) {
	cmd := r.command(args...)
	cmd.Stdin = strings.NewReader(strings.Join(words, "\n") + "\n")
	out, err := output(cmd)
	if status(err) == 1 {
		return nil, nil // none
	}
	found := split(out)
	slices.Sort(found)
	return found, err
}
