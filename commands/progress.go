package commands

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress shows on a terminal how far something long is. It shows nothing in the
// first half second, and nothing elsewhere.
type progress struct {
	w     io.Writer // nil where there is no terminal
	mu    sync.Mutex
	next  time.Time // when to write again
	shown bool
}

const (
	progressDelay = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

func newProgress(out *printer) *progress {
	p := &progress{next: time.Now().Add(progressDelay)}
	if isTerminal(out) {
		p.w = stream(out.raw).(io.Writer)
	}
	return p
}

// report notes that done of total pages are read. It may be called from several
// goroutines.
func (p *progress) report(done, total int) {
	p.show(func() string { return fmt.Sprintf("reading %d of %d pages", done, total) })
}

// show shows a line in place of the last. It may be called from several
// goroutines.
func (p *progress) show(line func() string) {
	if p.w == nil || !p.mu.TryLock() {
		return
	}
	defer p.mu.Unlock()
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next, p.shown = now.Add(progressEvery), true
	fmt.Fprintf(p.w, "\r\x1b[K%s", line())
}

// clear takes the line away.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
