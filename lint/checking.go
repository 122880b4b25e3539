package lint

import (
	"slices"
	"sync"

	"newsctl/archive"
	"newsctl/archive/catalog"
)

// checking checks pages one by one. Those that are read for their facts are checked
// then, by what is known of other pages at that time ([archive.Archive.Early]). If that
// is not enough, or not so, a page is read and checked again once all facts are known.
type checking struct {
	*linter
	paths  []string // of the pages, in byte order
	record bool     // what is read is noted
	fixes  bool     // the edits of fixes are needed
	joins  []*Rule  // which make findings of what is reported on all pages

	pages  []checked
	again  int       // how many pages were checked after all facts were known
	unused sync.Pool // *archive.Reads
}

// checked is what a check of one page came to.
type checked struct {
	found    []Finding
	reported string // for rules that join, as it is kept
	says     catalog.Digests
	reads    []catalog.Sum  // nil if the answer cannot be kept
	early    *archive.Early // what was taken to be so; nil if the findings are not certain
}

// run checks the pages. Gather, if not nil, makes all facts known, and calls visit with
// each page that it reads for that.
func (c *checking) run(gather func(visit func(*archive.Page))) []checked {
	c.pages = make([]checked, len(c.paths))
	if gather != nil {
		gather(c.checkEarly)
	}
	certain := make([]bool, len(c.paths))
	archive.Parallel(len(c.paths), func(i int) { certain[i] = c.isCertain(i) })
	var again []int
	var paths []string
	for i, p := range c.paths {
		if !certain[i] {
			again, paths = append(again, i), append(paths, p)
		}
	}
	c.again = len(again)
	c.archive.Visit(paths, func(i int, p *archive.Page) { c.pages[again[i]] = c.checkNow(paths[i], p) })
	return c.pages
}

// noting calls do for the page at a path with what notes what is read, or nil. It
// returns that as numbers, which are nil if the answer cannot be kept.
func (c *checking) noting(p string, do func(reads *archive.Reads)) []catalog.Sum {
	if !c.record {
		do(nil)
		return nil
	}
	reads, _ := c.unused.Get().(*archive.Reads)
	if reads == nil {
		reads = &archive.Reads{}
	}
	defer c.unused.Put(reads)
	reads.Reset()
	do(reads)
	if reads.Unkept {
		return nil
	}
	return catalog.SumsOf(append(reads.Keys(), catalog.Key{Kind: catalog.Page, Path: p}))
}

// checkEarly checks a page while facts are gathered.
func (c *checking) checkEarly(p *archive.Page) {
	i, ok := slices.BinarySearch(c.paths, p.Path)
	if !ok || p.Err != nil {
		return
	}
	var one checked
	one.reads = c.noting(p.Path, func(reads *archive.Reads) {
		one.early = c.archive.Early(reads, func(view *archive.Archive) {
			l := c.over(view)
			l.early = true
			one.found = l.page(p)
		})
	})
	if one.early != nil {
		c.pages[i] = c.answered(c.paths[i], one, p)
	}
}

// isCertain reports whether what was found on a page while facts were gathered is what
// would be found now.
func (c *checking) isCertain(i int) bool {
	one := &c.pages[i]
	if one.early == nil {
		return false
	}
	f := c.archive.Facts(c.paths[i])
	if !one.early.Holds(c.archive, f) { // what it asks for is noted already
		return false
	}
	one.early = nil
	clean := true
	more := c.noting(f.Path, func(reads *archive.Reads) {
		view := c.archive.Recording(reads)
		for _, r := range c.at(f.Path).rules {
			clean = clean && (!r.waits() || !r.checks(f.Kind) || r.Clean(view, f))
		}
	})
	if one.reads != nil && more != nil {
		one.reads = append(one.reads, more...)
		slices.Sort(one.reads)
		one.reads = slices.Clip(slices.Compact(one.reads))
	} else {
		one.reads = nil
	}
	return clean
}

// checkNow checks a page, or nothing if there is none, when all facts are known.
func (c *checking) checkNow(path string, p *archive.Page) checked {
	var one checked
	one.reads = c.noting(path, func(reads *archive.Reads) {
		if p != nil && p.Err == nil {
			one.found = c.over(c.archive.Recording(reads)).page(p)
		}
	})
	return c.answered(path, one, p)
}

// answered sorts the findings on the page at a path, and leaves of them what is needed.
// None of them holds anything else of the page.
func (c *checking) answered(path string, one checked, p *archive.Page) checked {
	slices.SortFunc(one.found, compare)
	if c.record {
		one.says = digestsOf(p)
	}
	for i := range one.found {
		f := &one.found[i]
		f.Path = path
		if f.Fix != nil && !c.fixes {
			f.Fix = withoutEdits
		}
	}
	one.found, one.reported = splitReported(one.found, c.joins)
	return one
}

// digestsOf returns numbers for what others may ask of a page, or zero if it cannot be
// read.
func digestsOf(p *archive.Page) catalog.Digests {
	if p == nil || p.Err != nil {
		return catalog.Digests{}
	}
	return p.Facts().Digests()
}

// digestsAt is [digestsOf] the page at a path. It is zero if the page changes meanwhile:
// then the check finds that too.
func digestsAt(a *archive.Archive, p string) (out catalog.Digests) {
	_ = archive.Steadily(func() error {
		out = digestsOf(a.Page(p))
		return nil
	})
	return out
}
