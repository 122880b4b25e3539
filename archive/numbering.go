package archive

import (
	"slices"
	"strings"
	"sync/atomic"
)

// Numbering numbers pages from 0: directory by directory in the order of their paths,
// and by name in each.
type Numbering struct {
	dirs   []string // with pages
	starts []int    // the number of the first page of each directory
	names  []string
	paths  []string // of the pages, or nil where they are put together when asked for

	places once[map[string]int] // of directories among dirs
	last   atomic.Int32         // the place of the directory that was asked for last, as a rule
}

// NumberingOf numbers the pages at paths.
func NumberingOf(paths []string) *Numbering {
	byDir := map[string][]string{} // paths
	for _, p := range paths {
		dir, _ := split(p)
		byDir[dir] = append(byDir[dir], p)
	}
	dirs := make([]string, 0, len(byDir))
	for dir := range byDir {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	n := &Numbering{}
	for _, dir := range dirs {
		slices.Sort(byDir[dir])
		n.add(dir)
		n.paths = append(n.paths, byDir[dir]...)
		for _, p := range byDir[dir] {
			_, name := split(p)
			n.names = append(n.names, name)
		}
	}
	return n
}

// split returns the directory and the name of a path.
func split(p string) (dir, name string) {
	if slash := strings.LastIndexByte(p, '/'); slash >= 0 {
		return p[:slash], p[slash+1:]
	}
	return ".", p
}

// add begins a directory, whose pages are numbered after those before.
func (n *Numbering) add(dir string) {
	n.dirs, n.starts = append(n.dirs, dir), append(n.starts, len(n.names))
}

// Len returns how many pages are numbered.
func (n *Numbering) Len() int { return len(n.names) }

// Path returns the path of the page of a number.
func (n *Numbering) Path(i int) string {
	if n.paths != nil {
		return n.paths[i]
	}
	dir, found := slices.BinarySearch(n.starts, i)
	if !found {
		dir--
	}
	return inDirectory(n.dirs[dir], n.names[i])
}

// Number returns the number of the page at a path, or false if it has none.
func (n *Numbering) Number(p string) (int, bool) {
	dir, name := split(p)
	at := int(n.last.Load()) // many pages of one directory are asked for together
	if at >= len(n.dirs) || n.dirs[at] != dir {
		var found bool
		if at, found = n.places.get(n.findPlaces)[dir]; !found {
			return 0, false
		}
		n.last.Store(int32(at))
	}
	end := len(n.names)
	if at+1 < len(n.starts) {
		end = n.starts[at+1]
	}
	i, found := slices.BinarySearch(n.names[n.starts[at]:end], name)
	return n.starts[at] + i, found
}

// equal reports whether the same pages have the same numbers.
func (n *Numbering) equal(m *Numbering) bool {
	return n.Len() == m.Len() && slices.Equal(n.names, m.names) && slices.Equal(n.dirs, m.dirs) && slices.Equal(n.starts, m.starts)
}

func (n *Numbering) findPlaces() map[string]int {
	out := make(map[string]int, len(n.dirs))
	for i, dir := range n.dirs {
		out[dir] = i
	}
	return out
}
