package lint

import (
	"fmt"
	"io/fs"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/catalog"
)

// checkEarly checks an archive while its facts are gathered, and once more when all of
// it is known, and expects the same of both: the findings, and that nothing was read
// for these that the first check does not know of. It returns how many pages the first
// one checked twice.
func checkEarly(t *testing.T, what string, open func() *archive.Archive, config Config) (again int) {
	t.Helper()
	config.Whole = true
	known := open()
	paths := known.LoadPages(nil)
	want := Run(known, paths, config)

	a := open()
	l := newLinter(a, config, Rules())
	c := &checking{linter: l, paths: paths, record: true, fixes: true}
	got := newResult(a, paths, nil, c.run(func(visit func(*archive.Page)) { a.Gather(nil, visit) }))
	slices.SortFunc(got.Findings, compare)
	got.finish(l)
	if got, want := bare(got, true), bare(want, true); !reflect.DeepEqual(got, want) {
		t.Errorf("%s: while facts are gathered\n%+v\nwith all known\n%+v", what, without(got.Findings, want.Findings), without(want.Findings, got.Findings))
	}
	for i, p := range paths {
		reads := &archive.Reads{}
		if pg := known.Page(p); pg.Err == nil {
			newLinter(known, config, Rules()).over(known.Recording(reads)).page(pg)
		}
		if kept := c.pages[i].reads != nil; kept == reads.Unkept {
			t.Errorf("%s: the answer for %s is kept: %t", what, p, kept)
		}
		for _, key := range reads.Keys() {
			if !reads.Unkept && !notes(c.pages[i].reads, key) {
				t.Errorf("%s: %s was checked without noting %+v", what, p, key)
			}
		}
	}
	return c.again
}

// notes reports whether the numbers for keys have that for one key, or for another of its
// path that says more.
func notes(sums []catalog.Sum, key catalog.Key) bool {
	for ; ; key.Kind++ {
		if slices.Contains(sums, catalog.SumsOf([]catalog.Key{key})[0]) {
			return true
		}
		if !key.Kind.IsOfPath() || key.Kind == catalog.Page {
			return false
		}
	}
}

func TestEarlyAgrees(t *testing.T) {
	archivetest.RandomArchives(t, 6, 300, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		for i := range 3 {
			tree := archivetest.Tree(g.Files)
			checkEarly(t, fmt.Sprint("edit ", i), func() *archive.Archive { return archive.New(tree, config) }, Config{})
			g.Files.Mess(g.Rand)
		}
	})
	for _, name := range []string{"clean", "broken", "chinese"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := fixtureTree(t, name)
			random := rand.New(rand.NewSource(3))
			var paths []string
			for p := range first {
				paths = append(paths, p)
			}
			slices.Sort(paths)
			tree := first
			for i := range seeds(6, 500) {
				what := "nothing"
				if i%4 == 0 {
					tree = first
				} else {
					var e *edited
					e, what = randomlyEdited(random, tree, paths, paths[random.Intn(len(paths))])
					tree = e.MapFS
				}
				checkEarly(t, what, func() *archive.Archive { return archive.New(tree, archive.Config{}) }, Config{})
			}
		})
	}
}

// The examples of each rule, each with the pages that all examples link to: what is
// wrong is found, and nothing else is.
func TestEarlyExamples(t *testing.T) {
	for _, r := range Rules() {
		for _, example := range []string{r.Wrong, r.Right} {
			open := func() *archive.Archive { a, _ := openExample(example); return a }
			checkEarly(t, r.Name, open, Config{})
			checkEarly(t, r.Name+" alone", open, Config{Only: withSuppressed(r)})
		}
	}
}

// What a page was taken to be for others, and is not, makes these checked again; and
// only this.
func TestEarlyAgain(t *testing.T) {
	const list = "\n### Related:\n\n1. " + storm + " _Context: Coast, Ferry_\n2. " + engine + " _Context: Coast、Sea_\n"
	page := ferry("\n##### X\n" + list)
	day := "-- news/2024/03/5/index.md --\n## [2024-03-5](/news/2024/03/5/index.md)\n### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)\n"
	for _, tt := range []struct {
		name, old, now string // in the files below
		again          int
	}{
		{"nothing", "", "", 0},
		{"headline", "# Storm stops the ferry", "# Storm", 1},
		{"not an event", "-- news/2024/03/4/storm-stops-the-ferry.md --", "-- news/2024/03/4/storm-stops-the-ferry.md/x.md --", 1},
		{"topic", "# Storm stops", "##### Storms, 2024\n# Storm stops", 0},
		{"topic in a list", "# Storm stops", "##### Coast, Ferry\n# Storm stops", 1},
		{"a part of it", "# Storm stops", "##### Storms, Ferry\n# Storm stops", 1},
		{"topic of several words", "# Storm stops", "##### Coast、Sea\n# Storm stops", 1},
		{"another such", "# Storm stops", "##### Storm、Rain\n# Storm stops", 0},
		{"unlisted", "### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)", "", 2},
		{"duplicate", "# Storm stops the ferry", "# Ferry sails again", 2},
		{"broken link", "/faq/index.md", "/news/2024/03/4/storm.md", 1},
		{"fragment", "/faq/index.md", "/news/2024/03/4/storm-stops-the-ferry.md#x", 1},
		{"copy", "-- news/2024/03/5/README.md --\n", "-- news/2024/03/5/README.md --\nX\n", 1},
	} {
		files := exampleArchive + day + strings.Replace(day, "index.md --", "README.md --", 1) + page + "-- faq/index.md --\n[X](/faq/index.md)\n"
		tree := fstest.MapFS{}
		for _, f := range txtar.Parse([]byte(strings.Replace(files, tt.old, tt.now, 1))).Files {
			tree[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		again := checkEarly(t, tt.name, func() *archive.Archive { return archive.New(tree, archive.Config{}) }, Config{})
		if again != tt.again {
			t.Errorf("%s: %d pages were checked again, want %d", tt.name, again, tt.again)
		}
	}
}

// unreadable is a tree of files with a directory that cannot be read.
type unreadable struct {
	fstest.MapFS
	dir string
}

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.dir {
		return nil, fs.ErrPermission
	}
	return u.MapFS.ReadDir(name)
}

// Where not all directories can be read, it is not known which days are the last.
func TestEarlyUnreadable(t *testing.T) {
	tree := archivetest.Tree(map[string]string{
		"index.md":                "## [2024-03-5](/news/2024/03/5/index.md)\n",
		"news/2024/03/5/index.md": "## [2024-03-5](/news/2024/03/5/index.md)\n",
		"news/2024/03/7/index.md": "## [2024-03-7](/news/2024/03/7/index.md)\n",
		"news/2024/04/8/index.md": "",
	})
	open := func(dir string) func() *archive.Archive {
		return func() *archive.Archive { return archive.New(unreadable{tree, dir}, archive.Config{}) }
	}
	config := Config{Only: []string{"front-days"}}
	checkEarly(t, "readable", open(""), config)
	if again := checkEarly(t, "unreadable", open("news/2024/04"), config); again == 0 {
		t.Error("no page was checked again")
	}
}
