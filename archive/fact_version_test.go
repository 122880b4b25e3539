package archive_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/catalog"
)

// gitFS is files with the ids that git has of them.
type gitFS struct{ fstest.MapFS }

func (f gitFS) ReadDir(dir string) ([]fs.DirEntry, error) {
	entries, err := f.MapFS.ReadDir(dir)
	for i, e := range entries {
		id := ""
		if file := f.MapFS[dir+"/"+e.Name()]; file != nil {
			id = catalog.IDOf(file.Data).String()
		}
		entries[i] = gitEntry{e, id}
	}
	return entries, err
}

type gitEntry struct {
	fs.DirEntry
	id string
}

func (e gitEntry) ObjectID() string { return e.id }

// The facts that a version is given are those of the same bytes, and all of a version are
// kept for the next.
func TestReuse(t *testing.T) {
	t.Parallel()
	const p, q = "news/2018/03/14/a.md", "news/2018/03/14/b.md"
	files := func(headline string) gitFS {
		return gitFS{fstest.MapFS{p: {Data: []byte("# " + headline + "\n")}, q: {Data: []byte("# Ferry\n")}}}
	}
	dir := t.TempDir()
	open := func(headline string) *archive.Archive {
		a := archive.New(files(headline), archive.Config{})
		a.Reuse(archive.EarlierIn(catalog.Open(dir, "/root", "state")))
		a.RecallAll()
		return a
	}
	if err := open("Old").SaveVersion(1); err != nil {
		t.Fatal(err)
	}
	for _, headline := range []string{"Old", "New"} {
		a := open(headline)
		if known := a.KnownFacts(p) != nil; known != (headline == "Old") || a.KnownFacts(q) == nil {
			t.Errorf("%s: facts are known of the page that changed, or not of the other: %v", headline, known)
		}
		if got := a.Headline(p); got != headline {
			t.Errorf("headline %q, want %q", got, headline)
		}
	}
}
