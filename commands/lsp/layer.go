package lsp

import (
	"maps"
	"sync"

	"newsctl/archive"
)

// layer is an archive as it is on disk, and as it is with documents laid over it.
type layer struct {
	mu   sync.Mutex
	disk *archive.Archive
	live *archive.Archive  // nil: it must be made from disk
	laid map[string]string // the texts in live, by their paths
}

// with returns the archive with texts in the place of pages, by their paths.
func (l *layer) with(texts map[string]string) *archive.Archive {
	l.mu.Lock()
	defer l.mu.Unlock()
	for p := range l.laid {
		if _, open := texts[p]; !open {
			l.live = nil // only the disk has what is below
		}
	}
	if l.live == nil {
		l.live, l.laid = l.disk, map[string]string{}
	}
	changes := l.live.NewChanges()
	for p, text := range texts {
		was, laid := l.laid[p]
		if laid && was == text || !laid && isAlready(l.disk, p, text) {
			continue
		}
		changes.All = append(changes.All, archive.Change{Path: p, After: archive.Held([]byte(text))})
	}
	if len(changes.All) > 0 {
		l.live = l.live.After(changes)
	}
	l.laid = maps.Clone(texts)
	return l.live
}

// isAlready reports whether a page has a text.
func isAlready(a *archive.Archive, p, text string) bool {
	pg := a.Page(p)
	return pg != nil && pg.Fault == "" && pg.Err == nil && string(pg.Source) == text
}

// put makes an archive the one on disk.
func (l *layer) put(disk *archive.Archive) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.disk, l.live, l.laid = disk, nil, nil
}

// move makes the disk what changes of it say. It returns those that concern what is
// read: not those below a document.
func (l *layer) move(changes *archive.Changes) []archive.Change {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.disk = l.disk.After(changes)
	var seen []archive.Change
	for _, c := range changes.All {
		if _, below := l.laid[c.Path]; !below || l.live == nil {
			seen = append(seen, c)
		}
	}
	if len(seen) > 0 {
		l.live, l.laid = nil, nil
	}
	return seen
}

// onDisk returns the archive as it is on disk.
func (l *layer) onDisk() *archive.Archive {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.disk
}
