// Package git asks git about an archive's tree. It runs the git program and only
// reads, but for [Repo.SetMergeDriver]: no index, no reference and no file of the work
// tree is written, and no program that a configuration names is run. [Repo.command]
// sees to both.
//
// An archive may lie below the top of the work tree, and need not be on disk: all
// paths are relative to the archive's root, with slashes, and what lies outside
// is not seen.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// Repo is the git repository that an archive lies in. It may be used from
// several goroutines.
type Repo struct {
	// Drivers are commands that [Repo.Merge] runs as merge drivers, by the names that
	// git's attributes give them.
	Drivers map[string]string

	root   string // of the archive, absolute; it may be missing on disk
	top    string // of the work tree, absolute
	prefix string // root below the top, with a slash at its end, or empty
	env    []string

	mu      sync.Mutex
	objects *objects          // nil while nothing is read
	trees   map[string]lister // by the ids of trees

	head   func() lister        // the directories of HEAD
	staged func() (diff, error) // HEAD against the index, compared once

	tmpObjects string // a directory for the objects of a merge, or empty
}

// Index and WorkTree are the versions of an archive besides revisions: what is
// staged, and what is on disk.
const (
	Index    = ":index"
	WorkTree = ":worktree"
)

// Open returns the repository that a directory lies in. The directory is absolute
// and need not exist. The error says that there is no repository, or no git, or
// why git refuses to read it.
func Open(root string) (*Repo, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errors.New("there is no program git in PATH; install git")
	}
	root, there, err := resolveDir(root)
	if err != nil {
		return nil, err
	}
	found, err := findWorkTree(there)
	if err != nil {
		return nil, err
	}
	prefix, ok := below(found.top, root)
	if !ok {
		return nil, fmt.Errorf("%s is not below %s, the work tree of its git repository", root, found.top)
	}
	r := &Repo{root: root, top: found.top, env: found.env}
	if prefix != "." {
		r.prefix = prefix + "/"
	}
	r.head = sync.OnceValue(r.headDirs)
	r.staged = sync.OnceValues(func() (diff, error) { return r.diff("--cached") })
	return r, nil
}

// Close ends what git has running for the repository, and removes what
// [Repo.Merge] made.
func (r *Repo) Close() error {
	return errors.Join(r.stopReading(), r.removeTmpObjects())
}

// readOnly are the settings under which git prints the same for everybody, writes
// nothing, and runs no program that a configuration names.
var readOnly = []string{
	"--no-pager", "--literal-pathspecs",
	"-c", "core.quotePath=false",
	"-c", "color.ui=false",
	"-c", "core.fsmonitor=false",
	"-c", "log.showSignature=false",
	"-c", "diff.autoRefreshIndex=false", // GIT_OPTIONAL_LOCKS does not cover git diff
}

// noHooks keeps hooks from running: writing an index would run one.
var noHooks = []string{"-c", "core.hooksPath=" + os.DevNull}

// gitCommand returns a command of git. It is the only place that makes one, but for
// [version].
func gitCommand(dir string, env []string, args ...string) *exec.Cmd {
	cmd := exec.Command("git", append(readOnly[:len(readOnly):len(readOnly)], args...)...)
	cmd.Dir = dir
	cmd.Env = append(env[:len(env):len(env)], "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	return cmd
}

// command returns a command of git, run at the top of the work tree.
func (r *Repo) command(args ...string) *exec.Cmd {
	return gitCommand(r.top, r.env, append(noHooks[:len(noHooks):len(noHooks)], args...)...)
}

// run runs git and returns what it prints. Where git cannot read the repository
// at all, that is the error, whatever the command made of it.
func (r *Repo) run(args ...string) ([]byte, error) {
	out, err := output(r.command(args...))
	if status(err) >= fatalStatus {
		if _, broken := output(r.command("rev-parse", "--git-dir")); broken != nil {
			return nil, errors.New(broken.Error()) // without the exit status, which names the command
		}
	}
	return out, err
}

// The exit status of git after an error, and after options it does not know.
const (
	fatalStatus = 128
	usageStatus = 129
)

// minVersion is the oldest git that has all options in use here, but for those of
// [Repo.Merge].
const minVersion = "2.25"

// errTooOld returns an error if git is too old, in place of the usage that it prints
// about an option it does not know.
func errTooOld() error {
	if v := version(); older(v, minVersion) {
		return fmt.Errorf("git %s is too old; install git %s or later", v, minVersion)
	}
	return nil
}

// version returns the version of git, or nothing.
func version() string {
	out, err := exec.Command("git", "version").Output()
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimSpace(string(out)), "git version ")
}

// older reports whether a version such as 2.9.1 comes before another.
func older(version, other string) bool {
	var major, minor, otherMajor, otherMinor int
	if n, _ := fmt.Sscanf(version, "%d.%d", &major, &minor); n < 2 {
		return false
	}
	fmt.Sscanf(other, "%d.%d", &otherMajor, &otherMinor)
	return major < otherMajor || major == otherMajor && minor < otherMinor
}

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

// output runs a command and returns what it prints. Its error is what git says;
// [status] returns its exit status.
func output(cmd *exec.Cmd) ([]byte, error) {
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		return out, nil
	}
	if status(err) == usageStatus {
		if old := errTooOld(); old != nil {
			return out, old
		}
	}
	return out, failed(stderr.String(), err)
}

// failed returns the error of a command of git that said something on standard
// error.
func failed(stderr string, err error) error {
	msg := strings.TrimPrefix(strings.TrimSpace(stderr), "fatal: ")
	if msg == "" {
		return fmt.Errorf("git: %w", err)
	}
	return failure{msg, err}
}

// failure is what git said when it failed.
type failure struct {
	msg string
	err error
}

func (f failure) Error() string { return "git: " + f.msg }
func (f failure) Unwrap() error { return f.err }

// status returns the exit status that an error of [output] stands for, or -1.
func status(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return -1
}
