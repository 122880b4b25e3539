package archive

import (
	"slices"
	"strings"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
	"newsctl/archive/layout"
	"newsctl/archive/page"
)

// Facts is what other pages need to know of a page. Of each page of an archive there
// is one, whether the page is read for it or the catalog has it.
type Facts struct {
	Brief
	facts.Body

	settled map[int32]Target // where links lead that the tree decides
	memo    memo
}

// Facts returns what other pages need to know of the page at a path, or nil if
// nothing is there.
func (a *Archive) Facts(p string) *Facts {
	a.reads.add(catalog.Page, p)
	return a.peekFacts(p)
}

// matchFacts is [Archive.Facts] for what says which event a page is of, or which ones it
// lists: that of [Facts.Digests].
func (a *Archive) matchFacts(p string) *Facts {
	a.reads.add(catalog.Match, p)
	return a.peekFacts(p)
}

// peekFacts is [Archive.Facts] that is not recorded.
func (a *Archive) peekFacts(p string) *Facts {
	switch s := a.slot(p, false); {
	case s == nil:
		return nil
	case s.facts != nil:
		return s.facts
	case !s.src.IsHeld():
		if f := s.made.Load(); f != nil {
			return f
		}
		return a.load(p, s).Facts()
	default:
		return a.read(p, s).Facts()
	}
}

// KnownFacts returns the facts of the page at a path if they are known, so that the page
// need not be read for them, and else nil.
func (a *Archive) KnownFacts(p string) *Facts {
	a.reads.add(catalog.Page, p)
	if s := a.slot(p, false); s != nil {
		return s.facts
	}
	return nil
}

// FactsOnce is [Archive.Facts] for the caller alone: of a page that is read for it,
// they are not kept either.
func (a *Archive) FactsOnce(p string) *Facts {
	a.reads.add(catalog.Page, p)
	if s := a.slot(p, false); s != nil && !s.src.IsHeld() {
		return a.load(p, s).newFacts()
	}
	return a.peekFacts(p)
}

// IsRead reports whether the page at a path could be read: see [Page.Fault].
func (a *Archive) IsRead(p string) bool {
	if s := a.slot(p, false); s != nil && s.facts != nil {
		return true
	}
	pg := a.Page(p)
	return pg != nil && pg.Fault == "" && pg.Err == nil
}

// SameBytes reports whether there are pages at two paths, with the same bytes.
func (a *Archive) SameBytes(p, q string) bool {
	a.reads.add(catalog.Page, p)
	a.reads.add(catalog.Page, q)
	i, there := a.idAt(p)
	j, also := a.idAt(q)
	return there && also && i == j
}

// idAt returns the id of the bytes of the page at a path, or false if there is none.
func (a *Archive) idAt(p string) (catalog.ID, bool) {
	if s := a.slot(p, false); s != nil && s.facts != nil {
		return s.id, true
	}
	pg := a.Page(p)
	if pg == nil {
		return catalog.ID{}, false
	}
	return catalog.IDOf(pg.Source), true
}

// Facts returns what other pages need to know of the page.
func (p *Page) Facts() *Facts {
	return p.facts.get(func() *Facts {
		f := p.newFacts()
		if p.slot != nil && !p.slot.made.CompareAndSwap(nil, f) {
			f = p.slot.made.Load()
		}
		return f
	})
}

// LentFacts returns the facts of a page that no archive holds. They may hold parts of its
// source.
func (p *Page) LentFacts() *Facts { return p.lend(0) }

// FactsOf returns the facts of pages.
func FactsOf(pages []*Page) []*Facts {
	out := make([]*Facts, len(pages))
	for i, p := range pages {
		out[i] = p.Facts()
	}
	return out
}

// Target returns where a link of the page leads, by its place among the links of
// the facts.
func (f *Facts) Target(link int32) Target {
	if t, ok := f.settled[link]; ok {
		return t
	}
	t := f.Links[link]
	return Target{Kind: TargetKind(t.Kind), Path: t.Path}
}

// Entries returns the entries of the related list of an event, or of a listing.
func (f *Facts) Entries() []facts.Entry {
	if f.IsEvent() {
		return f.Related
	}
	return f.Items
}

// newFacts reads the facts from the page. They share no memory with its source.
func (p *Page) newFacts() *Facts {
	m := &factMaker{page: p}
	return m.make(p.strings.number())
}

// lend reads the facts from the page, with strings that are parts of its source.
func (p *Page) lend(id int32) *Facts {
	m := &factMaker{page: p, lends: true}
	return p.facts.get(func() *Facts { return m.make(id) })
}

// make reads the facts from the page.
func (m *factMaker) make(id int32) *Facts {
	p := m.page
	m.out = &Facts{Brief: Brief{Path: p.Path, Kind: p.Kind, Date: p.Date, ID: id}}
	m.links()
	switch f := m.out; {
	case p.Event != nil:
		f.Shape = facts.Event
		m.event()
	case p.Listing != nil:
		f.Shape = facts.Listing
		for _, it := range p.Listing.Items() {
			m.out.Items = append(m.out.Items, m.entry(it.Link, it.Declared))
		}
	}
	m.names()
	m.damage()
	m.out.Days = m.days()
	return m.out
}

// factMaker reads the facts from a page.
type factMaker struct {
	page   *Page
	lends  bool                   // the facts may hold parts of the source
	places map[facts.Target]int32 // of targets among the links, if these are many
	out    *Facts
	style  *facts.Style // of the last entry
}

// keep returns a string that many facts hold, as these may hold it.
func (m *factMaker) keep(s string) string {
	if m.lends {
		return s
	}
	return m.page.strings.intern(s)
}

// clone returns a string that few facts hold, as these may hold it.
func (m *factMaker) clone(s string) string {
	if m.lends {
		return s
	}
	return strings.Clone(s)
}

func (m *factMaker) links() {
	m.out.Links = make([]facts.Target, 0, len(m.page.Links))
	for _, l := range m.page.Links {
		m.link(l)
	}
}

// link returns the place of the target of a link.
func (m *factMaker) link(l *page.Link) int32 {
	t := m.page.Target(l)
	t.by = nil
	raw, loose := m.page.loose[l.Index]
	if !loose {
		raw = facts.Target{Path: t.Path, Kind: uint8(t.Kind)}
	}
	at, known := m.place(raw)
	if known {
		return at
	}
	raw.Path = m.keep(raw.Path)
	m.out.Links = append(m.out.Links, raw)
	if m.places != nil {
		m.places[raw] = at
	}
	if !loose {
		return at
	}
	if m.out.settled == nil {
		m.out.settled = map[int32]Target{}
	}
	t.Path = m.keep(t.Path)
	m.out.settled[at] = t
	return at
}

// fewLinks is how many links are compared one by one.
const fewLinks = 64

// place returns the place of a target among the links, or false and the place after them.
func (m *factMaker) place(t facts.Target) (int32, bool) {
	if len(m.out.Links) < fewLinks {
		if at := slices.Index(m.out.Links, t); at >= 0 {
			return int32(at), true
		}
		return int32(len(m.out.Links)), false
	}
	if m.places == nil {
		m.places = map[facts.Target]int32{}
		for i, t := range m.out.Links {
			m.places[t] = int32(i)
		}
	}
	at, known := m.places[t]
	if !known {
		at = int32(len(m.out.Links))
	}
	return at, known
}

func (m *factMaker) event() {
	p, f := m.page, m.out
	headline, _ := p.Event.Headline()
	f.Headline = m.clone(headline)
	f.Topic = m.keep(p.Topic())
	f.Contexts = m.list(p.Event.Declared)
	for _, e := range p.Event.Entries(page.SourceSection) {
		if e.Link != nil {
			f.Sources = append(f.Sources, m.clone(p.Destination(e.Link)))
		}
	}
	for _, e := range p.Event.Entries(page.ChangesSection) {
		if e.Link != nil {
			f.Changes = append(f.Changes, m.link(e.Link))
		}
	}
	section := p.Event.Section(page.RelatedSection)
	if section == nil {
		return
	}
	if section.Meant == "" {
		f.Heading = m.keep(strings.TrimSpace(p.Text(section.Title.Text)))
	}
	f.Related = make([]facts.Entry, len(section.Entries))
	for i, e := range section.Entries {
		f.Related[i] = m.entry(e.Link, e.Shared)
		f.Related[i].Keep = e.Keep
	}
}

func (m *factMaker) list(c *page.Contexts) facts.List {
	if c == nil {
		return facts.List{}
	}
	return facts.List{There: true, Names: m.keep(m.page.Names(c))}
}

// entry returns what an entry with a link and contexts says, if it has them.
func (m *factMaker) entry(l *page.Link, c *page.Contexts) facts.Entry {
	list := m.list(c)
	out := facts.Entry{Link: facts.NoLink, There: list.There, Names: list.Names}
	var style facts.Style
	if c != nil {
		style.Word = m.keep(c.Word)
	}
	if l != nil {
		out.Link = m.link(l)
		if t := m.page.Target(l); t.Kind == Internal {
			var prefix string
			if prefix, out.Rooted = strings.CutSuffix(m.page.Text(l.Target), t.Path); out.Rooted {
				style.Prefix = m.keep(prefix)
			}
		}
	}
	if m.style == nil || *m.style != style {
		m.style = &style
	}
	out.Style = m.style
	return out
}

func (m *factMaker) damage() {
	p, d := m.page, &m.out.Damage
	for _, x := range []struct {
		is   bool
		flag facts.Damage
	}{
		{len(p.Conflicts) > 0, facts.Conflict},
		{p.Event != nil && len(p.Event.Headlines) > 1, facts.Repeated},
		{!p.Open.Empty(), facts.Unclosed},
		{p.Event != nil && len(p.Event.Headlines) == 0, facts.NoHeadline},
		{p.Event != nil && p.Event.UnreadRelated() != nil, facts.Unread},
	} {
		if x.is {
			*d |= x.flag
		}
	}
}

// days returns the days that the source names in paths, ascending: a page that
// names none of a day names no event of it, in whatever form.
func (m *factMaker) days() []int32 {
	var out []int32
	dir := layout.Current().Years() + "/"
	for text := m.page.Text(page.Span{End: len(m.page.Source)}); ; {
		at := strings.Index(text, dir)
		if at < 0 {
			break
		}
		text = text[at+len(dir):]
		if n, ok := DayNamed(text); ok {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

// maxDayDigits bounds how many digits of a year, a month or a day are read.
const maxDayDigits = 4

// DayNamed returns a number for the day that a text begins with, as 2018/03/14/,
// padded or not.
func DayNamed(text string) (int32, bool) {
	var n int32
	for part := range 3 {
		digits := 0
		value := int32(0)
		for ; digits < len(text) && digits < maxDayDigits && '0' <= text[digits] && text[digits] <= '9'; digits++ {
			value = value*10 + int32(text[digits]-'0')
		}
		if digits == 0 || digits == len(text) || text[digits] != '/' {
			return 0, false
		}
		if part > 0 {
			n *= 100
			value %= 100
		}
		n += value
		text = text[digits+1:]
	}
	return n, true
}

// DistinctFrom returns the path of the event that the text of a comment names as one
// that is not the same, or nothing.
func DistinctFrom(comment string) string {
	reason, ok := strings.CutPrefix(comment, Distinct)
	first, _, _ := strings.Cut(strings.TrimSpace(reason), " ")
	if kind, _ := Classify(first); !ok || kind != EventPage {
		return ""
	}
	return first
}

// Ignore begins a comment that hides findings of a rule, whose name follows.
const Ignore = "newsctl-ignore"

// Distinct begins the comment of an event page that is not the same event as
// another; the path of the other follows.
const Distinct = Ignore + " event-duplicate: "

// NameMark begins a comment that holds a name with a comma.
const NameMark = "newsctl-name:"

const (
	ContextSeparator = ", "

	// MaxCommas is how many commas a name has at most: far more than any title
	// has, and few enough that reading a list takes time that grows with its size.
	MaxCommas = 24

	// MaxHiddenCommas is how many commas a name has at most that only the order
	// of a list shows. More neighbors out of order are a list in no order.
	MaxHiddenCommas = 3
)
