package lsp

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

// whole is an archive of which all facts are known. It is kept for what concerns all
// pages: what links to a page, headlines, contexts, and plans.
type whole struct {
	layer
	root  string
	fresh func() *archive.Archive
	ready atomic.Bool // all below is known

	mu       sync.Mutex
	stats    map[string]catalog.Stat // of all pages, when they were read
	swept    time.Time
	contexts *contexts.Contexts // of what is on disk, or nil
	events   []event            // newest first, or nil

	liveOf       *archive.Archive // the archive with documents whose contexts these are
	liveContexts *contexts.Contexts
}

// event is an event as it is searched for.
type event struct {
	path     string
	date     archive.Date
	topic    string
	headline string // surrounding spaces removed
	folded   string // in lower case
}

// loaded returns the archive with all facts known. It is read when it is first asked
// for.
func (f *fileTree) loaded() *whole {
	f.mu.Lock()
	w := f.whole
	if w == nil {
		w = &whole{root: f.root, fresh: f.archive.Fresh}
		f.whole = w
	}
	f.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stats == nil {
		disk := w.fresh()
		w.stats = statPages(w.root, disk.Paths("."))
		w.swept = time.Now()
		disk.Load(nil)
		w.put(disk)
	}
	return w
}

// warm reads all of an archive in the background, so that completion and hover know all
// of it soon, and what needs all of it need not wait.
func (s *server) warm(f *fileTree) {
	f.mu.Lock()
	begun := f.warming
	f.warming = true
	f.mu.Unlock()
	if begun {
		return
	}
	s.background.Add(1)
	go s.guarded("reading the archive", func() {
		defer s.background.Done()
		err := archive.Steadily(func() error {
			return f.use(func() error {
				w := f.loaded()
				w.all()
				w.withContexts(nil)
				w.ready.Store(true)
				return nil
			})
		})
		if err != nil { // the next check begins again
			f.mu.Lock()
			f.warming = false
			f.mu.Unlock()
		}
	})
}

// known returns the archive with all of it known, or nil if that takes a while still.
func (f *fileTree) known() *whole {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.whole != nil && f.whole.ready.Load() {
		return f.whole
	}
	return nil
}

// sweepTime is how old what is known of the disk may be for a question about all pages.
const sweepTime = 10 * time.Second

// isOld reports whether the disk was not looked through for long.
func (w *whole) isOld() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Since(w.swept) > sweepTime
}

// sweep makes the archive what is on disk now, whoever changed what. It returns the
// paths that may have changed.
func (w *whole) sweep() map[string]bool {
	w.mu.Lock()
	now := statPages(w.root, w.fresh().Paths("."))
	touched := map[string]bool{}
	for p, stat := range now {
		if was, known := w.stats[p]; !known || was != stat || w.swept.UnixNano()-stat.ModTime < raceTime {
			touched[p] = true
		}
	}
	for p := range w.stats {
		if _, still := now[p]; !still {
			touched[p] = true
		}
	}
	w.stats, w.swept = now, time.Now()
	w.mu.Unlock()
	w.follow(touched)
	return touched
}

func statPages(root string, paths []string) map[string]catalog.Stat {
	list := make([]catalog.Stat, len(paths))
	archive.Parallel(len(paths), func(i int) { list[i] = catalog.Disk(root).Stat(paths[i]) })
	out := make(map[string]catalog.Stat, len(paths))
	for i, p := range paths {
		out[p] = list[i]
	}
	return out
}

// follow makes the archive what is on disk at paths.
func (w *whole) follow(touched map[string]bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(touched) == 0 || w.stats == nil {
		return
	}
	disk := w.onDisk()
	changes := disk.NewChanges()
	for p := range touched {
		info, err := os.Lstat(filepath.Join(w.root, filepath.FromSlash(p)))
		switch {
		case err != nil && disk.Exists(p):
			changes.All = append(changes.All, archive.Change{Path: p, Gone: true})
		case err == nil && info.Mode().IsRegular() && info.Size() <= page.MaxSize:
			if src, err := fs.ReadFile(disk.FS(), p); err == nil {
				changes.All = append(changes.All, archive.Change{Path: p, After: archive.Held(src)})
			}
		}
	}
	if changes.Len() == 0 {
		return
	}
	w.move(changes)
	if w.contexts != nil {
		w.contexts, _ = w.contexts.After(w.onDisk(), changes, nil)
	}
	if w.events != nil {
		w.events = slices.DeleteFunc(slices.Clone(w.events), func(e event) bool { return touched[e.path] })
		w.events = sortEvents(append(w.events, eventsAt(w.onDisk(), sorted.Keys(touched))...))
	}
}

// withContexts returns the archive with texts in the place of pages, and its contexts.
func (w *whole) withContexts(texts map[string]string) (*archive.Archive, *contexts.Contexts) {
	live := w.with(texts)
	w.mu.Lock()
	defer w.mu.Unlock()
	disk := w.onDisk()
	if w.contexts == nil {
		w.contexts = contexts.OfAll(disk, disk.Paths("."))
	}
	changes := disk.NewChanges()
	for p, text := range texts {
		if !isAlready(disk, p, text) {
			changes.All = append(changes.All, archive.Change{Path: p, After: archive.Held([]byte(text))})
		}
	}
	if changes.Len() == 0 {
		return live, w.contexts
	}
	if w.liveOf != live {
		w.liveContexts, _ = w.contexts.After(live, changes, nil)
		w.liveOf = live
	}
	return live, w.liveContexts
}

// all returns the events on disk, newest first.
func (w *whole) all() []event {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.events == nil {
		w.events = sortEvents(eventsAt(w.onDisk(), w.onDisk().Paths(".")))
	}
	return w.events
}

func eventsAt(a *archive.Archive, paths []string) []event {
	out := []event{}
	for _, p := range paths {
		if kind, _ := archive.Classify(p); kind != archive.EventPage || !a.Holds(p) {
			continue
		}
		if f := a.Facts(p); f.IsEvent() && f.TrimmedHeadline() != "" {
			h := f.TrimmedHeadline()
			out = append(out, event{p, f.Date, f.Topic, h, strings.ToLower(h)})
		}
	}
	return out
}

// sortEvents sorts events, newest first.
func sortEvents(events []event) []event {
	slices.SortFunc(events, compareEvents)
	return events
}

func compareEvents(a, b event) int {
	return cmp.Or(b.date.Compare(a.date), strings.Compare(a.path, b.path))
}

// findEvent returns where an event is among sorted ones.
func findEvent(events []event, e event) (at int, found bool) {
	return slices.BinarySearchFunc(events, e, compareEvents)
}
