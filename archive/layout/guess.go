package layout

import (
	"cmp"
	"regexp"
	"slices"
)

// pageOfDay matches the path of a page of a day: its root, the directory of the day,
// and its name.
var pageOfDay = regexp.MustCompile(`^((?:[^/]+/)+)\d{4}/\d{2}/(\d{1,2})/([^/]+\.md)$`)

// Guess returns the layout that most days have of those whose pages are at paths, and
// how many days have that root. Without any it is the zero layout.
func Guess(paths []string) (l Layout, days int) {
	roots := map[string]map[string][]string{} // the names in the directories of days, by root
	padded := map[string]int{}                // how many more pages are in padded directories
	for _, p := range paths {
		m := pageOfDay.FindStringSubmatch(p)
		if m == nil || Invalid(m[1][:len(m[1])-1]) != "" {
			continue
		}
		root, dir := m[1][:len(m[1])-1], p[:len(p)-len(m[3])-1]
		if roots[root] == nil {
			roots[root] = map[string][]string{}
		}
		roots[root][dir] = append(roots[root][dir], m[3])
		switch {
		case m[2][0] == '0':
			padded[root]++
		case len(m[2]) == 1:
			padded[root]--
		}
	}
	for root, dirs := range roots {
		if n := len(dirs); n > days || n == days && cmp.Compare(root, l.Root) < 0 {
			l.Root, days = root, n
		}
	}
	l.Padded, l.Pages = padded[l.Root] > 0, pagesOf(roots[l.Root])
	if l.Root == DefaultRoot {
		l.Root = ""
	}
	return l, days
}

// pagesOf returns the names of the pages of days, by the names in their directories, or
// nothing where they are the default.
func pagesOf(dirs map[string][]string) []string {
	count := map[string]int{}
	for _, names := range dirs {
		index, readme := slices.Contains(names, DefaultIndex), slices.Contains(names, DefaultCopy)
		switch {
		case index && readme:
			count[""]++
		case index:
			count[DefaultIndex]++
		case readme:
			count[DefaultCopy]++
		}
	}
	for _, only := range []string{DefaultIndex, DefaultCopy} {
		if count[only] > count[""] && count[only] >= max(count[DefaultIndex], count[DefaultCopy]) {
			return []string{only}
		}
	}
	return nil
}
