package commands

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/urfave/cli/v2"
)

// TestHelp holds each command to what all have: examples that can be typed, and
// flags that say what they do.
func TestHelp(t *testing.T) {
	app := newApp(&env{})
	eachCommand(app.Commands, "", func(name string, c *cli.Command) {
		if c.UsageText == "" {
			t.Errorf("%s has no examples", name)
		}
		for _, line := range strings.Split(c.UsageText, "\n") {
			example, _, _ := strings.Cut(strings.TrimSpace(line), "   ")
			if strings.HasPrefix(example, "newsctl ") {
				checkLine(t, app, example)
			}
		}
		for _, f := range c.Flags {
			if flagHelp(f) == "" {
				t.Errorf("%s --%s says nothing", name, f.Names()[0])
			}
		}
	})
}

// checkLine fails the test if a command line names a command or a flag that
// there is not.
func checkLine(t *testing.T, app *cli.App, line string) {
	t.Helper()
	words := commandWords.FindAllString(line, -1)
	if i := slices.IndexFunc(words, func(w string) bool { return strings.ContainsAny(w, "<>|&;") && w[0] != '"' }); i >= 0 {
		words = words[:i]
	}
	l := readCommandLine(app, words[1:])
	if err := l.checkCommand(); err != nil || l.command() == nil || l.waiting != "" {
		t.Errorf("%s: no such command line: %v", line, err)
		return
	}
	for i := 0; i < len(l.flags); i++ {
		name, _, hasValue := strings.Cut(l.flags[i], "=")
		f := findFlag(l.ownFlags(), strings.TrimLeft(name, "-"))
		if f == nil {
			t.Errorf("%s: no flag %s", line, name)
		}
		if takesValue(f) && !hasValue {
			i++
		}
	}
}

// TestFlagValues holds what completion offers for flags of few values to what
// the commands accept: each help that lists words lists all.
func TestFlagValues(t *testing.T) {
	app := newApp(&env{})
	eachCommand(app.Commands, "", func(name string, c *cli.Command) {
		for _, f := range c.Flags {
			s, ok := f.(*cli.StringFlag)
			if !ok || s.Value == "" {
				continue
			}
			l := readCommandLine(app, strings.Fields(name))
			values := l.flagValues(f, "")
			if !slices.ContainsFunc(values, func(v suggestion) bool { return v.word == s.Value }) {
				t.Errorf("newsctl %s --%s is %s, if not given, which completion does not offer: %v", name, s.Name, s.Value, values)
			}
		}
	})
}

// TestPreCommitHooks holds the hooks for the pre-commit framework to the
// commands there are, and each to its twin.
func TestPreCommitHooks(t *testing.T) {
	src, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	type hook struct {
		ID            string
		Name          string
		Description   string
		Entry         string
		Language      string
		AlwaysRun     bool   `yaml:"always_run"`
		PassFilenames *bool  `yaml:"pass_filenames"`
		Minimum       string `yaml:"minimum_pre_commit_version"`
	}
	var hooks []hook
	if err := yaml.UnmarshalWithOptions(src, &hooks, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	entries := map[string]string{}
	for _, h := range hooks {
		checkLine(t, newApp(&env{}), h.Entry)
		entries[h.ID] = h.Entry
		if !h.AlwaysRun || h.PassFilenames == nil || *h.PassFilenames {
			t.Errorf("%s does not see a commit that only deletes", h.ID)
		}
		twin, isTwin := strings.CutSuffix(h.ID, "-system")
		if want := map[bool]string{false: "golang", true: "system"}[isTwin]; h.Language != want {
			t.Errorf("%s: language %s, want %s", h.ID, h.Language, want)
		}
		if entries[twin] != h.Entry {
			t.Errorf("%s and %s run different commands", twin, h.ID)
		}
	}
	if len(hooks) != 4 {
		t.Errorf("%d hooks, want 4", len(hooks))
	}
}
