package archive_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/page"
	"newsctl/archive/same"
	"newsctl/archive/slug"
)

func TestPage(t *testing.T) {
	src := "### [2017-07-9](/news/2017/07/9/index.md)\n# A\n## B\n### [C](/c.md)\n"
	a := archive.New(archivetest.Tree(map[string]string{
		"index.md": src, "README.md": src, "faq.md": src,
		"news/2017/07/9/index.md": src, "news/2017/07/9/README.md": src, "news/2017/07/9/a.md": src,
	}), archive.Config{})
	for _, tt := range []struct {
		path           string
		kind           archive.Kind
		date           archive.Date
		event, listing bool
		links          int
	}{
		{"index.md", archive.FrontPage, archive.Date{}, false, true, 2},
		{"README.md", archive.CopyPage, archive.Date{}, false, false, 0},
		{"faq.md", archive.OtherPage, archive.Date{}, false, false, 2},
		{"news/2017/07/9/index.md", archive.DayPage, archive.Date{Year: 2017, Month: 7, Day: 9}, false, true, 2},
		{"news/2017/07/9/README.md", archive.CopyPage, archive.Date{Year: 2017, Month: 7, Day: 9}, false, false, 0},
		{"news/2017/07/9/a.md", archive.EventPage, archive.Date{Year: 2017, Month: 7, Day: 9}, true, false, 2},
	} {
		p := a.Page(tt.path)
		if p == nil || p.Path != tt.path || p.Kind != tt.kind || p.Date != tt.date || p.Fault != "" || p.Err != nil {
			t.Errorf("%s: %+v", tt.path, p)
			continue
		}
		if (p.Event != nil) != tt.event || (p.Listing != nil) != tt.listing || len(p.Links) != tt.links {
			t.Errorf("%s: event %v, listing %v, %d links", tt.path, p.Event != nil, p.Listing != nil, len(p.Links))
		}
		if string(p.Source) != src {
			t.Errorf("%s: source %q", tt.path, p.Source)
		}
	}
}

// The configured labels are those that pages are read with.
func TestPageLabels(t *testing.T) {
	files := archivetest.Tree(map[string]string{"news/2017/07/9/a.md": "### Siehe auch:\n1. [B](b.md)\n"})
	for _, tt := range []struct {
		config archive.Config
		want   int
	}{
		{archive.Config{}, 0},
		{archive.Config{Labels: page.Labels{Related: []string{"Siehe auch"}}}, 1},
	} {
		a := archive.New(files, tt.config)
		if got := len(a.Related(a.Page("news/2017/07/9/a.md"))); got != tt.want {
			t.Errorf("%d related entries with %q, want %d", got, tt.config.Labels.Related, tt.want)
		}
	}
}

func TestLoad(t *testing.T) {
	for name, fsys := range archivetest.Fixtures() {
		a := archive.New(fsys, archive.Config{})
		var mu sync.Mutex
		seen := map[int]bool{}
		total := 0
		got := a.Load(func(done, n int) {
			mu.Lock()
			defer mu.Unlock()
			seen[done], total = true, n
		})
		var want []string
		err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err == nil && path.Ext(p) == ".md" {
				want = append(want, p)
			}
			return err
		})
		slices.Sort(want)
		if err != nil || len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("paths of %s: %q, want %q, %v", name, got, want, err)
		}
		if total != len(want) || len(seen) != len(want) || !seen[1] || !seen[len(want)] {
			t.Errorf("progress of %s: %d numbers, of %d pages", name, len(seen), total)
		}
		for _, p := range got {
			if a.Page(p) == nil {
				t.Errorf("%s of %s is not there", p, name)
			}
		}
		if errs := a.Errors(); len(errs) != 0 {
			t.Errorf("errors of %s: %v", name, errs)
		}
	}
}

// Whoever asks, when and in which company, is given the same page.
func TestConcurrentReading(t *testing.T) {
	for name, fsys := range archivetest.Fixtures() {
		a := archive.New(fsys, archive.Config{})
		pages := make([][]*archive.Page, 8)
		var wg sync.WaitGroup
		for i := range pages {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if i%2 == 0 {
					a.SlugStyle()
					a.LastDays(5)
				}
				for _, p := range a.Load(nil) {
					pg := a.Page(p)
					pages[i] = append(pages[i], pg)
					a.Related(pg)
					a.Events(pg.Date)
				}
			}()
		}
		wg.Wait()
		for i := range pages {
			if !slices.Equal(pages[i], pages[0]) {
				t.Errorf("two readers of %s were given different pages", name)
			}
		}
	}
}

// A page gives the same answers if the whole archive is loaded and if nothing
// else was asked for before.
func TestLoadedOrLazy(t *testing.T) {
	for name, fsys := range archivetest.Fixtures() {
		loaded := archive.New(fsys, archive.Config{})
		for _, p := range loaded.Load(nil) {
			want := answers(loaded, p)
			if got := answers(archive.New(fsys, archive.Config{}), p); got != want {
				t.Errorf("%s of %s, read alone:\n%s\nloaded:\n%s", p, name, got, want)
			}
		}
	}
}

// answers returns what an archive says of a page.
func answers(a *archive.Archive, p string) string {
	var b bytes.Buffer
	pg := a.Page(p)
	fmt.Fprintln(&b, pg.Kind, pg.Date, pg.Fault, pg.Err, len(pg.Source))
	for _, l := range pg.Links {
		target := pg.Target(l)
		meant, ok := a.Suggest(target.Path)
		fmt.Fprintln(&b, *l, target, a.Exists(target.Path), meant, ok)
	}
	for _, e := range a.Related(pg) {
		fmt.Fprintln(&b, e.Target, e.Page != nil, e.Pinned())
	}
	before, ok := a.DayBefore(pg.Date)
	fmt.Fprintln(&b, before, ok, a.HasDay(pg.Date), paths(a.Events(pg.Date)), a.LastDays(3), a.SlugStyle())
	fmt.Fprintln(&b, pg.Versions(), a.Siblings(p))
	if pg.Event != nil {
		older, repeats := same.FindDuplicate(a, pg.Facts())
		headline, _ := pg.Event.Headline()
		fmt.Fprintln(&b, repeats, older.Signal, same.Unlisted(a, &pg.Facts().Brief), a.Slug(headline))
	}
	return b.String()
}

// A whole edition as it was published: what is right in it is found right, and
// what is wrong is counted.
func TestRealArchive(t *testing.T) {
	a := archive.New(os.DirFS(archivetest.RealArchive(t)), archive.Config{})
	pages := a.Load(nil)
	if len(pages) != 15_639 || len(a.Errors()) != 0 {
		t.Errorf("%d pages, errors %v", len(pages), a.Errors())
	}
	if got := a.SlugStyle(); got != slug.Unicode {
		t.Errorf("the style is %v", got)
	}
	count := map[string]int{}
	for _, p := range pages {
		pg := a.Page(p)
		count[pg.Kind.String()]++
		if pg.Event != nil {
			headline, _ := pg.Event.Headline()
			if slug := a.Slug(headline); slug+".md" != path.Base(p) {
				t.Errorf("slug of %q: %q, but the page is %s", headline, slug, p)
			}
		}
		for _, l := range pg.Links {
			target := pg.Target(l)
			if l.Malformed {
				count["malformed in a "+pg.Kind.String()]++
			}
			switch l.Role {
			case page.Related, page.Listed, page.DateLink, page.Heading, page.Previous:
				if target.Kind != archive.Internal || !a.Exists(target.Path) {
					t.Errorf("%s links to %q, %v", p, pg.Text(l.Text), target)
				}
			}
			if l.Role == page.Previous && pg.Kind == archive.DayPage {
				if before, ok := a.DayBefore(pg.Date); !ok || target.Path != before.Page() {
					t.Errorf("the day before %v is %v, %v, linked is %s", pg.Date, before, ok, target.Path)
				}
			}
		}
	}
	for what, want := range map[string]int{
		"event page": 8925, "front page": 1,
		"malformed in a event page": 14, "malformed in a day page": 6,
	} {
		if count[what] != want {
			t.Errorf("%s: %d, want %d", what, count[what], want)
		}
	}
	if count["day page"] == 0 || count["day page"]+1 != count["copy"] {
		t.Errorf("%d day pages and %d copies", count["day page"], count["copy"])
	}
}

func BenchmarkLoad(b *testing.B) {
	trees := archivetest.Fixtures()
	if dir := os.Getenv("NEWSCTL_BENCH_ARCHIVE"); dir != "" {
		trees = map[string]fs.FS{strings.ReplaceAll(filepath.Base(dir), "/", "-"): os.DirFS(dir)}
	}
	for name, fsys := range trees {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if len(archive.New(fsys, archive.Config{}).Load(nil)) == 0 {
					b.Fatal("no pages")
				}
			}
		})
	}
}
