package archive

import (
	"errors"
	"testing"

	"newsctl/archive/page"
)

// TestGuardRefuses checks that no operation returns a plan that a check refuses.
func TestGuardRefuses(t *testing.T) {
	f := fixture(t, "broken")
	a, paths := f.archive(Config{})
	saved := saved(t, must(t)(a.Edit(map[string][]page.Edit{"faq.md": {page.Insert(0, "x")}})))
	old := pageChecks
	defer func() { pageChecks = old }()
	refused := errors.New("refused")
	pageChecks = []pageCheck{func(*Archive, planned) error { return refused }}
	c := a.Contexts(paths)
	event := c.events[0].Path
	plans := map[string]func() error{
		"relink":          func() error { _, err := a.Relink(paths, nil); return err },
		"index":           func() error { _, err := a.Index(paths, IndexOptions{}); return err },
		"declare":         func() error { _, err := c.Declare(nil); return err },
		"contexts rename": func() error { _, err := c.Rename(c.Names()[0], "New name"); return err },
		"new": func() error {
			_, err := a.Add(paths, []Draft{{Headline: "Seals swim home again.", Date: Date{2018, 3, 14}}}, AddOptions{Today: Date{2019, 1, 1}})
			return err
		},
		"rename": func() error {
			_, err := a.Rename(paths, event, RenameOptions{Headline: "Seals swim home again.", Now: renameTime})
			return err
		},
		"apply": func() error { _, err := readPlan(a, saved); return err },
	}
	for name, plan := range plans {
		if err := plan(); !errors.Is(err, refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// must returns the plan of changes that a check passes.
func must(t testing.TB) func(*Changes, error) *Plan {
	return func(c *Changes, err error) *Plan {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.archive.Guard(c)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

func TestStraddles(t *testing.T) {
	names := newNameList([]string{"Ferry", "Harbour, Ferry", "Orlando, Florida", "U.S."})
	for _, tt := range []struct {
		name string
		want bool
	}{
		{"Ferry, Harbour", true},
		{"Ferry, Harbour, Ferry", true},
		{"Ferry, U.S.", true},
		{"Florida, U.S.", true},
		{"Ferry, Ferry", true},
		{"Orlando, Florida", false},
		{"Ferry, Iran", false},
		{"Iran, Ferry", false},
		{"Ferry", false},
		{"", false},
	} {
		if got := names.straddles(tt.name); got != tt.want {
			t.Errorf("%q: %v", tt.name, got)
		}
	}
}
