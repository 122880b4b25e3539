package archive

import (
	"errors"
	"fmt"
	"path"

	"sync/atomic"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// ErrChanged is the error of a command that finds a page to be other than it was
// when the command began.
var ErrChanged = errors.New("the archive changed while it was being read; run the command again")

// Steadily runs do, which opens and reads an archive. It returns [ErrChanged] if a
// page was found to be another than its facts are of.
func Steadily(do func() error) (err error) {
	defer func() {
		if r := recover(); r == any(ErrChanged) {
			err = ErrChanged
		} else if r != nil {
			panic(r)
		}
	}()
	return do()
}

// factsName names the facts in a catalog.
const factsName = "facts"

// factCache keeps the facts of an archive from one run to the next.
type factCache struct {
	catalog *catalog.Catalog
	disk    catalog.Disk
	now     *catalog.Snapshot // nil until the facts are loaded
	fresh   atomic.Int64      // pages that had to be read
	worth   int64             // how many of these make the facts worth saving
}

// Keep makes [Archive.Load] take the facts of pages that did not change from a
// catalog. Disk is the directory of the files of the archive, and the state of the
// catalog names what facts depend on beside these ([Archive.FactState]). What is kept
// is written again once so many pages had to be read as are worth it.
func (a *Archive) Keep(c *catalog.Catalog, disk catalog.Disk, worth int) {
	a.cache = &factCache{catalog: c, disk: disk, worth: int64(worth)}
}

// FactState names what the facts of pages depend on beside their bytes: how they are
// read, and what is at the root, which reports the prefix of an edition.
func (a *Archive) FactState() string {
	root := a.listing(".")
	return fmt.Sprintf("%+v\x00%+v\x00%q\x00%q\x00%q\x00%v", a.config.Labels, a.config.Layout, a.config.Prefixes, a.config.Permalinks, root.names, root.types)
}

// recall takes the facts of the pages that did not change from the catalog.
func (a *Archive) recall() {
	c := a.cache
	if c == nil || c.now != nil {
		return
	}
	memo := c.catalog.Load(factsName)
	if memo == nil {
		c.now = a.Snapshot(c.disk, nil)
		c.fresh.Store(c.worth)
		return
	}
	c.now = a.Snapshot(c.disk, memo.Snapshot)
	changes, unsure := c.now.Since(memo.Snapshot, c.disk.ID)
	c.fresh.Store(int64(unsure))
	kept, ok := facts.Open(memo.Answers)
	starts := make([]int, len(memo.Snapshot.Dirs)) // of the pages of each directory among the facts
	n := 0
	for i, d := range memo.Snapshot.Dirs {
		starts[i] = n
		for j := range d.Entries {
			if d.Entries[j].ID != (catalog.ID{}) {
				n++
			}
		}
	}
	if !ok || n != kept.Len() {
		return
	}
	a.numbered = kept.Strings()
	a.meant = make([]atomic.Pointer[Facts], a.numbered)
	Parallel(len(starts), func(i int) {
		var room facts.Room
		d, n := &memo.Snapshot.Dirs[i], starts[i]
		for j := range d.Entries {
			e := &d.Entries[j]
			if e.ID == (catalog.ID{}) {
				continue
			}
			p := path.Join(d.Path, e.Name)
			if !changes[catalog.Key{Kind: catalog.Page, Path: p}] {
				a.recallPage(p, e.ID, kept, n, &room)
			}
			n++
		}
	})
}

// recallPage makes known the facts of a page that were kept at a place.
func (a *Archive) recallPage(p string, id catalog.ID, kept *facts.Set, at int, room *facts.Room) {
	f := &Facts{Path: p, ID: a.strings.number()}
	if !kept.Page(at, &f.Page, room) {
		return
	}
	f.Kind, f.Date = Classify(p)
	for i, t := range f.Links {
		if t.Tree == facts.File {
			continue
		}
		if f.settled == nil {
			f.settled = map[int32]Target{}
		}
		f.settled[int32(i)] = a.settle(Target{Kind: TargetKind(t.Kind), Path: t.Path}, t.Tree)
	}
	a.pages.keep(p, &slot{facts: f, id: id})
}

// SaveFacts keeps the facts that were loaded for the next run, if that saves time.
// An error means that the next run has more to do.
func (a *Archive) SaveFacts() error {
	c := a.cache
	if c == nil || c.now == nil || c.fresh.Load() < c.worth || !a.Identify(c.now) {
		return nil
	}
	var all []*facts.Page
	for _, d := range c.now.Dirs {
		for j := range d.Entries {
			if e := &d.Entries[j]; e.ID != (catalog.ID{}) {
				all = append(all, a.keptFacts(path.Join(d.Path, e.Name)))
			}
		}
	}
	return c.catalog.Save(factsName, &catalog.Memo{Snapshot: c.now, Answers: facts.Encode(all)})
}

// keptFacts returns the facts of a page that was read, or nil.
func (a *Archive) keptFacts(p string) *facts.Page {
	s, ok := a.pages.load(p)
	switch {
	case !ok:
		return nil
	case s.facts != nil:
		return &s.facts.Page
	}
	if pg := a.read(p, s); pg.Fault == "" && pg.Err == nil {
		return &pg.Facts().Page
	}
	return nil
}
