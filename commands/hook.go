package commands

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/git"
)

type hookOptions struct{ relink bool }

func hookCommand(e *env) *cli.Command {
	var o hookOptions
	return &cli.Command{
		Name:  "hook",
		Usage: "run newsctl lint before each commit, and merge entry by entry",
		Description: `The hooks are git's pre-commit and, for merges without conflicts, pre-merge-commit.
They are installed in the directory that core.hooksPath names, or else in the
repository, for all its worktrees. A hook that newsctl did not write is never
changed. With husky, lefthook or the pre-commit framework, newsctl prints what to
add there.

Git merges pages with newsctl merge-file (merge=newsctl in the repository's
info/attributes), so that events added on two branches do not conflict. Git merges
files one by one; pre-merge-commit and post-merge complete a merge with newsctl
index --resolve. After a rebase or a cherry-pick, run newsctl lint --fix. To set
this for every clone, put these lines into .gitattributes; each clone still needs
newsctl hook install, because git does not run commands that a repository names:
   /news/**/*.md merge=newsctl
   /index.md merge=newsctl
   /README.md merge=newsctl
   /.newsctl-sources.jsonl merge=newsctl

Examples:
   newsctl hook install         install the hooks and the merge driver
   newsctl hook status          check whether git runs newsctl
   newsctl hook uninstall       remove the hooks and the merge driver
   git commit --no-verify       skip the hooks once`,
		Subcommands: []*cli.Command{
			{
				Name:  "install",
				Usage: "write the hooks, and make git merge pages with newsctl",
				Description: `If another hook is in the way, prints what to add to it, installs the others, and
exits with 2.

Examples:
   newsctl hook install
   newsctl hook install --relink`,
				Flags:  []cli.Flag{&cli.BoolFlag{Name: "relink", Destination: &o.relink, Usage: "also reject outdated related lists"}},
				Action: func(*cli.Context) error { return e.withHooks(&o, e.install) },
			},
			{
				Name:  "uninstall",
				Usage: "remove the merge driver and unmodified hooks",
				Description: `Examples:
   newsctl hook uninstall`,
				Action: func(*cli.Context) error {
					return e.withHooks(&hookOptions{}, both(e.uninstallDriver, e.uninstallHooks))
				},
			},
			{
				Name:  "status",
				Usage: "print whether git runs newsctl before a commit",
				Description: `Checks the hook, the configuration of husky, lefthook and the pre-commit framework,
and the hooks in git's configuration (git 2.54).

Examples:
   newsctl hook status || newsctl hook install

Exit status:
   1  no hook runs newsctl`,
				Action: func(*cli.Context) error { return e.withHooks(&hookOptions{}, both(e.hookStatus, e.driverStatus)) },
			},
		},
	}
}

// hooks are the hooks that check what becomes a commit of an archive.
type hooks struct {
	repo   *git.Repo
	checks []check
	commit *hook // run by git commit
	merge  *hook // run by git merge, unless there are conflicts
	merged *hook // run by git merge after it
}

// withHooks does something with the hooks of the archive.
func (e *env) withHooks(o *hookOptions, do func(h *hooks) error) error {
	h, err := e.findHooks(o)
	if err != nil {
		return err
	}
	return errors.Join(do(h), h.repo.Close())
}

// both does two things, the second one also after an error.
func both(one, two func(*hooks) error) func(*hooks) error {
	return func(h *hooks) error { return errors.Join(one(h), two(h)) }
}

func (e *env) findHooks(o *hookOptions) (*hooks, error) {
	root, err := e.root()
	if err != nil {
		return nil, err
	}
	if _, _, err := readConfig(ownFiles(root)); err != nil {
		return nil, err
	}
	repo, err := git.Open(root)
	if err != nil {
		return nil, err
	}
	dir, err := repo.Hooks()
	if err != nil {
		return nil, err
	}
	h := &hooks{repo: repo, checks: []check{{repo.Prefix(), []string{"lint", "--staged"}}}}
	if o.relink {
		h.checks = append(h.checks, check{repo.Prefix(), []string{"relink", "--dry-run", "--staged"}})
	}
	for name, to := range map[string]**hook{"pre-commit": &h.commit, "pre-merge-commit": &h.merge, "post-merge": &h.merged} {
		if *to, err = readHook(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// install installs the merge driver and all hooks, and then prints what it did.
func (e *env) install(h *hooks) error {
	steps := []func(*hooks) (string, error){installDriver}
	if m, ok := h.manager(); ok {
		steps = append(steps, m.install)
	} else {
		steps = append(steps, installCommit, installMerge, installAmend)
	}
	var done []string
	var errs []error
	for _, step := range steps {
		if said, err := step(h); err != nil {
			errs = append(errs, err)
		} else {
			done = append(done, said)
		}
	}
	for _, said := range done {
		if err := e.say("%s", said); err != nil {
			errs = append(errs, err)
			break
		}
	}
	return errors.Join(errs...)
}

// install returns an error with what to add to the configuration of the manager, which
// newsctl leaves alone.
func (m *manager) install(h *hooks) (string, error) {
	if missing := m.missing(h.checks); len(missing) > 0 {
		return "", fmt.Errorf("%s makes the hooks of this repository; add to %s: %s", m.name, m.file, m.advice(missing))
	}
	return m.name + " runs newsctl before each commit already", nil
}

// installCommit installs the hook that git commit runs.
func installCommit(h *hooks) (string, error) {
	if name, ok := h.configured(filepath.Base(h.commit.path)); ok {
		return "hook." + name + ".command runs newsctl already", nil
	}
	return h.installHook(h.commit, nil)
}

// installMerge installs the hook that completes and checks a merge.
func installMerge(h *hooks) (string, error) {
	return h.installHook(h.merge, []string{completeMerge(h.repo.Prefix())})
}

// installAmend installs the hook that makes what pre-merge-commit completed part of the
// merge.
func installAmend(h *hooks) (string, error) {
	one := h.merged
	switch ours, intact := one.ours(); {
	case !one.there:
		return "installed " + one.path + "; it completes merges", one.write(signed(amendMerge))
	case ours && intact || strings.Contains(one.text, amendMerge):
		return one.path + " completes merges already", nil
	}
	return "", fmt.Errorf("%s %s, and is left unchanged; add to it:\n%s", one.path, one.owner(nil), amendMerge)
}

// installHook writes a hook: lines that it begins with, and the checks.
func (h *hooks) installHook(one *hook, lines []string) (string, error) {
	if !one.there {
		return "installed " + one.path + "; it runs newsctl lint --staged", one.write(script(lines, h.checks))
	}
	missing := h.missing(one)
	switch {
	case one.skipped != "":
		return "", fmt.Errorf("%s %s, so that git does not run it; correct that, or remove it", one.path, one.skipped)
	case len(missing) == 0:
		return one.path + " runs newsctl already", nil
	}
	return "", fmt.Errorf("%s %s, and is left unchanged; add to it:%s", one.path, one.owner(h.checks), listed(missing))
}

// missing returns the lines that a hook of the repository lacks.
func (h *hooks) missing(one *hook) []string {
	missing := one.missing(h.checks)
	if one == h.merge && !completes(one.text, h.repo.Prefix()) {
		missing = slices.Insert(missing, 0, completeMerge(h.repo.Prefix()))
	}
	return missing
}

// listed returns the lines to add to a hook: one in the same line, more in lines of
// their own.
func listed(lines []string) string {
	if len(lines) == 1 {
		return " " + lines[0]
	}
	return "\n" + strings.Join(lines, "\n")
}

func (e *env) uninstallHooks(h *hooks) error {
	if !h.commit.there && !h.merge.there {
		return e.say("there is no hook to remove")
	}
	err := e.uninstallHook(h, h.commit)
	for _, one := range []*hook{h.merge, h.merged} {
		if _, intact := one.ours(); !intact {
			continue // it is not about newsctl
		}
		if failed := e.uninstallHook(h, one); failed != nil {
			return errors.Join(err, failed) // another archive needs both
		}
	}
	return err
}

func (e *env) uninstallHook(h *hooks, one *hook) error {
	if !one.there {
		return nil
	}
	if _, intact := one.ours(); !intact || one != h.merged && len(one.missing(h.checks[:1])) > 0 {
		return fmt.Errorf("%s %s, and is left unchanged", one.path, one.owner(h.checks))
	}
	if err := os.Remove(one.path); err != nil {
		return err
	}
	return e.say("removed %s", one.path)
}

func (e *env) hookStatus(h *hooks) error {
	if name, ok := h.configured(filepath.Base(h.commit.path)); ok {
		merges := ""
		if _, ok := h.configured(filepath.Base(h.merge.path)); !ok && !h.merge.runs(h.checks) {
			merges = fmt.Sprintf("; merges without conflicts are not checked: git config --add hook.%s.event %s lets it", name, filepath.Base(h.merge.path))
		}
		return e.say("git runs newsctl before each commit: hook.%s.command%s", name, merges)
	}
	m, ok := h.manager()
	if h.runsInLintStaged(h.commit.text) || ok && h.runsInLintStaged(m.text) {
		return e.say("lint-staged runs newsctl before each commit; with --diff-filter=ACDMR, also before those that only delete")
	}
	if ok {
		if missing := m.missing(h.checks); len(missing) > 0 {
			return errors.Join(e.say("%s makes the hooks of this repository, but does not run newsctl; add to %s: %s", m.name, m.file, m.advice(missing)), errFindings)
		}
		return e.say("%s runs newsctl before each commit", m.name)
	}
	var err error
	switch missing := h.commit.missing(h.checks); {
	case !h.commit.there:
		err = e.say("there is no hook %s", h.commit.path)
	case h.commit.skipped != "":
		err = e.say("%s %s, so that git does not run it", h.commit.path, h.commit.skipped)
	case len(missing) > 0:
		err = e.say("%s %s, and lacks: %s", h.commit.path, h.commit.owner(h.checks), strings.Join(missing, "; "))
	case h.merge.runs(h.checks) && len(h.missing(h.merge)) > 0:
		return e.say("%s runs newsctl before each commit; merges without conflicts are not completed: %s lacks:%s", h.commit.path, filepath.Base(h.merge.path), listed(h.missing(h.merge)))
	case h.merge.runs(h.checks):
		return e.say("%s runs newsctl before each commit, and %s before each merge", h.commit.path, filepath.Base(h.merge.path))
	default:
		return e.say("%s runs newsctl before each commit; merges without conflicts are not checked: %s does not run it", h.commit.path, filepath.Base(h.merge.path))
	}
	return errors.Join(err, errFindings)
}
