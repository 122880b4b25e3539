package commands

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/plan"
)

// commitWait is how long a reader waits for a commit under way, which takes
// seconds for a whole archive.
const commitWait = 10 * time.Second

// attempts is how often an archive that changes all the time is read, before
// those who change it have to wait for the reader.
const attempts = 2

// errChanged makes a command read the archive again.
var errChanged = archive.ErrChanged

// answer runs do, which opens the archive, reads it, and writes a result of one
// state of it, whoever changes it at the same time. The result is let out once
// all is read and no commit was made since do began; if one was, do begins again.
//
// Readers wait for no lock, and write nothing into the archive, unless it never
// stops changing: then do runs as in [env.locked]. No other two places let a
// command open an archive.
func (e *env) answer(do func() error) error {
	return e.answerChange(&changeOptions{}, do)
}

// answerChange is answer for the versions of the archive that options name.
func (e *env) answerChange(o *changeOptions, do func() error) error {
	if o.staged || o.merge != "" {
		return do() // git has these versions, and they do not change
	}
	find := e.root
	if o.since != "" {
		find = e.rootInGit
	}
	root, err := find()
	if err != nil {
		return err
	}
	if !isRoot(root) {
		return do() // git alone has it
	}
	for range attempts {
		if err = e.attempt(root, do); !errors.Is(err, errChanged) {
			return err
		}
	}
	return e.locked(func(*plan.Lock) error { return do() })
}

// reads returns an action that runs with its arguments as in [env.answer].
func (e *env) reads(act func(args []string) error) cli.ActionFunc {
	return func(c *cli.Context) error {
		return e.answer(func() error { return act(c.Args().Slice()) })
	}
}

// attempt runs do once. The error is errChanged if it has to run again.
func (e *env) attempt(root string, do func() error) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitWait)
	defer cancel()
	state, note, err := plan.Begin(ctx, root)
	if err != nil {
		return err
	}
	e.note(note)
	stdout, stderr := e.stdout, e.stderr
	r := &reading{state: state, stdout: stdout.raw, stderr: stderr.raw}
	e.reading, e.stdout, e.stderr = r, stdout.through(resultWriter{r}), stderr.through(noteWriter{r})
	err = archive.Steadily(do)
	if errors.Is(err, errChanged) {
		r.stale.Store(true)
	}
	e.stderr.flush()
	unwritten := e.stdout.flush()
	e.reading, e.stdout, e.stderr = nil, stdout, stderr
	if late := r.stale.Load() && r.begun.Load(); late {
		return errors.New(errChanged.Error()) // too late to begin again
	}
	if changed := r.settle(); changed != nil {
		return changed
	}
	stdout.err = unwritten
	e.saveFacts()
	return err
}

// reading is a command that reads one state of an archive.
type reading struct {
	state          *plan.State
	stdout, stderr io.Writer    // what the command was given
	notes          bytes.Buffer // for stderr, kept until the result begins
	begun          atomic.Bool  // the result has begun: there is no way back
	stale          atomic.Bool  // the state was found to be over
}

// settle returns errChanged if the state is over. If not, the result may begin,
// and so may all that has an effect.
func (r *reading) settle() error {
	if r == nil || r.begun.Load() {
		return nil
	}
	if r.check() != nil {
		return errChanged
	}
	r.begun.Store(true)
	_, err := r.notes.WriteTo(r.stderr)
	return err
}

// check returns errChanged if the state is over.
func (r *reading) check() error {
	if r.stale.Load() || !r.state.IsCurrent() {
		r.stale.Store(true)
		return errChanged
	}
	return nil
}

// resultWriter is the standard output of a reading.
type resultWriter struct{ *reading }

func (w resultWriter) Write(p []byte) (int, error) {
	if err := w.settle(); err != nil {
		return 0, err
	}
	return w.stdout.Write(p)
}

func (w resultWriter) stream() io.Writer { return w.stdout }

// noteWriter is the standard error of a reading.
type noteWriter struct{ *reading }

func (w noteWriter) Write(p []byte) (int, error) {
	if w.begun.Load() {
		return w.stderr.Write(p)
	}
	return w.notes.Write(p)
}

func (w noteWriter) stream() io.Writer { return w.stderr }

// files returns the files of an archive as a reading sees them: what is read
// after the result has begun is of the same state, or an error.
func (r *reading) files(fsys fs.FS) fs.FS {
	if r == nil {
		return fsys
	}
	return checkedFiles{fsys, r}
}

type checkedFiles struct {
	fs.FS
	reading *reading
}

func (f checkedFiles) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err == nil && f.late() {
		return nil, errors.Join(errChanged, file.Close())
	}
	return file, err
}

func (f checkedFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(f.FS, name)
	if f.late() {
		return nil, errChanged
	}
	return entries, err
}

func (f checkedFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.FS, name) }

// Unwrap returns the files that are read.
func (f checkedFiles) Unwrap() fs.FS { return f.FS }

// late reports whether what was just read may be of a later state.
func (f checkedFiles) late() bool { return f.reading.begun.Load() && f.reading.check() != nil }
