package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"newsctl/archive"
)

// exampleArchive is what the example of every rule takes as given, in the txtar
// format: two events that the pages of the examples link to.
const exampleArchive = `
-- news/2024/03/4/storm-stops-the-ferry.md --
### [2024-03-4](/news/2024/03/4/index.md)

# Storm stops the ferry
-- news/2023/11/30/ferry-gets-a-new-engine.md --
### [2023-11-30](/news/2023/11/30/index.md)

# Ferry gets a new engine
`

// exampleConfig is the configuration of the archive of every example.
var exampleConfig = archive.Config{Aliases: map[string]string{"Car ferry": "Ferry"}}

// openExample returns the archive of a documented example and the paths of the
// example's own pages.
func openExample(example string) (*archive.Archive, []string) {
	tree := fstest.MapFS{}
	pages := txtar.Parse([]byte(example)).Files
	for _, f := range append(txtar.Parse([]byte(exampleArchive)).Files, pages...) {
		tree[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	var paths []string
	for _, f := range pages {
		paths = append(paths, f.Name)
	}
	slices.Sort(paths)
	return archive.New(tree, exampleConfig), paths
}

// lintExample applies one rule to the pages of a documented example.
func lintExample(r *Rule, example string) []Finding {
	a, paths := openExample(example)
	return Run(a, paths, Config{Only: withSuppressed(r), Whole: true}).Findings
}

// withSuppressed returns the rules that an example of a rule needs: its own, and
// for the one about comments also the one that the example suppresses.
func withSuppressed(r *Rule) []string {
	if r == &ignoreUnused {
		return []string{r.Name, linkBroken.Name}
	}
	return []string{r.Name}
}

func TestExamples(t *testing.T) {
	for _, r := range Rules() {
		t.Run(r.Name, func(t *testing.T) {
			wrong := lintExample(r, r.Wrong)
			if len(wrong) == 0 {
				t.Error("the wrong example has no finding")
			}
			for _, f := range wrong {
				if f.Rule != r.Name {
					t.Errorf("the wrong example also breaks %s: %s", f.Rule, f)
				}
			}
			for _, f := range lintExample(r, r.Right) {
				t.Errorf("the right example has a finding: %s", f)
			}
		})
	}
}

// TestRulesAreDocumented holds rules to the form that help and documentation
// rely on.
func TestRulesAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Name] {
			t.Errorf("%s is listed twice", r.Name)
		}
		seen[r.Name] = true
		if r.Title == "" || r.Why == "" || strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Why, ".") {
			t.Errorf("%s: the title is a phrase without a full stop, the reason is sentences", r.Name)
		}
		for _, line := range strings.Split(r.Why, "\n") {
			if len(line) > 110 {
				t.Errorf("%s: a line of the reason is too long for a terminal: %q", r.Name, line)
			}
		}
		if r.Severity == Off {
			t.Errorf("%s has no severity", r.Name)
		}
		if Lookup(r.Name) != r {
			t.Errorf("%s is not found by its name", r.Name)
		}
	}
}

// A day of more events than are compared is reported once.
func TestTooManyEvents(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{}
	for i := range 2001 {
		tree[fmt.Sprintf("news/2024/03/5/e%d.md", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("# Event %d\n", i))}
	}
	a := archive.New(tree, archive.Config{})
	found := Run(a, a.Paths("."), Config{Only: []string{eventDuplicate.Name}}).Findings
	if len(found) != 1 || found[0].Path != "news/2024/03/5/e0.md" || !strings.Contains(found[0].Message, "the day has 2001 events") {
		t.Errorf("%v", found)
	}
}

// Of an event with more versions without a page than anyone can hint one by one, the
// rest is reported at once.
func TestManyBrokenVersions(t *testing.T) {
	for _, broken := range []int{1, maxBrokenVersions, maxBrokenVersions + 1, 50} {
		source := "# Ferry sails\n\n### Changes:\n\n1. [Ferry sails](/news/2024/03/5/a.md) _(Current version)_\n"
		for i := range broken {
			source += fmt.Sprintf("1. [Ferry %d](/news/2024/03/5/b%d.md) _2024-03-05 18:30:00 (Update)_\n", i, i)
		}
		a := archive.New(fstest.MapFS{"news/2024/03/5/a.md": {Data: []byte(source)}}, archive.Config{})
		found := Run(a, a.Paths("."), Config{Only: []string{changesCurrent.Name}}).Findings
		if len(found) != min(broken, maxBrokenVersions+1) {
			t.Errorf("%d broken versions: %d findings", broken, len(found))
		}
		if last := found[len(found)-1]; broken > maxBrokenVersions && !strings.Contains(last.Message, fmt.Sprintf("nor those of %d versions after it", broken-maxBrokenVersions-1)) {
			t.Errorf("%d broken versions: %s", broken, last)
		}
	}
}
