package commands

import (
	"bytes"
	"os"
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
