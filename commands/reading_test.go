package commands

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/plan"
)

// result is all that a command says.
type result struct {
	status         int
	stdout, stderr string
}

// clean returns a copy of the clean fixture.
func clean(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	writeTree(t, root, tree(t, filepath.Join("..", "fixtures", "clean")))
	return root
}

// planBetween writes a plan that makes one tree another.
func planBetween(t *testing.T, from, to map[string]string) (file string) {
	t.Helper()
	type change struct {
		Path   string `json:"path"`
		Before string `json:"before"`
		After  []byte `json:"after"`
		Delete bool   `json:"delete,omitempty"`
	}
	plan := struct {
		Version int      `json:"newsctlPlan"`
		Changes []change `json:"changes"`
	}{Version: 1}
	for p, before := range from {
		if after, ok := to[p]; !ok {
			plan.Changes = append(plan.Changes, change{p, fmt.Sprintf("%x", sha256.Sum256([]byte(before))), nil, true})
		} else if before != after {
			plan.Changes = append(plan.Changes, change{p, fmt.Sprintf("%x", sha256.Sum256([]byte(before))), []byte(after), false})
		}
	}
	for p, after := range to {
		if _, ok := from[p]; !ok {
			plan.Changes = append(plan.Changes, change{p, "", []byte(after), false})
		}
	}
	data, err := json.Marshal(plan)
	file = filepath.Join(t.TempDir(), "plan.json")
	if err == nil {
		err = os.WriteFile(file, data, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestReadersBesideWriter lets commands read an archive while another renames an
// event and takes it back, again and again: each answers from one of the two states.
func TestReadersBesideWriter(t *testing.T) {
	root := clean(t)
	const event = "news/2018/03/14/kestria-and-norvane-reopen-their-land-border-to-bicycles-tandems-excepted.md"
	saved := filepath.Join(t.TempDir(), "saved.json")
	readers := [][]string{
		{"lint"}, {"relink", "--dry-run"}, {"contexts"}, {"index", "--dry-run", "--stat"},
		{"slug", "--path", "--date", "2018-03-14", "Tandems are admitted too"},
		{"relink", "--out", saved},
	}
	states := make([]map[string]string, 2)
	want := make([]map[result]bool, len(readers))
	for state := range states {
		if state == 1 {
			if status, _, stderr := run("rename", event, "Tandems are admitted too", "-C", root); status != 0 {
				t.Fatal(stderr)
			}
		}
		states[state] = tree(t, root)
		for i, args := range readers {
			if want[i] == nil {
				want[i] = map[result]bool{}
			}
			want[i][ask(t, root, args)] = true
		}
	}
	plans := []string{planBetween(t, states[1], states[0]), planBetween(t, states[0], states[1])}

	var running, answers atomic.Int64
	var all sync.WaitGroup
	running.Store(1)
	all.Add(1)
	go func() {
		defer all.Done()
		for i := range readers {
			for n := 0; n < 4; n++ {
				if got := ask(t, root, readers[i]); !want[i][got] {
					t.Errorf("%v: %v", readers[i], got)
				}
				answers.Add(1)
			}
		}
		running.Store(0)
	}()
	commits := 0
	for ; running.Load() == 1; commits++ {
		if status, _, stderr := run("apply", plans[commits%2], "-C", root); status != 0 {
			t.Error(stderr)
			break
		}
	}
	all.Wait()
	t.Logf("%d answers beside %d commits", answers.Load(), commits)
	if commits < 2 {
		t.Error("too few commits: the test does not test")
	}
}

// begin makes an environment that of a command that runs in an archive.
func begin(t *testing.T, e *env, root string) {
	t.Helper()
	app := &cli.App{Flags: e.global.flags(), Action: func(c *cli.Context) error { e.running = c; return nil }}
	if err := app.Run([]string{"newsctl", "-C", root}); err != nil {
		t.Fatal(err)
	}
}

// ask returns the answer of a reading command, and the plan that it saves.
func ask(t *testing.T, root string, args []string) result {
	var r result
	r.status, r.stdout, r.stderr = run(append(slices.Clone(args), "-C", root)...)
	if saved := args[len(args)-1]; strings.HasSuffix(saved, ".json") {
		data, err := os.ReadFile(saved)
		if err == nil {
			err = os.Remove(saved)
		}
		if err != nil {
			t.Error(err)
		}
		r.stdout += string(data)
	}
	return r
}

// commitTo makes a commit to an archive.
func commitTo(t *testing.T, root string, n int) {
	t.Helper()
	date := fmt.Sprintf("2001-02-%d", n)
	if status, _, stderr := run("new", fmt.Sprintf("Event number %d", n), "--date", date, "--no-related", "--no-suggest", "--allow-duplicate", "-C", root); status != 0 {
		t.Fatal(stderr)
	}
}

// TestAnswerBeginsAgain checks when a command reads again: after a commit, while
// nothing of its result was written; and under the lock if that happens each time.
func TestAnswerBeginsAgain(t *testing.T) {
	for commits, wantLock := range map[int]bool{0: false, attempts - 1: false, attempts: true} {
		root := clean(t)
		var stdout, stderr bytes.Buffer
		e := newEnv(strings.NewReader(""), &stdout, &stderr)
		begin(t, e, root)
		tries, locked := 0, false
		err := e.answer(func() error {
			tries++
			locked = e.lock != nil
			fmt.Fprintf(e.stderr, "note %d\n", tries)
			if tries <= commits {
				commitTo(t, root, tries)
				return errors.New("a state that is mixed")
			}
			fmt.Fprintf(e.stdout, "result %d\n", tries)
			return errFindings
		})
		if !errors.Is(err, errFindings) || tries != commits+1 || locked != wantLock {
			t.Errorf("%d commits: error %v, %d tries, locked: %v", commits, err, tries, locked)
		}
		if got, want := stdout.String()+stderr.String(), fmt.Sprintf("result %d\nnote %[1]d\n", commits+1); got != want {
			t.Errorf("%d commits: printed %q, want %q", commits, got, want)
		}
		if _, err := os.Stat(filepath.Join(root, ".newsctl-work")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the work directory is left: %v", err)
		}
	}
}

// TestLateRead checks that a page which is read after the result has begun is of
// the same state, or an error.
func TestLateRead(t *testing.T) {
	root := clean(t)
	var stdout, stderr bytes.Buffer
	e := newEnv(strings.NewReader(""), &stdout, &stderr)
	begin(t, e, root)
	err := e.answer(func() error {
		a, err := e.open()
		if err != nil {
			return err
		}
		fmt.Fprintln(e.stdout, "result")
		if a.Page("index.md").Err != nil {
			t.Error("a page of this state is not read")
		}
		commitTo(t, root, 1)
		if pg := a.Page("README.md"); pg.Err == nil {
			t.Errorf("a page of a later state is read")
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "changed while it was being read") {
		t.Errorf("error is %v", err)
	}
}

// TestReaderBesideStalledWriter checks that a writer which has the lock, but is
// not committing, does not keep a reader.
func TestReaderBesideStalledWriter(t *testing.T) {
	root := clean(t)
	lock, _, err := plan.Acquire(context.Background(), root, "newsctl test")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if status, _, stderr := run("lint", "-C", root); status != 0 || time.Since(start) > commitWait/2 {
		t.Errorf("exit status %d after %v: %s", status, time.Since(start), stderr)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}
