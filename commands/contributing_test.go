package commands

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// toyFiles are what a contributor writes to add a rule, a command and a format.
var toyFiles = map[string]string{
	"lint/rule_text_toy.go": `package lint

import "bytes"

var textToy = Rule{
	Name:     "text-toy",
	Severity: Warning,
	Title:    "a page mentions a toy",
	Why:      "Toys are for examples.",
	Wrong: ` + "`" + `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry carries a toy
` + "`" + `,
	Right: ` + "`" + `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again
` + "`" + `,
	Kinds: eventPages,
	Check: func(p *Pass) {
		if bytes.Contains(p.Page.Source, []byte(" toy")) {
			p.Reportf(p.headline(), "page mentions a toy; remove it")
		}
	},
}
`,
	"lint/report_toy.go": `package lint

import (
	"fmt"
	"io"
)

var toyFormat = Format{Name: "toy", Exact: true, Write: func(w io.Writer, r Report) error {
	_, err := fmt.Fprintf(w, "%d toys\n", len(r.Findings))
	return err
}}
`,
	"commands/toy.go": `package commands

import "github.com/urfave/cli/v2"

func toyCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:        "toy",
		Usage:       "print a toy",
		Description: "Examples:\n   newsctl toy",
		Action:      func(*cli.Context) error { return e.say("a toy") },
	}
}
`,
}

// toyLines are the lines that a contributor adds, each after another, by file.
var toyLines = map[string][2]string{
	"lint/rules.go":   {"return []*Rule{", "&textToy,"},
	"lint/report.go":  {"return []*Format{", "&toyFormat,"},
	"commands/app.go": {"Commands: []*cli.Command{", "toyCommand(e),"},
}

// TestContributing adds a rule, a command and a format to a copy of the module as
// CONTRIBUTING.md says: a file and a line each. All that is shown of them follows.
func TestContributing(t *testing.T) {
	t.Parallel()
	goCommand, err := exec.LookPath("go")
	if testing.Short() || err != nil {
		t.Skip("builds the module")
	}
	dir := t.TempDir()
	copyModule(t, "..", dir)
	for name, text := range toyFiles {
		writeToy(t, filepath.Join(dir, name), text)
	}
	for name, line := range toyLines {
		file := filepath.Join(dir, name)
		src, err := os.ReadFile(file)
		if err != nil || strings.Count(string(src), line[0]+"\n") != 1 {
			t.Fatalf("%s has not one line %q (%v)", name, line[0], err)
		}
		writeToy(t, file, strings.Replace(string(src), line[0]+"\n", line[0]+"\n"+line[1]+"\n", 1))
	}
	page := toyFiles["lint/rule_text_toy.go"]
	_, page, _ = strings.Cut(page, "-- news/2024/03/5/ferry-sails-again.md --\n")
	page, _, _ = strings.Cut(page, "`")
	writeToy(t, filepath.Join(dir, "archive", "news/2024/03/5/toy.md"), page)

	run := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState.ExitCode() != exitFindings {
			t.Fatalf("%s: %v\n%s", cmd, err, out)
		}
		return string(out)
	}
	run(goCommand, "build", "-trimpath", "-o", "toyctl", ".")
	newsctl := filepath.Join(dir, "toyctl")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"toy"}, "a toy\n"},
		{[]string{"--help"}, "   toy         print a toy\n"},
		{[]string{"man"}, "print a toy"},
		{[]string{"__complete", "--", "to"}, "toy\tprint a toy\n"},
		{[]string{"rules"}, "text-toy "},
		{[]string{"explain", "text-toy"}, "Toys are for examples.\n"},
		{[]string{"__complete", "--", "lint", "--rule", "text-t"}, "text-toy\t"},
		{[]string{"lint", "--help"}, "output FORMAT: toy, text"},
		{[]string{"lint", "--rule", "text-toy", "--format", "toy", "-C", "archive"}, "1 toys\n"},
		{[]string{"lint", "--rule", "text-toy", "-C", "archive"}, "page mentions a toy; remove it [text-toy]\n"},
	} {
		if out := run(newsctl, test.args...); !strings.Contains(out, test.want) {
			t.Errorf("newsctl %s prints no %q:\n%s", strings.Join(test.args, " "), test.want, out)
		}
	}
}

func writeToy(t *testing.T, file, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o777)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// copyModule copies what a build needs.
func copyModule(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && p != from && (name == "testdata" || name == "fixtures" || strings.HasPrefix(name, ".")):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		src, err := os.ReadFile(p)
		if err == nil {
			writeToy(t, filepath.Join(to, rel), string(src))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
