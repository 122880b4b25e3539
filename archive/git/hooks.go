package git

import (
	"errors"
	"path/filepath"
	"strings"
)

// Prefix returns the archive's root below the top of the work tree, with
// slashes, or "." where the archive is the whole of it.
func (r *Repo) Prefix() string {
	if r.prefix == "" {
		return "."
	}
	return strings.TrimSuffix(r.prefix, "/")
}

// Hooks returns the folder that git runs the repository's hooks from; it need
// not exist. The error tells people that there is none, or that the folder is
// that of all repositories of the user or the machine.
func (r *Repo) Hooks() (string, error) {
	top := r.root
	for range strings.Count(r.prefix, "/") {
		top = filepath.Dir(top)
	}
	// Without the setting, git config ends with 1 and says nothing.
	scope, err := r.run("config", "--show-scope", "--get", "core.hooksPath")
	if err != nil && status(err) != 1 {
		return "", err
	}
	out, err := r.run("-C", top, "rev-parse", "--git-path", "hooks")
	if err != nil {
		return "", err
	}
	dir := filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))
	if dir == "" {
		return "", errors.New("core.hooksPath is empty, so git runs no hooks; git config --unset core.hooksPath lets it")
	}
	if from, _, _ := strings.Cut(string(scope), "\t"); from == "global" || from == "system" {
		return "", errors.New("hooks come from " + dir + ", which core.hooksPath names for all repositories; git config core.hooksPath .git/hooks gives this one its own")
	}
	return absolute(top, dir), nil
}
