package git

import (
	"fmt"
	"slices"
	"strings"
)

// Change is a file that differs between two versions: its path before and after.
// One that was added has no From, one that was removed no To; they are equal
// where only the contents changed.
type Change struct{ From, To string }

// Changes returns the files that differ between two versions, in byte order of
// their paths, renames detected. From is a revision, to a revision, [Index], or
// [WorkTree]: then files that git does not track, but does not ignore either,
// are added ones.
func (r *Repo) Changes(from, to string) ([]Change, error) {
	args := []string{"diff", "--raw", "-z", "-M", "--relative", "--no-ext-diff", "--ignore-submodules"}
	if to == Index {
		args = append(args, "--cached")
	}
	var trees []string
	if from != "HEAD" || to != Index { // which is what git compares by itself
		trees = append(trees, from)
	}
	if to != Index && to != WorkTree {
		trees = append(trees, to)
	}
	for _, revision := range trees {
		tree, err := r.treeOf(revision)
		if err != nil {
			return nil, err
		}
		args = append(args, tree)
	}
	fields, err := r.fields(append(args, "--")...)
	if err != nil {
		return nil, err
	}
	changes, err := parseRaw(fields)
	if err == nil && to == WorkTree {
		changes, err = r.addUntracked(changes)
	}
	slices.SortFunc(changes, byPath)
	return changes, err
}

func byPath(a, b Change) int {
	return strings.Compare(a.path(), b.path())
}

// path is the path of a change after it, or before it if there is none.
func (c Change) path() string {
	if c.To == "" {
		return c.From
	}
	return c.To
}

// parseRaw reads the raw form of a diff: for each change a line of modes and
// ids that ends with a letter, and one path, or two for a rename.
func parseRaw(fields []string) ([]Change, error) {
	var out []Change
	var conflicts []string
	for len(fields) >= 2 {
		head, path := fields[0], fields[1]
		fields = fields[2:]
		switch letter := head[strings.LastIndexByte(head, ' ')+1:]; letter[:min(1, len(letter))] {
		case "A":
			out = append(out, Change{To: path})
		case "D":
			out = append(out, Change{From: path})
		case "M", "T":
			out = append(out, Change{path, path})
		case "U":
			conflicts = append(conflicts, path)
		case "R":
			if len(fields) == 0 {
				return nil, fmt.Errorf("git diff: %q has no new path", head)
			}
			out = append(out, Change{path, fields[0]})
			fields = fields[1:]
		default:
			return nil, fmt.Errorf("git diff: %q is no change that is known", head)
		}
	}
	if len(conflicts) > 0 {
		slices.Sort(conflicts)
		return nil, unresolved(slices.Compact(conflicts))
	}
	return out, nil
}

func (r *Repo) addUntracked(changes []Change) ([]Change, error) {
	untracked, err := r.fields("ls-files", "--others", "--exclude-standard", "-z")
	for _, p := range untracked {
		if !strings.HasSuffix(p, "/") { // a repository of its own
			changes = append(changes, Change{To: p})
		}
	}
	return changes, err
}
