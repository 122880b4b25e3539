//go:build unix

package git

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A merge that is asked to end leaves no directory of objects.
func TestMergeEnded(t *testing.T) {
	if dir := os.Getenv("MERGE_IN"); dir != "" {
		r, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.Merge("topic"); err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(r.tmpObjects + "\n")
		time.Sleep(time.Minute)
		return
	}
	w := branches(t)
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestMergeEnded$")
		cmd.Env = append(os.Environ(), "MERGE_IN="+w.dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		objects := strings.TrimSpace(line)
		if _, err := os.Stat(objects); err != nil {
			t.Fatal(err)
		}
		cmd.Process.Signal(s)
		cmd.Wait()
		if _, err := os.Stat(objects); !os.IsNotExist(err) {
			t.Errorf("after %v, %s is left", s, objects)
		}
		if status := cmd.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != s {
			t.Errorf("after %v: %v", s, cmd.ProcessState)
		}
	}
}
