package lint

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"newsctl/archive"
)

func fixture(t testing.TB, name string) *archive.Archive {
	t.Helper()
	dir := "../fixtures/" + name
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	return archive.New(os.DirFS(dir), archive.Config{})
}

func TestCleanFixtures(t *testing.T) {
	for _, name := range []string{"clean", "chinese"} {
		a := fixture(t, name)
		for _, f := range Run(a, a.Load(nil), Config{Whole: true}).Findings {
			t.Errorf("%s: %s [%s]", name, f, f.Rule)
		}
	}
}

// TestLazyAgrees checks each page by itself, in an archive that has read
// nothing else, and expects the findings that the whole run has on it.
func TestLazyAgrees(t *testing.T) {
	a := fixture(t, "broken")
	paths := a.Load(nil)
	whole := Run(a, paths, Config{}).Findings
	var single []Finding
	for _, p := range paths {
		single = append(single, Run(fixture(t, "broken"), []string{p}, Config{}).Findings...)
	}
	slices.SortFunc(single, compare)
	if !reflect.DeepEqual(single, whole) {
		t.Errorf("pages judged one by one: %d findings; all at once: %d", len(single), len(whole))
		for _, f := range single {
			if !has(whole, f) {
				t.Errorf("only alone: %s [%s]", f, f.Rule)
			}
		}
		for _, f := range whole {
			if !has(single, f) {
				t.Errorf("only together: %s [%s]", f, f.Rule)
			}
		}
	}
}

// has reports whether a finding, with the same fix, is among others.
func has(findings []Finding, f Finding) bool {
	return slices.ContainsFunc(findings, func(g Finding) bool { return reflect.DeepEqual(f, g) })
}

// BenchmarkLint measures the rules, all and by family, on a loaded archive: the bundled
// one, or the one that NEWSCTL_BENCH_ARCHIVE names.
func BenchmarkLint(b *testing.B) {
	a := fixture(b, "clean")
	if dir := os.Getenv("NEWSCTL_BENCH_ARCHIVE"); dir != "" {
		a = archive.New(os.DirFS(dir), archive.Config{})
	}
	paths := a.Load(nil)
	for _, family := range []string{"all", "related", "page", "date", "slug", "source", "changes", "link", "text", "day", "front", "event", "ignore"} {
		var only []string
		for _, r := range Rules() {
			if family == "all" || r.Family() == family {
				only = append(only, r.Name)
			}
		}
		b.Run(family, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				Run(a, paths, Config{Only: only})
			}
		})
	}
}
