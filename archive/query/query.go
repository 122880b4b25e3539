// Package query finds the events of an archive: by day, context, topic, source,
// words, and by what they link to.
package query

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/same"
	"newsctl/archive/source"
)

// Event is what a list shows of an event.
type Event struct {
	Path     string
	Date     archive.Date
	Headline string
	Topic    string   // or nothing
	Sources  []string // addresses, in the order of the page
	Listed   bool     // its day page lists it

	index *Index
}

// Contexts returns the contexts of the event, in byte order.
func (e *Event) Contexts() []string { return e.index.Contexts().Of(e.Path) }

// Links returns how many pages link to the event, other than the lists of days.
func (e *Event) Links() int { return e.index.linksTo(e.Path) }

// Index is the events of an archive with what links to each.
type Index struct {
	archive *archive.Archive

	contextsOnce sync.Once
	contexts     *contexts.Contexts
	paths        []string

	linksOnce sync.Once
	links     map[string]int // by the path of an event: see [Event.Links]
}

// New indexes the events among the pages at paths, which are all of the archive,
// loaded.
func New(a *archive.Archive, paths []string) *Index {
	return &Index{archive: a, paths: paths}
}

func (x *Index) linksTo(event string) int {
	x.linksOnce.Do(func() {
		x.links = map[string]int{}
		for _, p := range x.paths {
			f := x.archive.Facts(p)
			if f == nil || f.Kind != archive.EventPage && f.Kind != archive.OtherPage {
				continue
			}
			for _, to := range linked(f) {
				x.links[to]++
			}
		}
	})
	return x.links[event]
}

// linked returns the paths that a page links to, each once, less its own.
func linked(f *archive.Facts) []string {
	if f == nil {
		return nil
	}
	var out []string
	for i := range f.Links {
		if t := f.Target(int32(i)); t.Kind == archive.Internal && t.Path != f.Path {
			out = append(out, t.Path)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// LinkedFrom returns the pages that link to a path, in byte order.
func (x *Index) LinkedFrom(p string) []string {
	var out []string
	for _, from := range x.archive.MayLinkTo(p, x.paths) {
		f := x.archive.Facts(from)
		if f == nil || from == p {
			continue
		}
		for i := range f.Links {
			if t := f.Target(int32(i)); t.Path == p && t.Kind == archive.Internal {
				out = append(out, from)
				break
			}
		}
	}
	return out
}

// Contexts returns the contexts of the archive.
func (x *Index) Contexts() *contexts.Contexts {
	x.contextsOnce.Do(func() { x.contexts = contexts.OfAll(x.archive, x.paths) })
	return x.contexts
}

// Event returns what a list shows of an event.
func (x *Index) Event(p *archive.Facts) Event {
	e := Event{
		Path: p.Path, Date: p.Date, Headline: strings.TrimSpace(p.Headline), Topic: x.archive.Config().ContextName(p.Topic),
		Sources: slices.Clip(p.Sources), index: x,
	}
	e.Listed = same.Listed(x.archive, p)
	return e
}

// Filter says which events are wanted: those that fit all that is set.
type Filter struct {
	Days     []Days   // any of these; none means all
	Contexts []string // all of these
	Topics   []string // any of these
	Hosts    []string // a source on any of these hosts, or on one below it
	Words    string   // all of these words, in the headline, the topic or the file name
	LinkedBy string   // the page at this path links to it
	LinksTo  string   // it links to this path

	Unlisted, NoSource, NoContext bool
}

// Days are the days from First to Last, both among them.
type Days struct{ First, Last archive.Date }

// Has reports whether a day is one of them.
func (d Days) Has(day archive.Date) bool {
	return day.Compare(d.First) >= 0 && day.Compare(d.Last) <= 0
}

// Select returns the events that fit a filter, newest first, then by path.
func (x *Index) Select(f Filter) []Event {
	words := NewWords(f.Words)
	f.Contexts, f.Topics = x.archive.Config().ContextNames(f.Contexts), x.archive.Config().ContextNames(f.Topics)
	may := x.mayFit(f)
	var out []Event
	for _, path := range x.paths {
		if !may(path) {
			continue
		}
		kind, day := archive.Classify(path)
		if kind != archive.EventPage || len(f.Days) > 0 && !slices.ContainsFunc(f.Days, func(d Days) bool { return d.Has(day) }) {
			continue
		}
		p := x.archive.EventFacts(path)
		if p == nil {
			continue
		}
		if e := x.Event(p); x.fits(p, e, f) && words.In(e.text()) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int {
		return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.Path, b.Path))
	})
	return out
}

// mayFit returns what reports whether the event at a path may fit a filter, as far as is
// known before its facts are decoded.
func (x *Index) mayFit(f Filter) func(path string) bool {
	if len(f.Contexts) == 0 {
		return func(string) bool { return true }
	}
	having := x.Contexts().Having(f.Contexts)
	return func(path string) bool {
		_, ok := having[path]
		return ok
	}
}

func (x *Index) fits(p *archive.Facts, e Event, f Filter) bool {
	has := func(list []string, want string) bool { return slices.Contains(list, want) }
	switch {
	case f.Unlisted && e.Listed, f.NoSource && len(e.Sources) > 0, f.NoContext && len(e.Contexts()) > 0:
		return false
	case slices.ContainsFunc(f.Contexts, func(c string) bool { return !has(e.Contexts(), c) }):
		return false
	case len(f.Topics) > 0 && !has(f.Topics, e.Topic):
		return false
	case len(f.Hosts) > 0 && !slices.ContainsFunc(e.Sources, func(s string) bool { return isOn(s, f.Hosts) }):
		return false
	case f.LinkedBy != "" && !has(linked(x.archive.Facts(f.LinkedBy)), e.Path):
		return false
	case f.LinksTo != "" && !has(linked(p), f.LinksTo):
		return false
	}
	return true
}

// isOn reports whether an address is on one of some hosts, or on one below.
func isOn(address string, hosts []string) bool {
	host := source.HostOf(address)
	return host != "" && slices.ContainsFunc(hosts, func(h string) bool {
		h = strings.TrimPrefix(strings.ToLower(h), "www.")
		return host == h || strings.HasSuffix(host, "."+h)
	})
}

// text returns where the words of a filter are looked for.
func (e Event) text() string {
	return e.Topic + " " + e.Headline + " " + strings.TrimSuffix(path.Base(e.Path), archive.Extension)
}
