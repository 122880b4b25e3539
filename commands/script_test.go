package commands

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/urfave/cli/v2"

	"newsctl/archive/archivetest"
)

var update = flag.Bool("update", false, "write what the scripts print into the scripts")

// TestMain lets scripts run this program as newsctl.
func init() {
	onInvalidFlag = func(c *cli.Context, name string) {
		panic("newsctl " + c.Command.HelpName + " reads --" + name + ", which it does not have")
	}
}

func TestMain(m *testing.M) {
	os.Exit(testscript.RunMain(uncached{m}, map[string]func() int{
		"newsctl": func() int { return Main(os.Args, os.Stdin, os.Stdout, os.Stderr) },
	}))
}

// uncached is the tests, with a cache and a history of their own that they leave
// after empty.
type uncached struct{ *testing.M }

func (m uncached) Run() int {
	defer archivetest.UseMemory()()
	dir, err := os.MkdirTemp("", "newsctl-cache-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer os.RemoveAll(dir)
	os.Setenv("NEWSCTL_CACHE_DIR", dir)
	os.Setenv("XDG_STATE_HOME", dir)
	return m.M.Run()
}

// TestScript runs testdata/script/*.txtar, one script per behavior. Scripts find
// the fixtures in $FIXTURES, to be read only. Git has somebody to commit for, and
// no configuration of the machine.
func TestScript(t *testing.T) {
	fixtures, err := filepath.Abs("../fixtures")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("FIXTURES", fixtures)
			for _, who := range []string{"AUTHOR", "COMMITTER"} {
				e.Setenv("GIT_"+who+"_NAME", "Ada")
				e.Setenv("GIT_"+who+"_EMAIL", "ada@example.org")
			}
			e.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			e.Setenv("GOGC", "400") // a small heap: most scripts need no collection
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("NEWSCTL_CACHE_DIR", e.WorkDir+"-cache")
			e.Defer(func() { os.RemoveAll(e.WorkDir + "-cache") })
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": status,
			"copy":   copyTree,
			"page":   writePage,
			"grow":   grow,
			"web":    startWeb,
			"lately": stampLately,
			"await":  await,
			"fetch":  fetch,
			"until":  until,
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			case "tty":
				return runtime.GOOS == "linux" || runtime.GOOS == "darwin", nil
			}
			return false, errors.New("unknown condition " + cond)
		},
	})
}

// status runs a command as exec does and checks its exit status:
//
//	status 2 newsctl lint --bad
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program [args...]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if args[0] != strconv.Itoa(got) {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// copyTree copies a directory, to be written to:
//
//	copy $FIXTURES/clean archive
func copyTree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copy from to")
	}
	ts.Check(copyFiles(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}

// copyFiles copies a directory.
func copyFiles(from, to string) error {
	return filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		src, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), src, 0o644)
	})
}

// writePage writes a file that a script cannot hold as it is: the text, in
// which \n, \x00 and the like are read as Go reads them, so many times. So is
// the file's name read, and its directories are made.
//
//	page faq/index.md '[' 10000
func writePage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: page file text [times]")
	}
	times := 1
	if len(args) == 3 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		times = n
	}
	file := ts.MkAbs(unescape(ts, args[0]))
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, []byte(strings.Repeat(unescape(ts, args[1]), times)), 0o644))
}

func unescape(ts *testscript.TestScript, text string) string {
	out, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	if err != nil {
		ts.Fatalf("%q: %v", text, err)
	}
	return out
}

// grow makes a file so many bytes long, without filling the disk:
//
//	grow faq/index.md 104857600
func grow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: grow file bytes")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}
