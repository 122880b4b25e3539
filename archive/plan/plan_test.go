package plan_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/diff"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/related"
)

// samplePlan returns the files of the broken archive with pages that need care,
// and a plan that changes several of them.
func samplePlan(t testing.TB, more ...archive.Change) (archivetest.Files, *archive.Archive, *plan.Plan) {
	t.Helper()
	f := archivetest.Fixture(t, "broken")
	for p, src := range f {
		switch {
		case strings.Contains(p, "engineers-close"):
			f[p] = strings.TrimRight(src, "\n")
		case strings.Contains(p, "the-ellery-post"):
			f[p] = strings.ReplaceAll(src, "\n", "\r\n")
		}
	}
	f["news/2018/03/14/港 \"quoted\"\t名.md"] = "### [2018-03-14](/news/2018/03/14/index.md)\n\n# 港\n\n_Context: ferry, football_\n"
	a, paths := f.Archive(archive.Config{RelatedLimit: 3})
	r, err := related.Relink(a, paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Plan.Len() < 10 {
		t.Fatalf("the sample plan changes %d pages only", r.Plan.Len())
	}
	changes := a.NewChanges()
	changes.All = r.Plan.Changes().All
	changes.Create("news/2018/03/14/new page.md", []byte("no newline at the end"))
	changes.Delete(a.Page("README.md"))
	changes.All = append(changes.All, more...)
	return f, a, must(t)(changes, nil)
}

func TestSavedPlanReadsBack(t *testing.T) {
	f := archivetest.Fixture(t, "broken")
	f, a, p := samplePlan(t,
		archive.Change{Path: "faq/index.md", To: "faq/moved.md", From: archive.Held([]byte(f["faq/index.md"])), After: archive.Held([]byte("moved\n"))},
		archive.Change{Path: "index.md", From: archive.Held([]byte(f["index.md"])), After: archive.Held([]byte{})},
		archive.Change{Path: "empty.md", After: archive.Held([]byte{})})
	back, err := archivetest.ReadPlan(a, archivetest.Saved(t, p))
	if err != nil {
		t.Fatal(err)
	}
	f.After(t, back).Expect(t, f.After(t, p))
	if got, want := back.Paths(), p.Paths(); !slices.Equal(got, want) || !slices.IsSorted(got) {
		t.Errorf("paths %q, want %q in order", got, want)
	}
	if archivetest.Saved(t, back) != archivetest.Saved(t, p) {
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
	f := archivetest.Fixture(t, "clean")
	a, _ := f.Archive(archive.Config{})
	back, err := archivetest.ReadPlan(a, archivetest.Saved(t, must(t)(a.NewChanges(), nil)))
	if err != nil || back.Len() != 0 {
		t.Fatal(back.Len(), err)
	}
}

// A plan is not read any more once a page that it was made from moved on.
func TestReadPlanOfPagesThatMovedOn(t *testing.T) {
	f, _, p := samplePlan(t)
	text := archivetest.Saved(t, p)
	for _, path := range p.Paths() {
		if _, made := f[path]; !made {
			continue
		}
		for what, change := range map[string]func(archivetest.Files){
			"edited":  func(f archivetest.Files) { f[path] += "\n" },
			"removed": func(f archivetest.Files) { delete(f, path) },
		} {
			moved := maps.Clone(f)
			change(moved)
			a, _ := moved.Archive(archive.Config{})
			_, err := archivetest.ReadPlan(a, text)
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%s, %s: %v", path, what, err)
			}
		}
	}
}

func TestReadPlanRefuses(t *testing.T) {
	a, _ := archivetest.Files{"a.md": "a\n"}.Archive(archive.Config{})
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
		p, err := archivetest.ReadPlan(a, test.plan)
		if err == nil {
			t.Errorf("%s: read a plan of %q", test.what, p.Paths())
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; it should speak of %s", test.what, err, test.want)
		}
	}
	if _, err := archivetest.ReadPlan(a, change("b.md", "")); err != nil {
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
	f.WriteTo(t, byGit)
	f.WriteTo(t, byCommit)

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
	if err := archivetest.Commit(t, byCommit, p); err != nil {
		t.Fatal(err)
	}
	want := f.After(t, p)
	archivetest.FilesBelow(t, byCommit).Expect(t, want)
	archivetest.FilesBelow(t, byGit).Expect(t, want)
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
		f.WriteTo(t, root)
		if err := test.prepare(root); err != nil {
			t.Fatal(err)
		}
		before := archivetest.FilesBelow(t, root)
		err := archivetest.Commit(t, root, p)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "nothing was written") {
			t.Errorf("%s: %v", test.what, err)
		}
		archivetest.FilesBelow(t, root).Expect(t, before)
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
		f := archivetest.Files{day: "one\n", "faq/index.md": "one\n", "faq/README.md": "one\n"}
		if test.copy != "" {
			f[other] = test.copy
		}
		a, _ := f.Archive(archive.Config{})
		p := a.NewChanges()
		edit := []page.Edit{{Span: page.Span{Start: 0, End: 3}, New: "new"}}
		if changed, err := p.Edit(a.Page(day), edit); !changed || err != nil {
			t.Fatal(changed, err)
		}
		if got := p.Paths(); !slices.Equal(got, test.want) {
			t.Errorf("%s: changed %q, want %q", test.what, got, test.want)
		}
		for path, src := range f.After(t, must(t)(p, nil)) {
			if slices.Contains(test.want, path) != (src == "new\n") {
				t.Errorf("%s: %s is %q", test.what, path, src)
			}
		}
		if changed, err := p.Edit(a.Page(day), []page.Edit{{Span: page.Span{Start: 0, End: 3}, New: "one"}}); changed || err != nil {
			t.Errorf("%s: an edit that changes nothing: %t, %v", test.what, changed, err)
		}
	}
	a, _ := archivetest.Files{"faq/index.md": "one\n", "faq/README.md": "one\n"}.Archive(archive.Config{})
	p := a.NewChanges()
	if _, err := p.Edit(a.Page("faq/index.md"), []page.Edit{{New: "x"}}); err != nil || p.Len() != 1 {
		t.Errorf("a page that is no listing has no copy: %q, %v", p.Paths(), err)
	}
	if _, err := p.Edit(a.Page("faq/index.md"), []page.Edit{{Span: page.Span{Start: 2, End: 9}}}); err == nil || !strings.Contains(err.Error(), "faq/index.md") {
		t.Errorf("an edit out of the page: %v", err)
	}
}

// A page of which edits leave nothing is an empty page, not one that goes.
func TestEditLeavesNothing(t *testing.T) {
	f := archivetest.Files{"faq.md": "one\n"}
	a, _ := f.Archive(archive.Config{})
	p := a.NewChanges()
	if _, err := p.Edit(a.Page("faq.md"), []page.Edit{{Span: page.Span{Start: 0, End: 4}}}); err != nil {
		t.Fatal(err)
	}
	read, err := archivetest.ReadPlan(a, archivetest.Saved(t, must(t)(p, nil)))
	if err != nil {
		t.Fatal(err)
	}
	var patch bytes.Buffer
	if err := read.Diff(&patch, "", diff.Plain); err != nil || strings.Contains(patch.String(), "deleted") {
		t.Errorf("%v\n%s", err, patch.String())
	}
	root := t.TempDir()
	f.WriteTo(t, root)
	if err := archivetest.Commit(t, root, read); err != nil {
		t.Fatal(err)
	}
	archivetest.FilesBelow(t, root).Expect(t, archivetest.Files{"faq.md": ""})
}

// benchmarkPlan returns a plan that changes most pages: shorter lists.
func benchmarkPlan(b *testing.B) (dir string, p *plan.Plan) {
	b.Helper()
	dir, a, paths := archivetest.BenchmarkArchive(b, archive.Config{RelatedLimit: 4})
	r, err := related.Relink(a, paths, nil)
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

// BenchmarkCommit commits a plan and takes it back.
func BenchmarkCommit(b *testing.B) {
	dir, p := benchmarkPlan(b)
	changes := p.After().NewChanges()
	for _, c := range p.Changes().All {
		changes.All = append(changes.All, archive.Change{Path: c.Path, From: c.After, After: c.From})
	}
	back := must(b)(changes, nil)
	root := b.TempDir()
	archivetest.FilesBelow(b, dir).WriteTo(b, root)
	b.ResetTimer()
	for i := range b.N {
		if err := archivetest.Commit(b, root, []*plan.Plan{p, back}[i%2]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(p.Len()), "pages")
}

// must returns the plan of changes that a check passes.
func must(t testing.TB) func(*archive.Changes, error) *plan.Plan {
	return func(c *archive.Changes, err error) *plan.Plan {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		p, err := plan.Guard(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}
