package lsp

import (
	"maps"
	"path"
	"sync"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/lint"
)

// checks are the findings on the open pages of an archive, with what was read to find
// them.
type checks struct {
	mu      sync.Mutex
	texts   map[string]string // of the open pages, when they were checked last
	basis   string            // what all pages depend on
	results map[string]*result
}

// result is what was found on a page.
type result struct {
	findings []lint.Finding
	reads    *archive.Reads
	stale    bool
}

// forget makes all pages be checked again.
func (c *checks) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts, c.results = nil, nil
}

// outdate makes the pages be checked again that changes on disk concern.
func (c *checks) outdate(changes []archive.Change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, change := range changes {
		c.outdateBy(change.Path, true)
	}
}

// outdateBy makes the pages be checked again for which a page was read, or with names
// the directory it is in.
func (c *checks) outdateBy(p string, names bool) {
	for at, r := range c.results {
		r.stale = r.stale || at == p || r.sees(p, names)
	}
}

func (r *result) sees(p string, names bool) bool {
	if r.reads.Unkept {
		return true
	}
	dir := path.Dir(p)
	for _, k := range r.reads.Keys() {
		switch {
		case k.Kind.IsOfPath() || k.Kind == catalog.Absent:
			if k.Path == p {
				return true
			}
		case k.Kind == catalog.Day:
			if k.Path == dir {
				return true
			}
		case k.Kind == catalog.Names:
			if names && (k.Path == dir || k.Path == path.Dir(dir) || k.Path == path.Dir(path.Dir(dir)) || k.Path == path.Dir(path.Dir(path.Dir(dir)))) {
				return true
			}
		}
	}
	return false
}

// begin makes those pages be checked again that texts other than the last ones
// concern. New says which of these make a page where none is on disk.
func (c *checks) begin(texts map[string]string, basis string, isNew func(p string) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.results == nil || c.basis != basis {
		c.results = map[string]*result{}
		c.basis = basis
	}
	all := maps.Clone(c.texts)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, texts)
	for p := range all {
		was, had := c.texts[p]
		is, has := texts[p]
		if was != is || had != has {
			c.outdateBy(p, had != has && isNew(p))
		}
		if !has {
			delete(c.results, p)
		}
	}
	c.texts = texts
}

// fresh returns what was found on a page, or nil if it is to be checked.
func (c *checks) fresh(p string) *result {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.results[p]; r != nil && !r.stale {
		return r
	}
	return nil
}

func (c *checks) keep(p string, r *result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.results != nil {
		c.results[p] = r
	}
}
