package archive

import (
	"slices"
	"strings"
	"sync"

	"newsctl/archive/match"
	"newsctl/archive/page"
)

// memo is what many pages compare a page by, each worked out when first asked
// for.
type memo struct {
	listed   once[map[string]bool]
	versions once[values]
	sources  once[values]
	event    once[*match.Event]
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
func (p *Page) Lists(event string) bool {
	return p.memo.listed.get(func() map[string]bool {
		out := map[string]bool{}
		for _, it := range p.Listing.Items() {
			if it.Link != nil {
				out[p.Target(it.Link).Path] = true
			}
		}
		return out
	})[event]
}

// Versions returns the paths of the versions of an event's headline, this page
// among them, as its Changes section names them.
func (p *Page) Versions() []string { return slices.Clip(p.versions().list) }

// HasVersion reports whether an event's Changes section names a path.
func (p *Page) HasVersion(path string) bool { return p.versions().set[path] }

func (p *Page) versions() values {
	return p.memo.versions.get(func() (out values) {
		if p.Event == nil {
			return out
		}
		for _, e := range p.Event.Entries(page.ChangesSection) {
			if e.Link != nil {
				out.add(p.Target(e.Link).Path)
			}
		}
		return out
	})
}

// Sources returns the addresses of an event's sources, in the order of the page.
func (p *Page) Sources() []string {
	if p.Event == nil {
		return nil
	}
	return p.sourceURLs()
}

// sourceURLs returns the addresses of an event's sources.
func (p *Page) sourceURLs() []string { return slices.Clip(p.sources().list) }

func (p *Page) sources() values {
	return p.memo.sources.get(func() (out values) {
		for _, e := range p.Event.Entries(page.SourceSection) {
			if e.Link != nil {
				out.add(p.Destination(e.Link))
			}
		}
		return out
	})
}

// trimmedHeadline returns the headline of an event without the spaces around it.
func trimmedHeadline(p *Page) string {
	if p.Event == nil {
		return ""
	}
	h, _ := p.Event.Headline()
	return strings.TrimSpace(h)
}
