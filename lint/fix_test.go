package lint

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"newsctl/archive"
)

// exampleArchive returns the archive of a documented example and the paths of
// the example's own pages.
func exampleArchive(example string) (*archive.Archive, []string) {
	tree := fstest.MapFS{}
	pages := txtar.Parse([]byte(example)).Files
	for _, f := range append(txtar.Parse([]byte(ExampleArchive)).Files, pages...) {
		tree[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	var paths []string
	for _, f := range pages {
		paths = append(paths, f.Name)
	}
	slices.Sort(paths)
	return archive.New(tree, archive.Config{}), paths
}

// mend mends an archive, and then once more, which must change nothing.
func mend(t *testing.T, a *archive.Archive, paths []string, config Config) *Mended {
	t.Helper()
	m, err := Mend(a, paths, config)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Mend(m.Archive, m.Archive.Paths("."), config)
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == len(a.Paths(".")) && again.Plan.Len() > 0 {
		t.Errorf("mending again changes %q: %v", again.Plan.Paths(), again.Findings)
	}
	return m
}

// TestFixesHold mends the wrong example of each rule by that rule alone, and
// expects what has a fix to be gone, and what has none to stay.
func TestFixesHold(t *testing.T) {
	for _, r := range Rules() {
		a, paths := exampleArchive(r.Wrong)
		m := mend(t, a, paths, Config{Only: []string{r.Name}})
		for _, f := range lintExample(r, r.Wrong) {
			mended := slices.ContainsFunc(m.Findings, func(g Finding) bool { return g.Key() == f.Key() })
			if mended != (f.Fix != nil) {
				t.Errorf("%s [%s]: has a fix: %t, but is mended: %t", f, r.Name, f.Fix != nil, mended)
			}
			if r.Fixes != (f.Fix != nil) {
				t.Errorf("%s: says that it mends: %t, but its example is mended: %t", r.Name, r.Fixes, f.Fix != nil)
			}
		}
		for _, f := range m.Result.Findings {
			if f.Fix != nil {
				t.Errorf("%s [%s] is not mended", f, r.Name)
			}
		}
	}
}
