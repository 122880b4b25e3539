package archive

import (
	"slices"
	"strings"

	"newsctl/archive/layout"
)

// MayName returns those of paths whose pages may name one of some events, in a link or
// in text: all that do are among them. Events are given by their paths.
func (a *Archive) MayName(paths []string, events map[string]bool) []string {
	days := map[int32]bool{}
	for p := range events {
		rest, ok := strings.CutPrefix(p, layout.Current().Years()+"/")
		n, isDay := DayNamed(rest)
		if !ok || !isDay {
			return paths // of which the facts have no days
		}
		days[n] = true
	}
	names := func(path string) bool { return events[SourceOf(path)] }
	var kept []bool
	k := a.kept.Load()
	if k != nil {
		kept = k.set.Naming(names, days)
	}
	may := make([]bool, len(paths))
	Parallel(len(paths), func(i int) {
		if n, ok := a.keptAs(k, paths[i]); ok {
			may[i] = kept[n]
			return
		}
		may[i] = a.pageMayName(paths[i], names, days)
	})
	var out []string
	for i, p := range paths {
		if may[i] {
			out = append(out, p)
		}
	}
	return out
}

// keptAs returns the number of the facts that are kept of a page, if they say where
// its links lead and all that it names.
func (a *Archive) keptAs(k *Kept, p string) (int, bool) {
	n, ok := k.fresh(p)
	if !ok || k.set.IsLoose(n) {
		return 0, false
	}
	if kind, _ := Classify(p); kind == CopyPage {
		return 0, false // its list is not read
	}
	s, read := a.pages.load(p)
	return n, !read || s.facts != nil
}

func (a *Archive) pageMayName(p string, names func(path string) bool, days map[int32]bool) bool {
	f := a.Facts(p)
	if f == nil {
		return false
	}
	if f.Kind == CopyPage && !a.SameBytes(p, CopyOf(p)) || !a.IsRead(p) {
		return true
	}
	for i := range f.Links {
		if names(f.Target(int32(i)).Path) {
			return true
		}
	}
	return slices.ContainsFunc(f.Days, func(n int32) bool { return days[n] })
}

// MayLinkTo returns those of pages that may link to a path: all that do are among them.
func (a *Archive) MayLinkTo(p string, pages []string) []string {
	k := a.kept.Load()
	if k == nil {
		return pages
	}
	links := k.set.LinksTo(p)
	return slices.DeleteFunc(slices.Clone(pages), func(from string) bool {
		i, ok := a.keptAs(k, from)
		_, does := slices.BinarySearch(links, i)
		return ok && !does
	})
}
