package txn

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// hooks are the functions that setStep set, by root.
var hooks sync.Map

// setStep makes each step below root ask a function, until live or the end of
// the test.
func setStep(t *testing.T, root string, f hook) {
	t.Helper()
	t.Cleanup(func() { live(root) })
	var mu sync.Mutex
	hooks.Store(root, hook(func(what, path string) error {
		mu.Lock()
		defer mu.Unlock()
		return f(what, path)
	}))
}

// live ends what setStep and dieAt began.
func live(root string) { hooks.Delete(root) }

// hooked returns the tree below a root, whose hook asks what setStep set last.
func hooked(root string) Tree {
	ask := func(what, path string) error {
		if f, ok := hooks.Load(root); ok {
			return f.(hook)(what, path)
		}
		return nil
	}
	return Tree{Root: root, hook: ask, hurry: true}
}

var errDead = errors.New("killed")

// dieAt makes the process do nothing any more from its n-th step on (counted
// from 0), as if it was killed there. It returns whether it came to that.
func dieAt(t *testing.T, root string, n int) (died func() bool) {
	t.Helper()
	taken := 0
	setStep(t, root, func(what, path string) error {
		if taken++; taken > n {
			return errDead
		}
		return nil
	})
	return func() bool { return taken > n }
}

func recoverTree(t *testing.T, root string) string {
	t.Helper()
	said, err := Recover(hooked(root))
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// eachStep runs a test in parallel for each step that the commit of a sample
// takes, and for the one after the last, and returns when all are done.
func eachStep(t *testing.T, sample func(*testing.T) (string, []Op), test func(t *testing.T, n int)) {
	root, ops := sample(t)
	steps := 0
	setStep(t, root, func(what, path string) error {
		steps++
		return nil
	})
	if err := commit(root, ops...); err != nil {
		t.Fatal(err)
	}
	t.Run("each", func(t *testing.T) {
		for n := range steps + 1 {
			t.Run(fmt.Sprint("step ", n), func(t *testing.T) {
				t.Parallel()
				test(t, n)
			})
		}
	})
}

func TestKilledAtEveryStep(t *testing.T) {
	before, after := sampleTrees(t)
	var undone, kept atomic.Int64
	eachStep(t, sample, func(t *testing.T, n int) {
		root, ops := sample(t)
		died := dieAt(t, root, n)
		err := commit(root, ops...)
		if died() != (err != nil) {
			t.Errorf("died: %v, error is %v", died(), err)
		}
		live(root)
		said := recoverTree(t, root)
		want := before
		if err == nil || maps.Equal(readTree(t, root), after) {
			want = after
			kept.Add(1)
		}
		compare(t, root, want)
		if strings.Contains(said, "undone") {
			undone.Add(1)
			if !strings.Contains(said, "newsctl test (pid ") {
				t.Errorf("it is not said who was interrupted: %s", said)
			}
		}
		if said := recoverTree(t, root); said != "" {
			t.Errorf("a second recovery found something: %s", said)
		}
		compare(t, root, want)
	})
	if undone.Load() < 10 || kept.Load() < 10 {
		t.Errorf("%d commits were undone and %d kept: the test does not test", undone.Load(), kept.Load())
	}
}

// A recovery can be killed too. All pairs of steps are tried, so the change is
// the smallest that has a bit of everything.
func TestKilledTwice(t *testing.T) {
	before, after := smallTrees(t)
	killTwice(t, smallSample, before, after)
}

// killTwice kills the commit of a sample at each step, and its recovery at each.
func killTwice(t *testing.T, sample func(*testing.T) (string, []Op), before, after tree) {
	t.Helper()
	eachStep(t, sample, func(t *testing.T, n int) {
		for m, diedAgain := 0, true; diedAgain; m++ {
			root, ops := sample(t)
			dieAt(t, root, n)
			_ = commit(root, ops...)
			dead := dieAt(t, root, m)
			_, _ = Recover(hooked(root))
			diedAgain = dead()
			live(root)
			_ = recoverTree(t, root)
			want := before
			if maps.Equal(readTree(t, root), after) {
				want = after
			}
			compare(t, root, want)
			if t.Failed() {
				t.Fatalf("killed at step %d, and at step %d of the recovery", n, m)
			}
		}
	})
}

// An error at one step, such as a full disk, leaves the old tree and nothing
// else, or the new tree once the journal is gone.
func TestErrorAtEveryStep(t *testing.T) {
	before, after := sampleTrees(t)
	var refused, made atomic.Int64
	eachStep(t, sample, func(t *testing.T, n int) {
		root, ops := sample(t)
		taken := 0
		setStep(t, root, func(what, path string) error {
			taken++
			if taken == n+1 {
				return syscall.ENOSPC
			}
			return nil
		})
		l, err := Acquire(context.Background(), hooked(root), "newsctl test")
		var left error
		if err == nil {
			err = l.Commit(ops)
			left = l.Release()
		}
		if err == nil {
			made.Add(1)
			_ = recoverTree(t, root) // removes what is left
			compare(t, root, after)
		} else {
			refused.Add(1)
			compare(t, root, before)
		}
		if left != nil && (err != nil || !strings.Contains(left.Error(), "the next command removes them")) {
			t.Errorf("the error of Release is %v", left)
		}
		if err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("the error does not name the cause: %v", err)
		}
	})
	if refused.Load() < 10 || made.Load() < 10 {
		t.Errorf("%d commits were refused and %d made: the test does not test", refused.Load(), made.Load())
	}
}

// A disk that is full and stays so leaves the old tree and nothing else.
func TestDiskFullFromEveryStepOn(t *testing.T) {
	before, after := sampleTrees(t)
	needsSpace := map[string]bool{"open": true, "create": true, "write": true, "mkdir": true, "link": true}
	eachStep(t, sample, func(t *testing.T, n int) {
		root, ops := sample(t)
		taken := 0
		setStep(t, root, func(what, path string) error {
			taken++
			if taken > n && needsSpace[what] {
				return syscall.ENOSPC
			}
			return nil
		})
		want := before
		if err := commit(root, ops...); err == nil {
			want = after
		}
		compare(t, root, want)
	})
}

// What cannot be undone now is said, and undone by the next command.
func TestUndoFails(t *testing.T) {
	root, ops := sample(t)
	before := readTree(t, root)
	setStep(t, root, func(what, path string) error {
		if what == "remove" && strings.HasPrefix(path, "news/") {
			return syscall.EIO
		}
		return nil
	})
	err := commit(root, ops...)
	if err == nil || !strings.Contains(err.Error(), "the next command will try again") {
		t.Errorf("error is %v", err)
	}
	live(root)
	_ = recoverTree(t, root)
	compare(t, root, before)
}

// Work that somebody did after the crash is not undone.
func TestRecoverKeepsForeignWork(t *testing.T) {
	root, ops := sample(t)
	dead := false
	setStep(t, root, func(what, path string) error {
		if dead = dead || what == "remove" && path == JournalFile; dead {
			return errDead
		}
		return nil
	})
	_ = commit(root, ops...)
	live(root)
	put(t, root, "README.md", "by hand\n")
	put(t, root, "news/2018/01/1/last.md", "by hand, again\n")
	put(t, root, "news/2019/02/3/another.md", "by hand, new\n")
	if err := os.Remove(filepath.Join(root, "news", "2017", "07", "9", "moved.md")); err != nil {
		t.Fatal(err)
	}
	want := readTree(t, root)
	said := recoverTree(t, root)
	for _, path := range []string{"README.md", "news/2018/01/1/last.md"} {
		if !strings.Contains(said, path) {
			t.Errorf("%s is not named: %s", path, said)
		}
	}
	got := readTree(t, root)
	for _, path := range []string{"README.md", "news/2018/01/1/last.md", "news/2019/02/3/another.md"} {
		if got[path] != want[path] {
			t.Errorf("%s: is %q, want %q", path, got[path], want[path])
		}
	}
	if !strings.Contains(got["news/2017/07/9/index.md"], `"day\n"`) || !strings.Contains(got["news/2017/07/9/moves.md"], `"moves\n"`) {
		t.Errorf("the other files were not undone: %v", got)
	}
	if got[workDir] != "" {
		t.Errorf("%s is left", workDir)
	}
}

// A journal that came with the archive, from who knows where, does no harm.
func TestForeignJournals(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "page.md", "outside\n")
	if err := os.Mkdir(filepath.Join(outside, "empty"), 0o777); err != nil {
		t.Fatal(err)
	}
	h := HashOf([]byte("outside\n"))
	tests := []struct {
		name, journal, want string
	}{
		{"empty", "", "cannot be read"},
		{"torn", `{"Holder":"x","Changes":[{"Pa`, "cannot be read"},
		{"unknown field", `{"Version":2}`, "cannot be read"},
		{"git", `{"Changes":[{"Path":".git/hooks/pre-commit","Before":"` + string(h) + `"}]}`, "nothing is written to .git"},
		{"out of the root", `{"Changes":[{"Path":"../x.md","After":"` + string(h) + `"}]}`, "is not a path of a file"},
		{"directory out of the root", `{"Directories":[{"Path":"../x","Mode":511}]}`, "is not a path of a file"},
		{"file below a link", `{"Changes":[{"Path":"link/page.md","After":"` + string(h) + `"}]}`, "passes through the symbolic link link"},
		{"new directory below a link", `{"Directories":[{"Path":"link/x","Mode":511}]}`, "passes through the symbolic link link"},
		{"old directory below a link", `{"Directories":[{"Path":"link/empty","Absent":true}]}`, "passes through the symbolic link link"},
		{"the link as a directory", `{"Directories":[{"Path":"link","Absent":true}]}`, "passes through the symbolic link link"},
		{"another tree", `{"Root":1,"Changes":[{"Path":"page.md","After":"` + string(HashOf([]byte("page\n"))) + `"}]}`, "left in another tree"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			if err := os.Symlink(outside, filepath.Join(root, "link")); err != nil {
				t.Skip("no symbolic links here:", err)
			}
			put(t, root, "page.md", "page\n")
			beforeOutside := readTree(t, outside)
			put(t, root, JournalFile, test.journal)
			put(t, root, oldFile(0), "outside\n")
			before := readTree(t, root)
			_, err := Recover(hooked(root))
			if !errors.Is(err, errForeign) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
			if err := commit(root, create("new.md", "new\n")); !errors.Is(err, errForeign) {
				t.Errorf("a writer's error is %v", err)
			}
			compare(t, root, before)
			compare(t, outside, beforeOutside)
		})
	}
}

// TestForeignWorkDir checks that links in the place of our own files do no harm.
func TestForeignWorkDir(t *testing.T) {
	for _, name := range []string{workDir, lockFile, JournalFile, holderFile, oldFile(0)} {
		t.Run(name, func(t *testing.T) {
			root, outside := t.TempDir(), t.TempDir()
			put(t, outside, "page.md", "outside\n")
			put(t, root, "page.md", "page\n")
			link := filepath.Join(root, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(link), 0o777); err != nil {
				t.Fatal(err)
			}
			for _, to := range []string{outside, filepath.Join(outside, "page.md"), filepath.Join(outside, "none.md")} {
				_ = os.Remove(link)
				if err := os.MkdirAll(filepath.Dir(link), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(to, link); err != nil {
					t.Skip("no symbolic links here:", err)
				}
				before := readTree(t, outside)
				_, _ = Recover(hooked(root))
				_ = commit(root, replace("page.md", "page\n", "page\n"))
				compare(t, outside, before)
			}
		})
	}
}
