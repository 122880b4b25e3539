//go:build unix

package commands

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// crowded returns an archive in which newsctl index and newsctl relink have something
// to do on each of so many days.
func crowded(t *testing.T, days int) (root string) {
	t.Helper()
	files := map[string]string{}
	for i := range days {
		dir := fmt.Sprintf("news/%d/%02d/%d", 2000+i/300, 1+i/25%12, 1+i%25)
		files[dir+"/a.md"] = "# Ferry sails\n\n_Context: Harbor_\n"
		files[dir+"/b.md"] = "# Fog lifts\n\n_Context: Harbor_\n"
	}
	root = t.TempDir()
	writeTree(t, root, files)
	return root
}

// TestEndedWhileWriting asks a command that writes to end at many moments: the tree is
// the old or the new one, nothing else is left, and the shell learns which signal it
// was.
func TestEndedWhileWriting(t *testing.T) {
	t.Parallel()
	root := crowded(t, 15)
	before := tree(t, root)
	start := time.Now()
	if err := exec.Command("newsctl", "index", "-C", root).Run(); err != nil {
		t.Fatal(err)
	}
	takes := time.Since(start)
	after := tree(t, root)
	if maps.Equal(before, after) {
		t.Fatal("the command writes nothing")
	}
	moments := 3
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" {
		moments = 20
	}
	ended := 0
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		for i := range moments {
			root := t.TempDir()
			writeTree(t, root, before)
			cmd := exec.Command("newsctl", "index", "-C", root)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(takes * time.Duration(i+1) / time.Duration(moments))
			_ = cmd.Process.Signal(s)
			_ = cmd.Wait()
			status := cmd.ProcessState.Sys().(syscall.WaitStatus)
			if status.Signaled() {
				ended++
			}
			if status.Signaled() && status.Signal() != s || !status.Signaled() && status.ExitStatus() != 0 {
				t.Errorf("after %v: %v", s, cmd.ProcessState)
			}
			if got := tree(t, root); !maps.Equal(got, before) && !maps.Equal(got, after) {
				t.Errorf("after %v the tree is neither the old nor the new one", s)
			}
			if _, err := os.Lstat(filepath.Join(root, ".newsctl-work")); err == nil {
				t.Errorf("after %v the work directory is left", s)
			}
		}
	}
	if ended == 0 {
		t.Error("no signal came in time")
	}
}

// TestPagerWaits checks that a writer whose output nobody reads keeps no other
// one out, and that a reader which goes away leaves a whole change and no complaint.
func TestPagerWaits(t *testing.T) {
	t.Parallel()
	root := crowded(t, 60)
	files := map[string]string{}
	for i := range 1500 { // more than a pipe takes
		files[fmt.Sprintf("faq/%d.md", i)] = "[no](/news/2024/03/5/nothing-that-is-there-to-be-found.md)\n"
	}
	writeTree(t, root, files)
	for _, args := range [][]string{{"lint", "--fix"}, {"lint"}, {"lint", "--format", "json"}} {
		cmd := exec.Command("newsctl", append(args, "-C", root)...)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		first, err := bufio.NewReaderSize(out, 16).ReadString('\n')
		if err != nil || first == "" {
			t.Fatalf("%v: %q, %v", args, first, err)
		}
		other := exec.Command("newsctl", "index", "-C", root)
		if said, err := other.CombinedOutput(); err != nil {
			t.Errorf("%v: beside it, another writer fails: %v: %s", args, err, said)
		}
		if _, err := io.CopyN(io.Discard, out, 100); err != nil {
			t.Errorf("%v: %v", args, err)
		}
		out.Close()
		err = cmd.Wait()
		if status := cmd.ProcessState.Sys().(syscall.WaitStatus); err == nil || !status.Signaled() && status.ExitStatus() > 2 {
			t.Errorf("%v: %v", args, cmd.ProcessState)
		}
		if strings.Contains(stderr.String(), "goroutine") || strings.Contains(stderr.String(), "panic") {
			t.Errorf("%v: %s", args, stderr.String())
		}
		if _, err := os.Lstat(filepath.Join(root, ".newsctl-work")); err == nil {
			t.Errorf("%v: the work directory is left", args)
		}
	}
}
