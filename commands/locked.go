package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"newsctl/archive"
	"newsctl/archive/plan"
)

// lockWait is how long a command waits for others that are writing: each reads
// the archive under the lock, and several may be waiting.
const lockWait = time.Minute

// locked runs do while it has the right to change the archive. What do writes is
// printed once the lock is released: a pager that waits keeps nobody out.
func (e *env) locked(do func(*plan.Lock) error) error {
	root, err := e.root()
	if err != nil {
		return err
	}
	lock, recovered, stop, err := e.acquire(root)
	defer stop()
	if err != nil {
		return err
	}
	e.note(recovered)
	if lock.History, err = plan.HistoryOf(root); err != nil {
		lock.History, lock.Unrecorded = nil, err
	}

	var later delayed
	stdout, stderr := e.stdout, e.stderr
	e.lock, e.stdout, e.stderr = lock, stdout.through(later.writer(stdout.raw)), stderr.through(later.writer(stderr.raw))
	err = archive.Steadily(func() error { return do(lock) })
	e.stderr.flush()
	e.stdout.flush()
	e.lock, e.stdout, e.stderr = nil, stdout, stderr

	left := lock.Release()
	e.saveFacts()
	if lock.Unrecorded != nil && lock.Committed() {
		e.explain("warning: newsctl undo cannot take this change back: ", lock.Unrecorded)
	}
	complete := ""
	if lock.Committed() {
		complete = "the change is complete, but "
	}
	if unwritten := later.flush(); unwritten != nil && (err == nil || errors.Is(err, errFindings)) {
		err = fmt.Errorf("%swhat it comes to cannot be printed: %w", complete, unwritten)
	}
	if left != nil {
		e.note("warning: " + complete + left.Error())
	}
	return err
}

// acquire waits for the lock of an archive. It is given back when the process is asked
// to end, also while it is being taken, until stop is called.
func (e *env) acquire(root string) (lock *plan.Lock, recovered string, stop func(), err error) {
	ctx, cancel := context.WithTimeout(e.running.Context, lockWait)
	defer cancel()
	tried := make(chan struct{})
	stop = onSignal(func() {
		cancel()
		<-tried
		if lock != nil {
			_ = lock.Release()
		}
	})
	lock, recovered, err = plan.Acquire(ctx, root, e.running.Command.HelpName)
	close(tried)
	return lock, recovered, stop, err
}

// delayed keeps what is written to several streams, in its order.
type delayed struct{ writes []delayedWrite }

type delayedWrite struct {
	to   io.Writer
	data []byte
}

// writer returns a writer in place of a stream.
func (d *delayed) writer(to io.Writer) io.Writer { return delayedWriter{d, to} }

// flush writes all to the streams, and returns the first error.
func (d *delayed) flush() (err error) {
	failed := map[io.Writer]bool{}
	for _, w := range d.writes {
		if failed[w.to] {
			continue
		}
		if _, e := w.to.Write(w.data); e != nil {
			failed[w.to], err = true, errors.Join(err, e)
		}
	}
	return err
}

type delayedWriter struct {
	*delayed
	to io.Writer
}

func (w delayedWriter) Write(p []byte) (int, error) {
	if n := len(w.writes); n > 0 && w.writes[n-1].to == w.to {
		w.writes[n-1].data = append(w.writes[n-1].data, p...)
	} else {
		w.writes = append(w.writes, delayedWrite{w.to, append([]byte(nil), p...)})
	}
	return len(p), nil
}

func (w delayedWriter) stream() io.Writer { return w.to }
