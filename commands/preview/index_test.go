package preview

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
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
		w := &reader{server: s, symbols: newSymbols()}
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
