package commands

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/layout"
	"newsctl/commands/lsp"
	"newsctl/lint"
)

type lspOptions struct {
	log, clientProcessID string
	stdio                bool
}

func lspCommand(e *env) *cli.Command {
	var o lspOptions
	return &cli.Command{
		Name:  "lsp",
		Usage: "run a language server for editors",
		Description: `Editors start this command and communicate with it on standard input and output. It
reports the findings of lint while you type, applies fixes, completes contexts,
headlines and topics, shows events and what lists them, and renames events. A page
belongs to the nearest archive above it, or with --archive to that archive only. The
command writes nothing: the editor makes all edits. The README shows how to set up
common editors.

Examples:
   newsctl lsp
   newsctl lsp --log /tmp/newsctl.log    write messages about the server to a file

Exit status:
   1  the client ended without a shutdown request`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "log", Destination: &o.log, Usage: "write messages about the server to `FILE` (default: standard error)"},
			&cli.BoolFlag{Name: "stdio", Destination: &o.stdio, Usage: "accepted for compatibility; standard input and output are always used"},
			&cli.StringFlag{Name: "clientProcessId", Destination: &o.clientProcessID, Hidden: true, Usage: "the editor's process `ID`, which some clients pass; initialize names it as well"},
		},
		Action: func(*cli.Context) error { return e.lsp(&o) },
	}
}

// lsp serves a client until it ends.
func (e *env) lsp(o *lspOptions) (err error) {
	server := lsp.Options{
		IsRoot:  isRootAnyLayout,
		Open:    e.openForEditor,
		Exit:    func() { os.Exit(exitFindings) },
		Version: version(),
	}
	if e.global.archive != "" {
		if server.Root, err = e.root(); err != nil {
			return err
		}
	}
	var log io.Writer = e.stderr.raw
	if o.log != "" {
		f, openErr := os.OpenFile(o.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if openErr != nil {
			return noLog(o.log, openErr)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		log = f
	}
	server.Log = func(format string, args ...any) {
		fmt.Fprintf(log, "%s newsctl: %s\n", time.Now().UTC().Format(timeFormat), fmt.Sprintf(format, args...))
	}
	if isTerminal(e.stdin) {
		e.note("waiting for an editor on standard input")
	}
	orderly, err := lsp.Serve(e.stdin, e.stdout.raw, server)
	if err == nil && !orderly {
		return errFindings // as the protocol has it
	}
	return err
}

// noLog returns the error for a log that cannot be opened.
func noLog(name string, err error) error {
	var at *fs.PathError
	switch _, dirErr := os.Stat(filepath.Dir(name)); {
	case errors.Is(dirErr, fs.ErrNotExist):
		return fmt.Errorf("--log: directory %s does not exist", filepath.Dir(name))
	case errors.As(err, &at):
		return fmt.Errorf("--log: %s cannot be written: %w", name, at.Err)
	}
	return fmt.Errorf("--log: %w", err)
}

// isRootAnyLayout is [isRoot], whatever the layout of the archive that was read last.
func isRootAnyLayout(dir string) bool {
	if info, err := os.Lstat(filepath.Join(dir, configName)); err == nil && !info.IsDir() {
		return true
	}
	years, err := fs.Glob(os.DirFS(dir), layout.DefaultRoot+"/[0-9][0-9][0-9][0-9]")
	return err == nil && len(years) > 0
}

// openForEditor opens the archive in a root with what says how it is checked.
func (e *env) openForEditor(root string) (*lsp.Archive, error) {
	a, doubt, err := e.openRoot(root, asItIs)
	if err = errors.Join(err, doubt); err != nil {
		return nil, err
	}
	out := &lsp.Archive{Lint: a.lint, Fresh: func() *archive.Archive { return e.fresh(a, asItIs) }}
	b := &baseline{known: lint.Baseline{}}
	if err := b.findConfigured(a); err != nil || b.name == "" {
		return out, err
	}
	out.Files = append(out.Files, b.file)
	src, err := b.read(false)
	if err == nil {
		out.Baseline, err = lint.ReadBaseline(src)
	}
	if err != nil {
		return nil, fmt.Errorf("the baseline %s: %w", b.name, err)
	}
	return out, nil
}

func asItIs(files fs.FS) fs.FS { return files }
