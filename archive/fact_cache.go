package archive

import (
	"errors"
	"sync/atomic"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/link"
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
// read, and which directories at the root are not the prefix of an edition though
// their names say so.
func (a *Archive) FactState() string {
	var languages []string
	root := a.listing(".")
	for i, name := range root.names {
		if root.types[i].IsDir() && link.IsLanguage(name) {
			languages = append(languages, name)
		}
	}
	return catalog.StateOf(a.config.Labels, a.config.Layout, a.config.Prefixes, a.config.Permalinks, languages)
}

// recall takes the facts of the pages that did not change from the catalog.
func (a *Archive) recall() {
	if a.earlier != nil {
		a.reuse()
	}
	c := a.cache
	if c == nil || c.now != nil {
		return
	}
	loaded := make(chan struct{})
	var memo *catalog.Memo
	var set *facts.Set
	go func() {
		defer close(loaded)
		if memo = c.catalog.Load(factsName); memo != nil {
			set, _ = facts.Open(memo.Answers)
		}
	}()
	a.Paths(".") // so that the snapshot has all directories
	<-loaded
	if memo == nil {
		c.now = a.Snapshot(c.disk, nil)
		c.fresh.Store(c.worth)
		return
	}
	c.now = a.Snapshot(c.disk, memo.Snapshot)
	changes, unsure := c.now.Since(memo.Snapshot, c.disk.ID, nil)
	c.fresh.Store(int64(unsure))
	if set == nil {
		return
	}
	if kept := newKept(a, set, memo.Snapshot, c.now, changes); kept != nil {
		a.useKept(kept)
	}
}

// useKept makes known facts that are kept from an earlier run.
func (a *Archive) useKept(k *Kept) {
	k.first = a.strings.reserve(k.set.Len())
	a.setKept(k)
}

// setKept makes known the facts that are kept.
func (a *Archive) setKept(k *Kept) {
	k.briefs = make([]atomic.Pointer[Brief], k.Len())
	k.meant = make([]atomic.Pointer[Brief], k.set.Strings())
	a.kept.Store(k)
}

// SaveFacts keeps the facts that were loaded for the next run, if that saves time. It
// returns nil if they are not kept. An error means that the next run has more to do.
func (a *Archive) SaveFacts() (*Saved, error) {
	c := a.cache
	if c == nil || c.now == nil || c.fresh.Load() < c.worth || !a.Identify(c.now) {
		return nil, nil
	}
	numbering, _ := numberingOf(c.now)
	set := a.savedSet(numbering)
	if err := c.catalog.Save(factsName, &catalog.Memo{Snapshot: c.now, Answers: set.Encode()}); err != nil {
		return nil, err
	}
	return &Saved{numbering, c.catalog, c.now.Taken}, nil
}

// savedSet returns the facts that are to be kept of pages.
func (a *Archive) savedSet(pages *Numbering) *facts.Set {
	if k := a.kept.Load(); k.isOf(pages) {
		return k.set
	}
	b := facts.NewBuilder(pages.Len())
	Parallel(pages.Len(), func(i int) {
		p := pages.Path(i)
		if f := a.peekFacts(p); f != nil && a.IsRead(p) {
			b.Add(i, f.page())
		}
	})
	return b.Set()
}
