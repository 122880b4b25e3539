package lint

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/sorted"
)

// neighbors returns an archive of a few pages, each of which depends on others: by
// links, related entries, versions, sources, and headlines of nearly the same words.
func neighbors() fstest.MapFS {
	event := func(day, topic, headline, rest string) string {
		return fmt.Sprintf("### [2024-03-%s](/news/2024/03/%s/index.md)\n\n##### %s\n\n# %s\n\n_Context: Ferry, Sea_\n\nText.\n\n%s\n", day, day, topic, headline, rest)
	}
	day := func(day, before string, entries ...string) string {
		out := fmt.Sprintf("## [2024-03-%s](/news/2024/03/%s/index.md)\n\n", day, day)
		for _, e := range entries {
			out += fmt.Sprintf("### [%s](/news/2024/03/%s/%s.md)\n\n", e, day, strings.ReplaceAll(strings.ToLower(e), " ", "-"))
		}
		if before == "" {
			return out
		}
		return out + "## [Previous Day...](/news/2024/03/" + before + "/index.md)\n"
	}
	out := fstest.MapFS{}
	for p, text := range map[string]string{
		"news/2024/03/4/storm-stops-the-ferry.md":            event("4", "Ferry, Harbour", "Storm stops the ferry", "### Source:\n\n1. [Gazette](https://gazette.example/storm)\n"),
		"news/2024/03/4/index.md":                            day("4", "", "Storm stops the ferry"),
		"news/2024/03/5/ferry-sails-again-after-storm.md":    event("5", "Ferry", "Ferry sails again after storm", "### Related:\n\n1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry, Harbour_\n2. [Fog](/news/2024/03/6/fog-lifts.md#source) _Context: Sea_\n"),
		"news/2024/03/5/ferry-sails-again-after-the-stor.md": event("5", "Ferry", "Ferry sails again after the storm", "### Changes:\n\n1. [A](/news/2024/03/5/ferry-sails.md)\n2. [B](/news/2024/03/5/ferry-sails-again-after-the-stor.md) (current)\n\n### Source:\n\n1. [Gazette](https://gazette.example/ferry)\n"),
		"news/2024/03/5/ferry-sails.md":                      event("5", "Ferry", "Ferry sails", ""),
		"news/2024/03/5/index.md":                            day("5", "4", "Ferry sails again after storm"),
		"news/2024/03/5/README.md":                           day("5", "4", "Ferry sails again after storm"),
		"news/2024/03/6/fog-lifts.md":                        event("6", "Ferry", "Fog lifts", "See [the storm](../4/storm-stops-the-ferry.md).\n\n### Source:\n\n1. [Gazette](https://gazette.example/fog)\n"),
		"news/2024/03/6/harbour-opens.md":                    event("6", "Harbour", "Harbour opens", "### Source:\n\n1. [Gazette](https://gazette.example/fog)\n"),
		"news/2024/03/6/index.md":                            day("6", "5", "Fog lifts"),
		"index.md":                                           day("6", "5", "Fog lifts"),
		"about.md":                                           "# About\n\n[fog](/news/2024/03/6/fog-lifts.md) [day](/news/2024/03/5/)\n",
	} {
		out[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// kindsOfEdit are what may become of a page. Most say something else to other pages.
var kindsOfEdit = []struct {
	name string
	do   func(src string) string
}{
	{"headline", func(s string) string { return strings.Replace(s, "\n# ", "\n# Now ", 1) }},
	{"a typo in the headline", func(s string) string { return strings.Replace(s, "storm\n", "strom\n", 1) }},
	{"the headline of another", func(s string) string { return strings.Replace(s, "# Fog lifts", "# Ferry sails again after storm", 1) }},
	{"second headline", func(s string) string { return s + "\n# Again\n" }},
	{"topic", func(s string) string { return strings.Replace(s, "##### ", "##### Sea, ", 1) }},
	{"no topic", func(s string) string { return strings.Replace(s, "##### ", "", 1) }},
	{"context", func(s string) string { return strings.Replace(s, "_Context: Ferry", "_Context: Boat, Ferry", 1) }},
	{"related entry", func(s string) string {
		return strings.Replace(s, "1. [Storm", "1. [Fog lifts](/news/2024/03/6/fog-lifts.md) _Context: Sea_\n1. [Storm", 1)
	}},
	{"related entries", func(s string) string {
		return s + "\n### Related:\n\n1. [Fog lifts](/news/2024/03/6/fog-lifts.md) _Context: Sea_\n"
	}},
	{"source", func(s string) string { return s + "\n### Source:\n\n1. [Gazette](https://gazette.example/ferry)\n" }},
	{"another source", func(s string) string { return strings.Replace(s, "gazette.example/", "gazette.example/x/", 1) }},
	{"version", func(s string) string {
		return s + "\n### Changes:\n\n1. [A](/news/2024/03/5/ferry-sails-again-after-storm.md)\n"
	}},
	{"other version", func(s string) string { return strings.Replace(s, "/ferry-sails.md)", "/ferry.md)", 1) }},
	{"link", func(s string) string { return s + "\n[a](/news/2024/03/4/index.md) [b](/gone.md)\n" }},
	{"day page entry", func(s string) string {
		return strings.Replace(s, "## [Previous", "### [Ferry sails](/news/2024/03/5/ferry-sails.md)\n\n## [Previous", 1)
	}},
	{"no day page entry", func(s string) string { return strings.Replace(s, "\n### [", "\n[", 1) }},
	{"told apart", func(s string) string {
		return s + "\n<!-- newsctl-ignore event-duplicate: news/2024/03/5/ferry-sails-again-after-the-stor.md -->\n"
	}},
	{"conflict", func(s string) string { return "<<<<<<< a\n" + s + "=======\n>>>>>>> b\n" }},
	{"code that nothing closes", func(s string) string { return s + "\n```\n" }},
	{"text", func(s string) string { return strings.Replace(s, "Text.", "Other text.", 1) }},
	{"empty", func(string) string { return "" }},
}

// TestCacheEdits edits one page of an archive in one way after the other, removes it, and
// brings it back, and expects of each step what [TestCacheAgrees] does.
func TestCacheEdits(t *testing.T) {
	first := neighbors()
	paths := sorted.Keys(first)
	for i, p := range paths {
		t.Run(p, func(t *testing.T) {
			t.Parallel()
			w := newWalk(t, int64(i), first)
			w.sync()
			w.compare("filling the cache")
			step := func(what string) {
				w.sync()
				w.compare(what)
			}
			for _, edit := range kindsOfEdit {
				src := edit.do(string(first[p].Data))
				if src == string(first[p].Data) {
					continue
				}
				w.tree[p] = &fstest.MapFile{Data: []byte(src)}
				step(edit.name + " of " + p)
			}
			delete(w.tree, p)
			step("deletion of " + p)
			w.tree = maps.Clone(first)
			step("return of " + p)
		})
	}
}

// TestCacheStale expects that a page is checked again only if it asked for what changed.
func TestCacheStale(t *testing.T) {
	const storm, sails, fog, day = "news/2024/03/4/storm-stops-the-ferry.md", "news/2024/03/5/ferry-sails-again-after-storm.md", "news/2024/03/6/fog-lifts.md", "news/2024/03/5/index.md"
	for _, tt := range []struct {
		edit, page string
		stale      []string
	}{
		{"text", storm, []string{storm}},
		{"context", storm, []string{storm}},
		{"related entry", sails, []string{sails}},
		{"link", fog, []string{sails, fog}}, // one has a link to a heading of the other
		{"link", day, []string{"news/2024/03/5/README.md", "news/2024/03/5/ferry-sails-again-after-the-stor.md", day}}, // the fix of the third needs all of the day page
		{"topic", fog, []string{"index.md", sails, "news/2024/03/5/ferry-sails-again-after-the-stor.md", "news/2024/03/5/ferry-sails.md", fog, "news/2024/03/6/harbour-opens.md", "news/2024/03/6/index.md"}},
	} {
		w := newWalk(t, 1, neighbors())
		w.sync()
		w.compare("filling the cache")
		for _, edit := range kindsOfEdit {
			if edit.name == tt.edit {
				w.tree[tt.page] = &fstest.MapFile{Data: []byte(edit.do(string(w.tree[tt.page].Data)))}
			}
		}
		if bytes.Equal(w.tree[tt.page].Data, w.first[tt.page].Data) {
			t.Fatalf("%s of %s changes nothing", tt.edit, tt.page)
		}
		w.sync()
		a := archive.New(os.DirFS(w.root), w.config)
		c := &Cache{Catalog: catalog.Open(w.cache, w.root, fmt.Sprint(w.config, a.Basis())), Disk: catalog.Disk(w.root)}
		k := c.last(a, a.Paths("."), Config{Whole: true}.joins())
		if k == nil || !slices.Equal(k.stale, tt.stale) {
			t.Errorf("%s of %s: to be checked again are %q, want %q", tt.edit, tt.page, k.stale, tt.stale)
		}
	}
}

// newWalk returns a walk that begins with a tree.
func newWalk(t *testing.T, seed int64, first fstest.MapFS) *walk {
	return &walk{T: t, Rand: rand.New(rand.NewSource(seed)), root: t.TempDir(), cache: t.TempDir(), first: first, tree: maps.Clone(first), disk: fstest.MapFS{}}
}
