package diff

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// git runs git in dir, away from the user's own settings, and returns what it
// prints.
func git(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}

func newRepository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	if runtime.GOOS == "windows" {
		t.Skip("no file on Windows may have the names this test needs")
	}
	dir := t.TempDir()
	git(t, dir, "", "init", "--quiet")
	return dir
}

// before and after are the files that changes start from and end in.
func before(changes []Change) map[string]string {
	files := make(map[string]string)
	for _, c := range changes {
		if c.Old != "" {
			files[c.Old] = string(c.Before)
		}
	}
	return files
}

func after(changes []Change) map[string]string {
	files := make(map[string]string)
	for _, c := range changes {
		if c.New != "" {
			files[c.New] = string(c.After)
		}
	}
	return files
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for path, text := range files {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// readFiles reads all files below dir but git's own.
func readFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == ".git" {
				return fs.SkipDir
			}
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		path, err := filepath.Rel(dir, name)
		files[filepath.ToSlash(path)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// checkGitApplies checks that git apply takes the files from before to after.
func checkGitApplies(t *testing.T, changes []Change) {
	t.Helper()
	dir := newRepository(t)
	writeFiles(t, dir, before(changes))
	plain := written(t, Plain, changes...)
	for _, style := range []Style{Plain, {QuotePaths: true}} {
		git(t, dir, written(t, style, changes...), "apply", "--whitespace=nowarn", "--check", "-")
	}
	git(t, dir, plain, "apply", "--whitespace=nowarn", "-")

	got, want := readFiles(t, dir), after(changes)
	for path, text := range want {
		if g, ok := got[path]; !ok {
			t.Errorf("%q is missing", path)
		} else if g != text {
			t.Errorf("%q:\ngot  %+q\nwant %+q", path, g, text)
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			t.Errorf("%q should be gone", path)
		}
	}
}

// seeds returns how many random inputs a test tries: few, or all of them where
// NEWSCTL_TEST_SEEDS is "all".
func seeds(few, all int) int {
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" {
		return all
	}
	return few
}

func TestGitAppliesRandomChanges(t *testing.T) {
	for seed := range seeds(3, 8) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Parallel()
			changes := randomChanges(rand.New(rand.NewPCG(uint64(seed), 0)), 150, randomFile, randomEdits)
			checkGitApplies(t, changes)
			for _, c := range changes {
				checkTerminal(t, written(t, Plain, c), c)
				checkSmallest(t, c)
			}
		})
	}
}

func TestGitAppliesChangesThatMeet(t *testing.T) {
	a, b, c := []byte("a\n1\n2\n3\n"), []byte("b\n4\n5\n6\n"), []byte("c\n")
	tests := []struct {
		name    string
		changes []Change
	}{
		{"two files change places", []Change{
			{Old: "a", New: "b", Before: a, After: append(a, c...)},
			{Old: "b", New: "a", Before: b, After: append(b, c...)},
		}},
		{"a file takes the place of one that moves on", []Change{
			{Old: "a", New: "b", Before: a, After: a},
			{Old: "b", New: "c", Before: b, After: b},
		}},
		{"a file is created where one was", []Change{
			{Old: "a", New: "b", Before: a, After: a},
			{New: "a", After: c},
		}},
		{"a directory takes the place of a file", []Change{
			{Old: "a", Before: a},
			{New: "a/b", After: b},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { checkGitApplies(t, test.changes) })
	}
}

// Where no line occurs twice there is one smallest diff, and git finds it too:
// then ours is git's own, but for the object names that git adds.
func TestWriteIsGitsOwn(t *testing.T) {
	for seed := range seeds(3, 8) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Parallel()
			lines := 0
			uniqueLine := func(*rand.Rand) string {
				lines++
				return fmt.Sprintf("line %d, which is like no other\n", lines)
			}
			random := rand.New(rand.NewPCG(uint64(seed), 1))
			changes := randomChanges(random, 60,
				func(random *rand.Rand) []string { return repeat(40+random.IntN(40), random, uniqueLine) },
				func(random *rand.Rand, lines []string) []string {
					// Enough stays for git to see a renamed file.
					half := len(lines) / 2
					first := replaceSome(random, lines[:half:half], uniqueLine)
					return append(first, replaceSome(random, lines[half:], uniqueLine)...)
				})

			style := Style{QuotePaths: seed%2 == 0}
			want := gitDiff(t, changes, style)
			for _, c := range changes {
				plain := written(t, style, c)
				if plain == "" {
					continue
				}
				header, _, _ := strings.Cut(plain, "\n")
				if unscored(want[header]) != unscored(plain) {
					t.Errorf("got:\n%s\ngit has:\n%s", plain, want[header])
				}
				delete(want, header)
			}
			for _, section := range want {
				t.Errorf("only git has:\n%s", section)
			}
		})
	}
}

// gitDiff returns git's own diff of the changes without index lines, one section per
// file, each under its first line.
func gitDiff(t *testing.T, changes []Change, style Style) map[string]string {
	t.Helper()
	dir := newRepository(t)
	// Without this the hunk headers would name a line above them.
	attributes := filepath.Join(dir, ".git", "info", "attributes")
	if err := os.MkdirAll(filepath.Dir(attributes), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(attributes, []byte("* diff=bare\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "", "config", "diff.bare.xfuncname", "^never$")

	tree := func(files map[string]string) string {
		for path := range readFiles(t, dir) {
			if err := os.Remove(filepath.Join(dir, path)); err != nil {
				t.Fatal(err)
			}
		}
		writeFiles(t, dir, files)
		git(t, dir, "", "add", "--all")
		return strings.TrimSpace(git(t, dir, "", "write-tree"))
	}
	out := git(t, dir, "", "-c", fmt.Sprint("core.quotePath=", style.QuotePaths), "diff", "--text", "--find-renames=5%", tree(before(changes)), tree(after(changes)))
	out = regexp.MustCompile(`(?m)^index .*\n`).ReplaceAllString(out, "")

	sections := make(map[string]string)
	for _, section := range strings.Split("\n"+out, "\ndiff --git ")[1:] {
		section = "diff --git " + strings.TrimSuffix(section, "\n") + "\n"
		header, _, _ := strings.Cut(section, "\n")
		sections[header] = section
	}
	return sections
}

// unscored hides how similar a renamed file is, which git only estimates.
func unscored(section string) string {
	return regexp.MustCompile(`(?m)^similarity index \d?\d%$`).ReplaceAllString(section, "similarity index N%")
}

// randomChanges makes changes of every kind. Each file has lines of its own
// making, changed by edits.
func randomChanges(random *rand.Rand, n int, lines func(*rand.Rand) []string, edits func(*rand.Rand, []string) []string) []Change {
	changes := make([]Change, n)
	for i := range changes {
		old := lines(random)
		c := Change{
			Old:    randomPath(random, 2*i),
			New:    randomPath(random, 2*i+1),
			Before: join(old),
			After:  join(edits(random, old)),
		}
		switch random.IntN(6) {
		case 0:
			c.Old, c.Before = "", nil
		case 1:
			c.New, c.After = "", nil
		case 2:
			c.After = c.Before
		case 3:
		default:
			c.New = c.Old
		}
		changes[i] = c
	}
	return changes
}

// randomPath is a path unlike those of other numbers.
func randomPath(random *rand.Rand, number int) string {
	path := fmt.Sprintf("%d", number)
	for range random.IntN(4) {
		path += []string{"/", " ", "é", "新闻", `"`, `\`, "\t", "\n", "\x01", "\x7f", "\r", "'", "a", "#", "b/", " b"}[random.IntN(16)]
	}
	return strings.ReplaceAll(path+"x.md", "//", "/")
}

// randomFile has few different lines, so that they occur again and again.
func randomFile(random *rand.Rand) []string {
	return repeat(random.IntN(60), random, randomLine)
}

func randomLine(random *rand.Rand) string {
	line := []string{"", "a", "b", "c d", "é", "新闻 b", "-", "+", "@@ -1 +1 @@", `\ No newline`, "a\x00b", "\xff", " ", "--- a", "1. [A](/a.md) _Context: X_"}[random.IntN(15)]
	return line + []string{"\n", "\n", "\n", "\r\n"}[random.IntN(4)]
}

func randomEdits(random *rand.Rand, lines []string) []string {
	for range random.IntN(5) {
		lines = replaceSome(random, lines, randomLine)
	}
	return lines
}

// replaceSome puts up to three new lines in the place of up to three old ones.
func replaceSome(random *rand.Rand, lines []string, newLine func(*rand.Rand) string) []string {
	at := random.IntN(len(lines) + 1)
	end := min(len(lines), at+random.IntN(4))
	middle := repeat(random.IntN(4), random, newLine)
	return append(append(lines[:at:at], middle...), lines[end:]...)
}

func repeat(n int, random *rand.Rand, newLine func(*rand.Rand) string) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = newLine(random)
	}
	return lines
}

// join makes a file of lines. One in three lacks the newline at its end.
func join(lines []string) []byte {
	text := []byte(strings.Join(lines, ""))
	if len(text)%3 == 0 {
		return bytes.TrimSuffix(text, []byte("\n"))
	}
	return text
}
