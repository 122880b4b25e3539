package commands

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsctl/archive/git"
)

// commandWords are the words of a command line; quotes hold some together.
var commandWords = regexp.MustCompile(`"[^"]*"|\S+`)

var console = regexp.MustCompile("(?s)```console\n(.*?)```")

// TestReadmeTour runs the README's console examples from the root of the
// project and holds their output, both streams together, to what the program
// prints. They are run as in a clone: diffs begin at the top of the work tree.
func TestReadmeTour(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if git.PrefixOf(here) == "." {
		t.Skip("needs a clone of the project")
	}
	if err := os.Chdir(".."); err != nil {
		t.Fatal(err)
	}
	defer os.Chdir("commands")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	got := console.ReplaceAllStringFunc(string(readme), func(block string) string {
		examples++
		return "```console\n" + runConsole(t, console.FindStringSubmatch(block)[1]) + "```"
	})
	if examples == 0 {
		t.Fatal("the README shows no command")
	}
	if got == string(readme) {
		return
	}
	if !*update {
		t.Fatal("the README shows other output than the program prints; run go test ./commands -update and read the difference")
	}
	if err := os.WriteFile("README.md", []byte(got), 0o666); err != nil {
		t.Fatal(err)
	}
}

// runConsole runs the commands of an example, the lines that begin with $, and
// returns it with their output.
func runConsole(t *testing.T, example string) string {
	var out bytes.Buffer
	for _, line := range strings.Split(example, "\n") {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n")
		}
		out.WriteString(line + "\n")
		args := commandWords.FindAllString(command, -1)
		for i, arg := range args {
			args[i] = strings.Trim(arg, `"`)
		}
		if args[0] != "newsctl" {
			t.Fatalf("the README runs %q, which the test cannot", command)
		}
		Main(args, strings.NewReader(""), &out, &out)
	}
	return out.String()
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// notRun are commands of the README that a test cannot run: they need a terminal,
// the network, or somebody to end them. Their flags are checked all the same.
var notRun = []string{"newsctl new", "newsctl sources check", "newsctl sources archive", "newsctl sources save", "newsctl sources rename", "newsctl serve"}

// TestReadmeCommands runs the commands in the README's blocks for a shell, each block
// in a copy of a fixture with a history. None fails.
func TestReadmeCommands(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	template := readmeArchive(t)
	lines := 0
	for _, block := range shellBlock.FindAllStringSubmatch(string(readme), -1) {
		var commands [][]string
		for _, line := range strings.Split(strings.ReplaceAll(block[1], "\\\n", " "), "\n") {
			if line, _, _ = strings.Cut(line, " #"); strings.HasPrefix(line, "newsctl ") {
				checkLine(t, newApp(newEnv(nil, nil, nil)), line)
				commands = append(commands, readmeWords(line))
			}
		}
		if len(commands) == 0 {
			continue
		}
		dir := t.TempDir()
		if err := copyFiles(template, dir); err != nil {
			t.Fatal(err)
		}
		chdir(t, dir)
		for _, words := range commands {
			if isNotRun(words) {
				continue
			}
			lines++
			if status, _, stderr := run(words[1:]...); status == exitFailure {
				t.Errorf("%q fails: %s", words, stderr)
			}
		}
	}
	if lines < 20 {
		t.Errorf("the README shows %d commands that are run", lines)
	}
}

// readmeWords returns the words of a command line, without a redirection.
func readmeWords(line string) []string {
	line, _, _ = strings.Cut(line, " > ")
	words := commandWords.FindAllString(line, -1)
	for i, w := range words {
		words[i] = strings.Trim(w, `"`)
	}
	return words
}

// isNotRun reports whether a command is one of notRun, or new without any flag.
func isNotRun(words []string) bool {
	for _, not := range notRun {
		if line := strings.Join(words, " "); line == not || not != "newsctl new" && strings.HasPrefix(line, not+" ") {
			return true
		}
	}
	return false
}

// readmeArchive makes an archive with what the README's commands ask for: commits,
// a branch of a remote, events to add, and a change by newsctl.
func readmeArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := copyFiles("../fixtures/clean", dir); err != nil {
		t.Fatal(err)
	}
	writeTree(t, dir, map[string]string{"events.jsonl": `{"headline":"Gulls meet","date":"2018-03-15","contexts":["Port Ellery"],"sources":["https://a.example/1"]}` + "\n"})
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("SHELL", "/bin/bash")
	t.Setenv("GIT_EDITOR", "true")
	t.Setenv("NEWSCTL_ARCHIVE", "")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "Ada")
		t.Setenv("GIT_"+who+"_EMAIL", "ada@example.org")
	}
	for _, args := range [][]string{{"init", "-q", "--template="}, {"add", "-A"}, {"commit", "-qm", "a"}, {"commit", "-q", "--allow-empty", "-m", "b"}, {"update-ref", "refs/remotes/origin/main", "HEAD~1"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	if status, _, stderr := run("contexts", "rename", "Kestria", "Kestria Republic", "-C", dir); status != 0 {
		t.Fatal(stderr)
	}
	return filepath.Clean(dir)
}
