package commands

import (
	"io"
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
