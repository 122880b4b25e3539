package mergefile

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"newsctl/archive/layout"
	"newsctl/archive/page"
)

// dayLink is the link to a day in the heading of a part of a listing, within the
// part's head.
type dayLink struct {
	day          int // year, month and day as one number
	target, text page.Span
	previous     bool // it is the link to the nearest earlier day
}

// readListing reads a day page or a front page, or returns nil if it cannot be read
// with certainty.
func (m *merger) readListing(src []byte) *document {
	l := page.ParseListing(src, m.options.Labels)
	if !isSound(&l.Page) || len(l.Unread) > 0 {
		return nil
	}
	d := &document{}
	starts := make([]int, 0, len(l.Parts)+1)
	for i := range l.Parts {
		starts = append(starts, partStart(&l.Parts[i]))
	}
	starts = append(starts, len(src))
	d.add("pre", l.Text(page.Span{End: starts[0]}))
	slots := 0
	for i := range l.Parts {
		p := &l.Parts[i]
		s, sep := readPart(l, p, page.Span{Start: starts[i], End: starts[i+1]})
		if s == nil {
			return nil
		}
		key := "part " + strings.TrimSpace(l.Text(p.Title.Text))
		switch {
		case s.day == nil:
		case s.day.previous:
			key = "previous"
		default:
			slots++
			key = fmt.Sprint("day ", slots)
		}
		d.units = append(d.units, unit{key: key, section: s, sep: sep})
	}
	d.end()
	return d
}

// add adds text that is merged line by line, unless it is empty.
func (d *document) add(key, text string) {
	if text == "" {
		return
	}
	u := unit{key: key}
	u.parts[headPart], u.sep = splitSpace(text)
	d.units = append(d.units, u)
}

// end completes a document.
func (d *document) end() {
	complete(d.units)
	if n := len(d.units); n > 0 {
		d.tail, d.units[n-1].sep = d.units[n-1].sep, ""
	}
}

// partStart returns where a part begins: at its heading, or if it has none at its
// first entry.
func partStart(p *page.Part) int {
	if p.Title.Level == 0 && len(p.Items) > 0 {
		return itemStart(p, 0)
	}
	return p.Title.Start
}

// itemStart returns where an entry begins: at the topic right above it, or its
// heading.
func itemStart(p *page.Part, i int) int {
	if isHeaded(p, i) {
		return p.Items[i].Topic.Start
	}
	return p.Items[i].Start
}

func isHeaded(p *page.Part, i int) bool {
	topic := p.Items[i].Topic
	return topic != nil && (i == 0 || p.Items[i-1].Topic != topic)
}

// readPart reads a part of a listing, or returns nil if there is text between a topic
// and the first entry below it. It also returns the white space at its end.
func readPart(l *page.Listing, p *page.Part, all page.Span) (s *section, sep string) {
	s = &section{sep: "\n\n"}
	headEnd := all.End
	if len(p.Items) > 0 {
		headEnd = itemStart(p, 0)
	}
	s.head, s.gap = splitSpace(l.Text(page.Span{Start: all.Start, End: headEnd}))
	if p.Link != nil {
		s.day = readDay(l, p, all.Start)
	}
	if len(p.Items) == 0 {
		s.gap, sep = "", s.gap
		return s, sep
	}
	for i := range p.Items {
		end := all.End
		if i+1 < len(p.Items) {
			end = itemStart(p, i+1)
		}
		s.units = append(s.units, readItem(l, p, i, end))
		if strings.TrimSpace(s.units[i].lead.gap) != "" {
			return nil, ""
		}
	}
	return s, s.finish()
}

// finish completes the units of a section, and returns the white space at its end.
func (s *section) finish() (sep string) {
	complete(s.units)
	n := len(s.units)
	s.tail, sep = splitSpace(s.units[n-1].sep)
	s.units[n-1].sep = ""
	if n > 1 {
		s.sep = s.units[0].sep
	}
	return sep
}

// dayPath matches the path of a page of a day.
var dayPath = regexp.MustCompile(`(\d{4})/(\d{2})/(\d{1,2})/([^/]+)\.md`)

// readDay returns the day that the heading of a part links to, or nil.
func readDay(l *page.Listing, p *page.Part, start int) *dayLink {
	to := l.Destination(p.Link)
	day := dayNumber(to)
	if day == 0 || !isListing(path.Base(to)) || p.Link.Reference != "" {
		return nil
	}
	local := func(s page.Span) page.Span { return page.Span{Start: s.Start - start, End: s.End - start} }
	return &dayLink{day, local(p.Link.Target), local(p.Link.Text), p.Previous}
}

// eventIn returns the path of an event in a link, whatever is before it, or nothing.
func eventIn(to string) string {
	at := strings.LastIndex(to, layout.Current().Years()+"/")
	if at < 0 || !eventPath.MatchString(to[at+len(layout.Current().Years()):]) {
		return ""
	}
	return to[at:]
}

// eventPath matches the path of an event below the directory of the years.
var eventPath = regexp.MustCompile(`^/\d{4}/\d{2}/\d{1,2}/[^/]+\.md$`)

// linkKey returns what identifies an entry with a link.
func linkKey(p *page.Page, l *page.Link, raw string) string {
	if l == nil {
		return "text " + strings.TrimSpace(raw)
	}
	to := p.Destination(l)
	if event := eventIn(to); event != "" {
		return "link " + event
	}
	return "link " + to
}

// readItem reads an entry of a listing, which ends before end.
func readItem(l *page.Listing, p *page.Part, i, end int) unit {
	it := &p.Items[i]
	u := unit{key: linkKey(&l.Page, it.Link, l.Text(it.Title.Span))}
	if it.Topic != nil {
		u.lead.topic, u.lead.hasTopic = strings.TrimSpace(l.Text(it.Topic.Text)), true
		u.lead.heading = l.Text(it.Topic.Span)
		if u.lead.headed = isHeaded(p, i); u.lead.headed {
			u.lead.gap = l.Text(page.Span{Start: it.Topic.End, End: it.Start})
		}
	}
	stop := end
	if i+1 == len(p.Items) {
		stop = min(it.End, end)
	}
	text, _ := splitSpace(l.Text(page.Span{Start: it.Start, End: stop}))
	all := page.Span{Start: it.Start, End: it.Start + len(text)}
	title := min(it.Title.End, all.End)
	u.sep = l.Text(page.Span{Start: all.End, End: end})
	u.setParts(&l.Page, page.Span{Start: it.Start, End: title}, all.End, it.Declared)
	return u
}

// setParts splits a unit, from its head up to end, at its contexts.
func (u *unit) setParts(p *page.Page, head page.Span, end int, c *page.Contexts) {
	u.parts[headPart] = p.Text(head)
	rest := page.Span{Start: head.End, End: end}
	if c == nil || c.Names.Start < rest.Start || c.Names.End > rest.End {
		u.parts[beforePart] = p.Text(rest)
		return
	}
	u.parts[beforePart] = p.Text(page.Span{Start: rest.Start, End: c.Names.Start})
	u.parts[namesPart] = p.Text(c.Names)
	u.parts[afterPart] = p.Text(page.Span{Start: c.Names.End, End: end})
}
