package commands

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"newsctl/archive"
	"newsctl/archive/git"
)

// root returns the root of the archive that a command line means.
func (e *env) root() (string, error) {
	return findRoot(e.global.archive)
}

// rootInGit returns the root of the archive that a command line means, which need
// not be on disk: a sparse checkout may omit it. A commit to a branch without
// the archive has nothing to check.
func (e *env) rootInGit() (string, error) {
	root, err := e.root()
	if err == nil {
		return root, nil
	}
	given := e.global.archive
	dir, absErr := filepath.Abs(cmp.Or(given, "."))
	if absErr != nil {
		return "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		repo, gitErr := git.Open(at)
		if gitErr != nil {
			return "", err
		}
		has, gitErr := hasArchive(repo)
		top := repo.Prefix() == "."
		switch gitErr = errors.Join(gitErr, repo.Close()); {
		case gitErr != nil:
			return "", gitErr
		case has:
			return at, nil
		case given != "" || top:
			return "", nothingToCheck("no archive in " + cmp.Or(given, dir) + ", neither in the last commit nor staged")
		}
	}
}

// hasArchive reports whether an archive is committed or staged where a repository
// is opened.
func hasArchive(repo *git.Repo) (bool, error) {
	for _, version := range []string{"HEAD", git.Index} {
		files, err := repo.Files(version)
		if err != nil || hasConfig(files) || archive.HasYears(files) {
			return err == nil, err
		}
	}
	return false, nil
}

// nothingToCheck is the error of a command that checks what is committed or
// staged, where that is not an archive. It is a success.
type nothingToCheck string

func (n nothingToCheck) Error() string { return string(n) + "; nothing to check" }

// archiveVar is the variable that names the root of the archive where the command
// line does not. An empty value counts as none.
const archiveVar = "NEWSCTL_ARCHIVE"

// ignoreEmptyVars removes variables whose empty value counts as none: the library
// would take it for a value.
func ignoreEmptyVars() {
	if os.Getenv(archiveVar) == "" {
		os.Unsetenv(archiveVar)
	}
}

// findRoot returns the root of the archive: the directory that is given, by the
// command line or by its variable, or the nearest one upwards from the working
// directory.
func findRoot(given string) (string, error) {
	if given != "" {
		from := "--archive"
		if given == os.Getenv(archiveVar) {
			from = archiveVar
		}
		return givenRoot(given, from)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		if isRoot(at) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no archive in %s or any parent directory; use -C DIR, or create one with newsctl init", dir)
		}
	}
}

func givenRoot(dir, from string) (string, error) {
	root, err := filepath.Abs(dir)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%s: directory %s does not exist", from, dir)
	case err != nil:
		return "", fmt.Errorf("%s: %w", from, err)
	case !isRoot(root):
		return "", fmt.Errorf("%s: %s is not an archive: it has neither a directory news/ with years nor a file %s", from, dir, configName)
	}
	return root, nil
}

// isRoot reports whether a directory is an archive's root. Whatever has the name of
// the configuration says so; reading it then fails if it cannot be one.
func isRoot(dir string) bool {
	if info, err := os.Lstat(filepath.Join(dir, configName)); err == nil && !info.IsDir() {
		return true
	}
	return archive.HasYears(os.DirFS(dir))
}
