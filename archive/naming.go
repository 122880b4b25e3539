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
	numbers := a.keptNumbers()
	Parallel(len(paths), func(i int) {
		if n := numbers.ofText(paths[i]); n >= 0 {
			may[i] = kept[n]
		} else {
			may[i] = a.pageMayName(paths[i], names, days)
		}
	})
	var out []string
	for i, p := range paths {
		if may[i] {
			out = append(out, p)
		}
	}
	return out
}

// keptNumbers are the numbers of the facts that are kept and say where the links of a
// page lead and all that it names.
type keptNumbers struct {
	*Kept
	read map[string]bool // pages that were read, or that changes make other than they were
}

func (a *Archive) keptNumbers() keptNumbers {
	out := keptNumbers{a.kept.Load(), map[string]bool{}}
	a.pages.each(func(p string, s *slot) { out.read[p] = s.facts == nil })
	return out
}

// of returns the number of the facts of a page, or -1. There are none of a copy, whose
// list is not read.
func (x keptNumbers) of(p string) int {
	if isCopy(p) {
		return -1
	}
	return x.ofText(p)
}

// ofText is [keptNumbers.of] for what a page names in links or text: a true copy as well.
func (x keptNumbers) ofText(p string) int {
	n, ok := x.fresh(p)
	if !ok || x.read[p] || x.set.IsLoose(n) {
		return -1
	}
	if isCopy(p) {
		if of, ok := x.fresh(CopyOf(p)); !ok || x.read[CopyOf(p)] || x.ids[of] != x.ids[n] {
			return -1
		}
	}
	return n
}

func isCopy(p string) bool {
	if _, name := split(p); name != CopyName() {
		return false
	}
	kind, _ := Classify(p)
	return kind == CopyPage
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
	links, numbers := k.set.LinksTo(p), a.keptNumbers()
	var out []string
	for _, from := range pages {
		n := numbers.of(from)
		if _, does := slices.BinarySearch(links, n); n < 0 || does {
			out = append(out, from)
		}
	}
	return out
}
