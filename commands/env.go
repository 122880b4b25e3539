package commands

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	terminal "golang.org/x/term"

	"newsctl/archive/plan"
	"newsctl/archive/term"
)

// env is what surrounds a command: the streams that it reads and writes.
type env struct {
	stdin          io.Reader
	stdout, stderr *printer
	pager          *pager       // nil where output is not paged
	args           []string     // the command line
	running        *cli.Context // the command that runs
	global         globalOptions

	picked map[string]string // the pages that somebody chose, by the arguments that name them

	reading *reading    // of [env.answer]
	lock    *plan.Lock  // of [env.locked]
	opened  *opened     // the archive that was opened last
	closers []io.Closer // what is closed at the end
	doubt   error       // why git does not say which pages are checked out, or nil
}

// close closes what was left open until the end.
func (e *env) close() (err error) {
	for _, c := range e.closers {
		err = errors.Join(err, c.Close())
	}
	e.closers = nil
	return err
}

func newEnv(stdin io.Reader, stdout, stderr io.Writer) *env {
	e := &env{stdin: stdin, pager: newPager(stdin, stdout, stderr)}
	if e.pager != nil {
		stdout, stderr = pagedOutput{e.pager}, pagedErrors{e.pager}
	}
	e.stdout, e.stderr = newPrinter(stdout), newPrinter(stderr)
	return e
}

// commonGroup is the heading of the flags that every command has.
const commonGroup = "Flags of every command"

// globalOptions are the flags that every command has.
type globalOptions struct {
	archive, color   string
	noPager, noCache bool
}

func (o *globalOptions) flags() []cli.Flag {
	return group(commonGroup,
		&cli.StringFlag{Name: "archive", Destination: &o.archive, Aliases: []string{"C"}, EnvVars: []string{archiveVar}, Usage: "root `DIR` of the archive (default: NEWSCTL_ARCHIVE, or the nearest archive at or above the current directory)"},
		choice(&o.color, "color", "auto", "`WHEN` to color the output", []string{"auto", "always", "never"}),
		&cli.BoolFlag{Name: "no-pager", Destination: &o.noPager, Usage: "do not use a pager"},
		&cli.BoolFlag{Name: "no-cache", Destination: &o.noCache, Usage: "do not read or write the cache"},
	)
}

// color decides whether what goes to a stream is in color.
func (e *env) color(p *printer) bool {
	switch e.global.color {
	case "always":
		p.color = true
	case "auto":
		p.color = os.Getenv("NO_COLOR") == "" && (forcesColor() || isTerminal(p) && os.Getenv("TERM") != "dumb")
	}
	return p.color
}

// forcesColor reports whether the environment asks for color also where there is
// no terminal, as in the log of a CI service. 0 asks for nothing.
func forcesColor() bool {
	force := os.Getenv("FORCE_COLOR")
	return force != "" && force != "0"
}

// isTerminal reports whether somebody sits at the other end of a stream.
func isTerminal(of any) bool {
	if p, ok := of.(*printer); ok {
		of = p.raw
	}
	f, ok := stream(of).(*os.File)
	return ok && terminal.IsTerminal(int(f.Fd()))
}

// stream returns the stream that a writer stands for while its output is kept.
func stream(of any) any {
	for {
		w, ok := of.(interface{ stream() io.Writer })
		if !ok {
			return of
		}
		of = w.stream()
	}
}

// note prints a note for people, unless it is empty.
func (e *env) note(line string) {
	if line != "" {
		e.stderr.printf("newsctl: %s\n", line)
	}
}

// say prints a result of one line.
func (e *env) say(format string, args ...any) error {
	return e.stdout.printf(format+"\n", args...)
}

// sayRow prints a result of one line that begins with a label. At a terminal, what a
// line cannot hold is below, aligned with the text.
func (e *env) sayRow(label, text string) error {
	var errs []error
	for _, line := range hang(label, text, e.stdout.width()) {
		errs = append(errs, e.say("%s", line))
	}
	return errors.Join(errs...)
}

// hang returns a label and a text as lines of a window with a width, or as one line if
// the width is 0 or hardly wider than the label, or the text is one word: a path or an
// address that somebody copies.
func hang(label, text string, width int) []string {
	label, text = term.Escape(label), term.Escape(text)
	at := term.Width(label)
	lines := []string{text}
	if width > at+minText && strings.Contains(text, " ") {
		lines = term.Wrap(text, width-1-at)
	}
	for i := range lines {
		lines[i] = label + lines[i]
		label = strings.Repeat(" ", at)
	}
	return lines
}

// minText is how many cells of text beside a label are worth a column of their own.
const minText = 20

// plural returns a number with what it counts: 1 page, 2 pages.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if stem, ok := strings.CutSuffix(what, "y"); ok && !strings.HasSuffix(stem, "a") {
		what = stem + "ie"
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// counted is a number of things, and what was done with them.
type counted struct {
	n          int
	what, done string
}

// counts says numbers in words, without zeros: 2 lines added, 1 removed.
func counts(all ...counted) []string {
	var out []string
	last := ""
	for _, one := range all {
		switch {
		case one.n == 0:
			continue
		case one.what == last:
			out = append(out, fmt.Sprintf("%d %s", one.n, one.done))
		default:
			out = append(out, plural(one.n, one.what)+" "+one.done)
		}
		last = one.what
	}
	return out
}
