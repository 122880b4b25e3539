package archive_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/edit"
	"newsctl/archive/page"
	"newsctl/archive/plan"
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
	a := archive.New(os.DirFS(root), archive.Config{})
	paths := a.Load(nil)
	added, err := edit.Add(a, paths, []edit.Draft{
		{Headline: "Gulls elect a speaker", Date: archivetest.FixtureDay, Contexts: []string{"Port Ellery", "gulls"}},
		{Headline: "Gulls adjourn", Date: archive.Date{Year: 2018, Month: 3, Day: 10}, Topic: "gulls"},
	}, edit.AddOptions{Today: archivetest.FixtureDay, Related: true, Backlinks: true})
	if err != nil {
		t.Fatal(err)
	}
	changes := a.NewChanges()
	changes.All = added.Plan.Changes().All
	if err := changes.Move(a.Page("faq/index.md"), "help/index.md", nil); err != nil {
		t.Fatal(err)
	}
	changes.Delete(a.Page("opinion/2018/03/4/the-bridge-we-already-have/index.md"))
	p, err := plan.Guard(changes, nil)
	if err != nil {
		t.Fatal(err)
	}
	promised := p.After()
	hold, _, err := plan.Acquire(context.Background(), root, "test")
	if err != nil {
		t.Fatal(err)
	}
	if err := hold.Commit(p); err != nil {
		t.Fatal(err)
	}
	if err := hold.Release(); err != nil {
		t.Fatal(err)
	}
	made := archive.New(os.DirFS(root), archive.Config{})
	want := made.Load(nil)
	if got := promised.Paths("."); !slices.Equal(got, want) {
		t.Fatalf("the pages are\n%q, want\n%q", got, want)
	}
	for _, p := range want {
		if got := promised.Page(p); string(got.Source) != string(made.Page(p).Source) || !slices.EqualFunc(got.Links, made.Page(p).Links, func(x, y *page.Link) bool { return got.Target(x) == made.Page(p).Target(y) }) {
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
	a := archive.New(os.DirFS(t.TempDir()), archive.Config{})
	x, y := archive.Held([]byte("x")), archive.Held([]byte("y"))
	tests := []struct {
		name        string
		first, then archive.Change
		want        []archive.Change
	}{
		{"edited twice", archive.Change{Path: "a.md", From: x, After: y}, archive.Change{Path: "a.md", From: y, After: x}, []archive.Change{{Path: "a.md", From: x, After: x}}},
		{"created and edited", archive.Change{Path: "a.md", After: x}, archive.Change{Path: "a.md", From: x, After: y}, []archive.Change{{Path: "a.md", After: y}}},
		{"created and moved", archive.Change{Path: "a.md", After: x}, archive.Change{Path: "a.md", To: "b.md", From: x, After: y}, []archive.Change{{Path: "b.md", After: y}}},
		{"edited and moved", archive.Change{Path: "a.md", From: x, After: y}, archive.Change{Path: "a.md", To: "b.md", From: y, After: x}, []archive.Change{{Path: "a.md", To: "b.md", From: x, After: x}}},
		{"created and deleted", archive.Change{Path: "a.md", After: x}, archive.Change{Path: "a.md", From: x, Gone: true}, []archive.Change{}},
		{"moved and deleted", archive.Change{Path: "a.md", To: "b.md", From: x, After: y}, archive.Change{Path: "b.md", From: y, Gone: true}, []archive.Change{{Path: "a.md", From: x, Gone: true}}},
		{"deleted and created", archive.Change{Path: "a.md", From: x, Gone: true}, archive.Change{Path: "a.md", After: y}, []archive.Change{{Path: "a.md", From: x, After: y}}},
		{"moved and edited", archive.Change{Path: "a.md", To: "b.md", From: x, After: x}, archive.Change{Path: "b.md", From: x, After: y}, []archive.Change{{Path: "a.md", To: "b.md", From: x, After: y}}},
		{"another page", archive.Change{Path: "a.md", From: x, After: y}, archive.Change{Path: "b.md", After: y}, []archive.Change{{Path: "a.md", From: x, After: y}, {Path: "b.md", After: y}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, q := a.NewChanges(), a.NewChanges()
			p.All, q.All = []archive.Change{test.first}, []archive.Change{test.then}
			p.Then(q)
			same := func(a, b archive.Change) bool {
				return a.Path == b.Path && a.To == b.To && a.Gone == b.Gone && a.From.Equal(b.From) && a.After.Equal(b.After)
			}
			if !slices.EqualFunc(p.All, test.want, same) {
				t.Errorf("got %v, want %v", p.All, test.want)
			}
		})
	}
}

// TestPathsAfter expects the same paths after changes, whether those before were known.
func TestPathsAfter(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for _, p := range []string{"a.md", "b.md", "news/2018/03/9/a.md", "news/2018/03/9/index.md", "old/c.md", "x.png"} {
		files[p] = &fstest.MapFile{Data: []byte("x")}
	}
	x := archive.Held([]byte("x"))
	for _, changes := range [][]archive.Change{
		{{Path: "a.md", From: x, Gone: true}},
		{{Path: "a.md", From: x, After: x}, {Path: "c.md", After: x}, {Path: "news/2018/03/10/a.md", After: x}},
		{{Path: "a.md", To: "news/b.md", From: x, After: x}, {Path: "b.md", To: "a.md", From: x, After: x}},
		{{Path: "old/d.md", After: x}, {Path: "old/c.md", To: "c.md", From: x, After: x}, {Path: "y.png", After: x}},
		{{Path: "news/2018/03/9/a.md", From: x, Gone: true}, {Path: "news/2018/03/9/index.md", From: x, Gone: true}},
	} {
		var got [2][]string
		for i := range got {
			a := archive.New(files, archive.Config{Ignore: []string{"old"}})
			if i > 0 {
				a.Paths(".")
			}
			c := a.NewChanges()
			c.All = changes
			got[i] = a.After(c).Paths(".")
		}
		if !slices.Equal(got[0], got[1]) {
			t.Errorf("after %+v, the paths are\n%q, want\n%q", changes, got[1], got[0])
		}
	}
}
