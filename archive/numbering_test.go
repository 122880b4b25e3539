package archive

import (
	"testing"

	"newsctl/archive/catalog"
)

// The pages of a snapshot have the numbers that they have by their paths: what was
// gathered is saved as it is.
func TestNumberingOfSnapshot(t *testing.T) {
	paths := []string{"index.md", "news/2018/03/14/a.md", "news/2018/03/14/b.md", "news/2018/03/14.md", "news/2018/04/1/a.md"}
	page := func(name string) catalog.Entry { return catalog.Entry{Name: name, ID: catalog.IDOf([]byte(name))} }
	s := &catalog.Snapshot{Dirs: []catalog.Dir{
		{Path: ".", Entries: []catalog.Entry{page("index.md"), {Name: "news"}}},
		{Path: "news", Entries: []catalog.Entry{{Name: "2018"}}},
		{Path: "news/2018", Entries: []catalog.Entry{{Name: "03"}, {Name: "04"}}},
		{Path: "news/2018/03", Entries: []catalog.Entry{{Name: "14"}, page("14.md")}},
		{Path: "news/2018/03/14", Entries: []catalog.Entry{page("a.md"), page("b.md"), {Name: "c.jpg"}}},
		{Path: "news/2018/04", Entries: []catalog.Entry{{Name: "1"}}},
		{Path: "news/2018/04/1", Entries: []catalog.Entry{page("a.md")}},
	}}
	byPath := NumberingOf(paths)
	of, ids := numberingOf(s)
	if !byPath.equal(of) || len(ids) != len(paths) {
		t.Errorf("pages of the snapshot: %+v, by their paths: %+v", of, byPath)
	}
	for i := range paths {
		if n, ok := of.Number(byPath.Path(i)); !ok || n != i || of.Path(i) != byPath.Path(i) {
			t.Errorf("page %d is %s and %s, number %d (%t)", i, byPath.Path(i), of.Path(i), n, ok)
		}
	}
}
