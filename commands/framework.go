package commands

import (
	"errors"
	"os"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/git"
)

// The pre-commit framework asks its hooks for more than the next commit, and says
// so in the environment: https://pre-commit.com.

// inFramework reports whether the pre-commit framework runs the command.
func inFramework() bool { return os.Getenv("PRE_COMMIT") != "" }

// hintBlocked says what to do next where findings keep git from making a commit.
func (e *env) hintBlocked(err error, fix string) {
	if os.Getenv("GIT_INDEX_FILE") == "" || !errors.Is(err, errFindings) {
		return
	}
	switch pages := e.untrackedPages(); len(pages) {
	case 0:
		e.stderr.printf("hint: the commit is blocked; %s, then add the pages with git add and commit again\n", fix)
	case 1:
		e.stderr.printf("hint: the commit is blocked, and the page %s is not in git; run git add -A and commit again\n", pages[0])
	default:
		e.stderr.printf("hint: the commit is blocked, and %d pages such as %s are not in git; run git add -A and commit again\n", len(pages), pages[0])
	}
	e.stderr.printf("hint: git commit --no-verify skips the check\n")
}

// untrackedPages returns the paths of the pages of events and days that git does not
// have: git commit -a omits them.
func (e *env) untrackedPages() []string {
	root, err := e.root()
	if err != nil {
		return nil
	}
	repo, err := git.Open(root)
	if err != nil {
		return nil
	}
	defer repo.Close()
	paths, err := repo.Untracked()
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(paths, func(p string) bool {
		kind, _ := archive.Classify(p)
		return kind == archive.OtherPage || kind == archive.CopyPage || path.Ext(p) != archive.Extension
	})
}

// frameworkRange returns the versions that pre-commit run --from-ref --to-ref
// names, and a push.
func frameworkRange() (v versions, ok bool) {
	v = versions{os.Getenv("PRE_COMMIT_FROM_REF"), os.Getenv("PRE_COMMIT_TO_REF"), true}
	return v, inFramework() && v.from != "" && v.to != ""
}

// asksForAll reports whether the framework asks for all files, as pre-commit run
// --all-files does: it runs the command outside a commit, and nothing is staged.
func asksForAll(repo *git.Repo) (bool, error) {
	if !inFramework() || os.Getenv("GIT_INDEX_FILE") != "" {
		return false, nil
	}
	staged, err := repo.AnyStaged()
	return !staged, err
}

// asked returns the pages that the framework asks for as a whole: all of them, or
// those that it names although they do not change.
func (ch *changed) asked(args []string) []string {
	if ch.forAll && len(args) == 0 {
		return ch.after.Paths(".")
	}
	var out []string
	for _, arg := range args {
		p, dir, err := ch.after.locate(arg)
		isChanged := func(f git.Change) bool { return f.To == p }
		if err == nil && !dir && strings.HasSuffix(p, ".md") && ch.after.Holds(p) && !slices.ContainsFunc(ch.files, isChanged) {
			out = append(out, p)
		}
	}
	return out
}
