package mergefile

import (
	"slices"
	"strings"
)

// mergeNames merges lists of contexts as sets. It returns false where one of them is
// not in byte order, since a name that holds a comma may be in it.
func mergeNames(base, ours, theirs string) (string, bool) {
	b, ok := splitNames(base)
	o, alsoOurs := splitNames(ours)
	t, alsoTheirs := splitNames(theirs)
	if !ok || !alsoOurs || !alsoTheirs || ours == "" || theirs == "" {
		return "", false
	}
	var out []string
	for _, name := range append(slices.Clone(o), t...) {
		kept, _ := merge3(slices.Contains(b, name), slices.Contains(o, name), slices.Contains(t, name))
		if kept {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return strings.Join(out, ", "), len(out) > 0
}

// unite returns the names of two lists. It returns false where the names of one cannot
// be told apart.
func unite(a, b string) (string, bool) {
	names, ok := splitNames(a)
	more, alsoOK := splitNames(b)
	names = append(names, more...)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", "), ok && alsoOK
}

// splitNames returns the names of a list. A part that begins with a digit is the end
// of the name before it: Harbour Bridge referendum, 2018.
func splitNames(list string) (names []string, ok bool) {
	if list == "" {
		return nil, true
	}
	if strings.ContainsAny(list, "\n，\\&") {
		return nil, false
	}
	for _, part := range strings.Split(list, ", ") {
		switch {
		case part == "" || strings.TrimSpace(part) != part || strings.Contains(part, ","):
			return nil, false
		case len(names) > 0 && '0' <= part[0] && part[0] <= '9':
			names[len(names)-1] += ", " + part
		default:
			names = append(names, part)
		}
	}
	return names, slices.IsSorted(names) && len(slices.Compact(slices.Clone(names))) == len(names)
}
