package archive

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"

	"newsctl/archive/layout"
)

// Kind is what a page is, by its path alone.
type Kind uint8

// The kinds of pages.
const (
	OtherPage Kind = iota // a target of links: opinion/, faq/, ...
	EventPage             // news/YYYY/MM/D/<slug>.md
	DayPage               // news/YYYY/MM/D/index.md
	FrontPage             // index.md
	CopyPage              // README.md beside a day page or the front page
)

// String returns the word for a kind in messages.
func (k Kind) String() string {
	return [...]string{"page", "event page", "day page", "front page", "copy"}[k]
}

// Extension is that of the files of pages.
const Extension = ".md"

// IndexName returns the name of the page of a day, and of the front page: index.md.
func IndexName() string { return layout.Current().Index() }

// CopyName returns the name of the copy of such a page: README.md.
func CopyName() string { return layout.Current().Copy() }

// Classify returns what the page at a path is and the day it belongs to, if it
// is an event or a day page or the copy of one. The path is relative to the
// archive's root, with slashes. A day whose directory is padded (09) or not in
// the calendar still counts as a day: see [SoundDay].
func Classify(p string) (Kind, Date) {
	dir, name := path.Split(p)
	if dir == "" {
		return listingKind(name, FrontPage, OtherPage), Date{}
	}
	d, ok := dayOf(strings.TrimSuffix(dir, "/"))
	if !ok {
		return OtherPage, Date{}
	}
	return listingKind(name, DayPage, EventPage), d
}

func listingKind(name string, listing, other Kind) Kind {
	switch name {
	case IndexName():
		return listing
	case CopyName():
		return CopyPage
	}
	return other
}

// dayOf returns the day of a directory news/YYYY/MM/D.
func dayOf(dir string) (Date, bool) {
	rest, ok := strings.CutPrefix(dir, layout.Current().Years())
	if !ok || rest == "" || rest[0] != '/' {
		return Date{}, false
	}
	return splitDate(rest[1:], "/")
}

// SoundDay reports whether the directory of an event or day page is the one that
// its date asks for: a day of the calendar, not padded.
func SoundDay(p string, d Date) bool {
	return d.Exists() && path.Dir(p) == d.Dir()
}

// IsPadded reports whether the day of a page is a day of the calendar, but its
// directory has another name, so that no link of an archive leads there.
func IsPadded(p string) bool {
	kind, d := Classify(p)
	return kind != OtherPage && d.Exists() && !SoundDay(p, d)
}

// Padded returns the path at which the page of a day is that should be at p, if it
// is there only in a directory whose name is padded: then nothing points to it, until
// the directory is renamed. Otherwise it is empty.
func (a *Archive) Padded(p string) string {
	_, d := Classify(p)
	if !SoundDay(p, d) || d.Day > 9 || a.Exists(p) {
		return ""
	}
	other := layout.Current()
	other.Padded = !other.Padded
	padded := path.Join(other.Dir(d.Year, d.Month, d.Day), path.Base(p))
	if !a.Exists(padded) {
		return ""
	}
	return padded
}

// OtherPadding says how the name of a day's directory differs from the layout of the
// archive.
func OtherPadding() string {
	if layout.Current().Padded {
		return "lacks a leading zero"
	}
	return "has a leading zero"
}

// InOtherLayout reports whether a page of a configured layout has the path of one of
// the default layout: below news, or a page named as one that lists a day.
func InOtherLayout(p string) bool {
	l := layout.Current()
	dir, name := path.Split(p)
	dir = strings.TrimSuffix(dir, "/")
	if rest, ok := strings.CutPrefix(dir, layout.DefaultRoot+"/"); ok && l.Years() != layout.DefaultRoot {
		_, isDay := splitDate(rest, "/")
		return isDay
	}
	_, isDay := dayOf(dir)
	return isDay && !l.IsListing(name) && (name == layout.DefaultIndex || name == layout.DefaultCopy)
}

// MoveOf returns the command that renames the padded directory of a page.
func MoveOf(padded string) string {
	_, d := Classify(padded)
	return fmt.Sprintf("git mv %s %s", path.Dir(padded), d.Dir())
}

// CopyOf returns the path of the page that a README.md is the copy of, and
// the other way round.
func CopyOf(p string) string {
	dir, name := path.Split(p)
	if name == CopyName() {
		return dir + IndexName()
	}
	return dir + CopyName()
}

// SourceOf returns the page that a file published beside it (.html, .json, .xml)
// is made from: git does not hold those. Any other path is its own.
func SourceOf(p string) string {
	switch ext := path.Ext(p); ext {
	case ".html", ".json", ".xml":
		return strings.TrimSuffix(p, ext) + Extension
	}
	return p
}

// IsDay reports whether a path is that of a day page or its copy.
func IsDay(p string) bool {
	kind, d := Classify(p)
	return kind == DayPage || kind == CopyPage && d != (Date{})
}

// Stem returns the path of a page without its extension.
func Stem(p string) string { return strings.TrimSuffix(p, Extension) }

// IsPage reports whether a file name is that of a page.
func IsPage(name string) bool {
	return strings.HasSuffix(name, Extension) && !IsHidden(path.Base(name))
}

// isEventName reports whether a file name, in the directory of a day, is that of an
// event page.
func isEventName(name string) bool {
	return IsPage(name) && name != IndexName() && name != CopyName()
}

// IsHidden reports whether a file or directory is hidden: its name begins with a
// period.
func IsHidden(name string) bool { return strings.HasPrefix(name, ".") }

// HasYears reports whether a tree has a directory news with years in it, as every
// archive has that holds an event.
func HasYears(tree fs.FS) bool {
	years, err := fs.Glob(tree, layout.Current().Years()+"/[0-9][0-9][0-9][0-9]")
	return err == nil && len(years) > 0
}

// ByDay orders pages by their day, and those of one day by path.
func ByDay(a, b string) int {
	_, d := Classify(a)
	_, e := Classify(b)
	return cmp.Or(d.Compare(e), strings.Compare(a, b))
}

// Filter returns those of paths that a function keeps, in their order. It is called
// from several goroutines.
func Filter(paths []string, keep func(path string) bool) []string {
	return filterN(paths, runtime.GOMAXPROCS(0), keep)
}

func filterN(paths []string, workers int, keep func(path string) bool) []string {
	kept := make([]bool, len(paths))
	parallelN(len(paths), workers, func(i int) { kept[i] = keep(paths[i]) })
	var out []string
	for i, p := range paths {
		if kept[i] {
			out = append(out, p)
		}
	}
	return out
}

// Among returns whether a path is one of only; of nil, each is.
func Among(only []string) func(path string) bool {
	if only == nil {
		return func(string) bool { return true }
	}
	set := make(map[string]bool, len(only))
	for _, p := range only {
		set[p] = true
	}
	return func(p string) bool { return set[p] }
}
