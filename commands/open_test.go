package commands

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
)

// TestStagedIsClosed checks that what is asked of git about what is staged is closed at
// the end of a command.
func TestStagedIsClosed(t *testing.T) {
	root := usageRepo(t)
	e := newEnv(strings.NewReader(""), io.Discard, io.Discard)
	if err := newApp(e).Run([]string{"newsctl", "relink", "--staged", "--dry-run", "-C", root}); err != nil && err != errFindings {
		t.Fatal(err)
	}
	if len(e.closers) != 1 {
		t.Fatalf("%d repositories are to be closed", len(e.closers))
	}
	if err := e.close(); err != nil || len(e.closers) != 0 {
		t.Errorf("%v, %d are left", err, len(e.closers))
	}
}

func TestByReason(t *testing.T) {
	gone := errors.New("git: gone\nfatal: cannot fetch")
	read := func(name string, err error) error { return &fs.PathError{Op: "read", Path: name, Err: err} }
	got := byReason([]error{read("a.md", gone), read("b.md", fs.ErrPermission), read("c.md", gone), read("d.md", fs.ErrPermission), errors.New("else")})
	want := "read a.md: git: gone (and 1 more)\nfatal: cannot fetch\nread b.md: permission denied\nread d.md: permission denied\nelse"
	if errors.Join(got...).Error() != want {
		t.Errorf("%q", errors.Join(got...))
	}
}
