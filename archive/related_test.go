package archive

import (
	"strings"
	"testing"
)

func TestRelated(t *testing.T) {
	a := New(tree(map[string]string{
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
	}), Config{})
	want := []struct {
		number  string
		target  Target
		page    string
		curated bool
	}{
		{"1", Target{Internal, "news/2017/07/8/b.md"}, "news/2017/07/8/b.md", false},
		{"3", Target{Internal, "news/2017/07/8/gone.md"}, "", false},
		{"4", Target{Internal, "news/2017/07/8/bell.md"}, "news/2017/07/8/bell.md", true},
		{"5", Target{Internal, "faq/index.md"}, "faq/index.md", true},
		{"6", Target{Kind: External}, "", true},
		{"7", Target{Kind: Outside}, "", false},
		{"8", Target{Internal, "a.png"}, "", false},
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
		if p.Text(e.Number) != w.number || e.Target != w.target || at != w.page || e.Curated() != w.curated {
			t.Errorf("entry %s leads to %v, page %q, curated: %v, want %v", p.Text(e.Number), e.Target, at, e.Curated(), w)
		}
	}
	for _, p := range []string{"faq/index.md", "news/2017/07/8/b.md"} {
		if got := a.Related(a.Page(p)); len(got) != 0 {
			t.Errorf("%d related entries of %s", len(got), p)
		}
	}
}

func TestReworded(t *testing.T) {
	names := []string{
		"index", "README", // never meant
		"the-possibility-of-exte",
		"the-rovers-win-the-cup",
		"the-rovers-lose-the-cup",
	}
	files := map[string]string{}
	for _, name := range names {
		files["news/2017/07/9/"+name+".md"] = ""
	}
	files["faq/the-possibility-of-exte.md"] = ""
	a := New(tree(files), Config{})
	for _, tt := range []struct{ name, path, want string }{
		{"cut one letter earlier", "news/2017/07/9/the-possibility-of-ext.md", "news/2017/07/9/the-possibility-of-exte.md"},
		{"a word more", "news/2017/07/9/the-remote-possibility-of-exte.md", "news/2017/07/9/the-possibility-of-exte.md"},
		{"two that are as near", "news/2017/07/9/the-rovers-like-the-cup.md", ""},
		{"none that is near", "news/2017/07/9/a-herring-shoal-enters-the-harbour.md", ""},
		{"near a day page only", "news/2017/07/9/indexes.md", ""},
		{"near its copy only", "news/2017/07/9/READER.md", ""},
		{"another day", "news/2017/07/8/the-possibility-of-ext.md", ""},
		{"no event", "faq/the-possibility-of-ext.md", ""},
		{"a day page", "news/2017/07/9/README.md", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := a.Reworded(tt.path)
			if ok != (tt.want != "") || ok && got != tt.want {
				t.Errorf("%s is %q, %v, want %q", tt.path, got, ok, tt.want)
			}
		})
	}
}

// Just near enough, and just clear enough.
func TestRewordedLimits(t *testing.T) {
	name := func(same int, other string) string {
		return strings.Repeat("a", same) + strings.Repeat(other, 97-same) // with its extension 100 characters
	}
	missing := "news/2017/07/9/" + name(97, "") + ".md"
	for _, tt := range []struct {
		names []string
		want  bool // the first of them
	}{
		{[]string{name(57, "b")}, true},                 // 60 of 100 characters
		{[]string{name(56, "b")}, false},                // 59
		{[]string{name(92, "b"), name(76, "c")}, true},  // 95 and 79
		{[]string{name(92, "b"), name(78, "c")}, false}, // 95 and 81
		{[]string{name(92, "0"), name(76, "0")}, true},  // in the other order of names
		{[]string{name(92, "0"), name(78, "0")}, false},
		{[]string{name(92, "b"), name(92, "c")}, false},
	} {
		files := map[string]string{}
		for _, n := range tt.names {
			files["news/2017/07/9/"+n+".md"] = ""
		}
		got, ok := New(tree(files), Config{}).Reworded(missing)
		if want := "news/2017/07/9/" + tt.names[0] + ".md"; ok != tt.want || ok && got != want {
			t.Errorf("among %q: %q, %v, want %v", tt.names, got, ok, tt.want)
		}
	}
}

func TestMeant(t *testing.T) {
	files := tree(map[string]string{
		"news/2017/07/9/the-possibility-of-exte.md": "",
		"news/2017/07/9/a-bell.md":                  "",
	})
	a := New(files, Config{})
	const unlike = "news/2017/07/8/an-anchor.md"
	if got, ok := a.Meant(unlike); ok {
		t.Errorf("without history %s means %q", unlike, got)
	}
	history := map[string]string{
		unlike: "news/2017/07/9/a-bell.md",
		"news/2017/07/9/the-possibility-of-ext.md": "news/2017/07/9/a-bell.md",
		"news/2017/07/8/lost.md":                   "news/2017/07/8/lost-again.md",
	}
	a.Renamed = func(p string) (string, bool) {
		to, ok := history[p]
		return to, ok
	}
	for p, want := range map[string]string{
		unlike: "news/2017/07/9/a-bell.md",
		"news/2017/07/9/the-possibility-of-ext.md": "news/2017/07/9/the-possibility-of-exte.md", // what is there says more
		"news/2017/07/8/lost.md":                   "",
		"news/2017/07/8/never.md":                  "",
	} {
		got, ok := a.Meant(p)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s means %q, %v, want %q", p, got, ok, want)
		}
	}
}

// A page in another Unicode form or case is the one that a link means, however
// alike the names beside it are.
func TestRewordedInAnotherForm(t *testing.T) {
	const nfc, nfd = "caf\u00e9-1", "cafe\u0301-1"
	for _, tt := range [][2]string{{nfc, nfd}, {nfd, nfc}, {"CAF\u00c9-1", nfd}, {"Straße", "strasse"}} {
		a := New(tree(map[string]string{"news/2024/03/5/" + tt[1] + ".md": "# x\n", "news/2024/03/5/caf-1.md": "# y\n", "news/2024/03/5/strase.md": "# z\n"}), Config{})
		if got, ok := a.Reworded("news/2024/03/5/" + tt[0] + ".md"); !ok || got != "news/2024/03/5/"+tt[1]+".md" {
			t.Errorf("%+q: %+q %v", tt[0], got, ok)
		}
	}
}
