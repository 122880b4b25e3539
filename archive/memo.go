package archive

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"newsctl/archive/facts"
	"newsctl/archive/match"
)

// memo is what many pages compare a page by, each worked out when first asked
// for.
type memo struct {
	listed   once[map[string]bool]
	versions once[values]
	event    atomic.Pointer[match.Event]
}

// once is a value that is made at most once.
type once[T any] struct {
	sync.Once
	value T
}

func (o *once[T]) get(make func() T) T {
	o.Do(func() { o.value = make() })
	return o.value
}

// values are strings in the order of the page.
type values struct {
	list []string
	set  map[string]bool
}

func (v *values) add(value string) {
	if v.set == nil {
		v.set = map[string]bool{}
	}
	v.list, v.set[value] = append(v.list, value), true
}

// Lists reports whether a day page or the front page lists the event at a path.
func (f *Facts) Lists(event string) bool {
	return f.memo.listed.get(func() map[string]bool {
		out := map[string]bool{}
		for _, it := range f.Items {
			if it.Link != facts.NoLink {
				out[f.Target(it.Link).Path] = true
			}
		}
		return out
	})[event]
}

// Lists is [Facts.Lists].
func (p *Page) Lists(event string) bool { return p.Facts().Lists(event) }

// Versions returns the paths of the versions of an event's headline, this page
// among them, as its Changes section names them.
func (f *Facts) Versions() []string { return slices.Clip(f.versions().list) }

// Versions is [Facts.Versions].
func (p *Page) Versions() []string { return p.Facts().Versions() }

// HasVersion reports whether an event's Changes section names a path.
func (f *Facts) HasVersion(path string) bool {
	return len(f.Changes) > 0 && f.versions().set[path]
}

// HasVersion is [Facts.HasVersion].
func (p *Page) HasVersion(path string) bool { return p.Facts().HasVersion(path) }

func (f *Facts) versions() values {
	return f.memo.versions.get(func() (out values) {
		for _, link := range f.Changes {
			out.add(f.Target(link).Path)
		}
		return out
	})
}

// TrimmedHeadline returns the headline of an event without the spaces around it.
func (f *Facts) TrimmedHeadline() string { return strings.TrimSpace(f.Headline) }
