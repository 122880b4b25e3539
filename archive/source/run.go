package source

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Run is a check of many sources.
type Run struct {
	Client *Client
	Policy Policy

	// Asking is called right before the first request for a source, Answered with what
	// is then known of it; neither from two goroutines at once. A source may have been
	// asked and have no answer that counts, and one whose site cannot be asked at all
	// has an answer only. Where a host asks to come back later, Asking is called with
	// the time until which it asks to be left alone.
	Asking   func(e Entry) error
	Answered func(e Entry) error

	// Alive are addresses of sources that were good when they were last asked. Their
	// hosts are asked for nothing but robots.txt, to find out whether it is the
	// network on this side that fails.
	Alive []string

	mu        sync.Mutex
	pending   []Entry // failures that may be due to the network, since a host answered
	postponed int

	calls sync.Mutex // never held while the network is asked
	err   error      // the first
	stop  context.CancelFunc
}

// drainTime is how long what is being asked may still take after a run is stopped.
const drainTime = 3 * time.Second

// Draining returns a context for requests: it is done [drainTime] after ctx is, or
// when it is canceled.
func Draining(ctx context.Context) (context.Context, context.CancelFunc) {
	requests, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(drainTime)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-requests.Done():
		}
	})
	return requests, func() { stop(); cancel() }
}

// ErrOffline is the error of a run in which the network on this side failed. The
// failures since a host answered last are not recorded.
var ErrOffline = errors.New("no host answers; is the network down? What failed is not recorded")

// suspicious is how many sources fail in a row before the network is checked.
const suspicious = 20

// Do asks for sources, each at most once, one of a host at a time, until all are
// asked or ctx is done; then it waits for the answers to requests that were made, as
// [Draining] does. It returns how many hosts asked to come back later, and the
// first error.
func (r *Run) Do(ctx context.Context, sources []Entry) (postponed int, err error) {
	ctx, stop := context.WithCancel(ctx)
	requests, cancel := Draining(ctx)
	r.stop = func() { stop(); cancel() }
	defer r.stop()
	var wg sync.WaitGroup
	for _, host := range byHost(sources) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, e := range host {
				if ctx.Err() != nil || !r.one(ctx, requests, e) {
					return
				}
			}
		}()
	}
	wg.Wait()
	if r.err == nil && len(r.pending) > 0 {
		r.settle(requests)
	}
	return r.postponed, r.err
}

// byHost returns sources in lists of one host each, the longest list first.
func byHost(sources []Entry) [][]Entry {
	at := map[string]int{}
	var out [][]Entry
	for _, e := range sources {
		host := HostOf(e.URL)
		i, ok := at[host]
		if !ok {
			i = len(out)
			at[host] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], e)
	}
	slices.SortStableFunc(out, func(a, b []Entry) int { return len(b) - len(a) })
	return out
}

// one asks for a source, and returns whether its host may be asked for more. Once
// run is done it begins no more, but continues with what it has begun until requests
// is done.
func (r *Run) one(run, requests context.Context, e Entry) bool {
	clock := r.Client.options.Clock
	ctx, cancel := context.WithCancel(requests)
	defer cancel()
	var mu sync.Mutex
	begun := false
	defer context.AfterFunc(run, func() {
		mu.Lock()
		defer mu.Unlock()
		if !begun {
			cancel()
		}
	})()
	asking := func() bool {
		mu.Lock()
		defer mu.Unlock()
		if !begun && run.Err() == nil {
			begun = true
			e.LastAsked = At(clock.Now())
			r.call(r.Asking, e)
		}
		if !begun {
			cancel() // at once: what cancels it after the run may come later
		}
		return ctx.Err() == nil
	}
	o, err := r.Client.check(context.WithValue(ctx, beforeKey{}, asking), e.URL, r.Policy.wouldDie(e, clock.Now()))
	var closed closedError
	switch {
	case errors.As(err, &closed):
		r.mu.Lock()
		r.postponed++
		r.mu.Unlock()
		e.NotBefore = At(closed.until)
		r.call(r.Asking, e)
		return false
	case err != nil:
		return false
	}
	return r.record(ctx, e.record(o, clock.Now()))
}

// isSuspect reports whether a failure may be due to the network on this side: no
// host answered in any way.
func isSuspect(k Kind, note string) bool {
	return k == NoHost || k == Timeout || k == Unreachable && note == ""
}

// call calls a function of the run, which ends with the first error.
func (r *Run) call(f func(Entry) error, e Entry) bool {
	r.calls.Lock()
	defer r.calls.Unlock()
	if f != nil && r.err == nil {
		if r.err = f(e); r.err != nil {
			r.stop()
		}
	}
	return r.err == nil
}

// record reports an answer. A failure that may be due to the network on this side
// waits until some host answers.
func (r *Run) record(ctx context.Context, e Entry) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if isSuspect(e.Kind, e.Note) {
		r.pending = append(r.pending, e)
		return len(r.pending) < suspicious || r.settle(ctx)
	}
	return r.flush() && r.call(r.Answered, e)
}

// flush reports the failures that waited.
func (r *Run) flush() bool {
	for _, e := range r.pending {
		if !r.call(r.Answered, e) {
			return false
		}
	}
	r.pending = nil
	return true
}

// settle finds out whether the network on this side fails, and ends the run if so.
// Where no source was ever good, there is nothing to go by.
func (r *Run) settle(ctx context.Context) bool {
	switch online := r.online(ctx); {
	case online:
		return r.flush()
	case ctx.Err() != nil: // unknown
		return false
	}
	r.pending = nil
	return r.call(func(Entry) error { return ErrOffline }, Entry{})
}

// maxAlive is how many hosts are asked to find out whether the network is up.
const maxAlive = 3

// aliveTimeout bounds how long that takes.
const aliveTimeout = 10 * time.Second

func (r *Run) online(ctx context.Context) bool {
	failing := map[string]bool{}
	for _, e := range r.pending {
		failing[HostOf(e.URL)] = true
	}
	asked := map[string]bool{}
	for _, address := range r.Alive {
		u, err := Request(address)
		if err != nil || failing[siteOf(u)] || asked[siteOf(u)] {
			continue
		}
		if len(asked) == maxAlive {
			break
		}
		asked[siteOf(u)] = true
		ctx, cancel := context.WithTimeout(ctx, aliveTimeout)
		_, err = r.Client.fetch(ctx, http.MethodGet, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}, nil)
		cancel()
		if err == nil {
			return true
		}
		if o := ofError(err); !isSuspect(o.Kind, o.Note) {
			return true
		}
	}
	return len(asked) == 0
}
