package archive

import (
	"testing"
	"testing/fstest"
)

// HasOwnName is true of names that are there once, as far as all paths are known, and
// follows changes that are laid over the archive.
func TestHasOwnName(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for _, p := range []string{"news/2024/03/5/a.md", "news/2024/03/5/b.md", "news/2024/03/6/a.md", "faq/c.md"} {
		files[p] = &fstest.MapFile{}
	}
	a := New(files, Config{})
	if a.HasOwnName("news/2024/03/5/b.md") {
		t.Error("paths that are not known are taken for known")
	}
	a.Paths(".")
	for p, want := range map[string]bool{"news/2024/03/5/a.md": false, "news/2024/03/6/a.md": false, "news/2024/03/5/b.md": true} {
		if got := a.HasOwnName(p); got != want {
			t.Errorf("%s has a name of its own: %t, want %t", p, got, want)
		}
	}
	b := a.Clone()
	b.Paths(".")
	b.HasOwnName("news/2024/03/5/b.md")
	changes := a.NewChanges()
	changes.Create("news/2024/03/8/b.md", []byte("x"))
	b.Apply(changes)
	b.Paths(".")
	if b.HasOwnName("news/2024/03/5/b.md") {
		t.Error("a page that came later is not known")
	}
	ignoring := New(files, Config{Ignore: []string{"news/2024/03/6"}})
	ignoring.Paths(".")
	if ignoring.HasOwnName("news/2024/03/5/a.md") {
		t.Error("a page that is ignored is not known")
	}
}
