package plan

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"newsctl/archive"
)

// testHistory commits plans below a root, and keeps their history beside it.
type testHistory struct {
	*History
	t testing.TB
}

func newTestHistory(t testing.TB) testHistory {
	return testHistory{&History{t.TempDir(), t.TempDir()}, t}
}

func (h testHistory) archive() *archive.Archive {
	return archive.New(os.DirFS(h.root), archive.Config{})
}

func (h testHistory) commit(p *Plan) {
	h.t.Helper()
	l, _, err := Acquire(context.Background(), h.root, "newsctl test")
	if err != nil {
		h.t.Fatal(err)
	}
	defer l.Release()
	l.History = h.History
	if err := l.Commit(p); err != nil || l.Unrecorded != nil {
		h.t.Fatal(err, l.Unrecorded)
	}
}

// write commits pages: with the bytes given, or removed where there are none.
func (h testHistory) write(pages map[string]string) {
	h.t.Helper()
	a := h.archive()
	c := a.NewChanges()
	for p, src := range pages {
		old := a.Page(p)
		switch {
		case old == nil:
			c.Create(p, []byte(src))
		case src == "":
			c.Delete(old)
		default:
			c.Replace(old, []byte(src))
		}
	}
	plan, err := Guard(c, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.commit(plan)
}

func (h testHistory) undo() {
	h.t.Helper()
	changes, err := h.Changes()
	if err != nil || len(changes) == 0 {
		h.t.Fatal(changes, err)
	}
	p, err := Undo(h.archive(), h.History, changes[0])
	if err != nil {
		h.t.Fatal(err)
	}
	h.commit(p)
}

func (h testHistory) expect(p, want string) {
	h.t.Helper()
	got, err := os.ReadFile(filepath.Join(h.root, p))
	if string(got) != want || (err != nil) != (want == "absent") && want != "" {
		h.t.Errorf("%s is %q (%v), want %q", p, got, err, want)
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	h := newTestHistory(t)
	if err := os.WriteFile(filepath.Join(h.root, "empty.md"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	h.write(map[string]string{"empty.md": "text\n", "faq/new.md": "new\n"})
	if err := os.Chmod(filepath.Join(h.root, "faq/new.md"), 0o640); err != nil {
		t.Fatal(err)
	}
	h.write(map[string]string{"faq/new.md": ""})
	h.undo()
	h.expect("faq/new.md", "new\n")
	if info, err := os.Stat(filepath.Join(h.root, "faq/new.md")); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o640 {
		t.Errorf("the page comes back with the mode %v (%v)", info.Mode(), err)
	}
	h.undo()
	h.expect("empty.md", "")
	if _, err := os.Stat(filepath.Join(h.root, "faq")); err == nil {
		t.Error("the directory of a page that was created stays")
	}
}

func TestHistoryLength(t *testing.T) {
	t.Parallel()
	h := newTestHistory(t)
	for i := range historyLength + 3 {
		h.write(map[string]string{"faq/page.md": fmt.Sprintln(i)})
	}
	changes, err := h.Changes()
	if err != nil || len(changes) != historyLength {
		t.Fatal(len(changes), err)
	}
	for range changes {
		h.undo()
	}
	h.expect("faq/page.md", "2\n")
}

// TestUndoMoved holds a change to be refused where any of its pages is not as it was
// left, and all of these to be named.
func TestUndoMoved(t *testing.T) {
	t.Parallel()
	h := newTestHistory(t)
	h.write(map[string]string{"faq/a.md": "a\n", "faq/b.md": "b\n", "faq/c.md": "c\n"})
	for _, p := range []string{"faq/a.md", "faq/c.md"} {
		if err := os.WriteFile(filepath.Join(h.root, p), []byte("other\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	changes, err := h.Changes()
	if err != nil || len(changes) != 1 {
		t.Fatal(changes, err)
	}
	_, err = Undo(h.archive(), h.History, changes[0])
	if err == nil {
		t.Fatal("the change is undone")
	}
	for p, moved := range map[string]bool{"faq/a.md": true, "faq/b.md": false, "faq/c.md": true} {
		if strings.Contains(err.Error(), p) != moved {
			t.Errorf("%v", err)
		}
	}
}
