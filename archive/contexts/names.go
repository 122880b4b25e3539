package contexts

import (
	"slices"
	"strings"

	"newsctl/archive"
)

// NameList holds names in byte order, each once.
type NameList []string

// NewNameList returns names as a list, which may share their memory.
func NewNameList(names []string) NameList {
	slices.Sort(names)
	return slices.Compact(names)
}

// Has reports whether the list has a name.
func (l NameList) Has(name string) bool {
	_, ok := slices.BinarySearch(l, name)
	return ok
}

// Straddles reports whether a name with a comma is what neighbors in a list of the
// names may be read as: it begins as one of them ends, and ends as another begins.
func (l NameList) Straddles(name string) bool {
	for at := 0; ; at += len(archive.ContextSeparator) {
		next := strings.Index(name[at:], archive.ContextSeparator)
		if next < 0 {
			return false
		}
		at += next
		start, end := name[:at], name[at+len(archive.ContextSeparator):]
		if slices.ContainsFunc(l, func(n string) bool { return n == start || strings.HasSuffix(n, archive.ContextSeparator+start) }) &&
			slices.ContainsFunc(l, func(n string) bool { return n == end || strings.HasPrefix(n, end+archive.ContextSeparator) }) {
			return true
		}
	}
}

// NameSet is a set of names of contexts.
type NameSet map[string]struct{}

// Add puts names into the set.
func (s NameSet) Add(names ...string) {
	for _, name := range names {
		s[name] = struct{}{}
	}
}

func (s NameSet) has(name string) bool {
	_, ok := s[name]
	return ok
}

// Sorted returns the names in byte order.
func (s NameSet) Sorted() []string {
	out := make([]string, 0, len(s))
	for name := range s {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
