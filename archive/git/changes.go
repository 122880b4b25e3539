package git

import (
	"errors"
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
	if from == "HEAD" && to == Index {
		staged, err := r.staged()
		return slices.Clone(staged.changes), err
	}
	tree, err := r.treeOf(from)
	if err != nil {
		return nil, err
	}
	var d diff
	switch to {
	case WorkTree:
		d, err = r.diffWorkTree(tree)
	case Index:
		d, err = r.diff("--cached", tree)
	default:
		var other string
		if other, err = r.treeOf(to); err == nil {
			d, err = r.diffTrees(tree, other)
		}
		if errors.Is(err, errRenames) {
			d, err = r.diff(tree, other)
		}
	}
	if err != nil {
		return nil, err
	}
	return d.changes, nil
}

// AnyStaged reports whether anything in the whole repository is staged.
func (r *Repo) AnyStaged() (bool, error) {
	_, err := r.run("diff", "--cached", "--quiet", "--no-ext-diff", "--")
	if status(err) == 1 {
		return true, nil
	}
	return false, err
}

// diff is what differs between two versions.
type diff struct {
	changes []Change // in byte order of their paths
	entries []entry  // what is at the changed paths, named by them, in their byte order
	touched []entry  // what was there before, where git did not read what is there
}

// diff compares two versions. The first arguments may be settings.
func (r *Repo) diff(args ...string) (diff, error) {
	settings := 0
	for settings < len(args) && args[settings] == "-c" {
		settings += 2
	}
	all := append(slices.Clone(args[:settings]), "diff", "--raw", "--no-abbrev", "-z", "-M", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty")
	if r.prefix != "" {
		all = append(all, "--relative="+r.prefix)
	}
	fields, err := r.fields(append(append(all, args[settings:]...), "--")...)
	if err != nil {
		return diff{}, err
	}
	d, err := parseRaw(fields)
	var open unresolved
	if err != nil && !errors.As(err, &open) {
		return diff{}, err
	}
	slices.SortFunc(d.changes, byPath)
	slices.SortFunc(d.entries, byName)
	return d, err
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

// parseRaw reads the raw form of a diff, for each change
//
//	:<mode> <mode> <id> <id> <letter>
//
// and one path, or two for a rename.
func parseRaw(fields []string) (diff, error) {
	var out diff
	var conflicts []string
	for len(fields) >= 2 {
		head, path := strings.Fields(strings.TrimPrefix(fields[0], ":")), fields[1]
		fields = fields[2:]
		if len(head) != 5 {
			return diff{}, fmt.Errorf("git diff: %q is not understood", head)
		}
		now := entry{path, head[1], head[3]}
		switch head[4][0] {
		case 'A':
			out.changes = append(out.changes, Change{To: path})
		case 'D':
			out.changes = append(out.changes, Change{From: path})
			now.mode = ""
		case 'M', 'T':
			out.changes = append(out.changes, Change{path, path})
			if head[0] == head[1] && strings.HasPrefix(now.mode, "100") && strings.Trim(now.id, "0") == "" {
				out.touched = append(out.touched, entry{path, head[0], head[2]})
			}
		case 'U':
			conflicts = append(conflicts, path)
		case 'R':
			if len(fields) == 0 {
				return diff{}, fmt.Errorf("git diff: %q has no new path", head)
			}
			out.changes = append(out.changes, Change{path, fields[0]})
			out.entries = append(out.entries, entry{name: path})
			now.name, fields = fields[0], fields[1:]
		default:
			return diff{}, fmt.Errorf("git diff: %q is not understood", head)
		}
		out.entries = append(out.entries, now)
	}
	if len(conflicts) > 0 {
		slices.Sort(conflicts)
		return out, unresolved(slices.Compact(conflicts))
	}
	return out, nil
}

// unresolved are the paths of files with conflicts.
type unresolved []string

func (u unresolved) Error() string {
	return fmt.Sprintf("conflicts are not resolved yet, in\n   %s\nresolve them, and git add the files", strings.Join(u, "\n   "))
}
