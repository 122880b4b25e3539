package edit

import (
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/diff"
	"newsctl/archive/git"
	"newsctl/archive/link"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/same"
	"newsctl/archive/slug"
)

// ferryFiles is a small archive in which everything points to one event.
func ferryFiles() archivetest.Files {
	const day = `## [2024-03-5](/news/2024/03/5/index.md)

##### Ferry
### [Dogs bark. ](/news/2024/03/5/dogs-bark.md)
### [Ferry sails. ](/news/2024/03/5/ferry-sails.md)
It sails.

### [Gulls land. ](/news/2024/03/5/gulls-land.md)

## [Previous Day...](/news/2024/03/4/index.md)
`
	const front = `## [News](/news/2024/03/5/index.md)

### [ Ferry sails.](/zh/news/2024/03/5/ferry-sails.md#top)

## [Yesterday](/news/2024/03/4/index.md)

### [Fog. ](/news/2024/03/4/fog.md)
`
	return archivetest.Files{
		"index.md":                       front,
		"README.md":                      front,
		"news/2024/03/5/index.md":        day,
		"news/2024/03/5/README.md":       strings.Replace(day, "## [Previous", "more\n\n## [Previous", 1),
		"news/2024/03/4/index.md":        "## [2024-03-4](/news/2024/03/4/index.md)\n\n### [Fog. ](/news/2024/03/4/fog.md)\n",
		"news/2024/03/5/dogs-bark.md":    "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Dogs bark. \n\n### Related:\n\n1. [Ferry [sails](ferry-sails.md?a=1) _Context: Ferry_\n",
		"news/2024/03/5/gulls-land.md":   "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Gulls land. \n\n[Ferry sails.][] and <a href=\"/news/2024/03/5/ferry-sails.html\">it</a>, `/news/2024/03/5/ferry-sails.md`\n\n### Changes:\n\n1. [Ferry sails.](/news/2024/03/5/ferry-sails.md) _2024-03-05 08:30:05 (First version)_\n1. [Gulls land. ](/news/2024/03/5/gulls-land.md) _(Current version)_\n\n[Ferry sails.]: <../5/ferry-sails.md>\n",
		"news/2024/03/4/fog.md":          "### [2024-03-4](/news/2024/03/4/index.md)\n\n# Fog. \n\n### Related:\n\n1. [Ferry sails\\.](/%6Eews/2024/03/5/ferry-sails.md) _Context: Ferry_\n2. [The old ferry](</news/2024/03/5/ferry-sails.md>) _Context: Ferry_\n",
		"opinion/ferries.md":             "# Ferries\n\nSee [Ferry sails. ](../news/2024/03/5/ferry-sails.json) and [it][f].\n\n<a href='/news/2024/03/5/ferry-sails.md?a&amp;b#Ferry-Sails'>h</a> [s](/news/2024/03/5/ferry-sails.md#source)\n\n[f]: /news/2024/03/5/ferry-sails.md \"Ferry\"\n",
		"news/2024/03/5/ferry-sails.md":  ferryPage,
		"news/2024/03/5/ferry-sailss.md": "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Ferry sailss\n",
	}
}

const ferryPage = `
Formats: [HTML](/news/2024/03/5/ferry-sails.html)  [JSON](2024/03/5/ferry-sails.json)

### [2024-03-5](/news/2024/03/5/index.md)

##### Ferry
# Ferry sails. ` + `

See [below](#related), [above](#ferry-sails) and [the dogs](dogs-bark.md).


### Source:

1. [BBC](https://bbc.example/1)

### Related:

1. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry_
2. [Ferry sails. ](/news/2024/03/5/ferry-sails.md) _Context: Ferry_
`

// TestRedirectedForms updates links of each form, as they are written.
func TestRedirectedForms(t *testing.T) {
	const from, to = "news/2024/03/5/a.md", "news/2024/03/5/it's & \"b\".md"
	const now = "/news/2024/03/5/it's%20%26%20%22b%22.md"
	attribute := strings.ReplaceAll(now, "'", "%27")
	for _, tt := range []struct{ written, want string }{
		{"[a](/F)", "[a](" + now + ")"},
		{`[a](</F#x> "T")`, "[a](<" + now + `#x> "T")`},
		{`[a](/F?b=1&amp;c=\)#x)`, "[a](" + now + `?b=1&amp;c=\)#x)`},
		{"![a](/F?raw)", "![a](" + now + "?raw)"},
		{"[![a](/F)](/F)", "[![a](" + now + ")](" + now + ")"},
		{"![a][n]\n\n[n]: /F", "![a][n]\n\n[n]: " + now},
		{"[unused]:\n  </F#x>\n  'T'", "[unused]:\n  <" + now + "#x>\n  'T'"},
		{"> [n]:\n> /F", "> [n]:\n> " + now},
		{`<a href="/F?b=1&amp;c=2#x">`, `<a href="` + attribute + `?b=1&amp;c=2#x">`},
		{"a <a\nhref = '/F&#63;b'>", "a <a\nhref = '" + attribute + "?b'>"},
		{"> <a\n> HREF=/F>", "> <a\n> HREF=" + attribute + ">"},
		{"<video poster=/F><source src='/F#t=1'>", "<video poster=" + attribute + "><source src='" + attribute + "#t=1'>"},
		{`<img srcset="/F 1x, /F?b 2x">`, `<img srcset="` + attribute + " 1x, " + attribute + `?b 2x">`},
		{"<pre><a href=/F></pre> <a href=/F>", "<pre><a href=/F></pre> <a href=" + attribute + ">"},
		{"`[a](/F)`, <!-- <a href=/F> -->, \\[a](/F)", "`[a](/F)`, <!-- <a href=/F> -->, \\[a](/F)"},
		{"    [n]: /F\n\n```\n[n]: /F\n```", "    [n]: /F\n\n```\n[n]: /F\n```"},
	} {
		f := archivetest.Files{"faq.md": strings.ReplaceAll(tt.written, "/F", "/"+from)}
		a, _ := f.Archive(archive.Config{})
		p := a.Page("faq.md")
		var edits []page.Edit
		for _, l := range p.Links {
			if p.Target(l).Path == from && l.Reference == "" {
				edits = append(edits, page.Edit{Span: l.Target, New: p.Redirected(l, to)})
			}
		}
		got, err := page.Apply(p.Source, edits)
		if want := strings.ReplaceAll(tt.want, "/F", "/"+from); err != nil || string(got) != want {
			t.Errorf("%s becomes\n%s\nwant\n%s", tt.written, got, want)
		}
		g := archivetest.Files{"faq.md": string(got)}
		b, _ := g.Archive(archive.Config{})
		for _, l := range b.Page("faq.md").Links {
			if got := b.Page("faq.md").Target(l); got.Path != to {
				t.Errorf("%s leads to %s, want %s", g["faq.md"], got.Path, to)
			}
		}
	}
}

// changed returns the files that differ, with the old text of each line that
// does and the new one.
func changed(t *testing.T, f, g archivetest.Files) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for p, src := range g {
		if f[p] == src {
			continue
		}
		old := strings.Split(f[p], "\n")
		for _, line := range strings.Split(src, "\n") {
			if !slices.Contains(old, line) {
				out[p] = append(out[p], line)
			}
		}
	}
	return out
}

func TestRenameUpdatesLinks(t *testing.T) {
	f := ferryFiles()
	a, paths := f.Archive(archive.Config{})
	r, err := Rename(a, paths, "news/2024/03/5/ferry-sails.md", RenameOptions{Headline: "Ferry *sails* [again.", Now: archivetest.RenameTime})
	if err != nil {
		t.Fatal(err)
	}
	const to = "news/2024/03/5/ferry-sails-again.md"
	got := changed(t, f, f.After(t, r.Plan))
	want := map[string][]string{
		"index.md":                     {`### [Ferry \*sails\* \[again. ](/zh/news/2024/03/5/ferry-sails-again.md#top)`},
		"news/2024/03/5/index.md":      {`### [Ferry \*sails\* \[again. ](/news/2024/03/5/ferry-sails-again.md)`},
		"news/2024/03/5/dogs-bark.md":  {`1. [Ferry [sails](ferry-sails-again.md?a=1) _Context: Ferry_`},
		"news/2024/03/5/gulls-land.md": {`[Ferry \*sails\* \[again.](/news/2024/03/5/ferry-sails-again.md) and <a href="/news/2024/03/5/ferry-sails-again.html">it</a>, ` + "`/news/2024/03/5/ferry-sails.md`", `1. [Ferry sails.](/news/2024/03/5/ferry-sails-again.md) _2024-03-05 08:30:05 (First version)_`, `[Ferry sails.]: <../5/ferry-sails-again.md>`},
		"news/2024/03/4/fog.md":        {`1. [Ferry \*sails\* \[again. ](/news/2024/03/5/ferry-sails-again.md) _Context: Ferry_`, `2. [The old ferry](</news/2024/03/5/ferry-sails-again.md>) _Context: Ferry_`},
		"opinion/ferries.md":           {`See [Ferry \*sails\* \[again. ](../news/2024/03/5/ferry-sails-again.json) and [it][f].`, `<a href='/news/2024/03/5/ferry-sails-again.md?a&amp;b#ferry-sails-again'>h</a> [s](/news/2024/03/5/ferry-sails-again.md#source)`, `[f]: /news/2024/03/5/ferry-sails-again.md "Ferry"`},
		to:                             nil,
	}
	want["README.md"], want["news/2024/03/5/README.md"] = want["index.md"], want["news/2024/03/5/index.md"]
	for p, lines := range got {
		if p != to && !slices.Equal(lines, want[p]) {
			t.Errorf("%s has the new lines\n%s\nwant\n%s", p, strings.Join(lines, "\n"), strings.Join(want[p], "\n"))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files change, want %d", len(got), len(want))
	}
	own := strings.NewReplacer(
		"#ferry-sails)", "#ferry-sails-again)",
		"ferry-sails.", "ferry-sails-again.",
		"# Ferry sails. ", `# Ferry \*sails\* [again. `,
		"2. [Ferry sails. ]", `2. [Ferry \*sails\* \[again. ]`,
		"### Related:", `### Changes:

1. [Ferry sails. ](/news/2024/03/5/ferry-sails-again.md) _2024-03-05 18:30:05 (First version)_
1. [Ferry \*sails\* \[again. ](/news/2024/03/5/ferry-sails-again.md) _(Current version)_

### Related:`,
	).Replace(ferryPage)
	if page := f.After(t, r.Plan)[to]; page != own {
		t.Errorf("the page is\n%s\nwant\n%s", page, own)
	}
	if want := []archive.Place{{Path: "news/2024/03/5/gulls-land.md", Line: 5}}; !slices.Equal(r.Left, want) {
		t.Errorf("left are %v, want %v", r.Left, want)
	}
}

// TestRenameChanges shows what a Changes section becomes; the pages are those
// of one event.
func TestRenameChanges(t *testing.T) {
	const head = "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Second. \n"
	const entries = "1. [First. ](/news/2024/03/5/first.md) _2024-03-05 01:30:05 (First version)_\n1. [Second. ](/zh/news/2024/03/5/second.md) _(Current version)_\n"
	for _, tt := range []struct {
		name, sections, want string
		headline             string
		keep                 bool
		labels               page.Labels
	}{
		{name: "none at the end", sections: "", headline: "Third.",
			want: "\n### Changes:\n\n1. [Second. ](/news/2024/03/5/third.md) _2024-03-05 18:30:05 (First version)_\n1. [Third. ](/news/2024/03/5/third.md) _(Current version)_\n"},
		{name: "none before the related list", sections: "### Related:\n", headline: "Third.",
			want: "\n### Changes:\n\n1. [Second. ](/news/2024/03/5/third.md) _2024-03-05 18:30:05 (First version)_\n1. [Third. ](/news/2024/03/5/third.md) _(Current version)_\n\n### Related:\n"},
		{name: "an empty one", sections: "### Changes:", headline: "Third.",
			want: "### Changes:\n\n1. [Second. ](/news/2024/03/5/third.md) _2024-03-05 18:30:05 (First version)_\n1. [Third. ](/news/2024/03/5/third.md) _(Current version)_\n"},
		{name: "an update", sections: "### Changes:\n\n" + entries + "\n### Related:\n", headline: "Third.",
			want: "### Changes:\n\n1. [First. ](/news/2024/03/5/first.md) _2024-03-05 01:30:05 (First version)_\n2. [Second. ](/zh/news/2024/03/5/third.md) _2024-03-05 18:30:05 (Update)_\n2. [Third. ](/zh/news/2024/03/5/third.md) _(Current version)_\n\n### Related:\n"},
		{name: "the old page kept", sections: "### Changes:\n\n" + entries, headline: "Third.", keep: true,
			want: "### Changes:\n\n1. [First. ](/news/2024/03/5/first.md) _2024-03-05 01:30:05 (First version)_\n2. [Second. ](/zh/news/2024/03/5/second.md) _2024-03-05 18:30:05 (Update)_\n2. [Third. ](/zh/news/2024/03/5/third.md) _(Current version)_\n"},
		{name: "no page to keep", sections: "### Changes:\n\n" + entries, headline: "Second!", keep: true,
			want: "### Changes:\n\n1. [First. ](/news/2024/03/5/first.md) _2024-03-05 01:30:05 (First version)_\n2. [Second. ](/zh/news/2024/03/5/second.md) _2024-03-05 18:30:05 (Update)_\n2. [Second! ](/zh/news/2024/03/5/second.md) _(Current version)_\n"},
		{name: "out of date", sections: "### Changes:\n\n1. [First. ](/news/2024/03/5/second.md) _(Current version)_", headline: "Third.",
			want: "### Changes:\n\n1. [First. ](/news/2024/03/5/third.md) _2024-03-05 18:30:05 (First version)_\n2. [Second. ](/news/2024/03/5/third.md) _2024-03-05 18:30:05 (Update)_\n2. [Third. ](/news/2024/03/5/third.md) _(Current version)_\n"},
		{name: "other words", sections: "", headline: "Third.",
			labels: page.Labels{Changes: []string{"更改"}, Current: []string{"当前版本"}, First: []string{"初版"}, Update: []string{"更新"}},
			want:   "\n### 更改:\n\n1. [Second. ](/news/2024/03/5/third.md) _2024-03-05 18:30:05 (初版)_\n1. [Third. ](/news/2024/03/5/third.md) _(当前版本)_\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := archivetest.Files{"news/2024/03/5/second.md": head + tt.sections, "news/2024/03/5/first.md": "# First. \n"}
			a, paths := f.Archive(archive.Config{Labels: tt.labels})
			r, err := Rename(a, paths, "news/2024/03/5/second.md", RenameOptions{Headline: tt.headline, KeepPage: tt.keep, Now: archivetest.RenameTime})
			if err != nil {
				t.Fatal(err)
			}
			after := f.After(t, r.Plan)
			to := r.Events[0].To
			if want := strings.Replace(head, "Second.", tt.headline, 1) + tt.want; after[to] != want {
				t.Errorf("the page is\n%s\nwant\n%s", after[to], want)
			}
			_, kept := after["news/2024/03/5/second.md"]
			if want := tt.keep || to == "news/2024/03/5/second.md"; kept != want {
				t.Errorf("the old page is there: %t, want %t", kept, want)
			}
			if tt.keep && to != "news/2024/03/5/second.md" && after["news/2024/03/5/second.md"] != head+tt.sections {
				t.Error("the old page is not what it was")
			}
		})
	}
}

func TestRenameOfEventRefuses(t *testing.T) {
	files := ferryFiles()
	files["news/2024/03/5/no-headline.md"] = "text\n"
	files["news/2024/03/4/ferry-sails.md"] = "# Ferry sails\n"
	a, paths := files.Archive(archive.Config{})
	const ferry = "news/2024/03/5/ferry-sails.md"
	for _, tt := range []struct {
		name, event, field string
		o                  RenameOptions
	}{
		{"no page", "news/2024/03/5/none.md", "", RenameOptions{Headline: "X"}},
		{"no event", "news/2024/03/5/index.md", "", RenameOptions{Headline: "X"}},
		{"no headline", "news/2024/03/5/no-headline.md", "", RenameOptions{Headline: "X"}},
		{"only spaces", ferry, HeadlineField, RenameOptions{Headline: "  "}},
		{"no letter", ferry, HeadlineField, RenameOptions{Headline: "!?"}},
		{"control character", ferry, HeadlineField, RenameOptions{Headline: "a\x1bb"}},
		{"two lines", ferry, HeadlineField, RenameOptions{Headline: "a\nb"}},
		{"the name of a day", ferry, HeadlineField, RenameOptions{Headline: "Index"}},
		{"another's name", ferry, HeadlineField, RenameOptions{Headline: "Dogs: bark"}},
		{"another's name on another day", ferry, HeadlineField, RenameOptions{Date: archive.Date{Year: 2024, Month: 3, Day: 4}}},
		{"the future", ferry, DateField, RenameOptions{Date: archive.Date{Year: 2024, Month: 3, Day: 6}}},
		{"no such day", ferry, DateField, RenameOptions{Date: archive.Date{Year: 2024, Month: 2, Day: 30}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Now = archivetest.RenameTime
			_, err := Rename(a, paths, tt.event, tt.o)
			var blamed *DraftError
			errors.As(err, &blamed)
			switch {
			case err == nil:
				t.Error("it was not refused")
			case tt.field != "" && (blamed == nil || blamed.Field != tt.field):
				t.Errorf("got %v, want %s to be blamed", err, tt.field)
			}
		})
	}
	upper, paths := files.Archive(archive.Config{SlugStyle: slug.Unicode})
	if _, err := Rename(upper, paths, ferry, RenameOptions{Headline: "DOGS bark", Now: archivetest.RenameTime}); err == nil {
		t.Error("a name that differs only in case was not refused")
	}
}

func TestRenameToTheSame(t *testing.T) {
	a, paths := ferryFiles().Archive(archive.Config{})
	for _, o := range []RenameOptions{{Headline: " Ferry sails. "}, {Headline: "Ferry sails."}, {Date: archive.Date{Year: 2024, Month: 3, Day: 5}}} {
		o.Now = archivetest.RenameTime
		r, err := Rename(a, paths, "news/2024/03/5/ferry-sails.md", o)
		if err != nil || r.Plan.Len() != 0 {
			t.Errorf("%+v: %v, and %q change", o, err, r.Plan.Paths())
		}
	}
}

// TestRenameToItsSlug renames a page that was reworded in place: nothing quotes
// another headline, so nothing is recorded.
func TestRenameToItsSlug(t *testing.T) {
	f := archivetest.Files{"news/2024/03/5/boat.md": "# Ferry sails\n", "faq.md": "[Boat](/news/2024/03/5/boat.md)\n"}
	a, paths := f.Archive(archive.Config{})
	r, err := Rename(a, paths, "news/2024/03/5/boat.md", RenameOptions{Headline: "Ferry sails", Now: archivetest.RenameTime})
	if err != nil {
		t.Fatal(err)
	}
	f.After(t, r.Plan).Expect(t, archivetest.Files{"news/2024/03/5/ferry-sails.md": "# Ferry sails\n", "faq.md": "[Boat](/news/2024/03/5/ferry-sails.md)\n"})
}

func TestRenameToAnotherDay(t *testing.T) {
	f := ferryFiles()
	delete(f, "news/2024/03/5/README.md")
	a, paths := f.Archive(archive.Config{})
	r, err := Rename(a, paths, "news/2024/03/5/ferry-sails.md", RenameOptions{Date: archive.Date{Year: 2024, Month: 3, Day: 4}, Now: archivetest.RenameTime})
	if err != nil {
		t.Fatal(err)
	}
	after := f.After(t, r.Plan)
	want := archivetest.Files{
		"news/2024/03/4/index.md": "## [2024-03-4](/news/2024/03/4/index.md)\n\n### [Fog. ](/news/2024/03/4/fog.md)\n##### Ferry\n### [Ferry sails. ](/news/2024/03/4/ferry-sails.md)\nIt sails.\n\n",
		"news/2024/03/5/index.md": strings.Replace(f["news/2024/03/5/index.md"], "### [Ferry sails. ](/news/2024/03/5/ferry-sails.md)\nIt sails.\n\n", "", 1),
		"index.md":                "## [News](/news/2024/03/5/index.md)\n\n## [Yesterday](/news/2024/03/4/index.md)\n\n### [Fog. ](/news/2024/03/4/fog.md)\n##### Ferry\n### [Ferry sails. ](/news/2024/03/4/ferry-sails.md)\n",
		"news/2024/03/4/ferry-sails.md": strings.NewReplacer("2024/03/5/ferry-sails", "2024/03/4/ferry-sails", "[2024-03-5](/news/2024/03/5/", "[2024-03-4](/news/2024/03/4/",
			"(dogs-bark.md)", "(../5/dogs-bark.md)").Replace(ferryPage),
	}
	for p, src := range want {
		if after[p] != src {
			t.Errorf("%s is\n%s\nwant\n%s", p, after[p], src)
		}
	}
	if after["README.md"] != after["index.md"] {
		t.Error("the front page's copy was left behind")
	}
}

// randomRename returns what an event might be renamed to.
func randomRename(r *rand.Rand, paths []string) RenameOptions {
	o := RenameOptions{Now: archivetest.RenameTime}
	if r.Intn(4) > 0 {
		endings := []string{"", ".", " *twice*", " [sic", " & more", " <b>", " `x`", " #", "（一）。"}
		o.Headline = fmt.Sprintf("Seal %d swims%s", r.Intn(1_000_000), endings[r.Intn(len(endings))])
	}
	if o.Headline == "" || r.Intn(3) == 0 {
		days := append(listing.DaysOf(paths), archivetest.FixtureDay, archive.Date{Year: 2018, Month: 3, Day: 10}, archive.Date{Year: 1999, Month: 1, Day: 2})
		o.Date = days[r.Intn(len(days))]
	}
	o.KeepPage = r.Intn(4) == 0
	return o
}

// TestRenameBreaksNothing renames each event of the fixtures at random and holds
// the archive afterwards to what it promises.
func TestRenameBreaksNothing(t *testing.T) {
	for _, fixture := range []string{"clean", "chinese"} {
		a, paths := archivetest.OpenFixture(t, fixture)
		r := rand.New(rand.NewSource(1))
		for _, p := range paths {
			if e := a.Page(p); e.Event == nil {
				continue
			}
			o := randomRename(r, paths)
			renamed, err := Rename(a, paths, p, o)
			if err != nil {
				t.Fatalf("%s to %+v: %v", p, o, err)
			}
			if len(renamed.Events) > 0 {
				checkRenamed(t, a, renamed.Plan.After(), renamed, o)
			}
		}
	}
}

func checkRenamed(t *testing.T, a, b *archive.Archive, r *Renamed, o RenameOptions) {
	t.Helper()
	ev := r.Events[0]
	after := b.Page(ev.To)
	headline, _ := after.Event.Headline()
	if o.Headline != "" && page.Unescape(strings.TrimSpace(headline)) != o.Headline {
		t.Errorf("the headline %q reads back as %q", o.Headline, headline)
	}
	if gone := b.Page(ev.From) == nil; gone == (o.KeepPage || ev.From == ev.To) {
		t.Errorf("the old page %s is gone: %t", ev.From, gone)
	}
	if len(r.Left) > 0 {
		t.Errorf("left are %v", r.Left)
	}
	for _, p := range b.Paths(".") {
		pg := b.Page(p)
		for _, l := range pg.Links {
			target := pg.Target(l)
			if target.Kind == archive.Internal && !b.Exists(archive.SourceOf(target.Path)) && l.Role != page.Formats {
				t.Errorf("%s has a link to %s, which is not there, after %+v", p, target.Path, ev)
			}
			if l.Role != page.Change && target.Path == ev.To && (l.Role == page.Related || l.Role == page.Listed) && !link.SameText(pg.Text(l.Text), headline) {
				t.Errorf("%s says %q of %q", p, pg.Text(l.Text), headline)
			}
			if l.Role != page.Change && target.Path == ev.From && ev.From != ev.To && p != ev.From {
				t.Errorf("%s still leads to %s", p, ev.From)
			}
		}
	}
	if !same.Unlisted(a, a.Brief(ev.From)) && same.Unlisted(b, &after.Facts().Brief) {
		t.Errorf("%+v is not listed: %+v", ev, o)
	}
	x, err := listing.Index(b, b.Paths("."), listing.IndexOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if quiet := x.Plan.Paths(); len(quiet) > 0 {
		t.Errorf("after %+v index would change %q", ev, quiet)
	}
}

// TestRenameThereAndBack renames each event and back: what links to it is what it
// was, byte for byte.
func TestRenameThereAndBack(t *testing.T) {
	for _, fixture := range []string{"clean", "chinese"} {
		a, paths := archivetest.OpenFixture(t, fixture)
		for _, p := range paths {
			e := a.Page(p)
			if e.Event == nil {
				continue
			}
			was, _ := e.Event.Headline()
			there, err := Rename(a, paths, p, RenameOptions{Headline: "Seals swim", Now: archivetest.RenameTime})
			if err != nil {
				t.Fatal(err)
			}
			b := there.Plan.After()
			back, err := Rename(b, b.Paths("."), there.Events[0].To, RenameOptions{Headline: page.Unescape(strings.TrimRight(was, " ")), Now: archivetest.RenameTime})
			if err != nil {
				t.Fatal(err)
			}
			c := back.Plan.After()
			for _, other := range paths {
				if got := c.Page(other); other != p && (got == nil || string(got.Source) != string(a.Page(other).Source)) {
					t.Errorf("%s is not what it was after %s went there and back", other, p)
				}
			}
			if c.Page(p) == nil || len(c.Page(p).Versions()) != len(e.Versions())+2+btoi(len(e.Versions()) == 0) {
				t.Errorf("%s did not come back, or with other versions", p)
			}
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestRenameDiff lets git apply the diff of a rename.
func TestRenameDiff(t *testing.T) {
	program, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	f := ferryFiles()
	a, paths := f.Archive(archive.Config{})
	r, err := Rename(a, paths, "news/2024/03/5/ferry-sails.md", RenameOptions{Headline: "The ferry sails", Date: archive.Date{Year: 2024, Month: 3, Day: 1}, Now: archivetest.RenameTime})
	if err != nil {
		t.Fatal(err)
	}
	var patch strings.Builder
	if err := r.Plan.Diff(&patch, "", diff.Plain); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(patch.String(), "\nrename from news/2024/03/5/ferry-sails.md\nrename to news/2024/03/1/the-ferry-sails.md\n") {
		t.Errorf("the diff names no rename:\n%s", patch.String())
	}
	root := t.TempDir()
	f.WriteTo(t, root)
	apply := exec.Command(program, "apply", "--whitespace=nowarn")
	apply.Dir, apply.Stdin = root, strings.NewReader(patch.String())
	apply.Env = append(apply.Environ(), "GIT_CEILING_DIRECTORIES="+path.Dir(root))
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s", err, out)
	}
	archivetest.FilesBelow(t, root).Expect(t, f.After(t, r.Plan))
}

// TestFollow renames by hand what Rename renames, and expects the same of the
// other pages.
func TestFollow(t *testing.T) {
	before := ferryFiles()
	a, paths := before.Archive(archive.Config{})
	const from = "news/2024/03/5/ferry-sails.md"
	hand := func(to, headline string, o RenameOptions, changes []git.Change) {
		t.Helper()
		o.Now = archivetest.RenameTime
		r, err := Rename(a, paths, from, o)
		if err != nil {
			t.Fatal(err)
		}
		want := before.After(t, r.Plan)
		byHand := ferryFiles()
		delete(byHand, from)
		byHand[to] = strings.Replace(ferryPage, "# Ferry sails. ", "# "+headline, 1)
		b, _ := byHand.Archive(archive.Config{})
		followed, err := Follow(b, b.Paths("."), a, changes, archivetest.RenameTime)
		if err != nil {
			t.Fatal(err)
		}
		after := byHand.After(t, followed.Plan)
		after.Expect(t, want)
		c, _ := after.Archive(archive.Config{})
		again, err := Follow(c, c.Paths("."), a, changes, archivetest.RenameTime)
		if err != nil || again.Plan.Len() > 0 {
			t.Errorf("a second time %q change, %v", again.Plan.Paths(), err)
		}
	}
	const to = "news/2024/03/5/ferry-sails-again.md"
	reworded := RenameOptions{Headline: "Ferry sails again."}
	hand(to, "Ferry sails again. ", reworded, []git.Change{{From: from, To: to}})
	hand(to, "Ferry sails again. ", reworded, []git.Change{{From: from}, {To: to}})
	hand(from, "Ferry sails! ", RenameOptions{Headline: "Ferry sails!"}, []git.Change{{From: from, To: from}})
}

// Following several events that were moved by hand comes to the same as moving
// them one by one.
func TestFollowMany(t *testing.T) {
	t.Parallel()
	event := func(d archive.Date, topic, headline string) string {
		return fmt.Sprintf("### [%s](/%s)\n\n##### %s\n# %s\n\n%s, it is said.\n", d, d.Page(), topic, headline, headline)
	}
	d2, d3, d4, d5 := archive.Date{Year: 2024, Month: 3, Day: 2}, archive.Date{Year: 2024, Month: 3, Day: 3}, archive.Date{Year: 2024, Month: 3, Day: 4}, archive.Date{Year: 2024, Month: 3, Day: 5}
	before := archivetest.Files{
		d5.Dir() + "/ferry-sails.md": event(d5, "Sea", "Ferry sails"),
		d5.Dir() + "/gulls-meet.md":  event(d5, "Sea", "Gulls meet"),
		d5.Dir() + "/bell-rings.md":  event(d5, "Town", "Bell rings"),
		d5.Dir() + "/tide-turns.md":  event(d5, "Town", "Tide turns"),
		d4.Dir() + "/fog-comes.md":   event(d4, "Fog", "Fog comes"),
		d4.Dir() + "/buoy-rusts.md":  event(d4, "Sea", "Buoy rusts"),
		d4.Dir() + "/cat-sleeps.md":  event(d4, "Town", "Cat sleeps"),
		d4.Page(): "## [2024-03-4](/" + d4.Page() + ")\n\n##### Sea\n### [Buoy rusts](/" + d4.Dir() + "/buoy-rusts.md)\n##### Fog\n### [Fog comes](/" + d4.Dir() + "/fog-comes.md)\n" +
			"##### Town\n### [Cat sleeps](/" + d4.Dir() + "/cat-sleeps.md)\n",
		d5.Page(): "## [2024-03-5](/" + d5.Page() + ")\n\n##### Sea\n### [Ferry sails](/" + d5.Dir() + "/ferry-sails.md)\n### [Gulls meet](/" + d5.Dir() + "/gulls-meet.md)\n" +
			"##### Town\n### [Bell rings](/" + d5.Dir() + "/bell-rings.md)\n### [Tide turns](/" + d5.Dir() + "/tide-turns.md)\n\n## [Previous Day...](/" + d4.Page() + ")\n",
		"index.md": "# News\n\n## [2024-03-5](/" + d5.Page() + ")\n\n### [Ferry sails](/" + d5.Dir() + "/ferry-sails.md)\n### [Bell rings](/" + d5.Dir() + "/bell-rings.md)\n### [Tide turns](/" + d5.Dir() + "/tide-turns.md)\n\n" +
			"## [2024-03-4](/" + d4.Page() + ")\n\n### [Buoy rusts](/" + d4.Dir() + "/buoy-rusts.md)\n### [Fog comes](/" + d4.Dir() + "/fog-comes.md)\n",
	}
	moves := []struct {
		name     string
		from, to archive.Date
	}{
		{"ferry-sails", d5, d4}, {"gulls-meet", d5, d4}, {"bell-rings", d5, d3}, {"fog-comes", d4, d2},
	}
	want, byHand := before, maps.Clone(before)
	var changes []git.Change
	for _, m := range moves {
		from, to := m.from.Dir()+"/"+m.name+".md", m.to.Dir()+"/"+m.name+".md"
		a, paths := want.Archive(archive.Config{})
		r, err := Rename(a, paths, from, RenameOptions{Date: m.to, Now: archivetest.RenameTime})
		if err != nil {
			t.Fatal(err)
		}
		want = want.After(t, r.Plan)
		delete(byHand, from)
		byHand[to] = want[to]
		changes = append(changes, git.Change{From: from, To: to})
	}
	a, _ := before.Archive(archive.Config{})
	b, paths := byHand.Archive(archive.Config{})
	r, err := Follow(b, paths, a, changes, archivetest.RenameTime)
	if err != nil {
		t.Fatal(err)
	}
	after := byHand.After(t, r.Plan)
	after.Expect(t, want)
	c, paths := after.Archive(archive.Config{})
	if again, err := Follow(c, paths, a, changes, archivetest.RenameTime); err != nil || again.Plan.Len() > 0 {
		t.Errorf("a second time %q change, %v", again.Plan.Paths(), err)
	}
}

// TestFollowDoubts keeps pages apart that git takes for one.
func TestFollowDoubts(t *testing.T) {
	before := ferryFiles()
	a, _ := before.Archive(archive.Config{})
	after := ferryFiles()
	delete(after, "news/2024/03/4/fog.md")
	after["news/2024/03/1/seals-swim.md"] = "# Seals swim\n\n### Source:\n\n1. [A](https://a.example/1)\n"
	b, paths := after.Archive(archive.Config{})
	r, err := Follow(b, paths, a, []git.Change{{From: "news/2024/03/4/fog.md", To: "news/2024/03/1/seals-swim.md"}}, archivetest.RenameTime)
	if err != nil || r.Plan.Len() > 0 {
		t.Errorf("%q change, %v", r.Plan.Paths(), err)
	}
}

// TestFollowUntitled follows a page of which only the headline and the path
// changed, where it is the only one of its day.
func TestFollowUntitled(t *testing.T) {
	const dir = "news/2024/03/4/"
	before := archivetest.Files{dir + "fog.md": "# Fog\n", "faq.md": "[Fog](/news/2024/03/4/fog.md)\n"}
	a, _ := before.Archive(archive.Config{})
	after := archivetest.Files{dir + "ships-wait.md": "# Ships wait\n", "faq.md": before["faq.md"]}
	changes := []git.Change{{From: dir + "fog.md"}, {To: dir + "ships-wait.md"}}
	for _, want := range []int{2, 0} {
		b, paths := after.Archive(archive.Config{})
		r, err := Follow(b, paths, a, changes, archivetest.RenameTime)
		if err != nil || r.Plan.Len() != want {
			t.Errorf("%q change, want %d; %v", r.Plan.Paths(), want, err)
		}
		after[dir+"tide-turns.md"] = "# Tide turns\n"
		changes = append(changes, git.Change{To: dir + "tide-turns.md"})
	}
}
