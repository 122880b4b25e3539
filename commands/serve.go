package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/git"
	"newsctl/archive/layout"
	"newsctl/archive/plan"
	"newsctl/commands/preview"
	"newsctl/lint"
)

type serveOptions struct {
	port string
	open bool
}

func serveCommand(e *env) *cli.Command {
	var o serveOptions
	return &cli.Command{
		Name:  "serve",
		Usage: "show the archive in a browser",
		Description: `Prints the address of a preview, which only browsers on this machine can open, and
serves it until Ctrl-C: the pages of the archive with findings beside the lines, the
reason for each related entry, backlinks, contexts over time, a calendar and
search. It writes nothing to the archive. An open page reloads when files change.

Examples:
   newsctl serve --open         open the preview in the browser
   newsctl serve --port 8080    serve it on a port of your choice`,
		Flags: []cli.Flag{
			ruled(&cli.StringFlag{Name: "port", Destination: &o.port, Usage: "listen on port `N` (default: a free port)"}, func(r *ruledFlag) { r.check = checkPort }),
			&cli.BoolFlag{Name: "open", Destination: &o.open, Usage: "open the preview in the browser"},
		},
		Action: func(*cli.Context) error { return e.serve(&o) },
	}
}

// maxPort is the highest port that there is.
const maxPort = 65535

func checkPort(value string) error {
	if port, err := strconv.Atoi(value); err != nil || port < 0 || port > maxPort {
		return fmt.Errorf("invalid port %q: use 0 to %d", value, maxPort)
	}
	return nil
}

// previewMemory is the size of memory above which garbage is collected more often, in
// bytes: serve runs for hours beside an editor.
const previewMemory = 200 << 20

// serve runs until it is asked to end, which is a success.
func (e *env) serve(o *serveOptions) error {
	root, err := e.root()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := listen(cmp.Or(o.port, "0"))
	if err != nil {
		return err
	}
	collectAt(previewMemory)
	e.finishCommit(ctx, root)
	host := listener.Addr().String()
	handler := preview.New(preview.Options{Root: root, Open: func() preview.State { return e.openPreview(root) }}, host)
	e.pager.enable(false)
	address := "http://" + host + "/"
	if err := e.say("%s", address); err != nil {
		return errors.Join(err, listener.Close())
	}
	e.note("serving " + root + "; press Ctrl-C to stop")
	if o.open {
		if err := openBrowser(address); err != nil {
			e.note("warning: no browser could be opened: " + err.Error())
			e.stderr.printf("hint: open %s yourself\n", address)
		}
	}
	return serveUntil(ctx, listener, handler)
}

// listen returns a listener on this machine alone.
func listen(port string) (net.Listener, error) {
	l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", port))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("port %s is in use by another program (perhaps another newsctl serve); choose another with --port, or omit --port to use one that is free", port)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("port %s needs the rights of an administrator; choose one of 1024 or above with --port", port)
	case err != nil:
		return nil, fmt.Errorf("port %s cannot be used: %w; choose another with --port", port, errors.Unwrap(err))
	}
	return l, nil
}

// finishCommit completes a change of the archive that was interrupted, as every command
// does before it reads.
func (e *env) finishCommit(ctx context.Context, root string) {
	ctx, cancel := context.WithTimeout(ctx, commitWait)
	defer cancel()
	_, note, err := plan.Begin(ctx, root)
	if e.note(note); err != nil {
		e.note("warning: " + err.Error())
	}
}

const (
	// headerTimeout ends a connection on which no request comes.
	headerTimeout = 10 * time.Second

	// endTimeout is how long answers under way may take when the server ends.
	endTimeout = time.Second

	// maxHeader is far more than a browser sends, in bytes.
	maxHeader = 32 << 10
)

// serveUntil answers requests until ctx is done.
func serveUntil(ctx context.Context, listener net.Listener, handler *preview.Server) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, MaxHeaderBytes: maxHeader}
	running, end := context.WithCancel(ctx)
	defer end()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		handler.Run(running)
	}()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		closing, cancel := context.WithTimeout(context.Background(), endTimeout)
		defer cancel()
		if server.Shutdown(closing) != nil {
			_ = server.Close()
		}
	}
	end()
	<-ended
	return err
}

// openPreview reads the configuration of the archive in a root. What is wrong with it is
// shown on every page.
func (e *env) openPreview(root string) preview.State {
	files, err := git.OnDisk(root)
	config, rules, wrong := readConfig(configSource(root, files))
	if wrong != nil {
		layout.Use(config.Layout)
		err = wrong
	}
	crlf := git.CRLF(root)
	state := preview.State{Lint: rules, Err: err, New: func() *archive.Archive {
		a := archive.New(files, config)
		a.CRLF = crlf
		return a
	}}
	if state.Known, wrong = knownFindings(root, rules); wrong != nil {
		state.Err = errors.Join(state.Err, wrong)
	}
	a := state.New()
	read := catalog.StateOf(a.FactState(), a.Config())
	state.Keep = e.catalog(&opened{Archive: a, files: files, root: root}, func() string { return read })
	state.Key = catalog.StateOf(read, rules, len(state.Known))
	return state
}

// knownFindings returns the findings of the baseline that a configuration names.
func knownFindings(root string, config lint.Config) (lint.Baseline, error) {
	b := &baseline{name: config.Baseline}
	if b.name == "" {
		return nil, nil
	}
	var err error
	if b.file, err = ownFiles(root).locate(b.name); err != nil {
		return nil, fmt.Errorf("%s: baseline: %s %w", configName, b.name, err)
	}
	src, err := readRegular(b.file, maxBaseline)
	if err != nil {
		return nil, fmt.Errorf("the baseline %s %w", b.name, err)
	}
	known, err := lint.ReadBaseline(src)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", b.name, err)
	}
	return known, nil
}

// openBrowser opens an address in the browser of the user.
func openBrowser(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // it may run as long as the browser does
	return nil
}
