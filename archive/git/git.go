// Package git asks git what it knows of an archive's tree. It runs the git
// program and only reads: no index, no reference and no file of the work tree
// is ever written.
//
// An archive may lie below the top of the work tree: all paths are relative to
// the archive's root, with slashes, and what lies outside is not seen.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Repo is the git repository that an archive lies in. It may be used from
// several goroutines.
type Repo struct {
	root   string // of the archive, absolute
	prefix string // root below the top of the work tree, with a slash at its end, or empty
	env    []string

	mu      sync.Mutex
	objects *objects // nil while nothing is read

	headOnce   sync.Once
	headLister lister

	stagedOnce sync.Once
	stagedDiff diff
	stagedErr  error

	scratch string // a folder for the objects of a merge, or empty
}

// Index and WorkTree are the versions of an archive besides revisions: what is
// staged, and what is on disk.
const (
	Index    = ":index"
	WorkTree = ":worktree"
)

// Open returns the repository that a folder lies in. The folder is absolute.
// The error tells people that there is no repository, or no git.
func Open(root string) (*Repo, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errors.New("there is no program git in PATH; install git")
	}
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, err
	}
	found := place{root, foreign(os.Environ())}
	if !isTop(root) {
		found, err = discover(root, found.env)
	}
	if given, ok := fromEnvironment(root); ok && (err != nil || len(given.top) >= len(found.top)) {
		found, err = given, nil
	}
	if err != nil {
		return nil, err
	}
	prefix, err := filepath.Rel(found.top, root)
	if err != nil {
		return nil, err
	}
	r := &Repo{root: root, env: append(found.env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")}
	if prefix != "." {
		r.prefix = filepath.ToSlash(prefix) + "/"
	}
	return r, nil
}

// isTop reports whether a folder plainly is the top of a work tree, which saves
// asking git.
func isTop(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, ".git", "HEAD"))
	return err == nil && info.Mode().IsRegular()
}

// place is a work tree, and the environment in which git finds it.
type place struct {
	top string
	env []string
}

// discover returns the work tree that git, in an environment, takes a folder to
// be in.
func discover(dir string, env []string) (place, error) {
	cmd := exec.Command("git", "rev-parse", "--show-toplevel")
	cmd.Dir, cmd.Env = dir, append(env, "LC_ALL=C")
	out, err := output(cmd)
	switch {
	case err == nil:
		top := filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))
		return place{top, env}, nil
	case strings.Contains(err.Error(), "not a git repository"):
		return place{}, fmt.Errorf("%s is not in a git repository; go to one that is, or make it one with git init", dir)
	case strings.Contains(err.Error(), "must be run in a work tree"):
		return place{}, fmt.Errorf("%s is not in the work tree of a git repository", dir)
	}
	return place{}, err
}

// local are the variables that tell git of one repository. Those of places are
// relative to where git started what it runs.
var local = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
	"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
	"GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE",
}

// foreign returns an environment in which git finds a repository by itself.
func foreign(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(local, name) || isPathspecMagic(name)
	})
}

func isPathspecMagic(name string) bool {
	return strings.HasPrefix(name, "GIT_") && strings.HasSuffix(name, "_PATHSPECS")
}

// fromEnvironment returns the work tree that the environment speaks of, if it
// does and a folder lies in it. It speaks of one in a hook: then the index is
// the one it names, which holds what is about to be committed.
func fromEnvironment(root string) (place, bool) {
	dir, index := os.Getenv("GIT_DIR"), os.Getenv("GIT_INDEX_FILE")
	if dir == "" && index == "" {
		return place{}, false
	}
	here, err := os.Getwd()
	if err != nil {
		return place{}, false
	}
	given, err := discover(here, os.Environ())
	if err != nil {
		return place{}, false
	}
	if rel, err := filepath.Rel(given.top, root); err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return place{}, false
	}
	given.env = foreign(os.Environ())
	if dir != "" {
		given.env = append(given.env, "GIT_DIR="+absolute(here, dir), "GIT_WORK_TREE="+given.top)
	}
	if index != "" {
		given.env = append(given.env, "GIT_INDEX_FILE="+absolute(given.top, index))
	}
	return given, true
}

func absolute(from, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(from, name)
}

// Close ends what git has running for the repository, and removes what
// [Repo.Merge] made.
func (r *Repo) Close() error {
	err := r.stopReading()
	if r.scratch != "" {
		err = errors.Join(err, os.RemoveAll(r.scratch))
	}
	return err
}

// command returns a command of git, run in the archive's root. What users set
// up for their eyes must not change what it prints.
func (r *Repo) command(args ...string) *exec.Cmd {
	cmd := exec.Command("git", append([]string{"--literal-pathspecs", "-c", "core.quotePath=false", "-c", "grep.fullName=false", "-c", "color.ui=false"}, args...)...)
	cmd.Dir, cmd.Env = r.root, r.env
	return cmd
}

func (r *Repo) run(args ...string) ([]byte, error) { return output(r.command(args...)) }

// fields runs git and splits what it prints at NUL bytes.
func (r *Repo) fields(args ...string) ([]string, error) {
	out, err := r.run(args...)
	return split(out), err
}

func split(out []byte) []string {
	if len(out) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

// output runs a command and returns what it prints. Its error says what git
// says; [status] tells its exit status.
func output(cmd *exec.Cmd) ([]byte, error) {
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err == nil {
		return out, nil
	}
	said := strings.TrimPrefix(strings.TrimSpace(complaint.String()), "fatal: ")
	if said == "" {
		return out, fmt.Errorf("git: %w", err)
	}
	return out, failure{said, err}
}

// failure is what git said when it failed.
type failure struct {
	said string
	err  error
}

func (f failure) Error() string { return "git: " + f.said }
func (f failure) Unwrap() error { return f.err }

// status returns the exit status that an error of [output] stands for, or -1.
func status(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return -1
}
