package preview

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"newsctl/archive"
)

// reader reads pages for the index.
type reader struct {
	server  *Server
	symbols *symbols
	records []record // in the order of paths; an index has them, and nobody changes them
	fresh   int      // pages that were read last
}

func newReader(s *Server) *reader { return &reader{server: s, symbols: newSymbols()} }

// maxPauses is how often the reading of a few directories waits for pages that are being
// answered.
const maxPauses = 20

// dirsAtOnce is how many directories are read with one archive, which keeps their pages
// until then.
const dirsAtOnce = 8

// read reads the pages in some directories. It returns false if ctx is done before.
func (w *reader) read(ctx context.Context, dirs []string) bool {
	var fresh []record
	for rest := dirs; len(rest) > 0; {
		if ctx.Err() != nil {
			return false
		}
		for pause := 0; pause < maxPauses && w.server.answering.Load() > 0; pause++ {
			time.Sleep(shortRest)
		}
		n := min(len(rest), dirsAtOnce)
		fresh = w.readSome(rest[:n], fresh)
		rest = rest[n:]
		if w.server.index.Load() == nil {
			w.server.progress.Store(int64(len(w.records) + len(fresh)))
		}
	}
	w.fresh = len(fresh)
	for i := range w.records {
		if _, changed := slices.BinarySearch(dirs, path.Dir(w.symbols.text[w.records[i].path])); !changed {
			fresh = append(fresh, w.records[i])
		}
	}
	w.records = slices.Clip(fresh)
	w.sort()
	return true
}

// sort orders the records by their paths.
func (w *reader) sort() {
	slices.SortFunc(w.records, func(a, b record) int { return cmp.Compare(w.symbols.text[a.path], w.symbols.text[b.path]) })
}

// readSome adds the pages in a few directories. What changes meanwhile is read again when
// that is seen.
func (w *reader) readSome(dirs []string, records []record) []record {
	w.server.opened.RLock()
	defer w.server.opened.RUnlock()
	a := w.server.state.New()
	for _, dir := range dirs {
		for _, name := range a.Siblings(path.Join(dir, "x")) {
			p := path.Join(dir, name)
			if !archive.IsPage(p) || !a.Holds(p) || !a.IsRead(p) {
				continue
			}
			if f := a.Facts(p); f != nil {
				records = append(records, newRecord(f, w.symbols))
			}
		}
	}
	return records
}

// index returns the index of what was read.
func (w *reader) index() *index {
	w.server.opened.RLock()
	defer w.server.opened.RUnlock()
	return newIndex(w.server.state.New(), w.records, w.symbols)
}

// symbols gives texts that many pages hold numbers: paths, topics and lists of
// contexts.
type symbols struct {
	number map[string]uint32
	text   []string
}

func newSymbols() *symbols { return &symbols{map[string]uint32{"": 0}, []string{""}} }

// of returns the number of a text, which shares no memory with it.
func (s *symbols) of(text string) uint32 {
	if n, ok := s.number[text]; ok {
		return n
	}
	n := uint32(len(s.text))
	own := strings.Clone(text)
	s.text, s.number[own] = append(s.text, own), n
	return n
}
