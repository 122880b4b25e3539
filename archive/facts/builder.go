package facts

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"newsctl/archive/catalog"
)

// Builder makes a [Set] of pages that several goroutines add.
type Builder struct {
	strings stringTable
	styles  styleTable
	pages   []built
}

// built is one page as it is in a set.
type built struct {
	body  []byte
	paths []int32 // of its links, as numbers of strings
	kinds []byte  // of its links
	days  []int32
}

// NewBuilder returns a builder of so many pages. Those that are not added are nil.
func NewBuilder(pages int) *Builder { return &Builder{pages: make([]built, pages)} }

// Add adds the page of a number, at most once. Nothing that the page holds is held
// afterwards.
func (b *Builder) Add(i int, p *Page) {
	out := built{paths: make([]int32, len(p.Links)), kinds: make([]byte, len(p.Links)), days: slices.Clone(p.Days)}
	for k, t := range p.Links {
		out.paths[k], out.kinds[k] = b.strings.number(t.Path), packLink(t)
	}
	e := encoder{builder: b}
	e.page(p)
	out.body = bytes.Clone(e.Bytes())
	b.pages[i] = out
}

// Has reports whether the page of a number was added.
func (b *Builder) Has(i int) bool { return b.pages[i].body != nil }

// Set returns the pages. The builder is of no use afterwards.
func (b *Builder) Set() *Set {
	s := &Set{strings: b.strings.list(), styles: b.styles.list}
	b.strings = stringTable{}
	var ends, links, paths, dayEnds, days []int32
	var bodies, kinds []byte
	for _, p := range b.pages {
		bodies, kinds = append(bodies, p.body...), append(kinds, p.kinds...)
		paths, days = append(paths, p.paths...), append(days, p.days...)
		ends, links, dayEnds = append(ends, int32(len(bodies))), append(links, int32(len(paths))), append(dayEnds, int32(len(days)))
	}
	b.pages = nil
	s.bodies, s.kinds = string(bodies), string(kinds)
	s.ends, s.links, s.paths = catalog.ColumnOf(ends), catalog.ColumnOf(links), catalog.ColumnOf(paths)
	s.dayEnds, s.days = catalog.ColumnOf(dayEnds), catalog.ColumnOf(days)
	return s
}

// Encode returns pages as they are kept. A page that is nil is kept as nil.
func Encode(pages []*Page) string {
	b := NewBuilder(len(pages))
	for i, p := range pages {
		if p != nil {
			b.Add(i, p)
		}
	}
	return b.Set().Encode()
}

// stringTable numbers strings from 0, as they are first seen. Its parts have locks of
// their own, so that goroutines seldom wait for each other.
type stringTable struct {
	count atomic.Int32
	parts [32]struct {
		mu      sync.RWMutex
		numbers map[string]int32
	}
}

var seed = maphash.MakeSeed()

// number returns the number of a string.
func (t *stringTable) number(s string) int32 {
	p := &t.parts[maphash.String(seed, s)%uint64(len(t.parts))]
	p.mu.RLock()
	n, ok := p.numbers[s]
	p.mu.RUnlock()
	if ok {
		return n
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if n, ok := p.numbers[s]; ok {
		return n
	}
	if p.numbers == nil {
		p.numbers = map[string]int32{}
	}
	n = t.count.Add(1) - 1
	p.numbers[strings.Clone(s)] = n
	return n
}

// list returns the strings by their numbers.
func (t *stringTable) list() []string {
	out := make([]string, t.count.Load())
	for i := range t.parts {
		for s, n := range t.parts[i].numbers {
			out[n] = s
		}
	}
	return out
}

// styleTable numbers styles from 1, as they are first seen.
type styleTable struct {
	mu      sync.Mutex
	numbers map[Style]int
	list    []*Style
}

// number returns the number of a style, or 0 for none.
func (t *styleTable) number(s *Style) int {
	if s == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.numbers[*s]; ok {
		return n
	}
	if t.numbers == nil {
		t.numbers = map[Style]int{}
	}
	own := &Style{strings.Clone(s.Prefix), strings.Clone(s.Word)}
	t.list = append(t.list, own)
	t.numbers[*own] = len(t.list)
	return len(t.list)
}
