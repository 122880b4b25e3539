package txn

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestOneGeneration reads a tree again and again while commits, one of which is
// undone each time, change all its files: what is read within a generation is one
// state of it.
func TestOneGeneration(t *testing.T) {
	root := t.TempDir()
	const files, commits = 8, 15
	name := func(i int) string { return fmt.Sprintf("news/%d/page.md", i) }
	for i := range files {
		put(t, root, name(i), "state 0\n")
	}
	put(t, root, "stays.md", "stays\n")
	setStep(t, root, func(what, path string) error {
		if path == "stays.md" {
			return syscall.EIO
		}
		return nil
	})
	tree := hooked(root)
	tree.hurry = false
	done := make(chan struct{})
	var readers sync.WaitGroup
	var seen sync.Map
	for range 2 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for {
				select {
				case <-done:
					return
				default:
				}
				if state, ok := readStates(t, root, files, name); ok {
					seen.Store(state, true)
				}
			}
		}()
	}
	for n := range commits {
		l, err := Acquire(context.Background(), tree, "newsctl test")
		if err != nil {
			t.Fatal(err)
		}
		var ops []Op
		for i := range files {
			ops = append(ops, replace(name(i), fmt.Sprintf("state %d\n", n), fmt.Sprintf("state %d\n", n+1)))
		}
		if err := l.Commit(append(ops[:files:files], remove("stays.md", "stays\n"))); err == nil {
			t.Error("committed, though a file cannot be removed")
		}
		if err := l.Commit(ops); err != nil {
			t.Error(err)
		}
		if err := l.Release(); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
	states := 0
	seen.Range(func(any, any) bool { states++; return true })
	if states < 3 {
		t.Errorf("%d states were seen: the test does not test", states)
	}
}

// readStates reads all files, and reports whether it did so within a generation.
func readStates(t *testing.T, root string, files int, name func(int) string) (state string, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	g, _, err := Begin(ctx, Tree{Root: root})
	if err != nil {
		t.Error(err)
		return "", false
	}
	found := map[string]bool{}
	for i := range files {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name(i))))
		if err != nil {
			t.Error(err)
		}
		state = string(data)
		found[state] = true
	}
	if !g.IsCurrent() {
		return "", false
	}
	if len(found) != 1 {
		t.Errorf("one generation has the states %v", found)
	}
	return state, true
}

// TestGenerationOfStalledCommit checks that a reader waits for a commit under
// way no longer than it is asked to, and then says whose commit it is.
func TestGenerationOfStalledCommit(t *testing.T) {
	root, ops := smallSample(t)
	before, _, err := Begin(context.Background(), Tree{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	waited := false
	setStep(t, root, func(what, path string) error {
		if what == "rename" && path == "a/old.md" {
			_, _, err := Begin(ctx, Tree{Root: root})
			waited = err != nil && strings.Contains(err.Error(), "is being changed by newsctl test (pid ")
			if before.IsCurrent() {
				t.Error("the generation is current while a commit is under way")
			}
		}
		return nil
	})
	if err := commit(root, ops...); err != nil || !waited {
		t.Errorf("commit: %v; waited: %v", err, waited)
	}
	if before.IsCurrent() {
		t.Error("the generation is current after a commit")
	}
	now, _, err := Begin(ctx, Tree{Root: root})
	if err != nil || !now.IsCurrent() {
		t.Errorf("there is no generation: %v", err)
	}
}
