package archive

import (
	"testing"
)

// TestIndexIsQuiet holds index to leaving a sound archive as it is, and to
// having nothing to say after it has spoken.
func TestIndexIsQuiet(t *testing.T) {
	for fixture, sound := range map[string]bool{"clean": true, "chinese": true, "broken": false} {
		t.Run(fixture, func(t *testing.T) {
			a, paths := openFixture(t, fixture)
			x, err := a.Index(paths, IndexOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if quiet := x.Plan.Len() == 0; quiet != sound {
				t.Fatalf("index would change %q", x.Plan.Paths())
			}
			b := a.After(x.Plan.changes)
			again, err := b.Index(b.Paths("."), IndexOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if again.Plan.Len() > 0 {
				t.Errorf("index would change its own work: %q", again.Plan.Paths())
			}
		})
	}
}

// TestIndexRestoresDays removes the page of each day in turn and holds index to
// making one that lists the same events.
func TestIndexRestoresDays(t *testing.T) {
	for _, name := range []string{"clean", "chinese"} {
		a, paths := openFixture(t, name)
		for _, d := range daysOf(paths) {
			if !a.HasDay(d) {
				continue
			}
			was := a.Page(d.Page())
			without := fixture(t, name)
			delete(without, d.Page())
			delete(without, CopyOf(d.Page()))
			b, left := without.archive(Config{})
			x, err := b.Index(left, IndexOptions{})
			if err != nil {
				t.Fatal(err)
			}
			restored := b.After(x.Plan.changes)
			now := restored.Page(d.Page())
			if now == nil {
				t.Fatalf("%s %s: index makes no page", name, d)
			}
			for _, e := range a.Events(d) {
				if now.Lists(e.Path) != was.Lists(e.Path) && was.Lists(e.Path) {
					t.Errorf("%s %s: %s is listed no longer", name, d, e.Path)
				}
			}
			if string(restored.Page(CopyOf(d.Page())).Source) != string(now.Source) {
				t.Errorf("%s %s: the copy differs", name, d)
			}
			if len(now.previous()) != len(was.previous()) || len(now.previous()) > 0 && now.previous()[0] != was.previous()[0] {
				t.Errorf("%s %s: leads to %v, want %v", name, d, now.previous(), was.previous())
			}
		}
	}
}

// previous returns where a day page's link to the day before leads.
func (p *Page) previous() []string {
	var out []string
	for _, part := range p.Listing.Parts {
		if part.Previous {
			out = append(out, p.Target(part.Link).Path)
		}
	}
	return out
}
