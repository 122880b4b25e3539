package lint

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/slug"
)

// TestCacheAgrees edits an archive step by step and expects of each step that what
// is kept from the last gives the result that checking all of it anew gives.
func TestCacheAgrees(t *testing.T) {
	for _, name := range []string{"clean", "broken", "chinese"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWalk(t, 7, fixtureTree(t, name))
			for i := range seeds(10, 700) {
				what := "nothing"
				if i > 0 {
					what = w.step()
				}
				w.sync()
				w.compare(fmt.Sprintf("step %d: %s", i, what))
			}
			if w.fewer < w.runs/2 {
				t.Errorf("of %d runs only %d checked fewer pages than there are", w.runs, w.fewer)
			}
		})
	}
}

// walk is an archive on disk that changes, and the directory of its catalog.
type walk struct {
	*testing.T
	*rand.Rand
	root, cache string
	first, tree fstest.MapFS // as it was, and as it is
	disk        fstest.MapFS // what was written
	config      archive.Config
	runs, fewer int
}

// step changes the tree, or what lies around it, and returns how.
func (w *walk) step() string {
	paths := make([]string, 0, len(w.tree))
	for p := range w.tree {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	p := paths[w.Intn(len(paths))]
	switch w.Intn(12) {
	case 0:
		w.tree = maps.Clone(w.first)
		return "check out"
	case 1:
		w.config.SlugStyle = slug.Style(w.Intn(3))
		return "configure"
	case 2:
		w.tear()
		return "tear the catalog"
	case 3:
		now := time.Now()
		if err := os.Chtimes(filepath.Join(w.root, p), now, now); err != nil {
			w.Fatal(err)
		}
		return "touch " + p
	case 4:
		return w.swap(paths, p)
	case 5:
		return "nothing"
	case 6:
		w.tree["en/page.txt"] = &fstest.MapFile{Data: []byte("x")}
		return "add a file"
	default:
		e, what := randomlyEdited(w.Rand, w.tree, paths, p)
		w.tree = e.MapFS
		return what
	}
}

// swap exchanges the bytes of two pages.
func (w *walk) swap(paths []string, p string) string {
	q := paths[w.Intn(len(paths))]
	w.tree[p], w.tree[q] = w.tree[q], w.tree[p]
	return "swap " + p + " and " + q
}

// tear makes the files of the catalog shorter, or changes a byte.
func (w *walk) tear() {
	files, err := filepath.Glob(filepath.Join(w.cache, "*", "*"))
	if err != nil {
		w.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			w.Fatal(err)
		}
		at := w.Intn(len(data))
		if w.Intn(2) == 0 {
			data = data[:at]
		} else {
			data[at]++
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			w.Fatal(err)
		}
	}
}

// sync writes what changed to the disk.
func (w *walk) sync() {
	for p := range w.disk {
		if w.tree[p] == nil {
			w.must(os.Remove(filepath.Join(w.root, p)))
		}
	}
	for p, f := range w.tree {
		name := filepath.Join(w.root, p)
		was := w.disk[p]
		if was != nil && was.Mode == f.Mode && bytes.Equal(was.Data, f.Data) {
			continue
		}
		w.must(os.MkdirAll(filepath.Dir(name), 0o755))
		if was != nil && (was.Mode|f.Mode)&fs.ModeSymlink != 0 {
			w.must(os.Remove(name))
		}
		if f.Mode&fs.ModeSymlink != 0 {
			w.must(os.Symlink(string(f.Data), name))
			continue
		}
		w.must(os.WriteFile(name, f.Data, 0o644))
	}
	w.disk = maps.Clone(w.tree)
}

func (w *walk) must(err error) {
	if err != nil {
		w.Helper()
		w.Fatal(err)
	}
}

// compare runs the rules with what was kept and without.
func (w *walk) compare(what string) {
	w.Helper()
	open := func() *archive.Archive { return archive.New(os.DirFS(w.root), w.config) }
	a := open()
	want := Run(a, a.Load(nil), Config{Whole: true})

	a = open()
	whole, fixes := false, w.Intn(2) == 0
	c := &Cache{
		Fixes:   fixes,
		Catalog: catalog.Open(w.cache, w.root, fmt.Sprint(w.config, a.Basis())),
		Disk:    catalog.Disk(w.root),
		Load:    func(visit func(*archive.Page)) { whole = true; a.Gather(nil, visit) },
	}
	if w.Intn(2) == 0 {
		a.Keep(catalog.Open(w.cache, w.root, a.FactState()), c.Disk, 1)
	}
	got := c.Run(a, a.Paths("."), Config{Whole: true})
	if got, want = bare(got, fixes), bare(want, fixes); !reflect.DeepEqual(got, want) {
		w.Fatalf("%s: with a catalog, %d pages, %d events, %d findings, errors %#v\n%+v\nwithout, %d pages, %d events, %d findings, errors %#v\n%+v", what, got.Pages, got.Events, len(got.Findings), got.Errors, without(got.Findings, want.Findings), want.Pages, want.Events, len(want.Findings), want.Errors, without(want.Findings, got.Findings))
	}
	w.runs++
	if !whole {
		w.fewer++
	}
	if c.fresh != nil && w.Intn(2) == 0 {
		c.fresh.Snapshot.Taken += int64(time.Minute) // as if nothing had changed lately
	}
	if w.runs == 1 || w.Intn(4) > 0 { // a run in which little changed keeps nothing
		w.must(c.Save())
	}
	if _, err := a.SaveFacts(); err != nil {
		w.Fatal(err)
	}
}

// bare returns a result without what differs between equal ones: of fixes, without their
// edits unless these are needed.
func bare(r Result, fixes bool) Result {
	r.Rules = nil
	r.Findings = slices.Clone(r.Findings)
	for i, f := range r.Findings {
		if f.Fix != nil {
			fix := *f.Fix
			if !fixes {
				fix = Fix{}
			}
			if len(fix.Edits) == 0 {
				fix.Edits = nil
			}
			r.Findings[i].Fix = &fix
		}
	}
	if len(r.Findings) == 0 {
		r.Findings = nil
	}
	return r
}

// without returns the findings of one list that another does not have.
func without(a, b []Finding) (out []Finding) {
	for _, f := range a {
		if !slices.ContainsFunc(b, func(g Finding) bool { return reflect.DeepEqual(f, g) }) {
			out = append(out, f)
		}
	}
	return out
}
