package archive_test

import (
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

func TestRelated(t *testing.T) {
	a := archive.New(archivetest.Tree(map[string]string{
		"news/2017/07/9/a.md": `# A
### Related:
1. [B ](/zh/news/2017/07/8/b.md) _Context: Bridge_
2. no link
3. [Gone ](/news/2017/07/8/gone.md)
4. [Bell 18[? ](/news/2017/07/8/bell.md) <!-- keep -->
5. [Note](/faq/index.md)
6. [Site](http://wire.example)
7. [Up](/../a.md)
8. [Picture](/a.png)
### Related:
9. [Second section](/news/2017/07/8/b.md)
`,
		"news/2017/07/8/b.md":    "# B\n",
		"news/2017/07/8/bell.md": "# Bell 18[?\n",
		"faq/index.md":           "",
		"a.png":                  "",
	}), archive.Config{})
	want := []struct {
		number string
		target archive.Target
		page   string
		pinned bool
	}{
		{"1", archive.Target{Kind: archive.Internal, Path: "news/2017/07/8/b.md"}, "news/2017/07/8/b.md", false},
		{"3", archive.Target{Kind: archive.Internal, Path: "news/2017/07/8/gone.md"}, "", false},
		{"4", archive.Target{Kind: archive.Internal, Path: "news/2017/07/8/bell.md"}, "news/2017/07/8/bell.md", true},
		{"5", archive.Target{Kind: archive.Internal, Path: "faq/index.md"}, "faq/index.md", true},
		{"6", archive.Target{Kind: archive.External}, "", true},
		{"7", archive.Target{Kind: archive.Outside}, "", false},
		{"8", archive.Target{Kind: archive.Internal, Path: "a.png"}, "", false},
	}
	p := a.Page("news/2017/07/9/a.md")
	got := a.Related(p)
	if len(got) != len(want) {
		t.Fatalf("%d related entries, want %d", len(got), len(want))
	}
	for i, e := range got {
		w := want[i]
		at := ""
		if e.Page != nil {
			at = e.Page.Path
		}
		if p.Text(e.Number) != w.number || e.Target != w.target || at != w.page || e.Pinned() != w.pinned {
			t.Errorf("entry %s leads to %v, page %q, pinned: %v, want %v", p.Text(e.Number), e.Target, at, e.Pinned(), w)
		}
	}
	for _, p := range []string{"faq/index.md", "news/2017/07/8/b.md"} {
		if got := a.Related(a.Page(p)); len(got) != 0 {
			t.Errorf("%d related entries of %s", len(got), p)
		}
	}
}

func TestSuggest(t *testing.T) {
	names := []string{
		"index", "README", // never meant
		"the-possibility-of-exte",
		"the-rovers-win-the-cup-of-the-northern-league",
		"the-rovers-lose-the-cup-of-the-northern-league",
		"engineers-close-the-harbour-bridge-for-a-day-to-count-its-rivets-two-are-missing",
		"angela-merkel-meets-emmanuel-macron-in-paris",
		"ruby-3-4-0-released",
		"a-bus-catches-fire-on-the-coast-road-near-ellery-killing-12-passengers",
	}
	files := map[string]string{}
	for _, name := range names {
		files["news/2017/07/9/"+name+".md"] = ""
	}
	files["faq/the-possibility-of-exte.md"] = ""
	a := archive.New(archivetest.Tree(files), archive.Config{})
	for _, tt := range []struct {
		name, path, want string
		certain          bool
	}{
		{"cut one letter earlier", "news/2017/07/9/the-possibility-of-ext.md", "the-possibility-of-exte", true},
		{"an article less", "news/2017/07/9/possibility-of-exte.md", "the-possibility-of-exte", true},
		{"a letter wrong", "news/2017/07/9/the-possibilty-of-exte.md", "the-possibility-of-exte", true},
		{"the beginning", "news/2017/07/9/engineers-close-the-harbour-bridge-for-a-day-to-count-its-rivets.md", names[5], false},
		{"a topic before it", "news/2017/07/9/port-ellery-bridges-engineers-close-the-harbour-bridge-for-a-day-to-count-its-rivets.md", names[5], false},
		{"the words in another order", "news/2017/07/9/in-paris-emmanuel-macron-meets-angela-merkel.md", names[6], false},
		{"two that are as near", "news/2017/07/9/the-rovers-like-the-cup-of-the-northern-league.md", "", false},
		{"another version", "news/2017/07/9/ruby-3-4-1-released.md", "", false},
		{"a toll that rose", "news/2017/07/9/a-bus-catches-fire-on-the-coast-road-near-ellery-killing-52-passengers.md", names[8], false},
		{"none that is near", "news/2017/07/9/a-herring-shoal-enters-the-harbour.md", "", false},
		{"near a day page only", "news/2017/07/9/indexes.md", "", false},
		{"near its copy only", "news/2017/07/9/READER.md", "", false},
		{"another day", "news/2017/07/8/the-possibility-of-ext.md", "", false},
		{"not an event", "faq/the-possibility-of-ext.md", "", false},
		{"a day page", "news/2017/07/9/README.md", "", false},
	} {
		want := tt.want
		if want != "" {
			want = "news/2017/07/9/" + want + ".md"
		}
		if got, certain := a.Suggest(tt.path); got != want || certain != tt.certain {
			t.Errorf("%s: %s is %q, %v, want %q, %v", tt.name, tt.path, got, certain, want, tt.certain)
		}
	}
}

// What certainly became of a path: a version that an event names, what git says, and
// nothing where the page was removed on purpose.
func TestResolveMoved(t *testing.T) {
	const day = "news/2017/07/9/"
	a := archive.New(archivetest.Tree(map[string]string{
		day + "the-possibility-of-exte.md": "# A\n",
		day + "a-bell.md":                  "# B\n\n### Changes:\n\n1. [Old](/" + day + "an-old-bell.md) _(First version)_\n1. [B](/" + day + "both.md)\n",
		day + "a-buoy.md":                  "# C\n\n### Changes:\n\n1. [B](/" + day + "both.md)\n",
		day + "first-semi-final.md":        "# D\n",
	}), archive.Config{})
	const unlike = "news/2017/07/8/an-anchor.md"
	for p, want := range map[string]string{
		unlike:                            "",
		day + "an-old-bell.md":            day + "a-bell.md",
		day + "both.md":                   "", // of two
		day + "the-possibility-of-ext.md": day + "the-possibility-of-exte.md",
		day + "the-possibility.md":        "",
		day + "second-semi-final.md":      "",
	} {
		if got, ok := a.ResolveMoved(p); got != want || ok != (want != "") {
			t.Errorf("%s means %q, %v, want %q", p, got, ok, want)
		}
	}
	history := map[string]string{
		unlike:                            day + "a-bell.md",
		day + "the-possibility-of-ext.md": "", // removed
		"news/2017/07/8/lost.md":          "news/2017/07/8/lost-again.md",
	}
	a = a.Clone()
	a.History = func(p string) (string, bool) {
		to, existed := history[p]
		return to, existed
	}
	for p, want := range map[string]string{
		unlike:                            day + "a-bell.md",
		day + "the-possibility-of-ext.md": "",
		day + "possibility-of-exte.md":    day + "the-possibility-of-exte.md",
		"news/2017/07/8/lost.md":          "",
		"news/2017/07/8/never.md":         "",
	} {
		if got, ok := a.ResolveMoved(p); got != want || ok != (want != "") {
			t.Errorf("with history, %s means %q, %v, want %q", p, got, ok, want)
		}
	}
	if to, _ := a.Suggest(day + "the-possibility-of-ext.md"); to != "" {
		t.Errorf("a page that was removed means %q", to)
	}
}

// A page in another Unicode form or case is the one that a link means, however
// alike the names beside it are.
func TestResolveMovedInAnotherForm(t *testing.T) {
	const nfc, nfd = "caf\u00e9-1", "cafe\u0301-1"
	for _, tt := range [][2]string{{nfc, nfd}, {nfd, nfc}, {"CAF\u00c9-1", nfd}, {"Straße", "strasse"}} {
		a := archive.New(archivetest.Tree(map[string]string{"news/2024/03/5/" + tt[1] + ".md": "# x\n", "news/2024/03/5/caf-1.md": "# y\n", "news/2024/03/5/strase.md": "# z\n"}), archive.Config{})
		if got, ok := a.ResolveMoved("news/2024/03/5/" + tt[0] + ".md"); !ok || got != "news/2024/03/5/"+tt[1]+".md" {
			t.Errorf("%+q: %+q %v", tt[0], got, ok)
		}
	}
}
