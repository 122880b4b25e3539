package preview

import (
	"context"
	"encoding/binary"
	"hash/maphash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"newsctl/archive"
)

// versionPath is where a page asks whether it is still what it shows.
const versionPath = "/version"

// versionOf returns what changes when a page is to be loaded again.
func (s *Server) versionOf(p string) string {
	version := strconv.FormatInt(s.version.Load(), 10)
	if fs.ValidPath(p) && archive.IsPage(p) {
		if info, err := os.Lstat(filepath.Join(s.options.Root, filepath.FromSlash(p))); err == nil {
			version += "." + strconv.FormatInt(info.ModTime().UnixNano(), 36) + "." + strconv.FormatInt(info.Size(), 36)
		}
	}
	return version
}

const (
	// restFactor makes looking for changes take a part of the time that is small
	// enough not to be noticed.
	restFactor = 20

	// minRest is how long a change is not seen, at least.
	minRest = time.Second

	// readerGone is how long nobody asks until no changes are looked for: an open page
	// asks each second.
	readerGone = 10 * time.Second
)

// watch makes the index, and makes it anew when files change, until ctx is done.
func (s *Server) watch(ctx context.Context) {
	var seen map[string]uint64
	w := &reader{server: s, symbols: newSymbols()}
	for rest := time.Duration(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(rest):
		}
		if rest = s.rest; seen != nil && time.Since(time.Unix(0, s.asked.Load())) > readerGone {
			continue
		}
		start := time.Now()
		now := s.stamps(ctx)
		rest = max(s.rest, restFactor*time.Since(start))
		changed := changedDirs(seen, now)
		if ctx.Err() != nil || seen != nil && len(changed) == 0 {
			continue
		}
		if seen != nil {
			if s.reopen() {
				w.records, changed = nil, changedDirs(nil, now)
			}
			s.version.Add(1)
		}
		first := seen == nil
		seen = now
		if !w.read(ctx, changed) {
			return
		}
		x := w.index()
		s.index.Store(x)
		s.version.Add(1)
		if !first {
			s.findings.forget(changed, x)
		}
	}
}

// reopen reads the configuration again, and reports whether it changed.
func (s *Server) reopen() bool {
	s.opened.Lock()
	defer s.opened.Unlock()
	was := s.state.Key
	s.state = s.options.Open()
	return s.state.Key != was
}

// changedDirs returns the directories in which something differs, in byte order.
func changedDirs(before, now map[string]uint64) []string {
	var out []string
	for dir, is := range now {
		if was, ok := before[dir]; !ok || was != is {
			out = append(out, dir)
		}
	}
	for dir := range before {
		if _, ok := now[dir]; !ok {
			out = append(out, dir)
		}
	}
	slices.Sort(out)
	return out
}

var stampSeed = maphash.MakeSeed()

// stamps returns, for each directory of the archive, what changes when a file in it does.
func (s *Server) stamps(ctx context.Context) map[string]uint64 {
	out := map[string]uint64{}
	pages := 0
	for level := []string{"."}; len(level) > 0 && ctx.Err() == nil; {
		var next []string
		for _, dir := range level {
			entries, err := os.ReadDir(filepath.Join(s.options.Root, filepath.FromSlash(dir)))
			if err != nil {
				continue // the pages that are shown say so
			}
			var h maphash.Hash
			h.SetSeed(stampSeed)
			for _, e := range entries {
				switch hidden := archive.IsHidden(e.Name()); {
				case e.IsDir() && !hidden:
					next = append(next, path.Join(dir, e.Name()))
				case e.Type().IsRegular() && (!hidden || dir == "."): // as the configuration is
					addStamp(&h, e)
					if archive.IsPage(e.Name()) {
						pages++
					}
				}
			}
			out[dir] = h.Sum64()
		}
		level = next
	}
	s.total.Store(int64(pages))
	return out
}

// addStamp adds what shows that a file changed.
func addStamp(h *maphash.Hash, e fs.DirEntry) {
	info, err := e.Info()
	if err != nil {
		return // it is gone
	}
	h.WriteString(e.Name())
	var b []byte
	b = binary.LittleEndian.AppendUint64(b, uint64(info.ModTime().UnixNano()))
	b = binary.LittleEndian.AppendUint64(b, uint64(info.Size()))
	h.Write(b)
}
