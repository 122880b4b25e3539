package related

import (
	"bytes"
	"errors"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// A plan for all lists holds the bytes of no page, and makes them again as long as the
// pages are as they were.
func TestRelinkHoldsNoPages(t *testing.T) {
	t.Parallel()
	f := archivetest.Files{archivetest.PageX: archivetest.About("X", "A"), archivetest.PageY: archivetest.About("Y", "A"), archivetest.PageZ: archivetest.About("Z", "A")}
	m := fstest.MapFS{}
	for p, src := range f {
		m[p] = &fstest.MapFile{Data: []byte(src)}
	}
	a := archive.New(m, archive.Config{})
	r, err := Relink(a, a.Load(nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	changes := r.Plan.Changes().All
	if len(changes) != 3 {
		t.Fatalf("%d pages change, want 3", len(changes))
	}
	for _, c := range changes {
		if c.From.IsHeld() || c.After.IsHeld() {
			t.Errorf("the change of %s holds bytes", c.Path)
		}
		before, after := c.Versions()
		if string(before) != f[c.Path] || !bytes.Equal(after, c.After.Bytes()) || c.After.Len() != len(after) {
			t.Errorf("the change of %s makes %q of %q, and then %q", c.Path, after, before, c.After.Bytes())
		}
	}
	// Once a page is another, it is not what the plan was made from.
	file := m[archivetest.PageX]
	file.Data = append(bytes.Clone(file.Data), '\n')
	for _, c := range changes {
		err := archive.Steadily(func() error { c.After.Bytes(); return nil })
		if moved := c.Path == archivetest.PageX; moved != errors.Is(err, archive.ErrChanged) {
			t.Errorf("%s: after another page changed: %v", c.Path, err)
		}
	}
}
