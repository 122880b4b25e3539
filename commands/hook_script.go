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
)

// hook is the file where git looks for a hook.
type hook struct {
	path    string // absolute
	text    string
	there   bool
	skipped string // why git does not run it, or empty
}

// maxHook is more than any hook that is a script needs, in bytes.
const maxHook = 1 << 20

func readHook(path string) (*hook, error) {
	h := &hook{path: path}
	if _, err := os.Lstat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return h, nil
		}
		return nil, err
	}
	h.there = true
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		h.skipped = "is a symbolic link to a file that does not exist"
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a regular file", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o111 == 0:
		h.skipped = "is not executable"
	}
	if err == nil {
		text, err := readRegular(path, maxHook)
		if err != nil {
			return nil, fmt.Errorf("%s %w", path, err)
		}
		h.text = string(text)
	}
	return h, nil
}

// hookMark begins the line that marks hooks of newsctl. The sum of
// the other lines follows, which shows whether they were changed.
const hookMark = "# newsctl hook "

const hookScript = `command -v newsctl >/dev/null || {
	echo "newsctl: this commit cannot be checked, because newsctl is not in PATH; install it, remove the hook $0, or commit with --no-verify" >&2
	exit 1
}
%s
`

// completeMerge returns the line of a pre-merge-commit hook that makes the pages of
// one side follow what the other renamed or removed: git merges files one by one. It
// leaves a work tree alone that has changes of its own, which git add would take in.
func completeMerge(prefix string) string {
	return "git diff --quiet && newsctl index --resolve -C " + shellWord(prefix) + " && git add -u"
}

// completes reports whether a script makes the pages of a merge follow each other.
func completes(text, prefix string) bool {
	c := check{prefix, []string{"index", "--resolve"}}
	return slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool {
		made, _ := c.madeByLine(strings.TrimSpace(line))
		return made
	})
}

// amendMerge is what a post-merge hook does: git commits a merge as it was before
// pre-merge-commit, and does not let git commit amend it. What is staged now is from
// that hook, since git merges only into an index without changes.
const amendMerge = `theirs=$(git rev-parse --quiet --verify HEAD^2) && env | grep -q "^GITHEAD_$theirs=" || exit 0
git rev-parse --quiet --verify HEAD^3 >/dev/null && exit 0
git diff --cached --quiet && exit 0
sign=
test "$(git config --type=bool commit.gpgSign)" = true && sign=-S
merge=$(git log -1 --format=%B | git commit-tree $sign -p HEAD^1 -p "$theirs" "$(git write-tree)") &&
	git update-ref -m "merge: with the pages that newsctl completed" HEAD "$merge"
`

// script returns the hook that newsctl writes: lines that it begins with, and checks.
func script(lines []string, checks []check) string {
	lines = slices.Clone(lines)
	for _, c := range checks {
		lines = append(lines, c.line())
	}
	return signed(fmt.Sprintf(hookScript, strings.Join(lines, "\n")))
}

// signed returns a script with the line that shows who wrote it.
func signed(rest string) string {
	return "#!/bin/sh\n" + hookMark + hookSum("#!/bin/sh\n"+rest) + ": newsctl hook uninstall removes it\n" + rest
}

func hookSum(text string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:12]
}

// write puts a script at the hook's place.
func (h *hook) write(text string) error {
	if err := os.MkdirAll(filepath.Dir(h.path), 0o777); err != nil {
		return err
	}
	return replaceFile(h.path, []byte(text), 0o755)
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
func (h *hook) owner(checks []check) string {
	switch ours, intact := h.ours(); {
	case !ours:
		return "is a hook that newsctl did not write"
	case !intact:
		return "is a hook of newsctl that was changed by hand"
	case len(h.missing(checks[:1])) > 0:
		return "is the hook of another archive"
	}
	return "is a hook of newsctl"
}

// runs reports whether git runs the hook, and the hook all checks.
func (h *hook) runs(checks []check) bool {
	return h.there && h.skipped == "" && len(h.missing(checks)) == 0
}

// missing returns the lines of the checks that the hook does not make.
func (h *hook) missing(checks []check) []string { return missingIn(h.text, checks, false) }

// missingIn returns the lines of the checks that a script does not make. A script
// may end at the first command that fails, as under set -e.
func missingIn(text string, checks []check, endsEarly bool) []string {
	var out []string
	for _, c := range checks {
		if !c.madeBy(text, endsEarly) {
			out = append(out, c.line())
		}
	}
	return out
}

// check is a command that a hook is to run.
type check struct {
	prefix string   // of the archive
	words  []string // of the command, after newsctl
}

// line returns the line of a script that makes the check.
func (c check) line() string {
	return "newsctl " + strings.Join(c.words, " ") + " -C " + shellWord(c.prefix) + " || exit"
}

// endOfScript matches a command after which nothing of a script runs.
var endOfScript = regexp.MustCompile(`^(exit|exec)\b`)

// madeBy reports whether a script makes the check, and fails with it.
func (c check) madeBy(text string, endsEarly bool) bool {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		made, decides := c.madeByLine(strings.TrimSpace(line))
		if made && (decides || endsEarly || i == len(lines)-1) {
			return true
		}
		if endOfScript.MatchString(line) && !strings.Contains(line, "newsctl") {
			return false
		}
		endsEarly = endsEarly || strings.HasPrefix(line, "set -e")
	}
	return false
}

// madeByLine reports whether a line of a script makes the check, for the commit as
// a whole, and whether its failure ends the script.
func (c check) madeByLine(line string) (made, decides bool) {
	words := shellWords(line)
	at := slices.IndexFunc(words, func(w string) bool { return w == "newsctl" || strings.HasSuffix(w, "/newsctl") })
	if at < 0 || strings.HasPrefix(line, "#") || slices.Contains(words[:at], "echo") {
		return false, false
	}
	end := len(words)
	if i := slices.IndexFunc(words[at:], func(w string) bool { return slices.Contains([]string{"||", "&&", "|", ";"}, w) }); i >= 0 {
		end = at + i
	}
	rest := words[end:]
	decides = words[0] == "exec" || len(rest) > 1 && rest[0] == "||" && rest[1] == "exit"
	swallowed := len(rest) > 0 && (rest[0] == "|" || rest[0] == ";" || rest[0] == "||" && !decides)
	return c.isCommand(words[at+1:end]) && !swallowed, decides
}

// isCommand reports whether the words of a command, after newsctl, are those of the
// check, of the archive and of all its pages.
func (c check) isCommand(words []string) bool {
	in := "."
	var flags []string
	for i := 0; i < len(words); i++ {
		name, value, hasValue := strings.Cut(words[i], "=")
		switch {
		case name == "-C" || name == "--archive":
			if !hasValue && i+1 < len(words) {
				i++
				value = words[i]
			}
			in = filepath.ToSlash(filepath.Clean(value))
		case !strings.HasPrefix(name, "-") && len(flags) > 0 && name != words[0]:
			return false // a page, to which the findings are limited
		default:
			flags = append(flags, words[i])
		}
	}
	if in != c.prefix || slices.Contains(flags, "--exit-zero") {
		return false
	}
	return !slices.ContainsFunc(c.words, func(w string) bool { return !slices.Contains(flags, w) })
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

// shellWords returns the words of a line of a shell, without quotes.
func shellWords(line string) []string {
	var out []string
	var word strings.Builder
	quote, in := byte(0), false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && quote != '\'' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
			in = true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, in = c, true
		case quote == 0 && (c == ' ' || c == '\t' || c == ';'):
			if in {
				out = append(out, word.String())
			}
			if c == ';' {
				out = append(out, ";")
			}
			word.Reset()
			in = false
		default:
			word.WriteByte(c)
			in = true
		}
	}
	if in {
		out = append(out, word.String())
	}
	return out
}
