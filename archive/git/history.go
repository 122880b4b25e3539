package git

import "strings"

// RenamedTo returns the path that a file, gone from the tree, was last renamed
// to, following further renames of that one. Paths are relative to root, a
// directory of the work tree. Where git knows nothing, or is not there, it is
// false: an archive need not be in git.
func RenamedTo(root, path string) (string, bool) {
	r, err := Open(root)
	if err != nil {
		return "", false
	}
	seen := map[string]bool{}
	to := path
	for !seen[to] {
		seen[to] = true
		next, ok := r.renamedOnce(to)
		if !ok {
			break
		}
		to = next
	}
	return to, to != path
}

func (r *Repo) renamedOnce(path string) (string, bool) {
	commit, err := r.run("log", "-1", "--no-merges", "--diff-filter=D", "--format=%H", "--", r.prefix+path)
	if err != nil || len(commit) == 0 {
		return "", false
	}
	fields, err := r.fields("show", "-M", "--diff-filter=R", "--name-status", "-z", "--format=", strings.TrimSpace(string(commit)))
	if err != nil {
		return "", false
	}
	for i := 0; i+2 < len(fields); i += 3 {
		if fields[i+1] == r.prefix+path {
			return strings.CutPrefix(fields[i+2], r.prefix)
		}
	}
	return "", false
}
