package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsctl/archive/sorted"
)

// Options say what is served, and to whom.
type Options struct {
	// Root, if not empty, is the root of the only archive that is served, symbolic links
	// resolved. Otherwise each page belongs to the nearest archive upwards.
	Root string

	IsRoot  func(dir string) bool               // reports whether a directory is the root of an archive
	Open    func(root string) (*Archive, error) // opens the archive in a root
	Log     func(format string, args ...any)
	Exit    func() // ends the program when the client is gone
	Version string

	Now  func() time.Time // the time of renames; nil: that of the clock
	Poll time.Duration    // how often files are looked for that changed; 0: each two seconds
}

// server serves one client.
type server struct {
	conn     *conn
	o        Options
	encoding encoding
	client   capabilities

	initialized, shut bool
	heard             bool // a request or notification came

	docs    atomic.Pointer[documents]
	trees   map[string]*fileTree // by their roots
	treeMu  sync.Mutex
	pending pending
	running chan struct{} // holds one for each request that runs

	wake, done, checked chan struct{}
	background          sync.WaitGroup // what runs on its own; nobody waits for it at the end

	publishing sync.Mutex
	published  map[string]string // what the client was sent last, by URI
}

// maxRunning is how many requests run at a time; others wait.
const maxRunning = 4

// Serve serves the client that writes to in and reads from out, until it says so or is
// gone. It returns whether the client shut the server down before it ended. The error
// says that what was read is not the protocol.
func Serve(in io.Reader, out io.Writer, o Options) (orderly bool, err error) {
	s := newServer(in, out, o)
	if orderly = s.serve(); !s.heard && s.conn.isUsed {
		err = errors.New("not a Language Server Protocol message")
	}
	return orderly, err
}

func (s *server) serve() (orderly bool) {
	go s.checkLoop()
	s.run()
	close(s.done)
	s.pending.endAll()
	select {
	case <-s.checked:
	case <-time.After(endTime): // it ends with the program
	}
	return s.shut
}

func newServer(in io.Reader, out io.Writer, o Options) *server {
	s := &server{
		conn: newConn(in, out), o: o, encoding: utf16Encoding,
		trees: map[string]*fileTree{}, running: make(chan struct{}, maxRunning),
		wake: make(chan struct{}, 1), done: make(chan struct{}), checked: make(chan struct{}),
		published: map[string]string{},
	}
	s.docs.Store(&documents{})
	return s
}

// run handles messages until the stream ends, or the client says so.
func (s *server) run() {
	for {
		body, err := s.conn.read()
		var broken frameError
		switch {
		case errors.As(err, &broken):
			s.o.Log("%v", broken)
			continue
		case err != nil:
			return
		}
		if !s.message(body) {
			return
		}
	}
}

// message handles a message. It returns false if it is the last one.
func (s *server) message(body []byte) bool {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		s.respond(json.RawMessage("null"), nil, &rpcError{parseError, err.Error()})
		return true
	}
	s.heard = s.heard || m.Method != ""
	isRequest := len(m.ID) > 0 && string(m.ID) != "null"
	switch {
	case m.Method == "exit":
		return false
	case m.Method == "": // a response, which says nothing that matters
	case isRequest && strings.ContainsAny(string(m.ID[:1]), "{[tf"):
		s.respond(json.RawMessage("null"), nil, &rpcError{invalidRequest, "an id is a number or a string"})
	case isRequest:
		s.request(m)
	case s.initialized && !s.shut:
		s.notified(m)
	}
	return true
}

// request answers a request, or begins to.
func (s *server) request(m message) {
	h, known := handlers[m.Method]
	switch {
	case m.Method == "initialize" && !s.initialized:
		result, err := s.try(&call{server: s}, m, typed((*call).initialize))
		s.respond(m.ID, result, err)
		return
	case m.Method == "initialize" || s.shut:
		s.respond(m.ID, nil, &rpcError{invalidRequest, m.Method + " after " + map[bool]string{true: "shutdown", false: "initialize"}[s.shut]})
		return
	case !s.initialized:
		s.respond(m.ID, nil, &rpcError{notInitialized, "the first request is initialize"})
		return
	case m.Method == "shutdown":
		s.shut = true
		s.respond(m.ID, nil, nil)
		return
	case !known:
		s.respond(m.ID, nil, &rpcError{methodNotFound, "unknown method " + m.Method})
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	if !s.pending.begin(string(m.ID), cancel) {
		cancel()
		s.respond(m.ID, nil, &rpcError{invalidRequest, "a request of this id is not answered yet"})
		return
	}
	c := &call{server: s, ctx: ctx, docs: *s.docs.Load()}
	go func() {
		select {
		case s.running <- struct{}{}:
			defer func() { <-s.running }()
			s.answer(c, m, h)
		case <-ctx.Done():
		}
	}()
}

// notified handles a notification. What it does not know it ignores, as the protocol
// asks for.
func (s *server) notified(m message) {
	do := map[string]func(json.RawMessage) error{
		"initialized":                         s.didInitialize,
		"textDocument/didOpen":                s.didOpen,
		"textDocument/didChange":              s.didChange,
		"textDocument/didClose":               s.didClose,
		"textDocument/didSave":                s.didSave,
		"workspace/didChangeWorkspaceFolders": s.didChangeWorkspace,
		"workspace/didChangeWatchedFiles":     s.didChangeFiles,
		"$/cancelRequest":                     s.cancel,
	}[m.Method]
	if do == nil {
		return
	}
	s.guarded(m.Method, func() {
		if err := do(m.Params); err != nil {
			s.o.Log("%s: %v", m.Method, err)
		}
	})
}

// guarded runs do. A fault of the program in it is logged, and ends nothing else.
func (s *server) guarded(what string, do func()) {
	defer func() {
		if r := recover(); r != nil {
			s.o.Log("%s: %v\n%s", what, r, debug.Stack())
		}
	}()
	do()
}

// cancel ends a request.
func (s *server) cancel(params json.RawMessage) error {
	var p struct {
		ID json.RawMessage `json:"id"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	if s.pending.end(string(p.ID)) {
		s.respond(p.ID, nil, &rpcError{requestCancelled, "canceled"})
	}
	return nil
}

// awake makes the open pages be checked.
func (s *server) awake() {
	select {
	case s.wake <- struct{}{}:
	default: // it is to be done anyway
	}
}

// reread makes all archives what is on disk now.
func (s *server) reread() {
	for _, f := range s.knownTrees() {
		f.renew()
		f.mu.Lock()
		w := f.whole
		f.mu.Unlock()
		if w != nil {
			_ = f.use(func() error { w.sweep(); return nil })
		}
	}
}

// openTrees returns the archives of documents, in the order of their roots.
func (s *server) openTrees(docs documents) []*fileTree {
	seen := map[*fileTree]bool{}
	for _, d := range docs {
		if d.tree != nil {
			seen[d.tree] = true
		}
	}
	var out []*fileTree
	for f := range seen {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b *fileTree) int { return strings.Compare(a.root, b.root) })
	return out
}

// knownTrees returns all archives, in the order of their roots.
func (s *server) knownTrees() []*fileTree {
	s.treeMu.Lock()
	defer s.treeMu.Unlock()
	var out []*fileTree
	for _, root := range sorted.Keys(s.trees) {
		out = append(out, s.trees[root])
	}
	return out
}

// treeOf returns the archive of a file and the file's path in it, or nil.
func (s *server) treeOf(uri string) (*fileTree, string) {
	file, ok := fileOf(uri)
	if !ok {
		return nil, ""
	}
	root, shown, p, ok := find(file, &s.o)
	if !ok {
		return nil, ""
	}
	s.treeMu.Lock()
	defer s.treeMu.Unlock()
	if s.trees[root] == nil {
		s.trees[root] = &fileTree{root: root, shown: shown, o: &s.o}
	}
	return s.trees[root], p
}

// endTime is how long the end waits for what is being checked.
const endTime = time.Second

// parentTime is how often the client's process is looked for.
const parentTime = 3 * time.Second

// watchParent ends the server when the client's process is gone, also where another
// process keeps its end of the stream open.
func (s *server) watchParent(pid int, each time.Duration) {
	tick := time.NewTicker(each)
	defer tick.Stop()
	for {
		select {
		case <-s.done:
			return
		case <-tick.C:
			if !isRunning(pid) {
				s.o.Log("the client's process %d is gone", pid)
				s.o.Exit()
				return
			}
		}
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func sortedDocuments[K comparable](docs map[K]*document) []*document {
	out := make([]*document, 0, len(docs))
	for _, d := range docs {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *document) int { return strings.Compare(a.uri, b.uri) })
	return out
}
