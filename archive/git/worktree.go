package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// worktree is the top of a work tree, and the environment in which git finds it.
type worktree struct {
	top string
	env []string
}

// resolveDir returns a directory with symbolic links resolved, as far as it
// exists, and the nearest directory upwards that does.
func resolveDir(dir string) (resolved, there string, err error) {
	rest := ""
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		there, err = filepath.EvalSymlinks(at)
		if err == nil {
			if info, err := os.Stat(there); err == nil && info.IsDir() {
				return filepath.Join(there, rest), there, nil
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", "", err
		}
		if at == filepath.Dir(at) {
			return "", "", err
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// below returns a path relative to a directory, with slashes, and whether it lies
// in it.
func below(dir, p string) (string, bool) {
	rel, err := filepath.Rel(dir, p)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// findWorkTree returns the work tree that a directory lies in.
func findWorkTree(dir string) (worktree, error) {
	found := worktree{dir, withoutRepoVars(os.Environ())}
	var err error
	if !isTop(dir) {
		found, err = discover(dir, found.env)
	}
	given, ok, envErr := fromEnvironment(dir)
	if ok && (err != nil || len(given.top) >= len(found.top)) {
		return given, nil
	}
	return found, errors.Join(envErr, err)
}

// isTop reports whether a directory plainly is the top of a work tree, which saves
// asking git.
func isTop(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, ".git", "HEAD"))
	return err == nil && info.Mode().IsRegular()
}

// discover returns the work tree that git, in an environment, takes a directory
// to be in.
func discover(dir string, env []string) (worktree, error) {
	out, err := output(gitCommand(dir, env, "rev-parse", "--show-toplevel"))
	switch {
	case err == nil:
		return worktree{filepath.FromSlash(strings.TrimSuffix(string(out), "\n")), env}, nil
	case strings.Contains(err.Error(), "not a git repository"):
		if found := nearestGit(dir); found != "" {
			return worktree{}, fmt.Errorf("git cannot read %s: %w", found, reasonOf(found, err))
		}
		return worktree{}, fmt.Errorf("%s is not in a git repository; go to one that is, or make it one with git init", dir)
	case strings.Contains(err.Error(), "must be run in a work tree"):
		return worktree{}, fmt.Errorf("%s is not in the work tree of a git repository", dir)
	}
	return worktree{}, err
}

// nearestGit returns the nearest .git upwards from a directory, or nothing.
func nearestGit(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if name := filepath.Join(at, ".git"); isThere(name) {
			return name
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

func isThere(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// reasonOf returns why git cannot read a .git: what the system says, or else git.
func reasonOf(name string, said error) error {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		_, err = os.Stat(filepath.Join(name, "HEAD"))
	}
	var ofPath *fs.PathError
	if errors.As(err, &ofPath) && !errors.Is(err, fs.ErrNotExist) {
		return ofPath.Err
	}
	return errors.New(strings.TrimPrefix(said.Error(), "git: "))
}

// repoVars are the variables that name one repository to git.
var repoVars = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
	"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
	"GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE",
}

// withoutRepoVars returns an environment in which git finds a repository by itself.
func withoutRepoVars(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(repoVars, name) || isPathspecMagic(name)
	})
}

func isPathspecMagic(name string) bool {
	return strings.HasPrefix(name, "GIT_") && strings.HasSuffix(name, "_PATHSPECS")
}

// fromEnvironment returns the work tree that the environment names, if it names
// one and a directory lies in it. It does in a hook: then the index is the one it
// names, which holds what is about to be committed. Relative names count from
// where git ran the hook, which may have gone to a directory below since. A
// repository that is named but is not there is an error, as it is to git.
func fromEnvironment(root string) (found worktree, ok bool, err error) {
	dir, index := os.Getenv("GIT_DIR"), os.Getenv("GIT_INDEX_FILE")
	if dir == "" && index == "" {
		return worktree{}, false, nil
	}
	start, err := os.Getwd()
	if err != nil {
		return worktree{}, false, err
	}
	if start, ok = startOf(start, dir); !ok {
		return worktree{}, false, fmt.Errorf("GIT_DIR is %s, and no repository is there", dir)
	}
	given, err := discover(start, os.Environ())
	if err != nil {
		return worktree{}, false, err
	}
	if _, ok := below(given.top, root); !ok {
		return worktree{}, false, nil
	}
	given.env = withoutRepoVars(os.Environ())
	if dir != "" {
		given.env = append(given.env, "GIT_DIR="+absolute(start, dir), "GIT_WORK_TREE="+given.top)
	}
	if index != "" {
		given.env = append(given.env, "GIT_INDEX_FILE="+absolute(given.top, index))
	}
	return given, true, nil
}

// startOf returns the nearest directory upwards from which a relative path names
// a file.
func startOf(from, dir string) (string, bool) {
	for at := from; ; at = filepath.Dir(at) {
		if _, err := os.Stat(absolute(at, dir)); err == nil {
			return at, true
		}
		if at == filepath.Dir(at) {
			return "", false
		}
	}
}

func absolute(from, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(from, name)
}

// Tracks reports whether git tracks a path of the archive, or a repository or a
// link on the way to it, in whatever case its name is written: on some disks these
// are one file.
func (r *Repo) Tracks(path string) (bool, error) {
	tracked, err := r.fields("ls-files", "-z", "--cached")
	for _, p := range tracked {
		if len(p) <= len(path) && strings.EqualFold(p, path[:len(p)]) && (len(p) == len(path) || path[len(p)] == '/') {
			return true, nil
		}
	}
	return false, err
}
