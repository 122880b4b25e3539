package catalog

import (
	"io/fs"
	"testing"
)

// TestTrees compares ids with those that git write-tree prints for the same files.
func TestTrees(t *testing.T) {
	t.Parallel()
	page := func(name, text string, mode uint32) Entry {
		return Entry{Name: name, Stat: Stat{Mode: mode}, ID: IDOf([]byte(text))}
	}
	dir := func(name string) Entry { return Entry{Name: name, Type: fs.ModeDir} }
	s := &Snapshot{Dirs: []Dir{
		{Path: ".", Entries: []Entry{dir("a"), page("a.md", "A\n", 0o644), dir("b"), dir("c")}},
		{Path: "a", Entries: []Entry{page("x.md", "X\n", 0o755), dir("y"), page("y.md", "Y\n", 0)}},
		{Path: "a/y", Entries: []Entry{page("z.md", "Z\n", 0o644)}},
		{Path: "b"},
		{Path: "c", Entries: []Entry{{Name: "picture.png"}}},
	}}
	want := map[string]string{
		"a/y": "dd8e1244ab4f4467a87c980042be1eecdaadbf47",
		"a":   "b0b06b56ec3b46d4c1f61bf8ecd52646c327a80b",
	}
	got := s.Trees()
	for p, id := range want {
		if got[p].String() != id {
			t.Errorf("%s: %s, want %s", p, got[p], id)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v: the ids of other directories are not known", got)
	}
	s.Dirs[0].Entries = s.Dirs[0].Entries[:3] // all but what holds a picture
	if id := s.Trees()["."].String(); id != "7a45d5571766e5ae640cdebf9403753044c59a30" {
		t.Errorf(".: %s", id)
	}
}
