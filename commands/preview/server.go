package preview

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/lint"
)

// Options are what a server shows.
type Options struct {
	Root string // of the archive: absolute, symbolic links resolved

	// Open reads the configuration of the archive.
	Open func() State
}

// State is an archive with the configuration that holds for it now.
type State struct {
	New   func() *archive.Archive // nothing of it is read yet
	Lint  lint.Config
	Known lint.Baseline    // findings that are not shown
	Keep  *catalog.Catalog // of earlier runs; nil: nothing is kept
	Key   string           // names what of the configuration counts
	Err   error            // why the configuration cannot be used; all else is then the default
}

// Server answers a browser. Its zero value is not of use: see [New].
type Server struct {
	options Options
	name    string        // of the archive, for people
	host    string        // the address that the server listens on
	rest    time.Duration // between checks for changes, at least

	// opened guards the state. Who reads the archive holds it for reading: the layout
	// of paths is one of the whole program.
	opened sync.RWMutex
	state  State

	index    atomic.Pointer[index]
	findings *findings
	progress atomic.Int64 // pages read for the first index
	total    atomic.Int64 // pages that there are to read
	version  atomic.Int64 // counts what a reader would see change
	asked    atomic.Int64 // the time of the last request, in nanoseconds

	answering atomic.Int32 // pages that are being made
	first     chan struct{}
	once      sync.Once // closes first
}

// New returns a server for requests to a host, such as 127.0.0.1:8080.
func New(options Options, host string) *Server {
	s := &Server{options: options, host: host, rest: minRest, name: filepath.Base(options.Root), state: options.Open(), findings: newFindings(), first: make(chan struct{})}
	return s
}

// Run keeps what is known of the whole archive up to date until ctx is done. It
// begins once the first page was answered, which needs none of it.
func (s *Server) Run(ctx context.Context) {
	select {
	case <-s.first:
	case <-ctx.Done():
		return
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		s.check(ctx)
	}()
	s.watch(ctx)
	wg.Wait()
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if status, why := s.refused(r); status != 0 {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, HEAD")
		}
		http.Error(w, why, status)
		return
	}
	s.note()
	if name, ok := staticName(r.URL.Path); ok {
		serveStatic(w, r, name)
		return
	}
	if r.URL.Path == versionPath {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprint(w, s.versionOf(r.URL.Query().Get("path")))
		return
	}
	s.answering.Add(1)
	defer s.answering.Add(-1)
	defer s.once.Do(func() { close(s.first) })
	s.answer(w, r)
}

// routes are the pages that no page of the archive has the path of: such a path ends
// in .md.
var routes = map[string]func(*visit) reply{
	"/":         (*visit).front,
	"/calendar": (*visit).calendar,
	"/contexts": (*visit).contexts,
	"/context":  (*visit).context,
	"/findings": (*visit).findings,
	"/search":   (*visit).search,
}

// answer writes the page at a path.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	s.opened.RLock()
	defer s.opened.RUnlock()
	v := &visit{Server: s, Request: r, archive: s.state.New(), index: s.index.Load()}
	show, ok := routes[r.URL.Path]
	if !ok {
		show = (*visit).file
	} else if wrong := v.checkQuery(); wrong != nil {
		show = func(*visit) reply { return *wrong }
	}
	var out reply
	err := archive.Steadily(func() error {
		out = v.safely(show)
		return nil
	})
	if err != nil {
		out = v.trouble(http.StatusServiceUnavailable, "The archive changed while this page was read", "Reload the page.")
	}
	v.write(w, out)
}

// safely is a page, or the news that newsctl could not make it.
func (v *visit) safely(show func(*visit) reply) (out reply) {
	defer func() {
		if r := recover(); r != nil {
			if r == any(archive.ErrChanged) {
				panic(r)
			}
			out = v.trouble(http.StatusInternalServerError, "newsctl could not show this page", fmt.Sprint(r))
		}
	}()
	return show(v)
}
