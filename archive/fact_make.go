package archive

import (
	"slices"
	"strings"

	"newsctl/archive/facts"
	"newsctl/archive/layout"
	"newsctl/archive/page"
)

// factMaker reads the facts from a page.
type factMaker struct {
	page   *Page
	lends  bool                   // the facts may hold parts of the source
	places map[facts.Target]int32 // of targets among the links, if these are many
	out    *Facts
	style  *facts.Style // of the last entry
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
