package commands

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/git"
)

func hookCommand(e *env) *cli.Command {
	relink := &cli.BoolFlag{Name: "relink", Usage: "also hold related lists to what newsctl relink makes of them"}
	return &cli.Command{
		Name:  "hook",
		Usage: "let git judge each commit before it is made",
		Description: `The hook is git's pre-commit hook, where core.hooksPath says or else in the
repository, for all its work trees. A hook that newsctl did not write is never
touched. Users of the pre-commit framework need no hook of this kind: see
.pre-commit-hooks.yaml.

Examples:
   newsctl hook install         judge what is staged, and what it breaks elsewhere
   newsctl hook status          is there a hook, and does it run newsctl?
   newsctl hook uninstall       remove it
   git commit --no-verify       go past it once`,
		Subcommands: []*cli.Command{
			{
				Name:  "install",
				Usage: "write the hook",
				Description: `Where another hook is in the way, exits with 2 and says what to add to it.

Examples:
   newsctl hook install
   newsctl hook install --relink`,
				Flags:  []cli.Flag{relink},
				Action: withHook(e.installHook),
			},
			{
				Name:  "uninstall",
				Usage: "remove the hook, if newsctl wrote it and it is as it was",
				Description: `Examples:
   newsctl hook uninstall`,
				Action: withHook(e.uninstallHook),
			},
			{
				Name:  "status",
				Usage: "tell whether a hook runs newsctl; exit with 1 if none does",
				Description: `Examples:
   newsctl hook status || newsctl hook install`,
				Action: withHook(e.hookStatus),
			},
		},
	}
}

// hook is what stands where git looks for the pre-commit hook of a repository.
type hook struct {
	path   string // absolute
	text   string
	there  bool
	silent bool     // not executable, so that git passes over it
	checks []string // the lines that judge a commit to the archive
}

// withHook gives an action the hook of the archive that a command line means.
func withHook(do func(h *hook) error) cli.ActionFunc {
	return func(c *cli.Context) error {
		h, err := findHook(c)
		if err != nil {
			return err
		}
		return do(h)
	}
}

// maxHook is more than any hook needs, in bytes.
const maxHook = 1 << 20

func findHook(c *cli.Context) (*hook, error) {
	root, err := findRoot(c.String("archive"))
	if err != nil {
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
	h := &hook{path: filepath.Join(dir, "pre-commit")}
	h.checks = []string{"newsctl lint --staged -C " + shellWord(repo.Prefix()) + " || exit"}
	if c.Bool("relink") {
		h.checks = append(h.checks, "newsctl relink --dry-run --staged -C "+shellWord(repo.Prefix())+" || exit")
	}
	info, err := os.Lstat(h.path)
	if errors.Is(err, fs.ErrNotExist) {
		return h, nil
	}
	if err != nil {
		return nil, err
	}
	text, err := readRegular(h.path, maxHook)
	if err != nil {
		return nil, fmt.Errorf("%s %w", h.path, err)
	}
	h.text, h.there = string(text), true
	h.silent = runtime.GOOS != "windows" && info.Mode().Perm()&0o111 == 0
	return h, nil
}

// plainWord is a word that means itself to a shell.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./][A-Za-z0-9_./-]*$`)

// shellWord returns a text as one word of a shell.
func shellWord(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// hookMark begins the line that tells hooks of newsctl from others. The sum of
// the other lines follows, which tells whether they were changed.
const hookMark = "# newsctl hook "

const hookScript = `command -v newsctl >/dev/null || {
	echo "newsctl: this commit cannot be judged, for there is no newsctl in PATH; install it, remove the hook $0, or commit with --no-verify" >&2
	exit 1
}
%s
`

// script returns the hook that newsctl writes.
func (h *hook) script() string {
	rest := fmt.Sprintf(hookScript, strings.Join(h.checks, "\n"))
	return "#!/bin/sh\n" + hookMark + hookSum("#!/bin/sh\n"+rest) + ": newsctl hook uninstall removes it\n" + rest
}

func hookSum(text string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:12]
}

// runs reports whether the hook makes a check, whoever wrote it.
func (h *hook) runs(check string) bool {
	return slices.ContainsFunc(strings.Split(h.text, "\n"), func(line string) bool { return strings.TrimSpace(line) == check })
}

// missing returns the checks that the hook does not make.
func (h *hook) missing() []string {
	return slices.DeleteFunc(slices.Clone(h.checks), h.runs)
}

// ours reports whether newsctl wrote the hook, and whether it is as it was
// written.
func (h *hook) ours() (ours, intact bool) {
	before, after, ok := strings.Cut(h.text, "\n"+hookMark)
	if !ok {
		return false, false
	}
	mark, rest, _ := strings.Cut(after, "\n")
	sum, _, _ := strings.Cut(mark, ":")
	return true, sum == hookSum(before+"\n"+rest)
}

// owner says in the middle of a sentence whose hook it is.
func (h *hook) owner() string {
	switch ours, intact := h.ours(); {
	case !ours:
		return "is a hook that newsctl did not write"
	case !intact:
		return "is a hook of newsctl that was changed by hand"
	case !h.runs(h.checks[0]):
		return "is the hook of another archive"
	}
	return "is a hook of newsctl"
}

func (e *env) installHook(h *hook) error {
	if !h.there {
		if err := h.write(); err != nil {
			return err
		}
		return e.say("%s judges each commit now", h.path)
	}
	missing := strings.Join(h.missing(), "; ")
	switch {
	case h.silent:
		return fmt.Errorf("%s %s, but not executable, so that git passes over it; make it executable, or remove it", h.path, h.owner())
	case missing == "":
		return e.say("%s judges each commit already", h.path)
	case strings.Contains(h.text, "File generated by pre-commit"):
		return fmt.Errorf("%s is the pre-commit framework's, and stays as it is; name the hook newsctl-lint in .pre-commit-config.yaml", h.path)
	}
	return fmt.Errorf("%s %s, and stays as it is; add to it: %s", h.path, h.owner(), missing)
}

// write puts the script at the hook's place.
func (h *hook) write() error {
	if err := os.MkdirAll(filepath.Dir(h.path), 0o777); err != nil {
		return err
	}
	return replaceFile(h.path, []byte(h.script()), 0o755)
}

func (e *env) uninstallHook(h *hook) error {
	if !h.there {
		return e.say("there is no hook to remove")
	}
	if _, intact := h.ours(); !intact || !h.runs(h.checks[0]) {
		return fmt.Errorf("%s %s, and stays as it is", h.path, h.owner())
	}
	if err := os.Remove(h.path); err != nil {
		return err
	}
	return e.say("%s is removed", h.path)
}

func (e *env) hookStatus(h *hook) error {
	var err error
	switch {
	case !h.there:
		err = e.say("there is no hook %s", h.path)
	case h.silent:
		err = e.say("%s is not executable, so that git passes over it", h.path)
	case len(h.missing()) > 0:
		err = e.say("%s %s, and lacks: %s", h.path, h.owner(), strings.Join(h.missing(), "; "))
	default:
		return e.say("%s judges each commit", h.path)
	}
	return errors.Join(err, errFindings)
}
