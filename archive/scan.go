package archive

import (
	"slices"
	"strings"

	"newsctl/archive/link"
	"newsctl/archive/page"
)

// walker is a tree of files that reads all of them in one go, which is far faster
// than one at a time. Walk calls do for each regular file whose path is kept; the
// data is only good until do returns.
type walker interface {
	Walk(keep func(path string) bool, do func(path string, data []byte)) error
}

// MayLink returns the paths of the pages in the tree of files from which a link
// may point to a file that is wanted, and perhaps of others. Pages are not parsed
// for it, and not kept; one that cannot be read is returned.
func (a *Archive) MayLink(wanted func(path string) bool) []string {
	if w, ok := a.fsys.(walker); ok {
		var out []string
		err := w.Walk(func(p string) bool { return IsPage(p) && a.Holds(p) }, func(p string, src []byte) {
			if a.mayLink(p, src, wanted) {
				out = append(out, p)
			}
		})
		if err == nil {
			slices.Sort(out)
			return out
		} // or else the pages that cannot be read are found below
	}
	paths := a.Paths(".")
	may := make([]bool, len(paths))
	parallelN(len(paths), scanners, func(i int) {
		src, reason, err := a.Source(paths[i])
		if reason != "" {
			return
		}
		may[i] = err != nil || a.mayLink(paths[i], src, wanted)
	})
	var out []string
	for i, p := range paths {
		if may[i] {
			out = append(out, p)
		}
	}
	return out
}

// scanners is how many pages are scanned at once: most of the time goes into
// waiting for the disk, or for git.
const scanners = 32

// mayLink reports whether a link on the page at a path may point to a file that is
// wanted.
func (a *Archive) mayLink(p string, src []byte, wanted func(path string) bool) bool {
	return len(src) <= page.MaxSize && page.MayLead(src, func(destination string) bool {
		if strings.HasPrefix(destination, "http") && link.HasScheme(destination) {
			return false
		}
		t := a.resolve(p, destination)
		return t.Kind == Internal && wanted(t.Path)
	})
}
