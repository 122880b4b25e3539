// Package layout knows where an archive keeps the pages of its days: in directories
// ROOT/YYYY/MM/DAY, each with a page that lists its events and perhaps a copy of it.
//
// A program works on archives of one layout at a time, that of the configuration
// which was read last ([Use]).
package layout

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Layout is the scheme of an archive's paths. Its zero value is that of the English
// and Chinese editions.
type Layout struct {
	Root   string   // the directory of the years; empty: news
	Padded bool     // the directory of a day has two digits
	Pages  []string // the page of a day and of the front, and its copy if there is one; empty: index.md, README.md
}

// The names in the layout of the English and Chinese editions.
const (
	DefaultRoot  = "news"
	DefaultIndex = "index.md"
	DefaultCopy  = "README.md"
)

// noCopy is a name that no page has.
const noCopy = ".no-copy"

var current Layout

// Use makes a layout the one of the archives that are read from now on.
func Use(l Layout) { current = l }

// Current returns the layout that is used.
func Current() Layout { return current }

// Years returns the directory of the years: news.
func (l Layout) Years() string { return cmp.Or(l.Root, DefaultRoot) }

// Index returns the name of the page of a day: index.md.
func (l Layout) Index() string {
	if len(l.Pages) > 0 {
		return l.Pages[0]
	}
	return DefaultIndex
}

// HasCopy reports whether the page of a day has a copy.
func (l Layout) HasCopy() bool { return len(l.Pages) != 1 }

// Copy returns the name of the copy of the page of a day: README.md. Without copies no
// file has it.
func (l Layout) Copy() string {
	switch len(l.Pages) {
	case 0:
		return DefaultCopy
	case 1:
		return noCopy
	}
	return l.Pages[1]
}

// IsListing reports whether a file name is that of the page of a day or its copy.
func (l Layout) IsListing(name string) bool { return name == l.Index() || name == l.Copy() }

// Dir returns the directory of a day: news/2017/07/9.
func (l Layout) Dir(year, month, day int) string {
	root := l.Years()
	b := append(make([]byte, 0, len(root)+len("/2017/07/31")), root...)
	b = append(appendPadded(append(b, '/'), year, 1000), '/')
	b = append(appendPadded(b, month, 10), '/')
	if l.Padded {
		return string(appendPadded(b, day, 10))
	}
	return string(strconv.AppendInt(b, int64(day), 10))
}

// appendPadded appends n with as many digits as its highest place asks for.
func appendPadded(b []byte, n, highest int) []byte {
	for ; highest > max(n, 1); highest /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Invalid returns why a directory cannot be that of the years, or nothing.
func Invalid(root string) string {
	if root == "" || strings.Trim(root, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/") != "" ||
		slices.Contains(strings.Split(root, "/"), "") {
		return "write it as a directory in the archive's root, as events or content/news; names have letters, digits, - and _"
	}
	return ""
}

// InvalidPage returns why a name cannot be that of the page of a day, or nothing.
func InvalidPage(name string) string {
	if stem, ok := strings.CutSuffix(name, ".md"); !ok || stem == "" || strings.ContainsAny(name, `/\`) || name[0] == '.' {
		return "write it as a file name that ends in .md"
	}
	return ""
}
