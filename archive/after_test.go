package archive

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// writableFixture returns a copy of a fixture.
func writableFixture(t *testing.T, name string) string {
	t.Helper()
	root := t.TempDir()
	from := os.DirFS(filepath.Join("..", "fixtures", name))
	err := fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(from, p)
		if err != nil {
			return err
		}
		to := filepath.Join(root, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		return os.WriteFile(to, src, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// TestAfterIsWhatCommitMakes compares the archive that a plan promises with the
// one on disk after it was committed.
func TestAfterIsWhatCommitMakes(t *testing.T) {
	root := writableFixture(t, "clean")
	a := New(os.DirFS(root), Config{})
	paths := a.Load(nil)
	added, err := a.Add(paths, []Draft{
		{Headline: "Gulls elect a speaker", Date: fixtureDay, Contexts: []string{"Port Ellery", "gulls"}},
		{Headline: "Gulls adjourn", Date: Date{2018, 3, 10}, Topic: "gulls"},
	}, AddOptions{Today: fixtureDay, Related: true, Backlinks: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := added.Plan.changes.move(a.Page("faq/index.md"), "help/index.md", nil); err != nil {
		t.Fatal(err)
	}
	added.Plan.changes.delete(a.Page("opinion/2018/03/4/the-bridge-we-already-have/index.md"))
	promised := a.After(added.Plan.changes)
	hold, _, err := Acquire(context.Background(), root, "test")
	if err != nil {
		t.Fatal(err)
	}
	if err := hold.Commit(added.Plan); err != nil {
		t.Fatal(err)
	}
	if err := hold.Release(); err != nil {
		t.Fatal(err)
	}
	made := New(os.DirFS(root), Config{})
	want := made.Load(nil)
	if got := promised.Paths("."); !slices.Equal(got, want) {
		t.Fatalf("the pages are\n%q, want\n%q", got, want)
	}
	for _, p := range want {
		if got := promised.Page(p); string(got.Source) != string(made.Page(p).Source) || !slices.Equal(got.targets, made.Page(p).targets) {
			t.Errorf("%s is not what it was promised to be", p)
		}
	}
	if promised.Page("faq/index.md") != nil || promised.Exists("faq/index.md") {
		t.Error("a page that the plan moves is still there")
	}
	if promised.Exists("opinion/2018/03/4/the-bridge-we-already-have/index.md") {
		t.Error("a page that the plan deletes is still there")
	}
	if a.Page(added.Events[0].Path) != nil {
		t.Error("the archive before the plan has changed")
	}
}

func TestThen(t *testing.T) {
	t.Parallel()
	a := New(os.DirFS(t.TempDir()), Config{})
	x, y := []byte("x"), []byte("y")
	tests := []struct {
		name        string
		first, then planned
		want        []planned
	}{
		{"edited twice", planned{path: "a.md", from: x, after: y}, planned{path: "a.md", from: y, after: x}, []planned{{path: "a.md", from: x, after: x}}},
		{"created and edited", planned{path: "a.md", after: x}, planned{path: "a.md", from: x, after: y}, []planned{{path: "a.md", after: y}}},
		{"created and moved", planned{path: "a.md", after: x}, planned{path: "a.md", to: "b.md", from: x, after: y}, []planned{{path: "b.md", after: y}}},
		{"edited and moved", planned{path: "a.md", from: x, after: y}, planned{path: "a.md", to: "b.md", from: y, after: x}, []planned{{path: "a.md", to: "b.md", from: x, after: x}}},
		{"created and deleted", planned{path: "a.md", after: x}, planned{path: "a.md", from: x, gone: true}, []planned{}},
		{"moved and deleted", planned{path: "a.md", to: "b.md", from: x, after: y}, planned{path: "b.md", from: y, gone: true}, []planned{{path: "a.md", from: x, gone: true}}},
		{"deleted and created", planned{path: "a.md", from: x, gone: true}, planned{path: "a.md", after: y}, []planned{{path: "a.md", from: x, after: y}}},
		{"moved and edited", planned{path: "a.md", to: "b.md", from: x, after: x}, planned{path: "b.md", from: x, after: y}, []planned{{path: "a.md", to: "b.md", from: x, after: y}}},
		{"another page", planned{path: "a.md", from: x, after: y}, planned{path: "b.md", after: y}, []planned{{path: "a.md", from: x, after: y}, {path: "b.md", after: y}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, q := a.newChanges(), a.newChanges()
			p.all, q.all = []planned{test.first}, []planned{test.then}
			p.Then(q)
			same := func(a, b planned) bool {
				return a.path == b.path && a.to == b.to && a.gone == b.gone && slices.Equal(a.from, b.from) && slices.Equal(a.after, b.after)
			}
			if !slices.EqualFunc(p.all, test.want, same) {
				t.Errorf("got %v, want %v", p.all, test.want)
			}
		})
	}
}
