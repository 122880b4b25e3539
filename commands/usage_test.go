package commands

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"newsctl/archive/archivetest"
)

// usageArchive is an archive in git that each command would change.
var usageArchive = map[string]string{
	".newsctl.yaml":               "baseline: known.jsonl\n",
	"known.jsonl":                 "{\"newsctlBaseline\":1}\n",
	"events.jsonl":                "{\"headline\":\"Gulls meet\",\"date\":\"2024-03-5\",\"contexts\":[\"Harbour\"]}\n",
	"news/2024/03/5/index.md":     "## [2024-03-5](/news/2024/03/5/index.md)\n\n### [Ferry sails.](/news/2024/03/5/ferry-sails.md)\n\n### [Fog lifts](/news/2024/03/5/fog-lifts.md)\n",
	"news/2024/03/5/README.md":    "## [2024-03-5](/news/2024/03/5/index.md)\n",
	"news/2024/03/5/fog-lifts.md": "### [2024-03-5](/news/2024/03/5/index.md)\n\n##### Harbour\n# Fog lifts\n\n\n\n### Related:\n\n1. [Gone](/news/2024/03/5/gone.md) _Context: Harbour_\n",
	eventPage:                     "### [2024-03-5](/news/2024/03/5/index.md)\n\n##### Harbour\n# Ferry sails\n\n\n\n### Related:\n\n3. [Fog](/news/2024/03/5/fog-lifts.md) _Context: Harbour_\n",
}

const eventPage = "news/2024/03/5/ferry-sails.md"

// tree is the files of a directory, those of git aside.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		src, err := os.ReadFile(p)
		rel, _ := filepath.Rel(root, p)
		out[filepath.ToSlash(rel)] = string(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func writeTree(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// usageRepo makes the archive, committed, and the environment's own.
func usageRepo(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	writeTree(t, root, usageArchive)
	t.Setenv("NEWSCTL_ARCHIVE", root)
	t.Setenv("GIT_EDITOR", "true")
	t.Setenv("HOME", t.TempDir())
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "x"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	chdir(t, t.TempDir())
	return root
}

// chdir changes the working directory until the test ends.
func chdir(t *testing.T, dir string) {
	t.Helper()
	old, err := os.Getwd()
	if err == nil {
		err = os.Chdir(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chdir(old) })
}

// restore makes a directory what it was.
func restore(t *testing.T, root string, was map[string]string) {
	t.Helper()
	for name := range tree(t, root) {
		if _, ok := was[name]; !ok {
			if err := os.Remove(filepath.Join(root, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	writeTree(t, root, was)
}

// run runs a command line in this process.
func run(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = Main(append([]string{"newsctl"}, args...), strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// sampleArgs are arguments that a command takes.
func sampleArgs(c *cli.Command) []string {
	samples := map[string]string{"PAGE": eventPage, "HEADLINE": "Ferry sails again", "OLD": "Harbour", "NEW": "Port", "RULE": "link-broken", "FILE": "plan.json",
		"BASE": eventPage, "OURS": eventPage, "THEIRS": eventPage, "PATH": eventPage}
	var out []string
	usage, _, _ := strings.Cut(c.ArgsUsage, " | ")
	for _, word := range strings.Fields(usage) {
		name := strings.Trim(word, "[].")
		if sample, ok := samples[name]; ok && (word[0] != '[' || name == "HEADLINE") {
			out = append(out, sample)
		}
	}
	return out
}

// TestEmptyValues gives each flag of each command an empty value, and each
// argument. None is taken for one that is not given.
func TestEmptyValues(t *testing.T) {
	root := usageRepo(t)
	before := tree(t, root)
	lines := 0
	try := func(line []string) {
		lines++
		status, stdout, stderr := run(line...)
		if status != exitFailure && status != exitMergeFailure || stdout != "" || stderr == "" {
			t.Errorf("%q: status %d, stdout %q, stderr %q", line, status, stdout, stderr)
		}
		if after := tree(t, root); !maps.Equal(after, before) {
			t.Errorf("%q changed the archive", line)
			restore(t, root, before)
		}
	}
	eachCommand(newApp(newEnv(nil, nil, nil)).Commands, "", func(name string, c *cli.Command) {
		words, args := strings.Fields(name), sampleArgs(c)
		for _, f := range c.Flags {
			if !takesValue(f) {
				continue
			}
			for _, n := range f.Names() {
				for _, line := range [][]string{{dashed(n) + "="}, {dashed(n), ""}, {dashed(n), " \t"}} {
					try(slices.Concat(words, line, args))
					try(slices.Concat(words, args, line))
				}
			}
		}
		for i := range args {
			empty := slices.Clone(args)
			empty[i] = ""
			try(slices.Concat(words, empty))
		}
		if c.ArgsUsage == "" {
			try(slices.Concat(words, []string{"stray"}))
		}
		try(slices.Concat(words, args, []string{""}))
	})
	if lines < 500 {
		t.Errorf("%d command lines", lines)
	}
}

// sampleFlag is a flag with a value that it takes.
func sampleFlag(f cli.Flag) []string {
	name := f.Names()[0]
	samples := map[string]string{
		"date": "2024-03-6", "topic": "Harbour", "description": "A text.", "source": "https://a.example/1", "context": "Port",
		"from": "events.jsonl", "from-form": "form.txt", "explain": eventPage, "out": "saved.json", "max-changed": "100", "plan-hash": "000000000000", "format": "json", "color": "always",
		"rule": "related-number", "disable": "link-broken", "fail-on": "error", "severity": "error", "output": os.DevNull, "since": "HEAD", "merge": "HEAD", "baseline": "known.jsonl",
		"of": eventPage, "marker-size": "9", "label-ours": "HEAD", "label-theirs": "topic",
		"language": "de", "layout-root": "events", "layout-days": "padded", "layout-page": "README.md", "slug": "ascii", "host": "a.example", "state": "dead", "max-age": "20d", "jobs": "2", "pace": "0", "timeout": "5s",
		"match": "ferry", "linked-by": eventPage, "links-to": eventPage, "sort": "links", "limit": "1", "count-by": "month", "max": "90", "window": "30d", "far": "30d", "events": "Harbour", "new-contexts": "warn", "service": "https://a.example", "form": "append",
		"log": os.DevNull, "clientProcessId": "1", "base-url": "https://a.example", "title": "News", "siblings": "public",
	}
	switch value, ok := samples[name]; {
	case !takesValue(f):
		return []string{"--" + name}
	case ok:
		return []string{"--" + name, value}
	}
	return nil
}

// TestFlagPairs gives each command each of its flags, and pairs of them: one in eight,
// or each with all seeds. Each flag acts, or the pair is refused; a question changes
// nothing.
func TestFlagPairs(t *testing.T) {
	root := usageRepo(t)
	if status, _, stderr := run("relink", "--out", filepath.Join(root, "plan.json")); status != 0 {
		t.Fatal(stderr)
	}
	chdir(t, root)
	before := tree(t, root)
	eachCommand(newApp(newEnv(nil, nil, nil)).Commands, "", func(name string, c *cli.Command) {
		if name == "serve" {
			return // serve runs until a signal
		}
		own := ownFlags(append(new(globalOptions).flags(), cli.HelpFlag), c.Flags)
		dryStatus, _, _ := run(slices.Concat(strings.Fields(name), []string{"--dry-run"}, sampleArgs(c))...)
		for i, f := range own {
			for j, g := range own[:i+1] {
				if isFilter(f) && isFilter(g) && f != g {
					continue // one function reads them all
				}
				if f != g && (i+j)%archivetest.Seeds(8, 1) != 0 {
					continue
				}
				words := strings.Fields(name)
				flags := sampleFlag(f)
				if g != f {
					flags = append(flags, sampleFlag(g)...)
				}
				if sampleFlag(f) == nil || sampleFlag(g) == nil {
					t.Fatalf("no sample of --%s", f.Names()[0])
				}
				checkPair(t, root, before, slices.Concat(words, flags, sampleArgs(c)), dryStatus)
				if findFlag(c.Flags, "out") != nil {
					checkPair(t, root, before, slices.Concat(words, flags, sampleArgs(c), []string{"--dry-run"}), dryStatus)
				}
				if c.ArgsUsage == "[HEADLINE]" || name == "rename" {
					checkPair(t, root, before, slices.Concat(words, flags), dryStatus)
				}
			}
		}
	})
}

// isFilter reports whether a flag selects events.
func isFilter(f cli.Flag) bool {
	return findFlag(new(filterOptions).filterFlags(), f.Names()[0]) != nil
}

// checkPair runs a command line, and fails the test if a flag of it is passed
// over.
func checkPair(t *testing.T, root string, before map[string]string, line []string, dryStatus int) {
	t.Helper()
	status, stdout, stderr := run(line...)
	after := tree(t, root)
	saved := after["saved.json"]
	delete(after, "saved.json")
	has := func(flag string) bool { return slices.Contains(line, "--"+flag) }
	filters := slices.ContainsFunc(new(filterOptions).filterFlags(), func(f cli.Flag) bool { return has(f.Names()[0]) }) // they may select nothing
	question := status == exitFailure || has("dry-run") || has("out") || has("explain") || has("stat") || has("staged") || has("format") && line[0] != "new" && line[0] != "lint"
	wrong := ""
	switch {
	case question && !maps.Equal(after, before):
		wrong = "changed the archive"
	case status == exitFailure && (saved != "" || stdout != ""):
		wrong = "failed, but wrote " + stdout + saved
	case status == exitFailure:
	case has("out") && saved == "":
		wrong = "saved no plan"
	case has("format") && !json.Valid([]byte(stdout)) && stdout != "":
		wrong = "wrote no JSON"
	case has("stat") && (strings.Contains(stdout, "@@") || json.Valid([]byte(stdout))):
		wrong = "wrote no statistics"
	case has("explain") && !strings.Contains(stdout, "is about"):
		wrong = "explained nothing"
	case has("dry-run") && dryStatus != exitFailure && status != dryStatus && !has("exit-zero") && !filters && !has("staged") && !has("from-git") && !has("resolve"): // which find nothing
		wrong = "is no longer a dry run"
	}
	if wrong != "" {
		t.Errorf("%s %s: status %d\n%s%s", strings.Join(line, " "), wrong, status, stdout, stderr)
	}
	if saved != "" || !maps.Equal(after, before) {
		restore(t, root, before)
	}
}

// TestRules holds the rules of flags to name flags of the same command.
func TestRules(t *testing.T) {
	eachCommand(newApp(newEnv(nil, nil, nil)).Commands, "", func(name string, c *cli.Command) {
		for _, f := range c.Flags {
			r, ok := f.(*ruledFlag)
			if !ok {
				continue
			}
			for _, other := range append(r.requires, r.excludes...) {
				flag, _, _ := strings.Cut(other, "=")
				if findFlag(c.Flags, flag) == nil && !(isArgument(flag) && strings.Contains(c.ArgsUsage, flag)) {
					t.Errorf("newsctl %s --%s has a rule of %s, which the command does not have", name, r.Names()[0], other)
				}
			}
		}
	})
}

// TestHelpWidth holds help to 80 columns, and its parts to one empty line between them.
func TestHelpWidth(t *testing.T) {
	check := func(name string, _ *cli.Command) {
		_, stdout, _ := run(append(strings.Fields(name), "--help")...)
		if strings.Contains(stdout, "\n\n\n") {
			t.Errorf("newsctl %s --help has two empty lines in a row", name)
		}
		for _, line := range strings.Split(stdout, "\n") {
			if n := utf8.RuneCountInString(line); n > helpColumns {
				t.Errorf("newsctl %s --help: %d columns: %s", name, n, line)
			}
		}
	}
	check("", nil)
	eachCommand(newApp(newEnv(nil, nil, nil)).Commands, "", check)
}
