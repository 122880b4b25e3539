package commands

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	terminal "golang.org/x/term"

	"newsctl/archive/term"
)

// printer is a stream of text for people. What pages say cannot drive the
// terminal, nor GitHub's runner, which obeys lines of its log. Formats for
// programs, which stay exact, are written to raw.
type printer struct {
	raw    io.Writer
	exact  bool   // only the runner is minded
	color  bool   // newsctl's own colors pass
	runner bool   // the text goes to the log of GitHub's runner
	rest   []byte // a line that has not ended yet
	err    error  // the first of writing
}

func newPrinter(w io.Writer) *printer {
	return &printer{raw: w, runner: os.Getenv("GITHUB_ACTIONS") == "true"}
}

// through returns a printer that writes to w for the time being.
func (p *printer) through(w io.Writer) *printer {
	return &printer{raw: w, exact: p.exact, color: p.color, runner: p.runner}
}

// printf writes text of which each argument stays in its line.
func (p *printer) printf(format string, args ...any) error {
	shown := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			shown[i] = term.Escape(arg)
		case error:
			shown[i] = term.Escape(arg.Error())
		case fmt.Stringer:
			shown[i] = term.Escape(arg.String())
		default:
			shown[i] = arg
		}
	}
	_, err := fmt.Fprintf(p, format, shown...)
	return err
}

// Write writes all lines that are complete.
func (p *printer) Write(b []byte) (int, error) {
	end := bytes.LastIndexByte(b, '\n') + 1
	if end == 0 {
		p.rest = append(p.rest, b...)
		return len(b), nil
	}
	text := string(append(p.rest, b[:end]...))
	p.rest = append([]byte(nil), b[end:]...)
	if p.write(text); p.err != nil {
		return 0, p.err
	}
	return len(b), nil
}

// flush writes what is left, a line that does not end, and returns the first
// error of writing.
func (p *printer) flush() error {
	p.write(string(p.rest))
	p.rest = nil
	return p.err
}

func (p *printer) write(text string) {
	if p.err == nil && text != "" {
		_, p.err = io.WriteString(p.raw, p.clean(text))
	}
}

func (p *printer) clean(text string) string {
	switch {
	case p.exact:
	case p.color:
		text = escapeButColors(text)
	default:
		text = term.EscapeLines(text)
	}
	if p.runner {
		text = disarm(text)
	}
	return text
}

// colors are the sequences that newsctl writes itself.
var colors = []string{"\x1b[m", "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[7m", "\x1b[27m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m"}

// escapeButColors is [term.EscapeLines], but keeps the sequences of newsctl.
func escapeButColors(text string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '\x1b')
		if i < 0 {
			b.WriteString(term.EscapeLines(text))
			return b.String()
		}
		b.WriteString(term.EscapeLines(text[:i]))
		sequence := "\x1b"
		for _, c := range colors {
			if strings.HasPrefix(text[i:], c) {
				sequence = c
			}
		}
		if sequence == "\x1b" {
			b.WriteString(`\x1b`)
		} else {
			b.WriteString(sequence)
		}
		text = text[i+len(sequence):]
	}
}

// disarm breaks what GitHub's runner would obey: ::command:: at the start of a
// line, spaces aside, and ##[command] anywhere.
func disarm(text string) string {
	if !strings.Contains(text, "::") && !strings.Contains(text, "##[") {
		return text
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		parts := strings.Split(line, "\r") // ends a line of the log as well
		for j, part := range parts {
			command := strings.TrimLeftFunc(part, unicode.IsSpace)
			if strings.HasPrefix(command, "::") {
				parts[j] = part[:len(part)-len(command)] + `\x3a` + command[1:]
			}
		}
		lines[i] = strings.ReplaceAll(strings.Join(parts, "\r"), "##[", `#\x23[`)
	}
	return strings.Join(lines, "")
}

// forDiff returns where a diff goes, which git apply reads: as it is, but on a
// terminal, or in colors, as text for people. In the log of GitHub's runner it
// is exact but for lines that the runner would obey; a file is not a log.
func (p *printer) forDiff() io.Writer {
	file, _ := stream(p.raw).(*os.File)
	switch {
	case p.color || isTerminal(p):
		return p
	case p.runner && !isRegular(file):
		return &printer{raw: p.raw, exact: true, runner: true}
	}
	return p.raw
}

// forFormat returns where a report goes: exact, or as text for people.
func (p *printer) forFormat(exact bool) io.Writer {
	if exact {
		return p.raw
	}
	return p
}

// width returns how many columns the terminal has that a stream goes to; 0 if it
// goes elsewhere.
func (p *printer) width() int {
	if !isTerminal(p) {
		return 0
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if n, _, err := terminal.GetSize(int(stream(p.raw).(*os.File).Fd())); err == nil && n > 0 {
		return n
	}
	return defaultWidth
}

// defaultWidth is the width of a terminal that does not report one.
const defaultWidth = 80

func isRegular(f *os.File) bool {
	if f == nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}
