// Package mergefile merges two versions of one page with respect to the version
// that both were made from: what git asks of a merge driver. It knows bytes and
// nothing of other pages.
//
// A page is read into units, each a stretch of its bytes: the entries of a listing
// and of the sections of an event, and the parts that hold them. Units are matched
// by what they link to, and merged as a set in the order that the page has them, so
// that entries that were added on both sides are one after the other. Everything
// that no unit covers is merged line by line. The promises:
//
//   - A side that changed nothing changes nothing, and bytes that nobody changed
//     stay.
//   - What a side added is in the result, or in a conflict.
//   - Merging the other way round gives the same page, but for the two sides of a
//     conflict.
//   - A page that cannot be read with certainty is merged line by line, as by
//     git merge-file.
package mergefile

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"newsctl/archive/diff"
	"newsctl/archive/layout"
	"newsctl/archive/page"
)

// Options say how pages are read and conflicts are marked.
type Options struct {
	Labels       page.Labels
	RelatedLimit int // entries of a related list; 0: any number
	Markers      diff.Markers

	// Records returns the contexts that the page of another event records itself, and
	// OnDay those that the page of its day records of an event. If they are nil, a related
	// list that becomes too long is a conflict.
	Records, OnDay func(event string) []string
	// Removed reports whether a side has removed the page of an event that both had.
	Removed func(event string) bool
}

// Versions are the three versions of a page: the one that both sides were made
// from, which is empty where both added the page, and theirs and ours.
type Versions struct{ Base, Ours, Theirs []byte }

// Merge merges the versions of the page at a path and returns how many conflicts
// are in the result. Of the path only the names of the page and of its day count.
func Merge(v Versions, at string, o Options) (merged []byte, conflicts int) {
	return merge(v, at, &merger{options: o})
}

func merge(v Versions, at string, m *merger) (merged []byte, conflicts int) {
	m.listing = isListing(path.Base(at))
	switch {
	case m.union: // the versions are not those that git had
	case bytes.Equal(v.Ours, v.Theirs), bytes.Equal(v.Base, v.Theirs):
		return v.Ours, 0
	case bytes.Equal(v.Base, v.Ours):
		return v.Theirs, 0
	}
	v, eol := v.sameLineEnds()
	markers := &m.options.Markers
	if bytes.Compare(v.Ours, v.Theirs) > 0 { // so that both ways give the same page
		v.Ours, v.Theirs = v.Theirs, v.Ours
		markers.Swapped = !markers.Swapped
	}
	out, ok := m.page(v, at)
	if !ok {
		merged, m.conflicts = diff.Merge(v.Base, v.Ours, v.Theirs, *markers)
		out = string(merged)
	}
	if eol != "" {
		out = strings.ReplaceAll(out, "\n", eol)
	}
	return []byte(out), m.conflicts
}

// sameLineEnds returns the versions with plain line ends, and the line ends that the
// result is to have, where the lines of each version end all alike. Otherwise
// the versions stay as they are.
func (v Versions) sameLineEnds() (plain Versions, eol string) {
	var ends [3]string
	for i, text := range [][]byte{v.Base, v.Ours, v.Theirs} {
		lines, crlf, cr := bytes.Count(text, []byte("\n")), bytes.Count(text, []byte("\r\n")), bytes.Count(text, []byte("\r"))
		switch {
		case crlf != cr || crlf != 0 && crlf != lines:
			return v, ""
		case crlf > 0:
			ends[i] = "\r\n"
		case lines > 0:
			ends[i] = "\n"
		}
	}
	ours, theirs := cmp.Or(ends[1], ends[0], ends[2]), cmp.Or(ends[2], ends[0], ends[1])
	if eol, _ = merge3(cmp.Or(ends[0], min(ours, theirs)), ours, theirs); strings.Join(ends[:], "") == strings.Repeat("\n", len(ends)) || eol == "" {
		return v, ""
	}
	lf := func(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }
	return Versions{lf(v.Base), lf(v.Ours), lf(v.Theirs)}, eol
}

// merge3 merges three versions of what is one thing. It returns false if both sides
// changed it in different ways.
func merge3[T comparable](base, ours, theirs T) (T, bool) {
	switch {
	case ours == theirs, theirs == base:
		return ours, true
	case ours == base:
		return theirs, true
	}
	return ours, false
}

// isDayPage reports whether a path is that of a page of a day.
func isDayPage(at string) bool { return dayPathAt(at) >= 0 }

// dayPathAt returns where the path of a page of a day begins in one that may begin
// above the archive, or -1.
func dayPathAt(at string) int {
	event := eventIn(at)
	i := len(at) - len(event)
	if event == "" || i > 0 && at[i-1] != '/' {
		return -1
	}
	return i
}

// isListing reports whether a file name is that of a listing.
func isListing(name string) bool { return layout.Current().IsListing(name) }

// merger merges the versions of one page.
type merger struct {
	options   Options
	union     bool // of entries that the sides have differently, one is taken
	listing   bool // the page is a listing
	conflicts int
	recorded  []string // contexts that both sides of an event record above its lists
}

// page merges the versions of a page unit by unit. It returns false if that cannot
// be done with certainty.
func (m *merger) page(v Versions, at string) (string, bool) {
	var docs versions
	for i, src := range [][]byte{v.Base, v.Ours, v.Theirs} {
		docs[i] = m.read(src, at)
		if docs[i] == nil || docs[i].text() != string(src) {
			return "", false
		}
		if m.union {
			docs[i].joinDays()
		}
	}
	if isListing(path.Base(at)) && !docs.alignDays(!isDayPage(at)) {
		return "", false
	}
	for _, name := range docs[1].names {
		if slices.Contains(docs[2].names, name) {
			m.recorded = append(m.recorded, name)
		}
	}
	if event := eventIn(at); event != "" && m.options.OnDay != nil {
		m.recorded = append(m.recorded, m.options.OnDay(event)...)
	}
	w := &writer{markers: m.options.Markers}
	m.document(w, docs[0], docs[1], docs[2])
	m.conflicts = w.conflicts
	return w.String(), m.conflicts > 0 || w.holds(m, at)
}

// read reads a page, or returns nil if that cannot be done with certainty.
func (m *merger) read(src []byte, at string) *document {
	switch {
	case isListing(path.Base(at)):
		return m.readListing(src)
	case isDayPage(at):
		return m.readEvent(src)
	}
	return nil
}

// isSound reports whether a page can be read with certainty.
func isSound(p *page.Page) bool {
	return p.Excess == nil && len(p.Conflicts) == 0 && p.Open.Empty()
}

// Root returns the root of the archive that the page at a path belongs to, relative
// to where the path begins.
func Root(at string) string {
	if i := dayPathAt(at); i >= 0 {
		return path.Clean(at[:i])
	}
	return path.Dir(at)
}
