package txn

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The test binary runs itself as other processes: the first argument says what
// such a process is to do, the second in which tree.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 {
		if work := processes[os.Args[1]]; work != nil {
			if err := work(os.Args[2]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		}
	}
	useMemory()
	os.Exit(m.Run())
}

// useMemory puts the trees of the tests into memory where Linux offers that:
// they sync thousands of files. With all seeds, or with TMPDIR set, they stay on the disk.
func useMemory() {
	const memory = "/dev/shm"
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" || os.Getenv("TMPDIR") != "" {
		return
	}
	if dir, err := os.MkdirTemp(memory, "newsctl-*"); err == nil {
		os.Remove(dir)
		os.Setenv("TMPDIR", memory)
	}
}

var processes = map[string]func(root string) error{
	"append lines":  appendLines,
	"commit slowly": commitAndPrint,
}

func command(t *testing.T, work, root string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, work, root)
	cmd.Stderr = os.Stderr
	return cmd
}

const (
	writers     = 8
	linesOfEach = 5
)

// appendLines adds lines to one page, each by reading, planning and committing
// under one lock.
func appendLines(root string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for range linesOfEach {
		l, err := Acquire(ctx, hooked(root), "newsctl append")
		if err != nil {
			return err
		}
		page, err := os.ReadFile(filepath.Join(root, "page.md"))
		if err != nil {
			return err
		}
		line := fmt.Sprintf("line %d\n", strings.Count(string(page), "\n"))
		if err := l.Commit([]Op{replace("page.md", string(page), string(page)+line)}); err != nil {
			return err
		}
		if err := l.Release(); err != nil {
			return err
		}
	}
	return nil
}

func checkLines(t *testing.T, root string) {
	t.Helper()
	var want strings.Builder
	for i := range writers * linesOfEach {
		fmt.Fprintf(&want, "line %d\n", i)
	}
	got := readTree(t, root)
	if len(got) != 2 || !strings.HasSuffix(got["page.md"], fmt.Sprintf(" %q", want.String())) {
		t.Errorf("the tree is %v", got)
	}
}

func TestManyGoroutines(t *testing.T) {
	root := t.TempDir()
	put(t, root, "page.md", "")
	stop := make(chan struct{})
	var readers, all sync.WaitGroup
	readers.Add(1)
	go func() { // a reader that recovers all the time is in nobody's way
		defer readers.Done()
		for {
			select {
			case <-stop:
				return
			default:
			}
			if said, err := Recover(hooked(root)); said != "" || err != nil {
				t.Errorf("recovered %q, %v", said, err)
			}
		}
	}()
	for range writers {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := appendLines(root); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	close(stop)
	readers.Wait()
	checkLines(t, root)
}

func TestManyProcesses(t *testing.T) {
	root := t.TempDir()
	put(t, root, "page.md", "")
	var cmds []*exec.Cmd
	for range writers {
		cmd := command(t, "append lines", root)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cmds = append(cmds, cmd)
	}
	for _, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	checkLines(t, root)
}

func TestSecondWriter(t *testing.T) {
	root, _ := sample(t)
	before := readTree(t, root)
	l, err := Acquire(context.Background(), hooked(root), "newsctl relink")
	if err != nil {
		t.Fatal(err)
	}
	held := readTree(t, root)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = Acquire(ctx, hooked(root), "newsctl new")
	if want := fmt.Sprintf("newsctl relink (pid %d, since ", os.Getpid()); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, want %q", err, want)
	}
	if said, err := Recover(hooked(root)); said != "" || err != nil {
		t.Errorf("recovered %q, %v while a command is at work", said, err)
	}
	compare(t, root, held)
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	compare(t, root, before)
}

// A lock may serve for several commits, also after one that failed and could
// not be undone.
func TestCommitsUnderOneLock(t *testing.T) {
	root, ops := sample(t)
	_, after := sampleTrees(t)
	l, err := Acquire(context.Background(), hooked(root), "newsctl test")
	if err != nil {
		t.Fatal(err)
	}
	setStep(t, root, func(what, path string) error {
		if what == "remove" && path != JournalFile {
			return errDead
		}
		return nil
	})
	if err := l.Commit(ops); err == nil {
		t.Error("committed, though no file could be removed")
	}
	live(root)
	if err := l.Commit(ops); err != nil {
		t.Error(err)
	}
	if err := l.Release(); err != nil {
		t.Error(err)
	}
	compare(t, root, after)
}

func TestNoRoot(t *testing.T) {
	root := filepath.Join(t.TempDir(), "none")
	if said, err := Recover(hooked(root)); said != "" || err != nil {
		t.Errorf("recovered %q, %v", said, err)
	}
	if err := commit(root, create("x.md", "x")); err == nil {
		t.Error("committed to a folder that is not there")
	}
	if _, err := os.Lstat(root); err == nil {
		t.Error("the root was made")
	}
}

// killedPages is how many pages the commit that is killed changes.
const killedPages = 40

func killedOps(from, to string) []Op {
	var ops []Op
	for i := range killedPages {
		path := fmt.Sprintf("news/2017/%d/page-%d.md", i%7, i)
		ops = append(ops, replace(path, from, to))
	}
	ops = append(ops, create("news/"+to+"/page.md", to))
	return append(ops, remove("news/"+from+"/page.md", from))
}

// commitAndPrint commits, and writes a line before each step it takes.
func commitAndPrint(root string) error {
	var mu sync.Mutex
	hooks.Store(root, hook(func(what, path string) error {
		mu.Lock()
		defer mu.Unlock()
		_, err := fmt.Println(what, path)
		return err
	}))
	return commit(root, killedOps("old", "new")...)
}

// The real thing: processes that are killed, each at a step drawn by lot.
func TestKilledProcesses(t *testing.T) {
	make := func(t *testing.T) string {
		root := t.TempDir()
		for _, op := range killedOps("none", "old")[:killedPages+1] {
			put(t, root, op.Path, "old")
		}
		return root
	}
	root := make(t)
	before := readTree(t, root)
	out, err := command(t, "commit slowly", root).Output()
	if err != nil {
		t.Fatal(err)
	}
	after := readTree(t, root)
	steps := strings.Count(string(out), "\n")

	lots := rand.New(rand.NewSource(1))
	for range 20 {
		root, n := make(t), lots.Intn(steps)
		cmd := command(t, "commit slowly", root)
		printed, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(printed)
		for i := 0; i < n && lines.Scan(); i++ {
		}
		_ = cmd.Process.Kill()
		_, _ = io.Copy(io.Discard, printed)
		_ = cmd.Wait()
		said := recoverTree(t, root)
		want := before
		if maps.Equal(readTree(t, root), after) {
			want = after
		}
		compare(t, root, want)
		t.Logf("killed after step %d of %d: %q", n, steps, said)
	}
}
