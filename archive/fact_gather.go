package archive

import (
	"bytes"
	"runtime"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/page"
)

// gathering reads pages for their facts, which are encoded at once: no page is held,
// and of the facts what [Kept] holds.
type gathering struct {
	*Numbering
	archive *Archive
	builder *facts.Builder
	ids     []catalog.ID
	first   int32 // the ID before that of the first facts
}

// newGathering returns a gathering of the facts of the pages at paths.
func (a *Archive) newGathering(paths []string) *gathering {
	n := NumberingOf(paths)
	return &gathering{n, a, facts.NewBuilder(n.Len()), make([]catalog.ID, n.Len()), a.strings.reserve(n.Len())}
}

// read reads the page of a number and returns it, or nil if it is known already or
// there is none.
func (g *gathering) read(i int) *Page {
	a, p := g.archive, g.Path(i)
	if !g.isUnknown(i) || !a.exists(p) {
		return nil
	}
	if a.cache != nil {
		a.cache.fresh.Add(1)
	}
	s := &slot{}
	pg := a.read(p, s)
	if pg.Fault != "" || pg.Err != nil {
		a.pages.keep(p, s)
		return pg
	}
	g.add(i, pg)
	return pg
}

// isUnknown reports whether the page of a number was not read yet.
func (g *gathering) isUnknown(i int) bool {
	_, known := g.archive.pages.load(g.Path(i))
	return !known && !g.builder.Has(i)
}

// add adds the facts of a page.
func (g *gathering) add(i int, pg *Page) {
	g.ids[i] = pg.id
	g.builder.Add(i, pg.lend(g.first+int32(i)+1).page())
}

// readBulk reads the pages in one go, as far as the tree of files can, and calls visit
// with each.
func (g *gathering) readBulk(visit func(*Page)) {
	r, ok := g.archive.fsys.(bulkReader)
	if !ok || g.Len() < manyFiles {
		return
	}
	var numbers []int
	var paths []string
	for i := range g.Len() {
		if g.isUnknown(i) {
			numbers, paths = append(numbers, i), append(paths, g.Path(i))
		}
	}
	type file struct {
		number int
		data   []byte
	}
	files := make(chan file, manyFiles)
	go func() {
		defer close(files)
		_ = r.ReadEach(paths, func(i int, data []byte) { // what it cannot read is read one by one
			if len(data) <= page.MaxSize {
				files <- file{numbers[i], bytes.Clone(data)}
			}
		})
	}()
	Parallel(runtime.GOMAXPROCS(0), func(int) {
		for f := range files {
			pg := g.archive.PageAs(g.Path(f.number), f.data)
			if pg.Fault == "" {
				pg.id = catalog.IDOf(f.data)
				g.add(f.number, pg)
				visit(pg)
			}
		}
	})
}

// finish makes known what was gathered.
func (g *gathering) finish() {
	k := &Kept{Numbering: g.Numbering, archive: &Archive{store: g.archive.store}, ids: g.ids, first: g.first, stale: make([]bool, g.Len())}
	for i := range k.stale {
		if k.stale[i] = !g.builder.Has(i); k.stale[i] {
			k.Changed = append(k.Changed, g.Path(i))
		}
	}
	if len(k.Changed) == g.Len() {
		return // nothing was read
	}
	k.others = k.Changed
	k.set = g.builder.Set()
	g.archive.setKept(k)
}

// isOf reports whether the facts are those of all of some pages, and of no others.
func (k *Kept) isOf(pages *Numbering) bool { return k != nil && len(k.Changed) == 0 && k.equal(pages) }
