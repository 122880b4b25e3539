package contexts

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive"
)

// CommaNames are the names of contexts that hold a comma, such as "Orlando,
// Florida": in a list of contexts each is one name. What no list says by itself,
// topics, the configuration, comments and the order of related lists do: see
// [Contexts].
type CommaNames map[string]nameRole

// nameRole says what a text is among names with a comma: any of the following.
type nameRole uint8

const (
	isName  nameRole = 1 << iota
	isStart          // the first parts of a name
	IsPart           // any part of a name
)

// oneLine returns a list with its line breaks turned into spaces.
func oneLine(list string) string {
	if strings.Contains(list, "\n") {
		return lineBreaks.ReplaceAllString(list, " ")
	}
	return list
}

var lineBreaks = regexp.MustCompile(`[ \t\r]*\n[ \t]*`)

// NewCommaNames returns those of names that hold a comma.
func NewCommaNames(names ...string) CommaNames {
	n := CommaNames{}
	for _, name := range names {
		n.Add(name)
	}
	return n
}

// Add makes a name with a comma known.
func (n CommaNames) Add(name string) {
	if commas := strings.Count(name, archive.ContextSeparator); commas == 0 || commas > archive.MaxCommas {
		return
	}
	for start, end := 0, 0; end < len(name); start = end + len(archive.ContextSeparator) {
		end = partEnd(name, start)
		n[name[start:end]] |= IsPart
		n[name[:end]] |= isStart
	}
	n[name] |= isName
}

// InvalidName returns why a name with a comma cannot be made known, or nothing.
func InvalidName(name string) string {
	switch commas := strings.Count(name, archive.ContextSeparator); {
	case name != strings.TrimSpace(name) || strings.ContainsFunc(name, unicode.IsControl):
		return "a name is one line without spaces around it"
	case commas == 0:
		return "only names with a comma and a space need to be listed"
	case commas > archive.MaxCommas:
		return fmt.Sprintf("a name has at most %d commas", archive.MaxCommas)
	}
	return ""
}

// names returns the names, in byte order.
func (n CommaNames) names() []string {
	var out []string
	for name, role := range n {
		if role&isName != 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Has reports whether a name is one with a comma.
func (n CommaNames) Has(name string) bool { return n[name]&isName != 0 }

// partEnd returns where the part of a list ends that begins at an offset.
func partEnd(list string, start int) int {
	if i := strings.Index(list[start:], archive.ContextSeparator); i >= 0 {
		return start + i
	}
	return len(list)
}

// CommaNamesAt returns the names with a comma that a page, the events that its
// entries point to, and the configuration show.
func CommaNamesAt(a *archive.Archive, p *archive.Page) CommaNames {
	return CommaNamesWith(a, p, a.Related(p))
}

// CommaNamesWith is [CommaNamesAt] for the related entries of a page.
func CommaNamesWith(a *archive.Archive, p *archive.Page, related []archive.RelatedEntry) CommaNames {
	hints := map[string]archive.NameHints{}
	for _, e := range related {
		if e.Page != nil && strings.Contains(e.Page.Topic, archive.ContextSeparator) {
			hints[e.Page.Path] = archive.NameHints{Names: []string{e.Page.Topic}}
		}
	}
	hints[p.Path] = p.HintsOf()
	return CommaNamesOf(a.Config(), hints)
}

// longest returns where the longest name ends that begins at an offset of a list:
// a known one, or else the part up to the next comma.
func (n CommaNames) longest(list string, start int) int {
	end := partEnd(list, start)
	best := end
	for {
		role := n[list[start:end]]
		if role&isName != 0 {
			best = end
		}
		if role&isStart == 0 {
			return best
		}
		if end == len(list) {
			return best
		}
		end = partEnd(list, end+len(archive.ContextSeparator))
	}
}

// Split returns the names of a list: what is between commas, but the longest
// known name where one begins. Empty parts are omitted, and a line break counts as
// a space.
func (n CommaNames) Split(list string) []string {
	list = oneLine(list)
	var out []string
	for start := 0; start < len(list); {
		end := n.longest(list, start)
		if name := strings.TrimSpace(list[start:end]); name != "" {
			out = append(out, name)
		}
		start = end + len(archive.ContextSeparator)
	}
	return out
}

// straddler returns a known name that begins in one of names and ends in a later
// one, where they are written as a list, or nothing. What begins before skip counts
// for nothing.
func (n CommaNames) straddler(names []string) string {
	list := strings.Join(names, archive.ContextSeparator)
	start := 0
	for _, name := range names {
		for end := start + len(name); start < end; start = partEnd(list, start) + len(archive.ContextSeparator) {
			if to := n.longest(list, start); to > end {
				return list[start:to]
			}
		}
	}
	return ""
}

// Join writes names as one list that reads back as the same names: in byte order,
// but that a name comes earlier where it would be read as one with its neighbor. It
// is an error if a name has no place.
func (n CommaNames) Join(names []string) (string, error) {
	names = slices.Clone(names)
	slices.Sort(names)
	names = slices.Compact(names)
	for _, name := range names {
		if read := n.Split(name); len(read) != 1 || read[0] != name {
			return "", fmt.Errorf("%q would be read as other names, %q; %s", name, read, NameHint(name))
		}
	}
	if n.straddler(names) != "" {
		var err error
		if names, err = n.apart(names); err != nil {
			return "", err
		}
	}
	return strings.Join(names, archive.ContextSeparator), nil
}

// NameHint says how to make a name with a comma known.
func NameHint(name string) string {
	if reason := InvalidName(name); reason != "" {
		return reason
	}
	return fmt.Sprintf(`list it in the configuration, contexts: {names: [%q]}`, name)
}

// apart returns sorted names in an order in which no neighbors are read as one: a
// name that does not fit after the others comes at the first place where it does.
func (n CommaNames) apart(names []string) ([]string, error) {
	var out, waiting []string
	for _, name := range names {
		if at := n.place(out, name); at >= 0 {
			out = slices.Insert(out, at, name)
		} else {
			waiting = append(waiting, name)
		}
	}
	for _, name := range waiting {
		at := n.place(out, name)
		if at < 0 {
			return nil, fmt.Errorf("the contexts %q and %q cannot be in one list, where %q is read as one name; newsctl contexts rename gives one of them another name",
				out[len(out)-1], name, n.fits(out, len(out), name))
		}
		out = slices.Insert(out, at, name)
	}
	return out, nil
}

// place returns where a name fits into a list: at its end, or else at the first
// place, or -1.
func (n CommaNames) place(list []string, name string) int {
	if n.fits(list, len(list), name) == "" {
		return len(list)
	}
	for at := range list {
		if n.fits(list, at, name) == "" {
			return at
		}
	}
	return -1
}

// fits returns the name that would be read across a border if another were put at
// a place of a list, or nothing.
func (n CommaNames) fits(list []string, at int, name string) string {
	from, to := max(at-archive.MaxCommas, 0), min(at+archive.MaxCommas, len(list))
	return n.straddler(slices.Concat(list[from:at], []string{name}, list[at:to]))
}

// hidden returns the names with a comma that only the order of a list shows. The
// names of a related list are in byte order, so where a part comes before the one
// above it, both are one name: 2016, Orlando, Florida, U.S. holds "Orlando,
// Florida". A list that is in no order even so shows nothing, nor do parts that
// are in the order in which known names are kept apart ([CommaNames.join]).
func (n CommaNames) hidden(list string) []string {
	parts := n.Split(list)
	if slices.IsSorted(parts) || n.Writes(parts) {
		return nil
	}
	runs := descents(parts)
	known := func(part string) bool { return n.Has(part) }
	for _, r := range runs {
		if r.end-r.start > archive.MaxHiddenCommas+1 || slices.ContainsFunc(parts[r.start:r.end], known) {
			return nil
		}
	}
	if !slices.IsSorted(merge(parts, runs)) {
		return nil
	}
	apart := func(part string) bool { return n[part]&IsPart != 0 }
	for i := len(runs) - 1; i >= 0 && len(runs) <= maxDoubts; i-- {
		others := slices.Delete(slices.Clone(runs), i, i+1)
		if slices.ContainsFunc(parts[runs[i].start:runs[i].end], apart) && n.with(parts, others).Writes(merge(parts, others)) {
			runs = others
		}
	}
	var out []string
	for _, r := range runs {
		out = append(out, r.of(parts))
	}
	return out
}

// maxDoubts is how many names one list may hide for each to be doubted.
const maxDoubts = 8

// run is a part of a list of names.
type run struct{ start, end int }

func (r run) of(parts []string) string {
	return strings.Join(parts[r.start:r.end], archive.ContextSeparator)
}

// descents returns the runs in which each name comes before the one above it.
func descents(names []string) []run {
	var out []run
	for i := 1; i < len(names); i++ {
		switch {
		case names[i] >= names[i-1]:
		case len(out) > 0 && out[len(out)-1].end == i:
			out[len(out)-1].end++
		default:
			out = append(out, run{i - 1, i + 1})
		}
	}
	return out
}

// merge returns names with each run as one.
func merge(names []string, runs []run) []string {
	var out []string
	at := 0
	for _, r := range runs {
		out = append(append(out, names[at:r.start]...), r.of(names))
		at = r.end
	}
	return append(out, names[at:]...)
}

// with returns the names and those of runs.
func (n CommaNames) with(parts []string, runs []run) CommaNames {
	out := maps.Clone(n)
	for _, r := range runs {
		out.Add(r.of(parts))
	}
	return out
}

// reads reports whether a list of names reads back as the same names.
func (n CommaNames) reads(names []string) bool {
	return slices.Equal(n.Split(strings.Join(names, archive.ContextSeparator)), names) && n.straddler(names) == ""
}

// Writes reports whether names are in the order in which they are written.
func (n CommaNames) Writes(names []string) bool {
	list, err := n.Join(names)
	return err == nil && list == strings.Join(names, archive.ContextSeparator)
}
