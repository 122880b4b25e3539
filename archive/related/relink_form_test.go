package related

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
	"newsctl/archive/sorted"
)

// Contexts that are written in another form are the same, and relinking makes the
// same lists of them.
func TestRelinkFormatted(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		f := archivetest.Formatted(g)
		if maps.Equal(f, g.Files) {
			t.Error("no list is written in another form")
		}
		plain, paths := g.Files.Archive(config)
		now, _ := f.Archive(config)
		before, after := archivetest.ContextsByPath(plain, paths), archivetest.ContextsByPath(now, paths)
		for _, p := range sorted.Keys(before) {
			if !slices.Equal(before[p], after[p]) {
				t.Errorf("%s is about %q, and was about %q", p, after[p], before[p])
			}
		}
		_, want := relinkTwice(t, g.Files, config)
		_, got := relinkTwice(t, f, config)
		a, paths := want.Archive(config)
		b, _ := got.Archive(config)
		was, is := contexts.Of(a, paths), contexts.Of(b, paths)
		for _, p := range sorted.Keys(before) {
			if list := listSays(is, p); fmt.Sprint(list) != fmt.Sprint(listSays(was, p)) {
				t.Errorf("%s lists\n%q\nand listed\n%q\n%s", p, list, listSays(was, p), got[p])
			}
		}
	})
}

// listSays returns what the related list of an event names, and the contexts it says.
func listSays(c *contexts.Contexts, p string) [][]string {
	a := c.Archive
	var out [][]string
	for _, e := range a.Related(a.Page(p)) {
		out = append(out, append([]string{e.Target.Path}, c.Split(a.Page(p), e.Shared)...))
	}
	return out
}
