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

// PrefixOf returns [Repo.Prefix] of the repository that a directory lies in, or "."
// if it is in none.
func PrefixOf(root string) string {
	r, err := Open(root)
	if err != nil {
		return "."
	}
	return r.Prefix()
}

// Top returns the top of the work tree.
func (r *Repo) Top() string { return r.top }

// configuredHooks is the first version of git that runs hooks which its
// configuration names.
const configuredHooks = "2.54"

// ConfiguredHooks returns the commands of the hooks that git's configuration names
// for an event, and that git runs, by the names of the hooks.
func (r *Repo) ConfiguredHooks(event string) map[string]string {
	events, err := r.plain("config", "-z", "--get-regexp", `^hook\..*\.event$`)
	if err != nil || older(version(), configuredHooks) || r.isOff("hook."+event) {
		return nil
	}
	out := map[string]string{}
	for _, field := range split([]byte(events)) {
		key, value, _ := strings.Cut(field, "\n")
		hook := strings.TrimSuffix(key, ".event")
		name := strings.TrimPrefix(hook, "hook.")
		if value == "" { // takes back the events before it
			delete(out, name)
		}
		if command, _ := r.config(hook + ".command"); value == event && command != "" && !r.isOff(hook) {
			out[name] = command
		}
	}
	return out
}

// isOff reports whether the configuration says that git does not run a hook, or those
// of an event.
func (r *Repo) isOff(hook string) bool {
	enabled, ok := r.config("--type=bool", hook+".enabled")
	return ok && enabled != "true"
}

// Hooks returns the directory that git runs the repository's hooks from; it need
// not exist. The error says that there is none, or that the directory is that of
// all repositories of the user or the machine.
func (r *Repo) Hooks() (string, error) {
	out, err := r.plain("rev-parse", "--git-path", "hooks")
	if err != nil {
		return "", err
	}
	dir := filepath.FromSlash(strings.TrimSuffix(out, "\n"))
	if dir == "" {
		return "", errors.New("core.hooksPath is empty, so git runs no hooks; git config --unset core.hooksPath lets it")
	}
	_, given := r.config("core.hooksPath")
	if given && !r.setHere("core.hooksPath") {
		return "", errors.New("hooks come from " + dir + ", which core.hooksPath names for all repositories; git config core.hooksPath .git/hooks gives this one its own")
	}
	return absolute(r.top, dir), nil
}

// plain runs git as the user would, with the hooks that the configuration names:
// only to ask where they are.
func (r *Repo) plain(args ...string) (string, error) {
	out, err := output(gitCommand(r.top, r.env, args...))
	return string(out), err
}

// config returns the value of a setting, and whether there is one.
func (r *Repo) config(args ...string) (string, bool) {
	out, err := r.plain(append([]string{"config", "--get"}, args...)...)
	return strings.TrimSuffix(out, "\n"), err == nil
}

// setHere reports whether a setting is one of this repository or work tree.
func (r *Repo) setHere(key string) bool {
	for _, scope := range []string{"--local", "--worktree"} {
		if _, ok := r.config(scope, key); ok {
			return true
		}
	}
	return false
}
