package preview

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"newsctl/archive"
	"newsctl/archive/catalog"
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
	var seen map[string]stamp
	w := newReader(s)
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
		if seen = now; first {
			changed = w.recall(changed, now)
		}
		if !w.read(ctx, changed) {
			return
		}
		x := w.index()
		s.index.Store(x)
		s.version.Add(1)
		switch {
		case !first:
			s.findings.forget(changed, x)
		case w.fresh > worthKeeping:
			w.keep(now, start.UnixNano())
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
func changedDirs(before, now map[string]stamp) []string {
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

// stamp is what changes in a directory when a file in it does.
type stamp struct {
	hash   uint64
	newest int64 // when the last change was, in nanoseconds
}

// clockStep is the coarsest step of time that a file system keeps: a file that was read
// within it of its change may have changed again.
const clockStep = 2 * time.Second

// stamps returns the stamp of each directory of the archive.
func (s *Server) stamps(ctx context.Context) map[string]stamp {
	out := map[string]stamp{}
	pages := 0
	for level := []string{"."}; len(level) > 0 && ctx.Err() == nil; {
		var next []string
		for _, dir := range level {
			entries, err := os.ReadDir(filepath.Join(s.options.Root, filepath.FromSlash(dir)))
			if err != nil {
				continue // the pages that are shown say so
			}
			for _, e := range entries {
				switch hidden := archive.IsHidden(e.Name()); {
				case e.IsDir() && !hidden:
					next = append(next, path.Join(dir, e.Name()))
				case archive.IsPage(e.Name()):
					pages++
				}
			}
			out[dir] = stampOf(catalog.Disk(s.options.Root), dir, entries)
		}
		level = next
	}
	s.total.Store(int64(pages))
	return out
}

// stampOf returns the stamp of a directory. Hidden files count at the root, where the
// configuration is.
func stampOf(disk catalog.Disk, dir string, entries []fs.DirEntry) stamp {
	var out stamp
	var b []byte
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	stats := disk.Stats(dir, names)
	for i, e := range entries {
		if archive.IsHidden(e.Name()) && dir != "." {
			continue
		}
		b = append(append(b, e.Name()...), 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(e.Type()))
		stat := stats[i]
		if stat == (catalog.Stat{}) {
			continue
		}
		for _, n := range []int64{stat.Size, stat.ModTime, stat.Changed, int64(stat.Inode), int64(stat.Mode)} {
			b = binary.LittleEndian.AppendUint64(b, uint64(n))
		}
		out.newest = max(out.newest, stat.ModTime, stat.Changed)
	}
	sum := sha256.Sum256(b)
	out.hash = binary.LittleEndian.Uint64(sum[:]) | 1 // never 0, which is that of no directory
	return out
}
