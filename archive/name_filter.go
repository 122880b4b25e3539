package archive

import (
	"hash/maphash"

	"newsctl/archive/catalog"
)

// nameFilter says which names of pages an archive has more than once. It may say so of
// some that it does not.
type nameFilter struct {
	seen, again []uint64 // a bit for each name, by a hash
}

// bitsPerName makes one name in sixteen share its bit with another.
const bitsPerName = 16

func newNameFilter(paths []string) *nameFilter {
	words := len(paths)*bitsPerName/64 + 1
	n := &nameFilter{make([]uint64, words), make([]uint64, words)}
	for _, p := range paths {
		word, bit := n.place(p)
		n.again[word] |= n.seen[word] & bit
		n.seen[word] |= bit
	}
	return n
}

// place returns where the bit of the name of a page is.
func (n *nameFilter) place(p string) (word uint64, bit uint64) {
	_, name := split(p)
	h := maphash.String(seed, name)
	return h / 64 % uint64(len(n.seen)), 1 << (h % 64)
}

// HasOwnName reports whether nothing else in the archive has the name of the page at a
// path, which is there. It may be false where nothing has, as where not all is known.
func (a *Archive) HasOwnName(p string) bool {
	paths := a.paths.Load()
	if paths == nil || len(a.config.Ignore) > 0 {
		return false
	}
	n := a.names.get(func() *nameFilter { return newNameFilter(*paths) })
	if word, bit := n.place(p); n.again[word]&bit != 0 {
		return false
	}
	a.reads.add(catalog.Absent, p)
	return true
}
