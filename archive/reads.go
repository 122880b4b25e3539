package archive

import (
	"slices"
	"time"

	"newsctl/archive/catalog"
)

// Reads is what was read of an archive to give an answer: as long as nothing of
// it changes, the answer holds.
type Reads struct {
	keys []catalog.Key

	dirs []string // the first ones whose names were read, each once in keys

	// Unkept says that something was asked that no key stands for: the answer
	// cannot be kept.
	Unkept bool
}

// rememberedDirs is how many directories a page's links lead through, as a rule.
const rememberedDirs = 16

// Reset makes it what nothing was read for.
func (r *Reads) Reset() { *r = Reads{keys: r.keys[:0], dirs: r.dirs[:0]} }

// Keys returns what was read.
func (r *Reads) Keys() []catalog.Key { return r.keys }

func (r *Reads) add(kind catalog.Kind, p string) {
	if r == nil {
		return
	}
	if kind == catalog.Names {
		if slices.Contains(r.dirs, p) {
			return
		}
		if len(r.dirs) < rememberedDirs {
			r.dirs = append(r.dirs, p)
		}
	}
	k := catalog.Key{Kind: kind, Path: p}
	if n := len(r.keys); n == 0 || r.keys[n-1] != k {
		r.keys = append(r.keys, k)
	}
}

// Recording returns the archive with what one goroutine reads of it recorded. All
// else is shared with a.
func (a *Archive) Recording(r *Reads) *Archive {
	return &Archive{store: a.store, reads: r, early: a.early}
}

// HasCRLF reports whether git writes the page at a path with line ends of CRLF,
// and keeps it with LF.
func (a *Archive) HasCRLF(p string) bool {
	if a.reads != nil {
		a.reads.Unkept = true // git's configuration and attributes decide
	}
	return a.CRLF != nil && a.CRLF(p)
}

// Snapshot returns the names in the directories that were read so far, and in
// those of an older snapshot if there is one, with the stat data of the pages
// there. The pages that are read from now on are given ids. Stat data are read once: a
// second snapshot has those of the first, and its time.
func (a *Archive) Snapshot(disk catalog.Disk, old *catalog.Snapshot) *catalog.Snapshot {
	a.identified.Store(true)
	first := a.snapshot
	if first == nil {
		first = &catalog.Snapshot{Taken: time.Now().UnixNano()}
	}
	s := &catalog.Snapshot{Taken: first.Taken}
	if old != nil {
		Parallel(len(old.Dirs), func(i int) { a.listing(old.Dirs[i].Path) })
	}
	var dirs []string
	a.directories.each(func(dir string, _ *directory) { dirs = append(dirs, dir) })
	slices.Sort(dirs)
	s.Dirs = make([]catalog.Dir, len(dirs))
	Parallel(len(dirs), func(i int) {
		if d, ok := first.Dir(dirs[i]); ok {
			s.Dirs[i] = d.Bare()
		} else {
			s.Dirs[i] = a.listing(dirs[i]).entries(dirs[i], disk.Stats)
		}
	})
	a.snapshot = s
	return s
}

// entries returns what a snapshot holds of a directory.
func (f *directory) entries(dir string, stats func(dir string, names []string) []catalog.Stat) catalog.Dir {
	out := catalog.Dir{Path: dir, Entries: make([]catalog.Entry, len(f.names))}
	var pages []string
	var places []int
	for i, name := range f.names {
		out.Entries[i].Name, out.Entries[i].Type = name, f.types[i]
		if f.types[i].IsRegular() && IsPage(name) {
			pages, places = append(pages, name), append(places, i)
		}
	}
	if stats == nil || len(pages) == 0 {
		return out
	}
	for i, s := range stats(dir, pages) {
		out.Entries[places[i]].Stat = s
	}
	return out
}

// Identify completes a snapshot that was made before pages were read: with the
// directories that were read since, and the ids of the pages as they were
// read. It returns false if something could not be read.
func (a *Archive) Identify(s *catalog.Snapshot) bool {
	sound := a.Complete()
	a.directories.each(func(dir string, f *directory) { s.Add(f.entries(dir, nil)) })
	if k := a.kept.Load(); k != nil {
		for i := range s.Dirs {
			for j := range s.Dirs[i].Entries {
				e := &s.Dirs[i].Entries[j]
				if e.ID == (catalog.ID{}) {
					e.ID, _ = k.id(inDirectory(s.Dirs[i].Path, e.Name))
				}
			}
		}
	}
	a.pages.each(func(p string, slot *slot) {
		if slot.facts != nil {
			s.SetID(p, slot.id)
			return
		}
		pg := a.read(p, slot)
		if sound = sound && pg.Err == nil; sound {
			s.SetID(pg.Path, pg.id)
		}
	})
	return sound
}

// Basis names what links and names depend on wherever they are: the names at the
// root, which show the prefix of an edition, and the style of names.
func (a *Archive) Basis() string {
	out := a.slugStyle().String()
	for _, name := range a.listing(".").names {
		out += "\x00" + name
	}
	return out
}
