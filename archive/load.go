package archive

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Load makes known the facts of every page below the root, with all cores, and
// returns their paths in byte order. Pages are read for it unless the catalog knows
// them. After each page it calls progress, if not nil, from any goroutine.
func (a *Archive) Load(progress func(done, total int)) []string {
	return a.Gather(progress, func(*Page) {})
}

// Gather is [Archive.Load] that calls visit with each page that is read for its facts,
// once these are known, while those of other pages may not be known yet.
func (a *Archive) Gather(progress func(done, total int), visit func(*Page)) []string {
	a.Recall()
	paths := a.Paths(".")
	k := a.Kept()
	if k == nil && !a.changed {
		a.gather(paths, progress, visit)
		return paths
	}
	others := paths
	if k != nil {
		others = slices.DeleteFunc(slices.Clone(k.others), func(p string) bool { return !a.Holds(p) })
	}
	reporting(len(others), progress, func(i int) {
		if p := a.loadFacts(others[i]); p != nil {
			visit(p)
		}
	})
	return paths
}

// Recall makes known the facts that an earlier run kept, if a catalog has them
// ([Archive.Keep]).
func (a *Archive) Recall() {
	a.identified.Store(true)
	a.recallOnce.Do(a.recall)
}

// RecallAny is [Archive.Recall], unless the catalog has no facts: then there are none
// to be saved either.
func (a *Archive) RecallAny() {
	if c := a.cache; c != nil && c.catalog.Has(factsName) {
		a.Recall()
	}
}

// gather makes known the facts of all pages, whose paths are given, as they are kept
// from one run to the next. It calls visit with each page that it reads.
func (a *Archive) gather(paths []string, progress func(done, total int), visit func(*Page)) {
	g := a.newGathering(paths)
	g.readBulk(visit)
	reporting(g.Len(), progress, func(i int) {
		if p := g.read(i); p != nil {
			visit(p)
		}
	})
	g.finish()
}

// loadFacts makes known the facts of a page. If the page is read for it, it is
// returned and not kept.
func (a *Archive) loadFacts(p string) *Page {
	if _, known := a.pages.load(p); known {
		return nil
	}
	if !a.exists(p) || !IsPage(p) {
		return nil
	}
	if a.cache != nil {
		a.cache.fresh.Add(1)
	}
	read := &slot{}
	pg := a.read(p, read)
	if pg.Fault == "" && pg.Err == nil {
		read = &slot{facts: pg.Facts(), id: pg.id}
	}
	a.pages.keep(p, read)
	return pg
}

// LoadPages reads every page below the root, as [Archive.Load] does, but all pages
// are read.
func (a *Archive) LoadPages(progress func(done, total int)) []string {
	paths := a.Paths(".")
	reporting(len(paths), progress, func(i int) { a.Page(paths[i]) })
	return paths
}

// Each calls do with all cores for each of paths: with its place among them and
// the page there, or nil if nothing is there.
func (a *Archive) Each(paths []string, do func(i int, p *Page)) {
	Parallel(len(paths), func(i int) { do(i, a.Page(paths[i])) })
}

// Visit calls do for each of paths, as [Archive.Each] does. A page whose facts are
// known is read for it alone and not kept.
func (a *Archive) Visit(paths []string, do func(i int, p *Page)) {
	Parallel(len(paths), func(i int) { do(i, a.ReadOnce(paths[i])) })
}

// ReadOnce returns the page at a path, or nil if nothing is there. If the facts of the
// page are known, or changes laid over the archive do not hold its bytes, it is read
// for the caller alone and not kept.
func (a *Archive) ReadOnce(p string) *Page {
	switch s := a.slot(p, false); {
	case s == nil:
		return nil
	case s.facts != nil || !s.src.IsHeld():
		return a.load(p, s)
	default:
		return a.read(p, s)
	}
}

// reporting is [Parallel] that calls progress, if not nil, after each call of do.
func reporting(n int, progress func(done, total int), do func(i int)) {
	var done atomic.Int64
	Parallel(n, func(i int) {
		do(i)
		if count := done.Add(1); progress != nil {
			progress(int(count), n)
		}
	})
}

// Parallel calls do for 0 to n-1 with all cores.
func Parallel(n int, do func(i int)) { parallelN(n, runtime.GOMAXPROCS(0), do) }

// parallelN calls do for 0 to n-1, so many at a time.
//
// What [Steadily] is for, it passes on.
func parallelN(n, workers int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	var changed atomic.Bool
	for range min(n, workers) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if Steadily(func() error {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					do(i)
				}
				return nil
			}) != nil {
				changed.Store(true)
			}
		}()
	}
	wg.Wait()
	if changed.Load() {
		panic(ErrChanged)
	}
}
