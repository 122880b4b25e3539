package archive_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/edit"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/same"
)

// watchedFS remembers what was opened and listed, and refuses some of it.
type watchedFS struct {
	fs.FS
	refused map[string]error

	mu             sync.Mutex
	opened, listed []string
}

func (w *watchedFS) Open(name string) (fs.File, error) {
	w.mu.Lock()
	w.opened = append(w.opened, name)
	w.mu.Unlock()
	if err := w.refused[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return w.FS.Open(name)
}

func (w *watchedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	w.mu.Lock()
	w.listed = append(w.listed, name)
	w.mu.Unlock()
	if err := w.refused[name]; err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return fs.ReadDir(w.FS, name)
}

// seen checks what was opened and listed since the last time.
func (w *watchedFS) seen(t *testing.T, question string, opened, listed []string) {
	t.Helper()
	slices.Sort(w.opened)
	slices.Sort(w.listed)
	if !slices.Equal(w.opened, opened) {
		t.Errorf("%s opened %q, want %q", question, w.opened, opened)
	}
	if !slices.Equal(w.listed, listed) {
		t.Errorf("%s listed %q, want %q", question, w.listed, listed)
	}
	w.opened, w.listed = nil, nil
}

// A question reads what it asks for and nothing else, and that once.
func TestLazyReading(t *testing.T) {
	w := &watchedFS{FS: archivetest.Tree(map[string]string{
		"index.md":                 "[a](/news/2017/07/9/a.md)",
		"faq/index.md":             "",
		"news/2003/11/4/index.md":  "",
		"news/2017/07/8/index.md":  "",
		"news/2017/07/9/index.md":  "### [A](/news/2017/07/9/a.md)\n",
		"news/2017/07/9/a.md":      "# A\n### Related:\n1. [B](/news/2017/07/9/b.md)\n2. [C](/news/2017/07/8/c.md)\n",
		"news/2017/07/9/b.md":      "# B\n",
		"news/2017/07/10/index.md": "",
		"news/2018/01/1/index.md":  "",
	})}
	a := archive.New(w, archive.Config{})
	w.seen(t, "a new archive", nil, nil)

	b := a.Page("news/2017/07/9/b.md")
	w.seen(t, "a page", []string{"news/2017/07/9/b.md"}, []string{".", "news", "news/2017", "news/2017/07", "news/2017/07/9"})

	if a.Page("news/2017/07/9/b.md") != b {
		t.Error("a page asked for twice is not the same")
	}
	w.seen(t, "the page again", nil, nil)

	a.Page("news/2017/07/9/gone.md")
	w.seen(t, "a page that is not there", nil, nil)

	a.Page("news/2011/01/1/a.md")
	w.seen(t, "a page of a year that is not there", nil, nil)

	pa := a.Page("news/2017/07/9/a.md")
	w.seen(t, "a page with links", []string{"news/2017/07/9/a.md"}, nil)

	a.Related(pa)
	w.seen(t, "its related pages", nil, []string{"news/2017/07/8"})

	a.Page("news/2017/07/9/index.md").Lists("news/2017/07/9/a.md")
	w.seen(t, "the day page", []string{"news/2017/07/9/index.md"}, nil)

	a.Events(archive.Date{Year: 2017, Month: 7, Day: 9})
	w.seen(t, "the day's events", nil, nil)

	a.DayBefore(archive.Date{Year: 2017, Month: 7, Day: 9})
	w.seen(t, "the day before", nil, nil)

	a.DayBefore(archive.Date{Year: 2017, Month: 7, Day: 8})
	w.seen(t, "the day before the first of the month", nil, []string{"news/2003", "news/2003/11", "news/2003/11/4"})

	a.Exists("faq/index.md")
	w.seen(t, "whether a page exists", nil, []string{"faq"})

	a.Paths("news")
	w.seen(t, "all paths of the news", nil, []string{"news/2017/07/10", "news/2018", "news/2018/01", "news/2018/01/1"})

	if got := len(a.Load(nil)); got != 9 {
		t.Errorf("%d pages", got)
	}
	w.seen(t, "the whole archive", []string{
		"faq/index.md", "index.md", "news/2003/11/4/index.md", "news/2017/07/10/index.md", "news/2017/07/8/index.md", "news/2018/01/1/index.md",
	}, nil)
}

// What is not a file of its own is never read, nor anything after it.
func TestFaults(t *testing.T) {
	files := archivetest.Tree(map[string]string{
		"sound.md":                "",
		"full.md":                 strings.Repeat("a", page.MaxSize),
		"large.md":                strings.Repeat("a", page.MaxSize+1),
		"folder.md/index.md":      "",
		"news/2017/07/9/index.md": "",
		"news/2017/07/9/a.md":     "# A\n",
		"latin1-\xe9.md":          "",
	})
	files["link.md"] = &fstest.MapFile{Data: []byte("sound.md"), Mode: fs.ModeSymlink}
	files["pipe.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	files["news/2017/07/9/b.md"] = &fstest.MapFile{Data: []byte("a.md"), Mode: fs.ModeSymlink}
	files["news/2017/07/10"] = &fstest.MapFile{Data: []byte("9"), Mode: fs.ModeSymlink}
	w := &watchedFS{FS: files}
	a := archive.New(w, archive.Config{})
	for p, want := range map[string]string{
		"sound.md":            "",
		"full.md":             "",
		"large.md":            "is larger than 256 KiB",
		"folder.md":           "is a directory",
		"link.md":             "is a symbolic link",
		"pipe.md":             "is not a regular file",
		"news/2017/07/9/a.md": "",
		"news/2017/07/9/b.md": "is a symbolic link",
		"latin1-\xe9.md":      "has a name that is not UTF-8",
	} {
		pg := a.Page(p)
		if pg == nil {
			t.Fatalf("no page at %s", p)
		}
		if (pg.Fault == "") != (want == "") || !strings.HasPrefix(pg.Fault, want) || pg.Err != nil {
			t.Errorf("%s %q, %v, want %q", p, pg.Fault, pg.Err, want)
		}
		if kind, _ := archive.Classify(p); pg.Kind != kind || pg.Path != p {
			t.Errorf("%s is a %v at %q", p, pg.Kind, pg.Path)
		}
		if want != "" && (pg.Page == nil || len(pg.Source) != 0 || pg.Event != nil) {
			t.Errorf("%s is not empty: %+v", p, pg)
		}
	}
	for _, p := range []string{"link.md", "pipe.md", "folder.md", "news/2017/07/9/b.md"} {
		if slices.Contains(w.opened, p) {
			t.Errorf("%s was opened", p)
		}
	}
	for p, want := range map[string]bool{
		"sound.md": true, "large.md": true, "link.md": false, "pipe.md": false, "folder.md": false, "gone.md": false,
		"folder.md/index.md": true, "sound.md/index.md": false, "news": false,
		"news/2017/07/10": false, "news/2017/07/10/a.md": false, ".": false,
	} {
		if got := a.Exists(p); got != want {
			t.Errorf("%s exists: %v", p, got)
		}
	}
	if pg := a.Page("news/2017/07/10/a.md"); pg != nil {
		t.Errorf("a page behind a symbolic link: %+v", pg)
	}
	if events := a.Events(archive.Date{Year: 2017, Month: 7, Day: 10}); len(events) != 0 {
		t.Errorf("events behind a symbolic link: %q", paths(events))
	}
	if a.HasDay(archive.Date{Year: 2017, Month: 7, Day: 10}) {
		t.Error("a day behind a symbolic link")
	}
	if slices.Contains(w.listed, "news/2017/07/10") {
		t.Error("a symbolic link was listed")
	}
	if len(a.Errors()) != 0 {
		t.Errorf("errors: %v", a.Errors())
	}
}

func TestPaths(t *testing.T) {
	files := archivetest.Tree(map[string]string{
		"index.md":               "",
		"a.txt":                  "",
		".draft.md":              "",
		".git/index.md":          "",
		"news/.hidden/a.md":      "",
		"news/2017/07/9/a.md":    "",
		"news/2017/07/9/A.md":    "",
		"news/2017/07/9/a/b.md":  "",
		"news/2017/07/10/a.md":   "",
		"opinion/a.md":           "",
		"opinion/draft-b.md":     "",
		"folder.md/index.md":     "",
		"node_modules/x/read.md": "",
	})
	files["link"] = &fstest.MapFile{Data: []byte("opinion"), Mode: fs.ModeSymlink}
	a := archive.New(files, archive.Config{Ignore: []string{"node_modules/", "draft-*"}})
	want := []string{"folder.md", "index.md", "news/2017/07/10/a.md", "news/2017/07/9/A.md", "news/2017/07/9/a.md", "news/2017/07/9/a/b.md", "opinion/a.md"}
	if got := a.Paths("."); !slices.Equal(got, want) {
		t.Errorf("paths: %q, want %q", got, want)
	}
	if got := a.Paths("news/2017/07/9"); !slices.Equal(got, want[3:6]) {
		t.Errorf("paths of a day: %q, want %q", got, want[3:6])
	}
	for _, dir := range []string{"link", ".git", "gone", "index.md"} {
		if got := a.Paths(dir); len(got) != 0 {
			t.Errorf("paths below %s: %q", dir, got)
		}
	}
	for _, p := range []string{".draft.md", ".git/index.md", "news/.hidden/a.md", "a.txt", "news", ".", "..", "../a.md", "gone.md"} {
		if pg := a.Page(p); pg != nil {
			t.Errorf("a page at %s: %+v", p, pg)
		}
	}
	if got, want := a.Siblings("news/2017/07/9/gone.md"), []string{"A.md", "a", "a.md"}; !slices.Equal(got, want) {
		t.Errorf("siblings: %q, want %q", got, want)
	}
	if got := a.Siblings("index.md"); slices.Contains(got, ".git") || !slices.Contains(got, "a.txt") {
		t.Errorf("siblings of the front page: %q", got)
	}
}

func TestHolds(t *testing.T) {
	a := archive.New(archivetest.Tree(nil), archive.Config{Ignore: []string{"node_modules/", "draft-*"}})
	for p, want := range map[string]bool{
		"index.md":                true,
		"news/2017/07/9/a.md":     true,
		"news/2017/07/9":          true,
		".draft.md":               false,
		".git/index.md":           false,
		"news/.hidden/a.md":       false,
		"node_modules/x/read.md":  false,
		"opinion/draft-b.md":      false,
		"opinion/draft-b/read.md": false,
		"folder.md/index.md":      false,
	} {
		if got := a.Holds(p); got != want {
			t.Errorf("holds %s: %v", p, got)
		}
	}
}

// What cannot be read is reported with its path, and the rest is read.
func TestUnreadable(t *testing.T) {
	w := &watchedFS{
		FS: archivetest.Tree(map[string]string{
			"index.md":                "",
			"faq/index.md":            "",
			"news/2017/07/8/index.md": "",
			"news/2017/07/9/a.md":     "# A\n",
			"news/2017/07/9/b.md":     "# B\n",
			"news/2017/07/9/c.md":     "# C\n",
		}),
		refused: map[string]error{"news/2017/07/9/b.md": fs.ErrPermission, "news/2017/07/9/c.md": fs.ErrNotExist, "faq": fs.ErrPermission},
	}
	a := archive.New(w, archive.Config{})
	if len(a.Errors()) != 0 || !a.Complete() {
		t.Errorf("errors before anything is read: %v", a.Errors())
	}
	want := []string{"index.md", "news/2017/07/8/index.md", "news/2017/07/9/a.md", "news/2017/07/9/b.md", "news/2017/07/9/c.md"}
	if got := a.Load(nil); !slices.Equal(got, want) {
		t.Errorf("paths: %q, want %q", got, want)
	}
	b := a.Page("news/2017/07/9/b.md")
	if b == nil || !errors.Is(b.Err, fs.ErrPermission) || b.Fault != "" || b.Page == nil || b.Event != nil {
		t.Fatalf("unreadable page: %+v", b)
	}
	if pg := a.Page("faq/index.md"); pg != nil {
		t.Errorf("a page in a folder that cannot be listed: %+v", pg)
	}
	if a.Complete() || !a.Exists("faq/index.md") || !a.Exists("faq/a/b.md") {
		t.Error("of a folder that cannot be listed it is known what it does not hold")
	}
	if a.Exists("news/2017/07/9/gone.md") || a.Exists("gone.md") || !a.Exists("news/2017/07/9/b.md") {
		t.Error("of other folders it is not known what they hold")
	}
	errs := a.Errors()
	var at []string
	for _, err := range errs {
		var pathErr *fs.PathError
		if !errors.As(err, &pathErr) {
			t.Fatalf("error without a path: %v", err)
		}
		at = append(at, pathErr.Path)
	}
	if want := []string{"faq", "news/2017/07/9/b.md", "news/2017/07/9/c.md"}; !slices.Equal(at, want) {
		t.Errorf("errors: %v, want those of %q", errs, want)
	}
	if got, want := paths(a.Events(archive.Date{Year: 2017, Month: 7, Day: 9})), []string{"news/2017/07/9/a.md"}; !slices.Equal(got, want) {
		t.Errorf("events: %q, want %q", got, want)
	}
}

// A day whose directory cannot be listed has a page for all that is known, but none
// that says how pages are written.
func TestUnreadableDay(t *testing.T) {
	w := &watchedFS{
		FS: archivetest.Tree(map[string]string{
			"index.md":                 "## [2017-07-10](/news/2017/07/10/index.md)\n\n## [2017-07-8](/news/2017/07/8/index.md)\n",
			"news/2017/07/8/index.md":  "## [2017-07-8](/news/2017/07/8/index.md)\n",
			"news/2017/07/10/index.md": "## [2017-07-10](/news/2017/07/10/index.md)\n",
		}),
		refused: map[string]error{"news/2017/07/10": fs.ErrPermission},
	}
	a := archive.New(w, archive.Config{})
	if edits := listing.PreviousDayEdits(a, a.Page("news/2017/07/8/index.md")); len(edits) != 0 {
		t.Errorf("the first day: %v", edits)
	}
	added, err := edit.Add(a, nil, []edit.Draft{{Headline: "Ferry sails", Date: archive.Date{Year: 2017, Month: 7, Day: 8}}}, edit.AddOptions{Today: archivetest.FixtureDay})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"index.md", "news/2017/07/8/ferry-sails.md", "news/2017/07/8/index.md"}; !slices.Equal(added.Plan.Paths(), want) {
		t.Errorf("changed %q, want %q", added.Plan.Paths(), want)
	}
	if x, err := listing.Index(a, a.Paths("."), listing.IndexOptions{}); err != nil || x.Plan.Len() != 0 {
		t.Errorf("index: %v, %v", x, err)
	}
	if same.LikelyForgotten(a, &archive.Page{Path: "news/2017/07/10/a.md", Date: archive.Date{Year: 2017, Month: 7, Day: 10}, Page: &page.Page{}}) {
		t.Error("an event that cannot be read was overlooked")
	}
}

// foldedFS finds files whatever their case, as some disks do.
type foldedFS struct{ fs.FS }

func (f foldedFS) Open(name string) (fs.File, error) { return f.FS.Open(strings.ToLower(name)) }

func TestNamesAreComparedByteByByte(t *testing.T) {
	a := archive.New(foldedFS{archivetest.Tree(map[string]string{"news/2017/07/9/a.md": "", "index.md": ""})}, archive.Config{})
	if !a.Exists("news/2017/07/9/a.md") || a.Page("news/2017/07/9/a.md") == nil {
		t.Fatal("a page is not found by its name")
	}
	for _, p := range []string{"news/2017/07/9/A.md", "News/2017/07/9/a.md", "INDEX.md"} {
		if a.Exists(p) || a.Page(p) != nil {
			t.Errorf("%s exists", p)
		}
	}
}

// resizedFS holds files that are longer or shorter than they say.
type resizedFS struct {
	fs.FS
	by int64
}

type resizedFile struct {
	fs.File
	by int64
}

type resizedInfo struct {
	fs.FileInfo
	by int64
}

func (f resizedFS) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if strings.HasSuffix(name, ".md") {
		return resizedFile{file, f.by}, err
	}
	return file, err
}

func (f resizedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return resizedInfo{info, f.by}, err
}

func (i resizedInfo) Size() int64 { return i.FileInfo.Size() + i.by }

// TestPageThatIsWritten checks that a page which is cut or grows while it is read
// is an error, not a shorter page.
func TestPageThatIsWritten(t *testing.T) {
	for _, by := range []int64{-4, -1, 1, 100} {
		a := archive.New(resizedFS{archivetest.Tree(map[string]string{"a.md": "# A\n"}), by}, archive.Config{})
		if p := a.Page("a.md"); p.Err == nil || len(p.Source) != 0 {
			t.Errorf("%d: %v, %q", by, p.Err, p.Source)
		}
	}
}

func TestLookalikes(t *testing.T) {
	a := archive.New(archivetest.Tree(map[string]string{
		"faq/a.md": "", "FAQ/A.md": "", "faq/A.md": "", "faq/b.md": "", "faq/c.md.": "", "faq/c.md": "",
	}), archive.Config{})
	for p, want := range map[string][]string{
		"faq/a.md": {"FAQ/A.md", "faq/A.md", "faq/a.md"},
		"faq/b.md": {"faq/b.md"},
		"faq/c.md": {"faq/c.md", "faq/c.md."},
		"faq/d.md": nil,
		"x/b.md":   nil,
	} {
		if got := a.Lookalikes(p); !slices.Equal(got, want) {
			t.Errorf("lookalikes of %s: %q, want %q", p, got, want)
		}
	}
}
