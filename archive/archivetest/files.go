package archivetest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"newsctl/archive"
	"newsctl/archive/git"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/sorted"
)

// CrowdedDay returns an archive of one day with so many events whose headlines are
// like each other, with so many versions each, and with an entry to a page that is
// not there.
func CrowdedDay(events, versions int) Files {
	f := Files{}
	var day strings.Builder
	day.WriteString("## [2018-03-14](/news/2018/03/14/index.md)\n\n")
	for i := range events {
		name := fmt.Sprintf("ferry-%d-sails-to-norvane-again", i)
		headline := fmt.Sprintf("Ferry %d sails to Norvane again", i)
		fmt.Fprintf(&day, "### [%s](/news/2018/03/14/%s.md)\n", headline, name)
		var p strings.Builder
		fmt.Fprintf(&p, "### [2018-03-14](/news/2018/03/14/index.md)\n\n##### Ferry %d\n# %s\n\n### Changes:\n\n", i%10, headline)
		for k := range versions {
			fmt.Fprintf(&p, "%d. [%s](/news/2018/03/14/%s-%d.md) _2018-03-14 00:00:00 (Update)_\n", k+1, headline, name, k)
		}
		fmt.Fprintf(&p, "\n### Related:\n\n1. [Gone](/news/2018/03/14/gone-%d.md) _Context: Norvane_\n", i)
		f["news/2018/03/14/"+name+".md"] = p.String()
	}
	f["news/2018/03/14/index.md"] = day.String()
	return f
}

// Files is a tree: the bytes of each file by path.
type Files map[string]string

// Fixture returns the files of a bundled archive.
func Fixture(t testing.TB, name string) Files {
	t.Helper()
	return FilesBelow(t, filepath.Join(Root(), "fixtures", name))
}

// FilesBelow reads a directory, hidden files among the rest.
func FilesBelow(t testing.TB, dir string) Files {
	t.Helper()
	out := Files{}
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

// WriteTo writes the files below a directory.
func (f Files) WriteTo(t testing.TB, dir string) {
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

// Archive returns the archive in the files, and the paths of its pages.
func (f Files) Archive(config archive.Config) (*archive.Archive, []string) {
	m := make(fstest.MapFS, len(f))
	for p, src := range f {
		m[p] = &fstest.MapFile{Data: []byte(src)}
	}
	a := archive.New(m, config)
	return a, a.Load(nil)
}

// After returns the files as a plan makes them, and checks that the plan was
// made from these.
func (f Files) After(t testing.TB, p *plan.Plan) Files {
	t.Helper()
	out := maps.Clone(f)
	for _, c := range p.Changes().All {
		if old, there := f[c.Path]; there == c.From.IsNone() || old != string(c.From.Bytes()) {
			t.Fatalf("the change of %s was made from other bytes", c.Path)
		}
		delete(out, c.Path)
		if !c.Gone {
			out[c.End()] = string(c.After.Bytes())
		}
	}
	return out
}

// Expect compares two trees.
func (f Files) Expect(t testing.TB, want Files) {
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

// Tree returns files with the given text at the given paths.
func Tree(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for p, text := range files {
		out[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// Fixtures are the bundled archives by name.
func Fixtures() map[string]fs.FS {
	out := map[string]fs.FS{}
	for _, name := range []string{"clean", "chinese", "broken"} {
		out[name] = os.DirFS(filepath.Join(Root(), "fixtures", name))
	}
	return out
}

// RealArchive unpacks a whole Chinese edition and returns its directory.
func RealArchive(t testing.TB) string {
	t.Helper()
	if Seeds(0, 1) == 0 {
		t.Skip("a whole edition takes long; set NEWSCTL_TEST_SEEDS=all")
	}
	file := filepath.Join(Root(), "..", "shared", "archives", "context-zh-2019-10-26.tar.xz")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("a real archive is missing: %v", err)
	}
	for _, tool := range []string{"tar", "xz"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("unpacking a real archive: %v", err)
		}
	}
	dir := t.TempDir()
	if out, err := exec.Command("tar", "-xJf", file, "-C", dir).CombinedOutput(); err != nil {
		t.Fatalf("tar: %v\n%s", err, out)
	}
	return filepath.Join(dir, "context-zh")
}

// Crowd adds n events of long ago to an archive, about the same contexts.
func (f Files) Crowd(n int, contexts string) Files {
	for i := range n {
		f[fmt.Sprintf("news/2000/01/1/%s-%d.md", strings.ReplaceAll(contexts, ", ", "-"), i)] = About("Other", contexts)
	}
	return f
}

// Untitled adds n events that have a topic but no headline.
func (f Files) Untitled(n int, topic string) Files {
	for i := range n {
		f[fmt.Sprintf("news/2000/01/2/%d.md", i)] = "##### " + topic + "\n"
	}
	return f
}

// About returns an event page that declares its contexts.
func About(headline, contexts string) string {
	return "# " + headline + "\n\n" + page.FormatContexts("Context", contexts) + "\n"
}

// OpenFixture returns a fixture, loaded, and the paths of its pages.
func OpenFixture(t *testing.T, name string) (*archive.Archive, []string) {
	t.Helper()
	a := archive.New(os.DirFS(filepath.Join(Root(), "fixtures", name)), archive.Config{})
	paths := a.Load(nil)
	if len(paths) == 0 {
		t.Fatalf("the fixture %s holds no page", name)
	}
	return a, paths
}

// BenchmarkArchive returns an archive to measure: the bundled one, or the one
// that NEWSCTL_BENCH_ARCHIVE names.
func BenchmarkArchive(b *testing.B, config archive.Config) (dir string, a *archive.Archive, paths []string) {
	b.Helper()
	dir = filepath.Join(Root(), "fixtures", "clean")
	if named := os.Getenv("NEWSCTL_BENCH_ARCHIVE"); named != "" {
		dir = named
	}
	a = archive.New(os.DirFS(dir), config)
	return dir, a, a.Load(nil)
}

// InOrder returns names in byte order.
func InOrder(names []string) []string {
	slices.Sort(names)
	return names
}

// Saved returns a plan as a file holds it.
func Saved(t testing.TB, p *plan.Plan) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Commit commits a plan below root.
func Commit(t testing.TB, root string, p *plan.Plan) error {
	t.Helper()
	h, said, err := plan.Acquire(context.Background(), root, "newsctl test")
	if err != nil || said != "" {
		t.Fatal(said, err)
	}
	defer h.Release()
	return h.Commit(p)
}

// ReadPlan reads a saved plan for an archive.
func ReadPlan(a *archive.Archive, saved string) (*plan.Plan, error) {
	s, err := plan.ReadPlan(strings.NewReader(saved))
	if err != nil {
		return nil, err
	}
	return plan.Resume(a, s)
}

// RenameTime is when events are renamed in tests.
var RenameTime = time.Date(2024, 3, 5, 18, 30, 5, 0, time.UTC)

// Opened notes the pages that are opened.
type Opened struct {
	fs.FS
	Pages map[string]bool

	mu sync.Mutex // of Pages
}

// Open notes the page and opens it.
func (o *Opened) Open(name string) (fs.File, error) {
	if archive.IsPage(name) {
		o.mu.Lock()
		o.Pages[name] = true
		o.mu.Unlock()
	}
	return o.FS.Open(name)
}

// CheckRest checks that nothing changed but related lists and declared
// contexts: with these lines omitted the pages are what they were. Where the
// page kept its section and got no declaration, empty lines count too.
func CheckRest(t *testing.T, before, after Files) {
	t.Helper()
	old, now := Read(t, before), Read(t, after)
	for _, p := range sorted.Keys(before) {
		was, is := before[p], after[p]
		e := old.Events[p]
		if e == nil {
			if was != is {
				t.Errorf("%s is not an event page, and changed", p)
			}
			continue
		}
		added := map[string]bool{}
		if !e.Declares && now.Events[p].Declares {
			added["_"+now.Events[p].Declared+"_"] = true
		}
		empty := len(added) == 0 && len(e.Related) > 0
		if a, b := mask(was, nil, empty), mask(is, added, empty); a != b {
			t.Errorf("more changed than related entries and declared contexts on %s\nbefore:\n%q\nafter:\n%q", p, a, b)
		}
		if strings.Count(is, "\r\n") != strings.Count(is, "\n") && strings.Count(was, "\r\n") == strings.Count(was, "\n") {
			t.Errorf("%s had line ends of another kind", p)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d files, there were %d", len(after), len(before))
	}
}

// The pages that the tables below are about: x, and two others that share A.
const (
	PageX  = "news/2017/07/9/x.md"
	PageY  = "news/2017/07/8/y.md"
	PageZ  = "news/2017/07/7/z.md"
	EntryY = "1. [Y](/" + PageY + ") _Context: A_\n"
	EntryZ = "2. [Z](/" + PageZ + ") _Context: A_\n"
)

// mask returns a page without the entries of its related section, without the
// lines that were added as declared contexts, and without a heading of the
// section. Empty lines are omitted too, if they are not to count.
func mask(src string, added map[string]bool, empty bool) string {
	var out []string
	related := false
	for _, line := range strings.SplitAfter(src, "\n") {
		text := strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(text, "### ") || strings.HasPrefix(text, "# ") {
			related = relatedHeading.MatchString(text)
			if related && !empty {
				continue
			}
		}
		m := declaredLine.FindStringSubmatch(text)
		switch {
		case related && plainPattern.MatchString(text):
		case m != nil && added["_"+m[1]+"_"]:
			added["_"+m[1]+"_"] = false // once
		case text == "" && (!empty || related): // they go with the entries below them
		case !empty:
			out = append(out, text+"\n")
		default:
			out = append(out, line)
		}
	}
	return strings.TrimRight(strings.Join(out, ""), "\r\n")
}

var declaredLine = regexp.MustCompile(`^_(?:Context|消息|上下文):(.*)_$`)

// GoneAndBorn returns the changes between two trees as git has them where it
// looks for no renames.
func GoneAndBorn(before, after Files) []git.Change {
	var out []git.Change
	for p, src := range before {
		switch now, ok := after[p]; {
		case !ok:
			out = append(out, git.Change{From: p})
		case now != src:
			out = append(out, git.Change{From: p, To: p})
		}
	}
	for p := range after {
		if _, ok := before[p]; !ok {
			out = append(out, git.Change{To: p})
		}
	}
	return out
}

// FixtureDay is after the last day of every fixture.
var FixtureDay = archive.Date{Year: 2024, Month: 3, Day: 5}

// Root returns the directory of the module, from the directory of the package that
// is tested.
func Root() string {
	dir := "."
	for range 10 {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Join(dir, "..")
	}
	panic("no go.mod above the test")
}
