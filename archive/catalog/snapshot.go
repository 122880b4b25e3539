package catalog

import (
	"encoding/binary"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Snapshot is the names in directories of an archive, with what the file system
// says of each page.
type Snapshot struct {
	Taken int64 // nanoseconds, before any of the files was read
	Dirs  []Dir // in the order of their paths

	sums sumTable // the numbers for the keys that answers depend on
}

// Dir is the names in one directory, in byte order. One that is not there has
// none.
type Dir struct {
	Path    string // relative to the root of the archive
	Entries []Entry
}

// Entry is one name in a directory. Stat and ID are those of a page, and zero
// where they are not known.
type Entry struct {
	Name string
	Type fs.FileMode
	Stat Stat
	ID   ID

	says     Digests // what others may ask of the page
	answered bool    // what the page was asked is answered
	reads    string  // the places of the numbers for the keys that the answer depends on
	answer   string  // as the caller encodes it
}

// Since returns what changed since an older snapshot, gives the pages that did not
// change their ids, and takes over all answers. The bytes of a page whose stat data
// are racy are read by idOf, which returns false for a page that cannot be read: such a
// page has changed. Says, if not nil, returns what others may ask of a page that
// changed. Both may be called from several goroutines. Unsure is how many pages were
// read: unless it is 0, the snapshot is worth keeping.
func (s *Snapshot) Since(old *Snapshot, idOf func(path string) (ID, bool), says func(path string) Digests) (changes Changes, unsure int) {
	changes = Changes{}
	s.sums = old.sums
	var pages []*pair
	was := old.Dirs
	for i := range s.Dirs {
		d := &s.Dirs[i]
		for ; len(was) > 0 && was[0].Path < d.Path; was = was[1:] {
			pages = changes.dir(&Dir{Path: was[0].Path}, &was[0], old.Taken, pages)
		}
		before := &Dir{Path: d.Path}
		if len(was) > 0 && was[0].Path == d.Path {
			before, was = &was[0], was[1:]
		}
		pages = changes.dir(d, before, old.Taken, pages)
	}
	for i := range was {
		pages = changes.dir(&Dir{Path: was[i].Path}, &was[i], old.Taken, pages)
	}
	eachPair(pages, func(p *pair) {
		if id, ok := idOf(p.path()); ok {
			p.now.ID = id
		}
		if p.hasChanged() {
			p.now.says = Digests{}
			if says != nil && p.now.ID != (ID{}) {
				p.now.says = says(p.path())
			}
		}
	})
	for _, p := range pages {
		if p.hasChanged() {
			changes.addBytes(p.dir, p.now, p.said)
		}
	}
	return changes, len(pages)
}

// pair is a page in two snapshots, of which the bytes must say whether it is the
// same.
type pair struct {
	dir  string
	now  *Entry
	was  ID
	said Digests
}

func (p *pair) path() string { return path.Join(p.dir, p.now.Name) }

func (p *pair) hasChanged() bool { return p.now.ID == (ID{}) || p.now.ID != p.was }

// dir adds what differs between two listings of a directory, and appends the
// pages whose bytes must say.
func (c Changes) dir(now, before *Dir, taken int64, unsure []*pair) []*pair {
	was := before.Entries
	for i := range now.Entries {
		e := &now.Entries[i]
		for ; len(was) > 0 && was[0].Name < e.Name; was = was[1:] {
			c.add(now.Path, &was[0])
		}
		if len(was) == 0 || was[0].Name != e.Name {
			c.add(now.Path, e)
			continue
		}
		e.says, e.answered, e.reads, e.answer = was[0].says, was[0].answered, was[0].reads, was[0].answer
		switch {
		case was[0].Type != e.Type:
			c.add(now.Path, e)
		case e.Stat == was[0].Stat && !e.Stat.racy(taken) && (e.Stat != (Stat{}) || was[0].ID == (ID{})):
			e.ID = was[0].ID
		default:
			unsure = append(unsure, &pair{now.Path, e, was[0].ID, was[0].says})
		}
		was = was[1:]
	}
	for i := range was {
		c.add(now.Path, &was[i])
	}
	return unsure
}

// eachPair calls do for pages, with all cores.
func eachPair(pages []*pair, do func(p *pair)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(pages), runtime.GOMAXPROCS(0)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := int(next.Add(1)) - 1; i < len(pages); i = int(next.Add(1)) - 1 {
				do(pages[i])
			}
		}()
	}
	wg.Wait()
}

// Add adds a directory, unless it is there.
func (s *Snapshot) Add(d Dir) {
	if at, found := s.findDir(d.Path); !found {
		s.Dirs = slices.Insert(s.Dirs, at, d)
	}
}

// Dir returns the directory at a path.
func (s *Snapshot) Dir(p string) (Dir, bool) {
	at, found := s.findDir(p)
	if !found {
		return Dir{}, false
	}
	return s.Dirs[at], true
}

func (s *Snapshot) findDir(p string) (at int, found bool) {
	return slices.BinarySearchFunc(s.Dirs, p, func(d Dir, p string) int { return strings.Compare(d.Path, p) })
}

// HasStats reports whether the stat data of pages with ids are known: they are of files
// on disk, and not as git has them.
func (s *Snapshot) HasStats() bool {
	for i := range s.Dirs {
		for j := range s.Dirs[i].Entries {
			if e := &s.Dirs[i].Entries[j]; e.ID != (ID{}) {
				return e.Stat != (Stat{})
			}
		}
	}
	return false
}

// Bare returns the directory as one that nothing was read of yet: without ids and
// answers.
func (d Dir) Bare() Dir {
	out := Dir{Path: d.Path, Entries: make([]Entry, len(d.Entries))}
	for i := range d.Entries {
		e := &d.Entries[i]
		out.Entries[i] = Entry{Name: e.Name, Type: e.Type, Stat: e.Stat}
	}
	return out
}

// SetID sets the id of the page at a path.
func (s *Snapshot) SetID(p string, id ID) {
	if e := s.entry(p); e != nil {
		e.ID = id
	}
}

// entry returns the entry at a path, or nil.
func (s *Snapshot) entry(p string) *Entry {
	if dir, at, found := s.Find(p); found {
		return &s.Dirs[dir].Entries[at]
	}
	return nil
}

// Find returns where the entry at a path is: in which of the directories, and where
// among its entries.
func (s *Snapshot) Find(p string) (dir, at int, found bool) {
	parent, name := ".", p
	if slash := strings.LastIndexByte(p, '/'); slash >= 0 {
		parent, name = p[:slash], p[slash+1:]
	}
	if dir, found = s.findDir(parent); !found {
		return 0, 0, false
	}
	at, found = slices.BinarySearchFunc(s.Dirs[dir].Entries, name, func(e Entry, n string) int { return strings.Compare(e.Name, n) })
	return dir, at, found
}

func (s *Snapshot) encode(w *Writer) {
	s.tidy()
	w.Int64(s.Taken)
	w.Int(s.sums.tidied)
	w.Column(s.sums.numbers())
	total := 0
	for i := range s.Dirs {
		total += len(s.Dirs[i].Entries)
	}
	w.Int(len(s.Dirs))
	w.Int(total)
	before := ""
	for i := range s.Dirs {
		d := &s.Dirs[i]
		w.StringAfter(before, d.Path)
		before = d.Path
		w.Int(len(d.Entries))
		for j := range d.Entries {
			w.entry(&d.Entries[j])
		}
	}
}

// What an entry has.
const (
	hasStat = 1 << iota
	hasAnswer
	hasDigests
)

func (w *Writer) entry(e *Entry) {
	w.String(e.Name)
	w.Int64(int64(e.Type))
	has := 0
	if e.ID != (ID{}) || e.Stat != (Stat{}) {
		has |= hasStat
	}
	if e.answered {
		has |= hasAnswer
	}
	if e.says != (Digests{}) {
		has |= hasDigests
	}
	w.Int(has)
	if e.says != (Digests{}) {
		w.bytes = binary.LittleEndian.AppendUint64(w.bytes, e.says.Head)
		w.bytes = binary.LittleEndian.AppendUint64(w.bytes, e.says.Match)
	}
	if e.answered {
		w.String(e.reads)
		w.String(e.answer)
	}
	if has&hasStat == 0 {
		return
	}
	w.Int64(e.Stat.Size)
	w.Int64(e.Stat.ModTime)
	w.Int64(e.Stat.Changed - e.Stat.ModTime)
	w.Int64(int64(e.Stat.Inode))
	w.Int64(int64(e.Stat.Mode))
	w.id(e.ID)
}

func (r *Reader) snapshot() *Snapshot {
	s := &Snapshot{Taken: r.Int64(), sums: sumTable{tidied: r.Int(), kept: r.Column()}, Dirs: make([]Dir, r.Count())}
	all := make([]Entry, r.Count())
	before := ""
	for i := range s.Dirs {
		d := &s.Dirs[i]
		d.Path = r.StringAfter(before)
		before = d.Path
		n := r.Int()
		if n < 0 || n > len(all) {
			r.Fail()
			return s
		}
		d.Entries, all = all[:n:n], all[n:]
		for j := range d.Entries {
			r.entry(&d.Entries[j])
		}
	}
	if len(all) > 0 {
		r.Fail()
	}
	return s
}

func (r *Reader) entry(e *Entry) {
	e.Name, e.Type = r.String(), fs.FileMode(r.Int64())
	has := r.Int()
	if has&hasDigests != 0 {
		e.says = Digests{r.uint64(), r.uint64()}
	}
	if e.answered = has&hasAnswer != 0; e.answered {
		e.reads, e.answer = r.String(), r.String()
	}
	if has&hasStat == 0 {
		return
	}
	e.Stat.Size = r.Int64()
	e.Stat.ModTime = r.Int64()
	e.Stat.Changed = e.Stat.ModTime + r.Int64()
	e.Stat.Inode = uint64(r.Int64())
	e.Stat.Mode = uint32(r.Int64())
	e.ID = r.id()
}
