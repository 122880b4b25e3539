package preview

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/catalog"
	"newsctl/archive/contexts"
	"newsctl/archive/query"
)

// TestIndexAgrees compares the contexts and links of the index with those that list and
// show use.
func TestIndexAgrees(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"clean", "broken", "chinese"} {
		root, err := filepath.Abs("../../fixtures/" + dir)
		if err != nil {
			t.Fatal(err)
		}
		checkIndex(t, serveDir(t, root).index.Load(), archive.New(os.DirFS(root), archive.Config{}))
	}
	s := serve(t, fjord)
	checkIndex(t, s.index.Load(), s.state.New())
}

// TestKept reads the archive again with what an earlier run kept of it: only what changed
// since is read, and nothing that is kept makes a difference.
func TestKept(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"clean", "broken", "chinese"} {
		root, cache := t.TempDir(), t.TempDir()
		archivetest.Fixture(t, name).WriteTo(t, root)
		open := func() (*Server, *reader, map[string]stamp) {
			s := serveDir(t, root)
			s.state.Keep = catalog.Open(cache, root, "state")
			return s, newReader(s), s.stamps(context.Background())
		}
		check := func(what string, kept bool) {
			t.Helper()
			s, w, now := open()
			all := changedDirs(nil, now)
			rest := w.recall(all, now)
			if got := len(w.records) > 0; got != kept {
				t.Errorf("%s, %s: %d pages are recalled", name, what, len(w.records))
			}
			if !w.read(context.Background(), rest) {
				t.Fatal("the index was not made")
			}
			checkIndex(t, w.index(), s.state.New())
		}
		check("nothing is kept", false)
		_, w, now := open()
		w.read(context.Background(), changedDirs(nil, now))
		later := time.Now().Add(time.Hour).UnixNano()
		w.keep(now, later)
		check("kept", true)
		for p := range archivetest.Fixture(t, name) { // in some directories, pages change or are removed
			file, sum := filepath.Join(root, filepath.FromSlash(p)), 0
			for _, b := range []byte(path.Dir(p)) {
				sum += int(b)
			}
			switch {
			case !archive.IsPage(p) || sum%3 > 0:
			case len(p)%2 == 0:
				archivetest.Files{p: "# Another headline\n\n_Context: Gull_\n"}.WriteTo(t, root)
			default:
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
		}
		check("changed", true)
		files, err := filepath.Glob(filepath.Join(cache, "*", "preview-*"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for i, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data[:len(data)*(i%3)/3], 0o600); err != nil {
				t.Fatal(err)
			}
		}
		check("torn", false)
		_, w, now = open()
		w.read(context.Background(), changedDirs(nil, now))
		w.keep(now, 0)
		check("written after it was read", false)
	}
}

// TestKeptTorn reads what is kept where it ends too early, or has other bytes.
func TestKeptTorn(t *testing.T) {
	t.Parallel()
	s := serve(t, fjord)
	w, now := newReader(s), s.stamps(context.Background())
	w.read(context.Background(), changedDirs(nil, now))
	dirs := map[string][]*record{}
	for i := range w.records {
		dir := path.Dir(w.symbols.text[w.records[i].path])
		dirs[dir] = append(dirs[dir], &w.records[i])
	}
	text := w.encode(dirs, now)
	for i := range text {
		for _, torn := range []string{text[:i], text[:i] + string([]byte{text[i] ^ 0x55}) + text[i+1:], text + "x"} {
			known := map[string]bool{}
			again := newReader(s)
			again.recallPart(torn, now, known)
			if len(torn) != len(text) && len(again.records)+len(known) > 0 {
				t.Errorf("%d bytes of %d are taken for all", len(torn), len(text))
			}
		}
	}
}

// TestIndexAgreesRandom does so with random archives, of which some pages are damaged,
// some declare their contexts, and some link to pages that are gone.
func TestIndexAgreesRandom(t *testing.T) {
	t.Parallel()
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		config.Aliases = map[string]string{"A": "B"}
		files, dirs := archivetest.Files{}, map[string]bool{}
		for i, p := range sortedPaths(g.Files) {
			text := g.Files[p]
			switch i % 9 {
			case 3:
				text += "\n<<<<<<< HEAD\n"
			case 5:
				text += "\n_Context: " + fmt.Sprint(i) + ", B_\n"
			case 7:
				continue
			}
			files[p], dirs[path.Dir(p)] = text, true
		}
		s := New(Options{Open: func() State {
			return State{New: func() *archive.Archive { a, _ := files.Archive(config); return a }}
		}}, host)
		w := newReader(s)
		var list []string
		for dir := range dirs {
			list = append(list, dir)
		}
		slices.Sort(list)
		for range 2 { // read again, nothing changes
			if !w.read(context.Background(), list) {
				t.Fatal("the index was not made")
			}
			checkIndex(t, w.index(), s.state.New())
		}
	})
}

func checkIndex(t *testing.T, x *index, a *archive.Archive) {
	t.Helper()
	paths := a.Load(nil)
	all := query.New(a, paths)
	if names := contexts.Of(a, paths).All().Sorted(); fmt.Sprint(names) != fmt.Sprint(x.names) {
		t.Errorf("contexts %q, want %q", x.names, names)
	}
	for _, e := range all.Select(query.Filter{}) {
		i := x.find(e.Path)
		if i < 0 {
			t.Errorf("%s is not in the index", e.Path)
			continue
		}
		names := []string{}
		for _, n := range x.of.at(i) {
			names = append(names, x.names[n])
		}
		var from []string
		for _, k := range x.from.at(i) {
			from = append(from, x.path(k))
		}
		if fmt.Sprint(names) != fmt.Sprint(e.Contexts()) || fmt.Sprint(from) != fmt.Sprint(all.LinkedFrom(e.Path)) || x.listed[i] != e.Listed {
			t.Errorf("%s: contexts %q, linked from %q, listed %v; want %q, %q, %v", e.Path, names, from, x.listed[i], e.Contexts(), all.LinkedFrom(e.Path), e.Listed)
		}
	}
}

func sortedPaths(files archivetest.Files) []string {
	var out []string
	for p := range files {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
