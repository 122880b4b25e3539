package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/page"
	"newsctl/archive/slug"
)

// Archive is a tree of pages. Pages and directories are read when first asked for
// and kept; [Archive.Load] reads all of them at once. An Archive is never
// written to and may be used from several goroutines.
type Archive struct {
	*store
	reads *Reads // what is read is recorded here, if it is not nil
	early *Early // what is taken to be so while facts are gathered; nil in other views
}

// store is all that is known of an archive.
type store struct {
	// History, if not nil, says what the history of the tree says became of a path
	// that is gone: whether there was a page, and the path where its event went on,
	// or nothing if it was removed.
	History func(path string) (to string, existed bool)

	// CRLF, if not nil, reports whether the page at a path has line ends of CRLF
	// since git writes it so, and keeps it with LF.
	CRLF func(path string) bool

	fsys        fs.FS
	config      Config
	moved       map[string]string // paths that are gone, with where their events are now
	directories table[*directory]
	paths       atomic.Pointer[[]string] // of all pages, once they are asked for
	names       once[*nameFilter]        // of these
	pages       table[*slot]
	days        dayMemo
	ledger      *ledger
	strings     *interner // of facts

	snapshot   *catalog.Snapshot // the last one that was made, or nil
	cache      *factCache
	earlier    *Earlier
	recallOnce sync.Once
	kept       atomic.Pointer[Kept] // nil where none are
	changed    bool                 // changes were laid over what is on disk

	incomplete atomic.Bool // a directory could not be read
	identified atomic.Bool // pages are given ids as they are read

	styleOnce sync.Once
	style     slug.Style
}

// slot holds a page that is read at most once.
type slot struct {
	once  sync.Once
	page  *Page
	facts *Facts                // as the catalog has them, or nil
	id    catalog.ID            // of the bytes that these are of
	isSet bool                  // the bytes are known, and not those on the disk
	src   Content               // the bytes, if they are
	made  atomic.Pointer[Facts] // of bytes that are not held
}

// Page is one page of an archive, read and parsed. Its shape is that of its
// kind: an event page has an Event, a day page or front page a Listing, and
// neither if it cannot be read.
type Page struct {
	Path string
	Kind Kind
	Date Date // of an event or day page, or the copy of one

	*page.Page
	Event   *page.Event
	Listing *page.Listing

	// Fault says why the file at the path cannot be read as a page: it is a
	// directory, a symbolic link, too large. The page is then empty, but for its
	// source where that has an Excess.
	Fault string

	// Err is the error met when reading the file. The page is then empty.
	Err error

	// HasFragments says that the page links to a place on a page: #heading.
	HasFragments bool

	targets []Target
	loose   map[int]facts.Target // of links by their index, where the tree decides
	slot    *slot                // that holds the facts, or nil
	facts   once[*Facts]
	strings *interner
	id      catalog.ID // of the bytes, or zero

	anchorsOnce sync.Once
	anchors     *page.Anchors
}

// New returns the archive in a tree of files. Nothing is read yet.
func New(fsys fs.FS, config Config) *Archive {
	return &Archive{store: &store{fsys: fsys, config: config.withDefaults(), ledger: &ledger{}, strings: &interner{}}}
}

// FS returns the tree of files that the archive is read from.
func (a *Archive) FS() fs.FS { return a.fsys }

// Config returns the archive's configuration, with what was left empty filled
// in.
func (a *Archive) Config() Config { return a.config }

// Page returns the page at a path relative to the root, or nil if nothing is
// there. A page that cannot be read is returned with the reason.
func (a *Archive) Page(p string) *Page {
	a.reads.add(catalog.Page, p)
	return a.peek(p)
}

// peek returns the page at a path without recording it.
func (a *Archive) peek(p string) *Page {
	if s := a.slot(p, true); s != nil {
		return a.read(p, s)
	}
	return nil
}

// slot returns the slot of the page at a path, or nil if nothing is there. Read says
// that the page is to be read, and held.
func (a *Archive) slot(p string, read bool) *slot {
	if a.early != nil && IsPage(p) && a.exists(p) {
		panic(errEarly{})
	}
	if s, ok := a.pages.load(p); ok {
		return s
	}
	s := &slot{}
	if k, i, ok := a.fresh(p); ok {
		if s.facts, s.id = k.facts(p, i), k.ids[i]; s.facts != nil && !read {
			return s
		}
	} else if !a.exists(p) || !IsPage(p) {
		return nil
	}
	return a.pages.keep(p, s)
}

// read returns the page at a path, from its slot.
func (a *Archive) read(p string, s *slot) *Page {
	s.once.Do(func() { s.page = a.load(p, s) })
	if s.page == nil {
		panic(ErrChanged) // as another goroutine found
	}
	return s.page
}

// Event returns the event page at a path. The error says why there is none.
func (a *Archive) Event(p string) (*Page, error) {
	switch e := a.Page(p); {
	case e != nil && e.Fault != "":
		return nil, fmt.Errorf("%s %s", p, e.Fault)
	case e == nil || e.Event == nil:
		return nil, fmt.Errorf("%s is not an event page", p)
	case !a.Holds(p):
		return nil, fmt.Errorf("%s is not a page of the archive: the configuration ignores it", p)
	default:
		return e, nil
	}
}

// EventAt returns the event page at a path, ignored or not, or nil.
func (a *Archive) EventAt(p string) *Page {
	if pg := a.Page(p); pg != nil && pg.Event != nil {
		return pg
	}
	return nil
}

// EventFacts returns the facts of the event page at a path, ignored or not, or nil.
func (a *Archive) EventFacts(p string) *Facts {
	if f := a.Facts(p); f.IsEvent() {
		return f
	}
	return nil
}

// LookForEvent is [Archive.EventFacts] for one of many paths where a page may be, and
// mostly none is, for what says which event it is of.
func (a *Archive) LookForEvent(p string) *Facts {
	if !a.exists(p) {
		a.reads.add(catalog.Absent, p)
		return nil
	}
	if f := a.matchFacts(p); f.IsEvent() {
		return f
	}
	return nil
}

// load reads and parses a page.
func (a *Archive) load(p string, s *slot) *Page {
	out := &Page{Path: p, Page: &page.Page{}, strings: a.strings}
	out.Kind, out.Date = Classify(p)
	if s.isSet {
		a.Fill(out, s.src.Bytes())
		if !s.src.IsHeld() {
			out.slot = s
		}
		return out
	}
	var src []byte
	src, out.Fault, out.Err = a.Source(p)
	if s.facts != nil {
		if out.Fault != "" || out.Err != nil || catalog.IDOf(src) != s.id {
			panic(ErrChanged)
		}
		out.facts.get(func() *Facts { return s.facts })
	}
	if out.Fault != "" || out.Err != nil {
		return out
	}
	a.Fill(out, src)
	if a.identified.Load() {
		out.id = catalog.IDOf(src)
	}
	return out
}

// PageAs returns the page at a path as bytes make it.
func (a *Archive) PageAs(p string, src []byte) *Page {
	out := &Page{Path: p, Page: &page.Page{}, strings: a.strings}
	out.Kind, out.Date = Classify(p)
	a.Fill(out, src)
	return out
}

// Fill makes a page what its bytes say.
func (a *Archive) Fill(p *Page, src []byte) {
	p.Parse(src, a.config.Labels)
	if x := p.Excess; x != nil {
		line, _ := p.Position(x.Offset)
		p.Fault = fmt.Sprintf("has, in line %d, %s, and is not read", line, x.What)
		p.Page, p.Event, p.Listing = &page.Page{Source: src, Excess: x}, nil, nil
	}
	p.targets = make([]Target, len(p.Links))
	p.strings = a.strings
	for i, l := range p.Links {
		to := p.Destination(l)
		t, tree := a.aim(p.Path, to)
		p.targets[i] = a.settle(t, tree)
		if tree != facts.File {
			if p.loose == nil {
				p.loose = map[int]facts.Target{}
			}
			p.loose[i] = facts.Target{Path: t.Path, Kind: uint8(t.Kind), Tree: tree}
		}
		p.HasFragments = p.HasFragments || strings.Contains(to, "#")
	}
}

// Parse reads the page from its bytes, with the labels of its archive.
func (p *Page) Parse(src []byte, labels page.Labels) {
	switch p.Kind {
	case EventPage:
		p.Event = page.ParseEvent(src, labels)
		p.Page = &p.Event.Page
	case DayPage, FrontPage:
		p.Listing = page.ParseListing(src, labels)
		p.Page = &p.Listing.Page
	case CopyPage:
		p.Page = page.ParseCopy(src)
	default:
		p.Page = page.ParsePlain(src)
	}
}

// Target returns where a link of the page leads.
func (p *Page) Target(l *page.Link) Target { return p.targets[l.Index] }

// Anchors returns the places on the page that a fragment may point to. They are
// read when first asked for.
func (p *Page) Anchors() *page.Anchors {
	p.anchorsOnce.Do(func() { p.anchors = page.ReadAnchors(p.Source) })
	return p.anchors
}

// Errors returns the errors met so far when reading directories and pages, in the
// order of their paths.
func (a *Archive) Errors() []error {
	byPath := map[string]error{}
	a.directories.each(func(p string, f *directory) {
		if f.err != nil && !errors.Is(f.err, fs.ErrNotExist) {
			byPath[p] = f.err
		}
	})
	a.pages.each(func(p string, s *slot) {
		if s.facts != nil {
			return // it was read in an earlier run
		}
		if pg := a.read(p, s); pg.Err != nil {
			byPath[p] = pg.Err
		}
	})
	paths := make([]string, 0, len(byPath))
	for p := range byPath {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	out := make([]error, len(paths))
	for i, p := range paths {
		out[i] = byPath[p]
	}
	return out
}

// BodyOf returns the span of the lines below an entry's heading.
func BodyOf(p *Page, it *page.Item) page.Span {
	s := page.Span{Start: it.Title.End, End: it.Title.End}
	for _, d := range it.Description {
		s.End = max(s.End, d.End)
	}
	if it.Declared != nil {
		s.End = max(s.End, it.Declared.End)
	}
	for s.End > s.Start && (p.Source[s.End-1] == '\n' || p.Source[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// Description returns an event's description as it is in the page.
func (p *Page) Description() string {
	var paragraphs []string
	for _, s := range p.Event.Description {
		paragraphs = append(paragraphs, strings.TrimSpace(p.Text(s)))
	}
	return strings.Join(paragraphs, "\n\n")
}
