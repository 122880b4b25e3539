package edit

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
	"newsctl/archive/diff"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/related"
	"newsctl/archive/same"
	"newsctl/archive/source"
)

// randomDrafts makes drafts on old, new and missing days with contexts that the
// archive knows, and one that it does not.
func randomDrafts(r *rand.Rand, a *archive.Archive, paths []string, n int) []Draft {
	names := slices.DeleteFunc(contexts.Of(a, paths).Names(), func(name string) bool { return strings.Contains(name, archive.ContextSeparator) })
	days := append(listing.DaysOf(paths), archivetest.FixtureDay, archivetest.FixtureDay.AddDays(-3), archive.Date{Year: 1999, Month: 1, Day: 2})
	endings := []string{"", ".", " *twice*", " [sic", " &amp; more", " <b>", " `x`", " #"}
	drafts := make([]Draft, n)
	for i := range drafts {
		d := &drafts[i]
		d.Headline = fmt.Sprintf("Gull number %d lands, word %d%s", r.Intn(1_000_000), i, endings[r.Intn(len(endings))])
		d.Date = days[r.Intn(len(days))]
		for range r.Intn(4) {
			d.Contexts = append(d.Contexts, names[r.Intn(len(names))])
		}
		if r.Intn(3) > 0 {
			d.Topic = names[r.Intn(len(names))]
		}
		if r.Intn(4) == 0 {
			d.Contexts = append(d.Contexts, fmt.Sprintf("gull %d", i))
		}
		if r.Intn(2) == 0 {
			d.Description = "1. Nobody was hurt."
		}
		d.Sources = []source.Link{{Outlet: "The [Lamp", URL: fmt.Sprintf("https://lamp.example/%d_(a)?x=1&y=2", i)}}
	}
	return drafts
}

// TestAddKeepsWhatIsKnown adds random events and holds the archive afterwards to
// what was asked for: the contexts of the new events are those given, those of
// all others what they were, each event is listed, and index and relink have
// nothing to say of the pages that were touched.
func TestAddKeepsWhatIsKnown(t *testing.T) {
	for _, fixture := range []string{"clean", "chinese"} {
		for _, o := range []AddOptions{
			{Related: true, Backlinks: true},
			{Related: true},
			{},
		} {
			t.Run(fmt.Sprintf("%s related %t backlinks %t", fixture, o.Related, o.Backlinks), func(t *testing.T) {
				t.Parallel()
				a, paths := archivetest.OpenFixture(t, fixture)
				before := archivetest.ContextsByPath(a, paths)
				o.Today, o.AllowDuplicate = archivetest.FixtureDay, true
				for seed := range archivetest.Seeds(2, 20) {
					drafts := randomDrafts(rand.New(rand.NewSource(int64(seed))), a, paths, 5)
					checkAdd(t, a, paths, drafts, o, before)
				}
			})
		}
	}
}

func checkAdd(t *testing.T, a *archive.Archive, paths []string, drafts []Draft, o AddOptions, before map[string][]string) {
	t.Helper()
	known := paths
	if !o.Related {
		known = nil
	}
	added, err := Add(a, known, drafts, o)
	if err != nil {
		t.Fatal(err)
	}
	b := added.Plan.After()
	after := b.Paths(".")
	got := archivetest.ContextsByPath(b, after)
	for i, e := range added.Events {
		want := slices.Clone(drafts[i].Contexts)
		if drafts[i].Topic != "" {
			want = append(want, drafts[i].Topic)
		}
		slices.Sort(want)
		if want = slices.Compact(want); !slices.Equal(got[e.Path], want) {
			t.Errorf("%s has the contexts %q, want %q", e.Path, got[e.Path], want)
		}
		p := b.Page(e.Path)
		headline, _ := p.Event.Headline()
		if text := page.Unescape(strings.TrimSpace(headline)); text != drafts[i].Headline {
			t.Errorf("the headline %q reads back as %q", drafts[i].Headline, text)
		}
		if same.Unlisted(b, &p.Facts().Brief) {
			t.Errorf("%s is not listed", e.Path)
		}
		if name := b.Slug(headline) + archive.Extension; name != path.Base(e.Path) {
			t.Errorf("%s should be called %s", e.Path, name)
		}
	}
	for p, want := range before {
		if !slices.Equal(got[p], want) {
			t.Errorf("the contexts of %s were %q, and are %q", p, want, got[p])
		}
	}
	x, err := listing.Index(b, after, listing.IndexOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if quiet := x.Plan.Paths(); len(quiet) > 0 {
		var changes strings.Builder
		x.Plan.Diff(&changes, "", diff.Plain)
		t.Errorf("index would change %q:\n%s", quiet, changes.String())
	}
	if !o.Related {
		return
	}
	r, err := related.Relink(b, after, nil)
	if err != nil {
		t.Fatal(err)
	}
	touched := added.Plan.Paths()
	for _, p := range r.Plan.Paths() {
		if slices.Contains(touched, p) {
			t.Errorf("relink would change %s, which was just written", p)
		}
	}
}

// Backlinks alone give the new events no lists, not even to each other.
func TestAddBacklinksOnly(t *testing.T) {
	t.Parallel()
	a, paths := archivetest.OpenFixture(t, "clean")
	added, err := Add(a, paths, []Draft{
		{Headline: "Gulls elect a speaker", Date: archivetest.FixtureDay, Contexts: []string{"Port Ellery"}},
		{Headline: "The tide adjourns", Date: archivetest.FixtureDay, Contexts: []string{"Port Ellery"}},
	}, AddOptions{Today: archivetest.FixtureDay, Backlinks: true})
	if err != nil {
		t.Fatal(err)
	}
	b := added.Plan.After()
	named := 0
	for _, p := range b.Paths(".") {
		for _, e := range b.Related(b.Page(p)) {
			if e.Page != nil && slices.ContainsFunc(added.Events, func(n AddedEvent) bool { return n.Path == e.Page.Path }) {
				named++
			}
		}
	}
	if named == 0 {
		t.Error("no list names a new event")
	}
	for _, e := range added.Events {
		if list := b.Related(b.Page(e.Path)); len(list) > 0 {
			t.Errorf("%s has %d related entries", e.Path, len(list))
		}
	}
}

func TestAddRefuses(t *testing.T) {
	good := Draft{Headline: "Gulls elect a speaker", Date: archivetest.FixtureDay}
	with := func(change func(*Draft)) Draft {
		d := Draft{Headline: "The tide adjourns without a vote", Date: archivetest.FixtureDay}
		change(&d)
		return d
	}
	reopen := "The Gannet Head Observatory reopens to the public with a café under the dome & a rule against flash photography. "
	tests := []struct {
		name, field string
		draft       Draft
		duplicate   bool
	}{
		{"empty headline", HeadlineField, with(func(d *Draft) { d.Headline = " " }), false},
		{"no letter", HeadlineField, with(func(d *Draft) { d.Headline = "!?" }), false},
		{"control character", HeadlineField, with(func(d *Draft) { d.Headline = "a\x07b" }), false},
		{"line break", DescriptionField, with(func(d *Draft) { d.Description = "a\nb" }), false},
		{"line separator", TopicField, with(func(d *Draft) { d.Topic = "a\u2028b" }), false},
		{"not UTF-8", HeadlineField, with(func(d *Draft) { d.Headline = "a\xff" }), false},
		{"future", DateField, with(func(d *Draft) { d.Date = archivetest.FixtureDay.AddDays(1) }), false},
		{"no such day", DateField, with(func(d *Draft) { d.Date = archive.Date{Year: 2018, Month: 2, Day: 30} }), false},
		{"URL without host", SourceField, with(func(d *Draft) { d.Sources = []source.Link{{Outlet: "X", URL: "https:///x"}} }), false},
		{"URL with space", SourceField, with(func(d *Draft) { d.Sources = []source.Link{{Outlet: "X", URL: "https://x.example/a b"}} }), false},
		{"empty context", ContextField, with(func(d *Draft) { d.Contexts = []string{" "} }), false},
		{"context read as two", ContextField, with(func(d *Draft) { d.Contexts = []string{"a, b"} }), false},
		{"page of a day", HeadlineField, with(func(d *Draft) { d.Headline = "Index!" }), false},
		{"page of a copy", HeadlineField, with(func(d *Draft) { d.Headline = "Readme" }), false},
		{"existing slug", HeadlineField, Draft{Headline: reopen, Date: archive.Date{Year: 2018, Month: 3, Day: 14}}, false},
		{"nearly the same", HeadlineField, Draft{Headline: reopen, Date: archive.Date{Year: 2018, Month: 3, Day: 15}}, true},
		{"same source", SourceField, with(func(d *Draft) {
			d.Date = archive.Date{Year: 2018, Month: 3, Day: 15}
			d.Sources = []source.Link{{Outlet: "X", URL: "https://daily.kestria.example/2018/03/14/bicycles"}}
		}), true},
	}
	a, paths := archivetest.OpenFixture(t, "clean")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Add(a, paths, []Draft{good, test.draft}, AddOptions{Today: archivetest.FixtureDay})
			var refused *DraftError
			if !errors.As(err, &refused) {
				t.Fatalf("got %v, want a DraftError", err)
			}
			if refused.Field != test.field || refused.Draft != 1 || refused.Duplicate != test.duplicate {
				t.Errorf("got %+v, want field %s of draft 1, duplicate %t", refused, test.field, test.duplicate)
			}
		})
	}
	if _, err := Add(a, paths, []Draft{good, good}, AddOptions{Today: archivetest.FixtureDay, AllowDuplicate: true}); err == nil {
		t.Error("two drafts of one headline are accepted")
	}
	if _, err := Add(a, paths, []Draft{good}, AddOptions{Today: archivetest.FixtureDay}); err != nil {
		t.Errorf("the good draft is refused: %v", err)
	}
}

// TestAddReadsLittle holds the short way to the pages of a few days.
func TestAddReadsLittle(t *testing.T) {
	read := &archivetest.Opened{FS: os.DirFS("../../fixtures/clean"), Pages: map[string]bool{}}
	a := archive.New(read, archive.Config{})
	if _, err := Add(a, nil, []Draft{{Headline: "Gulls elect a speaker", Date: archivetest.FixtureDay}}, AddOptions{Today: archivetest.FixtureDay}); err != nil {
		t.Fatal(err)
	}
	days := 0
	for p := range read.Pages {
		if kind, _ := archive.Classify(p); kind == archive.DayPage {
			days++
		}
	}
	if days > archive.RecentDays {
		t.Errorf("the pages of %d days were read", days)
	}
}
