package archive

import (
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// Earlier is the facts of pages as an earlier run kept them, for versions of the archive
// that git has.
type Earlier struct {
	catalog *catalog.Catalog
	load    func() *earlierFacts
}

// earlierFacts are facts with the ids that git gives the directories of their pages.
type earlierFacts struct {
	*Numbering
	onDisk bool // they are of pages on disk, whose stat data are kept with them
	ids    []catalog.ID
	set    *facts.Set
	trees  map[string]catalog.ID
}

// EarlierIn returns the facts in a catalog. They are loaded when first used.
func EarlierIn(c *catalog.Catalog) *Earlier {
	return &Earlier{c, sync.OnceValue(func() *earlierFacts {
		memo := c.Load(factsName)
		if memo == nil {
			return nil
		}
		out := earlierFacts{onDisk: memo.Snapshot.HasStats()}
		sound := false
		parts := []func(){
			func() { out.trees = memo.Snapshot.Trees() },
			func() { out.set, sound = facts.Open(memo.Answers) },
			func() { out.Numbering, out.ids = numberingOf(memo.Snapshot) },
		}
		Parallel(len(parts), func(i int) { parts[i]() })
		if !sound || out.Len() != out.set.Len() {
			return nil
		}
		return &out
	})}
}

// Reuse makes [Archive.Recall] of a version that git has take the facts of each page
// that had the same path and the same bytes in an earlier run.
func (a *Archive) Reuse(e *Earlier) {
	a.earlier = e
	a.identified.Store(true)
}

// RecallAll is [Archive.Recall]. Of a version that git has, if no facts are kept, it reads
// the pages for them, so that [Archive.SaveVersion] keeps them for the next run.
func (a *Archive) RecallAll() {
	a.Recall()
	if a.earlier != nil && a.earlier.load() == nil && a.kept.Load() == nil && !a.changed {
		a.Gather(nil, func(*Page) {})
	}
}

// SaveVersion keeps the facts of the pages of a version that git has for the next run, if
// none are kept, or so many other pages are in it as are worth it. Those of pages on disk
// are never replaced. An error means that the next run has more to do.
func (a *Archive) SaveVersion(worth int) error {
	k := a.kept.Load()
	if a.earlier == nil || k == nil || a.changed {
		return nil
	}
	if of := a.earlier.load(); of != nil && (of.onDisk || len(k.others) < worth) {
		return nil
	}
	a.Paths(".") // so that all directories are listed
	s := &catalog.Snapshot{Taken: time.Now().UnixNano()}
	a.directories.each(func(dir string, f *directory) { s.Dirs = append(s.Dirs, f.entries(dir, nil)) })
	slices.SortFunc(s.Dirs, func(d, e catalog.Dir) int { return strings.Compare(d.Path, e.Path) })
	if !a.Identify(s) {
		return nil
	}
	numbering, _ := numberingOf(s)
	return a.earlier.catalog.Save(factsName, &catalog.Memo{Snapshot: s, Answers: a.savedSet(numbering).Encode()})
}

// reuse takes the facts of an earlier run, if there are any.
func (a *Archive) reuse() {
	of := a.earlier.load()
	if of == nil {
		return
	}
	k := &Kept{Numbering: of.Numbering, ids: of.ids, set: of.set, archive: &Archive{store: a.store}, stale: make([]bool, of.Len())}
	for i := range k.stale {
		k.stale[i] = true
	}
	c := versionComparer{k, a, of.trees}
	c.directory(".")
	for i, stale := range k.stale {
		if stale {
			k.Changed = append(k.Changed, k.Path(i))
		}
	}
	k.Changed = append(k.Changed, k.others...)
	slices.Sort(k.Changed)
	k.Changed = slices.Compact(k.Changed)
	a.useKept(k)
}

// versionComparer finds out which pages of a version that git has are those that facts
// are kept of. A directory of the same id as then is not listed.
type versionComparer struct {
	*Kept
	version *Archive
	trees   map[string]catalog.ID
}

// directory compares the pages in a directory.
func (c *versionComparer) directory(dir string) {
	f := c.version.listing(dir)
	for i, name := range f.names {
		p := inDirectory(dir, name)
		switch isDir := f.types[i].IsDir(); {
		case c.version.config.ignores(p), !isDir && !IsPage(name):
		case isDir && !IsPage(name):
			if id, known := c.trees[p]; known && i < len(f.ids) && id == f.ids[i] {
				c.sameBelow(p)
			} else {
				c.directory(p)
			}
		default:
			n, numbered := c.Number(p)
			if numbered && f.types[i].IsRegular() && i < len(f.ids) && f.ids[i] == c.ids[n] && c.set.Has(n) {
				c.stale[n] = false
			} else {
				c.others = append(c.others, p)
			}
		}
	}
}

// sameBelow notes that the pages below a directory are those that facts are kept of.
func (c *versionComparer) sameBelow(dir string) {
	if at, found := slices.BinarySearch(c.dirs, dir); found {
		c.same(at, at+1)
	}
	from, _ := slices.BinarySearch(c.dirs, dir+"/")
	to, _ := slices.BinarySearch(c.dirs, dir+"0") // 0 is after the slash
	c.same(from, to)
}

// same notes that the pages in some directories are those that facts are kept of.
func (c *versionComparer) same(from, to int) {
	if from == to {
		return
	}
	end := c.Len()
	if to < len(c.starts) {
		end = c.starts[to]
	}
	for n := c.starts[from]; n < end; n++ {
		if c.stale[n] = !c.set.Has(n); c.stale[n] && c.version.Holds(c.Path(n)) {
			c.others = append(c.others, c.Path(n))
		}
	}
}

// mayLead reports of each page, by number, whether a link may point from it to a file
// that is wanted, whatever the tree of files decides.
func (k *Kept) mayLead(wanted func(path string) bool) []bool {
	if k == nil {
		return nil
	}
	return k.set.Naming(func(p string) bool {
		return wanted(p) || (!IsPage(p) || strings.HasSuffix(p, "/")) &&
			slices.ContainsFunc(indexNames(), func(name string) bool { return wanted(path.Join(p, name)) })
	}, nil)
}
