package commands

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsctl/archive/archivetest"
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
			p.reportf(p.headline(), "page mentions a toy; remove it")
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

// TestContributing adds a rule, a command and a format to the module as
// CONTRIBUTING.md says: a file and a line each. All that is shown of them follows. The
// files are an overlay of the module, so that only what imports them is built.
func TestContributing(t *testing.T) {
	t.Parallel()
	goCommand, err := exec.LookPath("go")
	if err != nil || archivetest.Seeds(0, 1) == 0 {
		t.Skip("builds the module; set NEWSCTL_TEST_SEEDS=all")
	}
	dir := t.TempDir()
	module, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay := map[string]string{}
	write := func(name, text string) {
		overlay[filepath.Join(module, name)] = filepath.Join(dir, "module", name)
		writeToy(t, filepath.Join(dir, "module", name), text)
	}
	for name, text := range toyFiles {
		write(name, text)
	}
	for name, line := range toyLines {
		src, err := os.ReadFile(filepath.Join(module, name))
		if err != nil || strings.Count(string(src), line[0]+"\n") != 1 {
			t.Fatalf("%s has not one line %q (%v)", name, line[0], err)
		}
		write(name, strings.Replace(string(src), line[0]+"\n", line[0]+"\n"+line[1]+"\n", 1))
	}
	replaced, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	writeToy(t, filepath.Join(dir, "overlay.json"), string(replaced))
	page := toyFiles["lint/rule_text_toy.go"]
	_, page, _ = strings.Cut(page, "-- news/2024/03/5/ferry-sails-again.md --\n")
	page, _, _ = strings.Cut(page, "`")
	writeToy(t, filepath.Join(dir, "archive", "news/2024/03/5/toy.md"), page)

	run := func(in, name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = in
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState.ExitCode() != exitFindings {
			t.Fatalf("%s: %v\n%s", cmd, err, out)
		}
		return string(out)
	}
	newsctl := filepath.Join(dir, "toyctl.exe")
	run(module, goCommand, "build", "-overlay", filepath.Join(dir, "overlay.json"), "-buildvcs=false", "-ldflags=-s -w", "-o", newsctl, ".")
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
		if out := run(dir, newsctl, test.args...); !strings.Contains(out, test.want) {
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
