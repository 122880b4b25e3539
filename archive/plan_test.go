package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive/diff"
	"newsctl/archive/page"
)

// files is a tree: the bytes of each file by path.
type files map[string]string

// fixture returns the files of a bundled archive.
func fixture(t testing.TB, name string) files {
	t.Helper()
	return filesBelow(t, filepath.Join("../fixtures", name))
}

// filesBelow reads a folder, hidden files among the rest.
func filesBelow(t testing.TB, dir string) files {
	t.Helper()
	out := files{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		src, err := os.ReadFile(p)
		out[filepath.ToSlash(rel)] = string(src)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d files in %s: %v", len(out), dir, err)
	}
	return out
}

// writeTo writes the files below a folder.
func (f files) writeTo(t testing.TB, dir string) {
	t.Helper()
	for p, src := range f {
		p = filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// archive returns the archive in the files, and the paths of its pages.
func (f files) archive(config Config) (*Archive, []string) {
	m := make(fstest.MapFS, len(f))
	for p, src := range f {
		m[p] = &fstest.MapFile{Data: []byte(src)}
	}
	a := New(m, config)
	return a, a.Load(nil)
}

// after returns the files as a plan makes them, and checks that the plan was
// made from these.
func (f files) after(t testing.TB, p *Plan) files {
	t.Helper()
	out := maps.Clone(f)
	for _, c := range p.changes.all {
		if old, there := f[c.path]; there != (c.from != nil) || old != string(c.from) {
			t.Fatalf("the change of %s was made from other bytes", c.path)
		}
		delete(out, c.path)
		if !c.gone {
			out[c.end()] = string(c.after)
		}
	}
	return out
}

// expect compares two trees.
func (f files) expect(t testing.TB, want files) {
	t.Helper()
	for p, src := range want {
		if got, ok := f[p]; !ok {
			t.Errorf("%s is missing", p)
		} else if got != src {
			t.Errorf("%s is\n%s\nwant\n%s", p, got, src)
		}
	}
	for p := range f {
		if _, ok := want[p]; !ok {
			t.Errorf("%s should not be there", p)
		}
	}
}

// commit commits a plan below root.
func commit(t testing.TB, root string, p *Plan) error {
	t.Helper()
	h, said, err := Acquire(context.Background(), root, "newsctl test")
	if err != nil || said != "" {
		t.Fatal(said, err)
	}
	defer h.Release()
	return h.Commit(p)
}

// samplePlan returns the files of the broken archive with pages that need care,
// and a plan that changes several of them.
func samplePlan(t testing.TB) (files, *Archive, *Plan) {
	t.Helper()
	f := fixture(t, "broken")
	for p, src := range f {
		switch {
		case strings.Contains(p, "engineers-close"):
			f[p] = strings.TrimRight(src, "\n")
		case strings.Contains(p, "the-ellery-post"):
			f[p] = strings.ReplaceAll(src, "\n", "\r\n")
		}
	}
	f["news/2018/03/14/港 \"quoted\"\t名.md"] = "### [2018-03-14](/news/2018/03/14/index.md)\n\n# 港\n\n_Context: ferry, football_\n"
	a, paths := f.archive(Config{RelatedLimit: 3})
	r, err := a.Relink(paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Plan.Len() < 10 {
		t.Fatalf("the sample plan changes %d pages only", r.Plan.Len())
	}
	r.Plan.changes.create("news/2018/03/14/new page.md", []byte("no newline at the end"))
	r.Plan.changes.delete(a.Page("README.md"))
	return f, a, r.Plan
}

func saved(t testing.TB, p *Plan) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSavedPlanReadsBack(t *testing.T) {
	f, a, p := samplePlan(t)
	p.changes.all = append(p.changes.all,
		planned{path: "faq/index.md", to: "faq/moved.md", from: []byte(f["faq/index.md"]), after: []byte("moved\n")},
		planned{path: "index.md", from: []byte(f["index.md"]), after: []byte{}},
		planned{path: "empty.md", after: []byte{}})
	back, err := readPlan(a, saved(t, p))
	if err != nil {
		t.Fatal(err)
	}
	f.after(t, back).expect(t, f.after(t, p))
	if got, want := back.Paths(), p.Paths(); !slices.Equal(got, want) || !slices.IsSorted(got) {
		t.Errorf("paths %q, want %q in order", got, want)
	}
	if saved(t, back) != saved(t, p) {
		t.Error("the plan is saved otherwise the second time")
	}
	var first, second bytes.Buffer
	if err := p.Diff(&first, "", diff.Plain); err != nil {
		t.Fatal(err)
	}
	if err := back.Diff(&second, "", diff.Plain); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Error("the plan that was read back shows another diff")
	}
}

func TestEmptyPlanReadsBack(t *testing.T) {
	f := fixture(t, "clean")
	a, _ := f.archive(Config{})
	back, err := readPlan(a, saved(t, &Plan{changes: a.newChanges()}))
	if err != nil || back.Len() != 0 {
		t.Fatal(back.Len(), err)
	}
}

// A plan is not read any more once a page that it was made from moved on.
func TestReadPlanOfPagesThatMovedOn(t *testing.T) {
	f, _, p := samplePlan(t)
	text := saved(t, p)
	for _, path := range p.Paths() {
		if _, made := f[path]; !made {
			continue
		}
		for what, change := range map[string]func(files){
			"edited":  func(f files) { f[path] += "\n" },
			"removed": func(f files) { delete(f, path) },
		} {
			moved := maps.Clone(f)
			change(moved)
			a, _ := moved.archive(Config{})
			_, err := readPlan(a, text)
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%s, %s: %v", path, what, err)
			}
		}
	}
}

func TestReadPlanRefuses(t *testing.T) {
	a, _ := files{"a.md": "a\n"}.archive(Config{})
	change := func(path, to string) string {
		return `{"newsctlPlan": 1, "changes": [{"path": "` + path + `", "to": "` + to + `", "before": "", "after": "YQo="}]}`
	}
	tests := []struct{ what, plan, want string }{
		{"no plan", "### [2017-07-9]", "not a saved plan"},
		{"nothing", "", "not a saved plan"},
		{"other JSON", `{"version": 1, "pages": []}`, "not a saved plan"},
		{"a later version", `{"newsctlPlan": 2, "changes": []}`, "not a saved plan"},
		{"an unknown key", `{"newsctlPlan": 1, "changes": [], "more": 1}`, "not a saved plan"},
		{"half a plan", strings.TrimSuffix(change("b.md", ""), "]}"), "not a saved plan"},
		{"no path", change("", ""), `""`},
		{"out of the archive", change("../b.md", ""), `"../b.md"`},
		{"out by a detour", change("news/../../b.md", ""), `"news/../../b.md"`},
		{"an absolute path", change("/etc/b.md", ""), `"/etc/b.md"`},
		{"no page", change("b.txt", ""), `"b.txt"`},
		{"a file of git", change(".git/config", ""), `".git/config"`},
		{"a page in git's folder", change(".git/b.md", ""), `".git/b.md"`},
		{"a hidden page", change("news/.b.md", ""), `"news/.b.md"`},
		{"a move out of the archive", change("b.md", "../c.md"), `"../c.md"`},
		{"a move to no page", change("b.md", "c.sh"), `"c.sh"`},
		{"a deletion with bytes", `{"newsctlPlan": 1, "changes": [{"path": "b.md", "before": "", "after": "eA==", "delete": true}]}`, "b.md"},
		{"no bytes", `{"newsctlPlan": 1, "changes": [{"path": "b.md", "before": "", "after": null}]}`, "b.md"},
	}
	for _, test := range tests {
		p, err := readPlan(a, test.plan)
		if err == nil {
			t.Errorf("%s: read a plan of %q", test.what, p.Paths())
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; it should speak of %s", test.what, err, test.want)
		}
	}
	if _, err := readPlan(a, change("b.md", "")); err != nil {
		t.Errorf("a sound plan: %v", err)
	}
}

// git makes of the diff what a commit makes of the plan.
func TestDiffAppliedByGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	f, _, p := samplePlan(t)
	byGit, byCommit := t.TempDir(), t.TempDir()
	f.writeTo(t, byGit)
	f.writeTo(t, byCommit)

	var patch bytes.Buffer
	if err := p.Diff(&patch, "", diff.Plain); err != nil {
		t.Fatal(err)
	}
	apply := exec.Command(git, "apply", "--whitespace=nowarn")
	apply.Dir, apply.Stdin = byGit, &patch
	apply.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(byGit), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s", err, out)
	}
	if err := commit(t, byCommit, p); err != nil {
		t.Fatal(err)
	}
	want := f.after(t, p)
	filesBelow(t, byCommit).expect(t, want)
	filesBelow(t, byGit).expect(t, want)
}

// A commit that cannot be made whole is not made at all.
func TestCommitFails(t *testing.T) {
	f, _, p := samplePlan(t)
	last := p.Paths()[p.Len()-1]
	tests := []struct {
		what    string
		prepare func(root string) error
		want    string
	}{
		{"a page moved on", func(root string) error {
			return os.WriteFile(filepath.Join(root, last), []byte("other\n"), 0o644)
		}, last},
		{"a page is gone", func(root string) error {
			return os.Remove(filepath.Join(root, last))
		}, last},
		{"a page became a symbolic link", func(root string) error {
			return errors.Join(os.Rename(filepath.Join(root, last), filepath.Join(root, "aside")),
				os.Symlink(filepath.Join(root, "aside"), filepath.Join(root, last)))
		}, last},
		{"a new page is there already", func(root string) error {
			return os.WriteFile(filepath.Join(root, "news/2018/03/14/new page.md"), nil, 0o644)
		}, "new page.md"},
	}
	for _, test := range tests {
		root := t.TempDir()
		f.writeTo(t, root)
		if err := test.prepare(root); err != nil {
			t.Fatal(err)
		}
		before := filesBelow(t, root)
		err := commit(t, root, p)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "nothing was written") {
			t.Errorf("%s: %v", test.what, err)
		}
		filesBelow(t, root).expect(t, before)
	}
}

// The copy of a day page follows it, as long as it is one.
func TestPlanEditOfCopies(t *testing.T) {
	const day = "news/2018/03/14/index.md"
	const other = "news/2018/03/14/README.md"
	tests := []struct {
		what, copy string
		want       []string
	}{
		{"a copy", "one\n", []string{other, day}},
		{"no copy any more", "two\n", []string{day}},
		{"none", "", []string{day}},
	}
	for _, test := range tests {
		f := files{day: "one\n", "faq/index.md": "one\n", "faq/README.md": "one\n"}
		if test.copy != "" {
			f[other] = test.copy
		}
		a, _ := f.archive(Config{})
		p := a.newChanges()
		edit := []page.Edit{{Span: page.Span{Start: 0, End: 3}, New: "new"}}
		if changed, err := p.edit(a.Page(day), edit); !changed || err != nil {
			t.Fatal(changed, err)
		}
		if got := p.Paths(); !slices.Equal(got, test.want) {
			t.Errorf("%s: changed %q, want %q", test.what, got, test.want)
		}
		for path, src := range f.after(t, &Plan{changes: p}) {
			if slices.Contains(test.want, path) != (src == "new\n") {
				t.Errorf("%s: %s is %q", test.what, path, src)
			}
		}
		if changed, err := p.edit(a.Page(day), []page.Edit{{Span: page.Span{Start: 0, End: 3}, New: "one"}}); changed || err != nil {
			t.Errorf("%s: an edit that changes nothing: %t, %v", test.what, changed, err)
		}
	}
	a, _ := files{"faq/index.md": "one\n", "faq/README.md": "one\n"}.archive(Config{})
	p := a.newChanges()
	if _, err := p.edit(a.Page("faq/index.md"), []page.Edit{{New: "x"}}); err != nil || p.Len() != 1 {
		t.Errorf("a page that is no listing has no copy: %q, %v", p.Paths(), err)
	}
	if _, err := p.edit(a.Page("faq/index.md"), []page.Edit{{Span: page.Span{Start: 2, End: 9}}}); err == nil || !strings.Contains(err.Error(), "faq/index.md") {
		t.Errorf("an edit out of the page: %v", err)
	}
}

// A page of which edits leave nothing is an empty page, not one that goes.
func TestEditLeavesNothing(t *testing.T) {
	f := files{"faq.md": "one\n"}
	a, _ := f.archive(Config{})
	p := a.newChanges()
	if _, err := p.edit(a.Page("faq.md"), []page.Edit{{Span: page.Span{Start: 0, End: 4}}}); err != nil {
		t.Fatal(err)
	}
	read, err := readPlan(a, saved(t, &Plan{changes: p}))
	if err != nil {
		t.Fatal(err)
	}
	var patch bytes.Buffer
	if err := read.Diff(&patch, "", diff.Plain); err != nil || strings.Contains(patch.String(), "deleted") {
		t.Errorf("%v\n%s", err, patch.String())
	}
	root := t.TempDir()
	f.writeTo(t, root)
	if err := commit(t, root, read); err != nil {
		t.Fatal(err)
	}
	filesBelow(t, root).expect(t, files{"faq.md": ""})
}

// benchmarkArchive returns an archive to measure: the bundled one, or the one
// that NEWSCTL_BENCH_ARCHIVE names.
func benchmarkArchive(b *testing.B, config Config) (dir string, a *Archive, paths []string) {
	b.Helper()
	dir = "../fixtures/clean"
	if named := os.Getenv("NEWSCTL_BENCH_ARCHIVE"); named != "" {
		dir = named
	}
	a = New(os.DirFS(dir), config)
	return dir, a, a.Load(nil)
}

// benchmarkPlan returns a plan that changes most pages: shorter lists.
func benchmarkPlan(b *testing.B) (dir string, p *Plan) {
	b.Helper()
	dir, a, paths := benchmarkArchive(b, Config{RelatedLimit: 4})
	r, err := a.Relink(paths, nil)
	if err != nil || r.Plan.Len() == 0 {
		b.Fatal("nothing to change: ", err)
	}
	return dir, r.Plan
}

func BenchmarkDiff(b *testing.B) {
	_, p := benchmarkPlan(b)
	b.ResetTimer()
	for range b.N {
		if err := p.Diff(io.Discard, "", diff.Plain); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(p.Len()), "pages")
}

// BenchmarkCommit commits a plan and takes it back in turn.
func BenchmarkCommit(b *testing.B) {
	dir, p := benchmarkPlan(b)
	back := &Plan{changes: &Changes{}}
	for _, c := range p.changes.all {
		back.changes.all = append(back.changes.all, planned{path: c.path, from: c.after, after: c.from})
	}
	root := b.TempDir()
	filesBelow(b, dir).writeTo(b, root)
	b.ResetTimer()
	for i := range b.N {
		if err := commit(b, root, []*Plan{p, back}[i%2]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(p.Len()), "pages")
}

// readPlan reads a saved plan for an archive.
func readPlan(a *Archive, saved string) (*Plan, error) {
	s, err := ReadPlan(strings.NewReader(saved))
	if err != nil {
		return nil, err
	}
	return a.Plan(s)
}
