package commands

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/urfave/cli/v2"
)

// TestHelp holds each command to what all have: examples that can be typed, and
// flags that say what they do.
func TestHelp(t *testing.T) {
	app := newApp(newEnv(nil, nil, nil))
	eachCommand(app.Commands, "", func(name string, c *cli.Command) {
		if c.UsageText == "" {
			t.Errorf("%s has no examples", name)
		}
		for _, line := range strings.Split(c.HelpName+" - "+c.Usage+"\n"+layOutExamples(c.UsageText)+"\n"+fillText(c.Description), "\n") {
			if utf8.RuneCountInString(line) > helpColumns {
				t.Errorf("%s: help is wider than %d columns: %s", name, helpColumns, line)
			}
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

// TestFlagValues holds the words of a flag to be one list: help names them,
// completion offers them, the check takes them and refuses others.
func TestFlagValues(t *testing.T) {
	app := newApp(newEnv(nil, nil, nil))
	eachCommand(app.Commands, "", func(name string, c *cli.Command) {
		for _, f := range c.Flags {
			r, ok := f.(*ruledFlag)
			if !ok || r.words == nil {
				continue
			}
			var offered []string
			for _, s := range readCommandLine(app, strings.Fields(name)).flagValues(f, "") {
				offered = append(offered, s.word)
			}
			if !slices.Equal(offered, r.words) {
				t.Errorf("newsctl %s --%s offers %v, want %v", name, r.Names()[0], offered, r.words)
			}
			for _, w := range r.words {
				if err := r.check(w); err != nil || !strings.Contains(flagHelp(f), w) {
					t.Errorf("newsctl %s --%s %s: %v; help: %s", name, r.Names()[0], w, err, flagHelp(f))
				}
			}
			if value := r.GetValue(); value != "" && !slices.Contains(r.words, value) || r.check("nonsense") == nil {
				t.Errorf("newsctl %s --%s takes nonsense, or has the default %s", name, r.Names()[0], value)
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
		AlwaysRun     bool `yaml:"always_run"`
		Files         string
		Serial        bool   `yaml:"require_serial"`
		PassFilenames *bool  `yaml:"pass_filenames"`
		Minimum       string `yaml:"minimum_pre_commit_version"`
	}
	var hooks []hook
	if err := yaml.UnmarshalWithOptions(src, &hooks, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	entries := map[string]string{}
	for _, h := range hooks {
		checkLine(t, newApp(newEnv(nil, nil, nil)), h.Entry)
		entries[h.ID] = h.Entry
		if !h.AlwaysRun {
			t.Errorf("%s does not see a commit that only deletes", h.ID)
		}
		if names := h.PassFilenames == nil; names != strings.HasPrefix(h.Entry, "newsctl lint") || names != h.Serial {
			t.Errorf("%s does not see what --all-files asks for, or sees it in parts at a time", h.ID)
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
