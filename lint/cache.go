package lint

import (
	"slices"

	"newsctl/archive"
	"newsctl/archive/catalog"
)

// Cache keeps the findings of a whole archive from one run to the next: a page is
// checked again only if something changed that was read to check it. A result is
// always that of [Run].
type Cache struct {
	Catalog *catalog.Catalog // nil: nothing is kept
	Disk    catalog.Disk     // the files that the archive is read from

	// Load reads all pages, where no earlier run helps.
	Load func()

	fresh *catalog.Memo // what is to be kept, or nil
}

// memoName names the findings in a catalog.
const memoName = "lint"

// Run is [Run] for the pages at paths, which are all pages of the archive. None of
// them has been read yet.
func (c *Cache) Run(a *archive.Archive, paths []string, config Config) Result {
	if c.Catalog == nil {
		c.Load()
		return Run(a, paths, config)
	}
	memo, kept := c.last()
	if memo == nil {
		return c.first(a, paths, config)
	}
	now := a.Snapshot(c.Disk, memo.Snapshot)
	changes, unsure := now.Since(memo.Snapshot, c.Disk.ID)
	stale := now.Stale(changes)
	again := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !stale[p] })
	result := c.check(a, again, config, now)
	kept = slices.DeleteFunc(kept, func(f Finding) bool {
		_, there := slices.BinarySearch(paths, f.Path)
		return stale[f.Path] || !there
	})
	result.Findings = append(kept, result.Findings...)
	slices.SortFunc(result.Findings, compare)
	result.count(paths)
	if len(changes) > 0 || unsure > 0 {
		c.keep(a, now, result)
	}
	result.finish(newLinter(a, config, Rules()))
	return result
}

// last returns the memo of the last run and its findings, or nil.
func (c *Cache) last() (*catalog.Memo, []Finding) {
	memo := c.Catalog.Load(memoName)
	if memo == nil {
		return nil, nil
	}
	found, ok := decodeFindings(memo.Answers)
	if !ok {
		return nil, nil
	}
	return memo, found
}

// first checks all pages.
func (c *Cache) first(a *archive.Archive, paths []string, config Config) Result {
	now := a.Snapshot(c.Disk, nil)
	c.Load()
	result := c.check(a, paths, config, now)
	result.count(paths)
	c.keep(a, now, result)
	result.finish(newLinter(a, config, Rules()))
	return result
}

// check checks pages, and notes in a snapshot what was read for each.
func (c *Cache) check(a *archive.Archive, paths []string, config Config, now *catalog.Snapshot) Result {
	l := newLinter(a, config, Rules())
	by := make(map[string]*linter, len(paths))
	reads := make(map[string]*archive.Reads, len(paths))
	for _, p := range paths {
		reads[p] = &archive.Reads{}
		by[p] = l.recording(reads[p])
	}
	result := run(a, by)
	for p, r := range reads {
		if !r.Unkept {
			now.SetReads(p, append(r.Keys(), catalog.Key{Kind: catalog.Page, Path: p}))
		}
	}
	return result
}

// recording returns a linter of the same rules that records what it reads.
func (l *linter) recording(r *archive.Reads) *linter {
	out := *l
	out.archive = l.archive.Recording(r)
	return &out
}

// count counts the pages that a result is about.
func (r *Result) count(paths []string) {
	r.Pages, r.Events = len(paths), 0
	for _, p := range paths {
		if kind, _ := archive.Classify(p); kind == archive.EventPage {
			r.Events++
		}
	}
}

// keep makes a snapshot and the findings what is to be saved, if all could be
// read.
func (c *Cache) keep(a *archive.Archive, now *catalog.Snapshot, result Result) {
	if a.Identify(now) {
		c.fresh = &catalog.Memo{Snapshot: now, Answers: encodeFindings(result.Findings)}
	}
}

// Save keeps what the last run found. An error means that the next run has more
// to do.
func (c *Cache) Save() error {
	if c.fresh == nil {
		return nil
	}
	return c.Catalog.Save(memoName, c.fresh)
}
