// Package git asks git what it knows of an archive's tree. It runs the git
// program, reads only, and never fails louder than by not knowing: an archive
// need not be in git.
package git

import (
	"bytes"
	"os/exec"
	"strings"
)

// RenamedTo returns the path that a file, gone from the tree, was last renamed
// to, following further renames of that one. Paths are relative to root, a
// folder of the work tree.
func RenamedTo(root, path string) (string, bool) {
	seen := map[string]bool{}
	to := path
	for !seen[to] {
		seen[to] = true
		next, ok := renamedOnce(root, to)
		if !ok {
			break
		}
		to = next
	}
	return to, to != path
}

func renamedOnce(root, path string) (string, bool) {
	commit, err := run(root, "log", "-1", "--no-merges", "--diff-filter=D", "--format=%H", "--", path)
	if err != nil || len(commit) == 0 {
		return "", false
	}
	changes, err := run(root, "show", "-M", "--diff-filter=R", "--name-status", "--relative", "-z", "--format=", strings.TrimSpace(string(commit)))
	if err != nil {
		return "", false
	}
	fields := bytes.Split(changes, []byte{0})
	for i := 0; i+2 < len(fields); i += 3 {
		if string(fields[i+1]) == path {
			return string(fields[i+2]), true
		}
	}
	return "", false
}

func run(root string, args ...string) ([]byte, error) {
	return exec.Command("git", append([]string{"--literal-pathspecs", "-C", root}, args...)...).Output()
}
