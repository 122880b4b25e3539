package git

import (
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDiffTrees compares trees of random files, and expects what git diff prints.
func TestDiffTrees(t *testing.T) {
	w := newWork(t)
	random := rand.New(rand.NewSource(1))
	paths := []string{"in/a.md", "in/a/b.md", "in/a/c.md", "in/a.b/d.md", "in/b.md", "in/d/e/f.md", "out.md", "in"}
	compared := 0
	before := ""
	for range 40 {
		for range 1 + random.Intn(2) {
			p := paths[random.Intn(len(paths))]
			file := filepath.Join(w.dir, filepath.FromSlash(p))
			switch random.Intn(7) {
			case 0, 1:
				os.RemoveAll(file)
			case 2:
				os.RemoveAll(file)
				w.put(p, func() error { return os.Symlink("nowhere", file) })
			case 3:
				if info, err := os.Lstat(file); err == nil && info.Mode().IsRegular() {
					os.Chmod(file, info.Mode()^0o111)
				}
			default:
				w.put(p, func() error { return os.WriteFile(file, []byte{byte('a' + random.Intn(2)), '\n'}, 0o644) })
				os.Chmod(file, 0o644|os.FileMode(random.Intn(2)*0o111))
			}
		}
		w.git("add", "-A")
		now := strings.TrimSpace(w.git("write-tree"))
		if before != "" {
			for _, below := range []string{".", "in"} {
				r := w.open(below)
				got, err := r.diffTrees(before, now)
				want, wantErr := r.diff(before, now)
				if errors.Is(err, errRenames) {
					continue
				}
				if err != nil || wantErr != nil || !slices.Equal(got.changes, want.changes) {
					t.Errorf("%s to %s below %s: %v, %v; want %v, %v", before, now, below, got.changes, err, want.changes, wantErr)
				}
				compared += len(got.changes)
			}
		}
		before = now
	}
	if compared < 20 {
		t.Errorf("%d changes are too few for a test", compared)
	}
}

// put makes what is at a path of the work tree, in place of what is in its way.
func (w *work) put(p string, do func() error) {
	file := filepath.Join(w.dir, filepath.FromSlash(p))
	for at := filepath.Dir(file); len(at) > len(w.dir); at = filepath.Dir(at) {
		if info, err := os.Lstat(at); err == nil && !info.IsDir() {
			os.Remove(at)
		}
	}
	if info, err := os.Lstat(file); err == nil && info.IsDir() {
		os.RemoveAll(file)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		w.Fatal(err)
	}
	if err := do(); err != nil {
		w.Fatal(err)
	}
}
