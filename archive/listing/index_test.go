package listing

import (
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// TestIndexIsQuiet holds index to leaving a sound archive as it is, and to
// having nothing to say after it has spoken.
func TestIndexIsQuiet(t *testing.T) {
	for fixture, sound := range map[string]bool{"clean": true, "chinese": true, "broken": false} {
		t.Run(fixture, func(t *testing.T) {
			a, paths := archivetest.OpenFixture(t, fixture)
			x, err := Index(a, paths, IndexOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if quiet := x.Plan.Len() == 0; quiet != sound {
				t.Fatalf("index would change %q", x.Plan.Paths())
			}
			b := x.Plan.After()
			again, err := Index(b, b.Paths("."), IndexOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if again.Plan.Len() > 0 {
				t.Errorf("index would change its own work: %q", again.Plan.Paths())
			}
		})
	}
}

// TestTopicStaysWhileItHeadsAnEntry removes the page of an event: its day page loses the
// entry, and the topic above it only if it heads no other.
func TestTopicStaysWhileItHeadsAnEntry(t *testing.T) {
	const day = "## [2024-03-5](/news/2024/03/5/index.md)\n\n"
	entry := func(name string) string { return "### [" + name + "](/news/2024/03/5/" + name + ".md)\n\n" }
	for _, tt := range []struct{ listed, want string }{
		{"##### Harbour\n" + entry("gone") + entry("ferry"), "##### Harbour\n" + entry("ferry")},
		{"##### Harbour\n" + entry("ferry") + entry("gone"), "##### Harbour\n" + entry("ferry")},
		{"##### Gulls\n" + entry("gone") + "##### Harbour\n" + entry("ferry"), "##### Harbour\n" + entry("ferry")},
	} {
		f := archivetest.Files{
			"news/2024/03/5/index.md":  day + tt.listed,
			"news/2024/03/5/README.md": day + tt.listed,
			"news/2024/03/5/ferry.md":  "### [2024-03-5](/news/2024/03/5/index.md)\n\n##### Harbour\n# ferry\n",
		}
		a, paths := f.Archive(archive.Config{})
		x, err := Index(a, paths, IndexOptions{})
		if err != nil {
			t.Fatal(err)
		}
		after := f.After(t, x.Plan)
		if got := after["news/2024/03/5/index.md"]; got != day+tt.want {
			t.Errorf("%q became\n%q, want\n%q", day+tt.listed, got, day+tt.want)
		}
		b, left := after.Archive(archive.Config{})
		if again, err := Index(b, left, IndexOptions{}); err != nil || again.Plan.Len() > 0 {
			t.Errorf("a second run changes %q, %v", again.Plan.Paths(), err)
		}
	}
}

// TestIndexRestoresDays removes the page of one day after another and holds index to
// making one that lists the same events.
func TestIndexRestoresDays(t *testing.T) {
	for _, name := range []string{"clean", "chinese"} {
		a, paths := archivetest.OpenFixture(t, name)
		for _, d := range DaysOf(paths) {
			if !a.HasDay(d) {
				continue
			}
			was := a.Page(d.Page())
			without := archivetest.Fixture(t, name)
			delete(without, d.Page())
			delete(without, archive.CopyOf(d.Page()))
			b, left := without.Archive(archive.Config{})
			x, err := Index(b, left, IndexOptions{})
			if err != nil {
				t.Fatal(err)
			}
			restored := x.Plan.After()
			now := restored.Page(d.Page())
			if now == nil {
				t.Fatalf("%s %s: index makes no page", name, d)
			}
			for _, e := range a.Events(d) {
				if was.Lists(e.Path) && !now.Lists(e.Path) {
					t.Errorf("%s %s: %s is listed no longer", name, d, e.Path)
				}
			}
			if string(restored.Page(archive.CopyOf(d.Page())).Source) != string(now.Source) {
				t.Errorf("%s %s: the copy differs", name, d)
			}
			if len(previous(now)) != len(previous(was)) || len(previous(now)) > 0 && previous(now)[0] != previous(was)[0] {
				t.Errorf("%s %s: leads to %v, want %v", name, d, previous(now), previous(was))
			}
		}
	}
}

// previous returns where a day page's link to the day before leads.
func previous(p *archive.Page) []string {
	var out []string
	for _, part := range p.Listing.Parts {
		if part.Previous {
			out = append(out, p.Target(part.Link).Path)
		}
	}
	return out
}
