package archive

import (
	"path"
	"slices"
	"strings"
	"sync"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// Earlier is the facts of the pages on disk as an earlier run kept them, for versions
// of the archive that git has.
type Earlier struct{ load func() *Kept }

// EarlierIn returns the facts in a catalog. They are loaded when first used.
func EarlierIn(c *catalog.Catalog) *Earlier {
	return &Earlier{sync.OnceValue(func() *Kept {
		memo := c.Load(factsName)
		if memo == nil {
			return nil
		}
		set, ok := facts.Open(memo.Answers)
		k := &Kept{set: set}
		k.Numbering, k.ids = numberingOf(memo.Snapshot)
		if !ok || k.Len() != set.Len() {
			return nil
		}
		return k
	})}
}

// Reuse makes [Archive.Recall] of a version that git has take the facts of each page
// that had the same path and the same bytes in an earlier run.
func (a *Archive) Reuse(e *Earlier) { a.earlier = e }

// reuse takes the facts of an earlier run, if there are any.
func (a *Archive) reuse() {
	of := a.earlier.load()
	if of == nil {
		return
	}
	base := &Archive{store: a.store}
	a.useKept(&Kept{Numbering: of.Numbering, ids: of.ids, set: of.set, archive: base, idNow: base.gitID})
}

// gitID returns the id that git has of the file at a path, or false if there is none.
func (a *Archive) gitID(p string) (catalog.ID, bool) {
	dir, name := path.Split(p)
	f := a.listing(path.Clean(dir))
	at, ok := slices.BinarySearch(f.names, name)
	if !ok || at >= len(f.ids) || !f.types[at].IsRegular() {
		return catalog.ID{}, false
	}
	return f.ids[at], true
}

// matches reports whether there are facts of a number, and they are those of bytes with
// an id.
func (k *Kept) matches(i int, id string) bool {
	got, err := catalog.ParseID(id)
	return err == nil && got == k.ids[i] && k.set.Has(i)
}

// compared returns the facts with what is found out now: which of all pages changed.
func (k *Kept) compared(paths []string) *Kept {
	out := &Kept{Numbering: k.Numbering, archive: k.archive, set: k.set, taken: k.taken, ids: k.ids, first: k.first, briefs: k.briefs, meant: k.meant}
	out.stale = make([]bool, k.Len())
	for i := range out.stale {
		p := k.Path(i)
		if _, fresh := k.fresh(p); !fresh {
			out.stale[i] = true
			out.Changed = append(out.Changed, p)
		}
	}
	for _, p := range paths {
		if i, fresh := out.fresh(p); !fresh || !k.set.Has(i) {
			out.others = append(out.others, p)
		}
	}
	out.Changed = append(out.Changed, out.others...)
	slices.Sort(out.Changed)
	out.Changed = slices.Compact(out.Changed)
	return out
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
