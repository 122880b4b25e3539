package archive

import (
	"slices"
	"testing"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// TestKeptOfFewPages takes pages that a run did not read as changed, though nothing
// happened to them since.
func TestKeptOfFewPages(t *testing.T) {
	const dir = "news/2018/03/14"
	entry := func(name, text string) catalog.Entry {
		e := catalog.Entry{Name: name, Stat: catalog.Stat{Size: 10}}
		if text != "" {
			e.ID = catalog.IDOf([]byte(text))
		}
		return e
	}
	was := &catalog.Snapshot{Taken: 2e18, Dirs: []catalog.Dir{{Path: dir, Entries: []catalog.Entry{entry("a.md", "# A"), entry("b.md", ""), entry("c.md", ""), entry("notes.txt", "")}}}}
	now := &catalog.Snapshot{Taken: 3e18, Dirs: []catalog.Dir{{Path: dir, Entries: []catalog.Entry{entry("a.md", ""), entry("b.md", ""), entry("notes.txt", "")}}}}
	set, ok := facts.Open(facts.Encode([]*facts.Page{{Head: facts.Head{Headline: "A"}}}))
	if !ok {
		t.Fatal("the facts are broken")
	}
	changes, _ := now.Since(was, func(string) (catalog.ID, bool) { return catalog.ID{}, false }, nil)
	k := newKept(&Archive{store: &store{}}, set, was, now, changes)
	if want := []string{dir + "/b.md", dir + "/c.md"}; k == nil || !slices.Equal(k.Changed, want) {
		t.Errorf("changed pages are %v, want %v", k, want)
	}
}
