package commands

import (
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
)

// pager shows long output page by page, as git does. It starts with the first
// result that is written, and takes what goes to standard error from then on, too.
// It never changes how a command ends: once it is left, output is dropped.
type pager struct {
	stdout, stderr io.Writer
	enabled        bool // by the command
	cmd            *exec.Cmd
	in             io.WriteCloser // nil before the start, and where there is no pager
	left           bool
}

// newPager returns a pager, or nil where nobody could use one: standard input and
// output are a terminal, and git does not run newsctl as a hook.
func newPager(stdin io.Reader, stdout, stderr io.Writer) *pager {
	if !isTerminal(stdin) || !isTerminal(stdout) || inHook() {
		return nil
	}
	if term := os.Getenv("TERM"); term == "" || term == "dumb" {
		return nil
	}
	return &pager{stdout: stdout, stderr: stderr}
}

// inHook reports whether git runs newsctl as a hook of a commit, or the pre-commit
// framework does.
func inHook() bool { return os.Getenv("GIT_INDEX_FILE") != "" || inFramework() }

// enable lets the pager start, or not.
func (p *pager) enable(on bool) {
	if p != nil {
		p.enabled = on
	}
}

// direct returns the stream itself that a printer writes to, for what drives the
// terminal. Nothing is paged from then on.
func (e *env) direct(p *printer) io.Writer {
	e.pager.enable(false)
	return stream(p.raw).(io.Writer)
}

// pagerCommand returns the pager that the environment names, or less. Cat, or an
// empty value, is none.
func pagerCommand() string {
	for _, name := range []string{"NEWSCTL_PAGER", "PAGER"} {
		if command, ok := os.LookupEnv(name); ok {
			return command
		}
	}
	return "less"
}

// shellSigns are the characters that make a command one for a shell.
const shellSigns = "|&;<>()$`\\\"' \t\n*?[#~=%"

// start starts the pager, if there is one.
func (p *pager) start() {
	command := strings.TrimSpace(pagerCommand())
	p.enabled = false
	if command == "" || command == "cat" {
		return
	}
	name, args := command, []string(nil)
	if strings.ContainsAny(command, shellSigns) {
		name, args = "sh", []string{"-c", command}
	}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = p.stdout, p.stderr
	cmd.Env = os.Environ()
	for variable, value := range map[string]string{"LESS": "FRX", "LV": "-c"} {
		if _, set := os.LookupEnv(variable); !set {
			cmd.Env = append(cmd.Env, variable+"="+value)
		}
	}
	in, err := cmd.StdinPipe()
	if err != nil || cmd.Start() != nil {
		return
	}
	p.cmd, p.in = cmd, in
	signal.Ignore(os.Interrupt) // it is for the pager, which may be left with q
}

// finish waits until the pager is left.
func (p *pager) finish() {
	if p == nil || p.in == nil {
		return
	}
	_ = p.in.Close()
	_ = p.cmd.Wait()
	signal.Reset(os.Interrupt)
}

// write writes to the pager.
func (p *pager) write(b []byte) (int, error) {
	if !p.left {
		_, err := p.in.Write(b)
		p.left = err != nil
	}
	return len(b), nil
}

// pagedOutput is standard output with a pager.
type pagedOutput struct{ *pager }

func (w pagedOutput) Write(b []byte) (int, error) {
	if w.enabled {
		w.start()
	}
	if w.in == nil {
		return w.stdout.Write(b)
	}
	return w.write(b)
}

func (w pagedOutput) stream() io.Writer { return w.stdout }

// pagedErrors is standard error with a pager.
type pagedErrors struct{ *pager }

func (w pagedErrors) Write(b []byte) (int, error) {
	if w.in == nil || !isTerminal(w.stderr) {
		return w.stderr.Write(b)
	}
	return w.write(b)
}

func (w pagedErrors) stream() io.Writer { return w.stderr }
