package mergefile

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive/page"
)

// readEvent reads an event page, or returns nil if it cannot be read with certainty.
func (m *merger) readEvent(src []byte) *document {
	e := page.ParseEvent(src, m.options.Labels)
	if !isSound(&e.Page) || len(e.Headlines) > 1 || len(e.Headlines) == 0 && len(src) > 0 {
		return nil
	}
	end := len(src)
	if len(e.Sections) > 0 {
		end = e.Sections[0].Start
	}
	d := &document{}
	for _, b := range headBlocks(e, end) {
		if b.Start > b.End {
			return nil // a section is above the headline
		}
		d.add(b.key, e.Text(b.Span))
		if n := len(d.units); b.key == "text" && n > 0 && d.units[n-1].key == b.key {
			u := &d.units[n-1]
			u.setParts(&e.Page, page.Span{Start: b.Start, End: b.Start}, b.Start+len(u.text()), e.Declared)
		}
	}
	d.names = Recorded(e)
	for i := range e.Sections {
		s := &e.Sections[i]
		if s.Start < end || i+1 < len(e.Sections) && s.End != e.Sections[i+1].Start {
			return nil // headings that are not sections are between them
		}
		m.addSection(d, e, s)
		end = s.End
	}
	if end < len(src) {
		return nil
	}
	d.end()
	return d
}

// headBlock is a part of an event page above its sections.
type headBlock struct {
	page.Span
	key string
}

// headBlocks returns the parts of an event page above its sections.
func headBlocks(e *page.Event, end int) []headBlock {
	var out []headBlock
	if e.Date != nil {
		out = append(out, headBlock{e.Date.Title.Span, "date"})
	}
	if e.Topic != nil {
		out = append(out, headBlock{e.Topic.Span, "topic"})
	}
	for _, h := range e.Headlines {
		out = append(out, headBlock{h.Span, "headline"}, headBlock{page.Span{Start: h.End}, "text"})
	}
	slices.SortFunc(out, func(a, b headBlock) int { return cmp.Compare(a.Start, b.Start) })
	if len(out) == 0 || out[0].Start > 0 {
		out = slices.Insert(out, 0, headBlock{key: "pre"})
	}
	for i := range out {
		out[i].End = end
		if i+1 < len(out) {
			out[i].End = out[i+1].Start
		}
	}
	return out
}

// The ranks of sections that were added at one place: the order that archives have.
var sectionRank = map[page.SectionKind]int{page.SourceSection: 1, page.ChangesSection: 2, page.RelatedSection: 3, page.OtherSection: 4}

// addSection adds a section of an event page to a document.
func (m *merger) addSection(d *document, e *page.Event, s *page.Section) {
	key := fmt.Sprint("section ", sectionRank[s.Kind])
	if s.Kind == page.OtherSection {
		key += " " + strings.TrimSpace(e.Text(s.Title.Text))
	}
	if len(s.Entries) == 0 && s.Kind == page.OtherSection {
		d.add(key, e.Text(s.Span))
		return
	}
	out := &section{sep: "\n"}
	if s.Kind == page.RelatedSection {
		out.limit, out.related = m.options.RelatedLimit, true
	}
	u := unit{key: key, section: out}
	if len(s.Entries) == 0 {
		out.head, u.sep = splitSpace(e.Text(s.Span))
		d.units = append(d.units, u)
		return
	}
	out.head, out.gap = splitSpace(e.Text(page.Span{Start: s.Start, End: s.Entries[0].Start}))
	number := 0
	for i := range s.Entries {
		end := s.End
		if i+1 < len(s.Entries) {
			end = s.Entries[i+1].Start
		}
		out.units = append(out.units, readEntry(e, s, i, end, &number))
	}
	u.sep = out.finish()
	d.units = append(d.units, u)
}

// readEntry reads an entry of a section, which ends before end. Number is that of the
// entry before it.
func readEntry(e *page.Event, s *page.Section, i, end int, number *int) unit {
	entry := &s.Entries[i]
	u := unit{key: linkKey(&e.Page, entry.Link, e.Text(entry.Content))}
	stop := end
	if i+1 == len(s.Entries) {
		stop = min(entry.End, end)
	}
	text, _ := splitSpace(e.Text(page.Span{Start: entry.Start, End: stop}))
	head := page.Span{Start: entry.Start, End: entry.Start + len(text)}
	if n := entry.Number; !n.Empty() {
		value, err := strconv.Atoi(e.Text(n))
		if err == nil && strconv.Itoa(value) == e.Text(n) {
			u.lead.indent, u.lead.numbered, u.lead.step = e.Text(page.Span{Start: head.Start, End: n.Start}), true, value-*number
			*number, head.Start = value, n.End
		}
	}
	textEnd := head.End
	if entry.Shared != nil {
		head.End = min(max(entry.Shared.Start, head.Start), textEnd)
	}
	u.sep = e.Text(page.Span{Start: textEnd, End: end})
	u.setParts(&e.Page, head, textEnd, entry.Shared)
	return u
}

// Recorded returns the contexts that an event records above its lists, where they can
// be told apart.
func Recorded(e *page.Event) []string {
	names, _ := splitNames(e.Names(e.Declared))
	if e.Topic != nil {
		names = append(names, page.PlainName(strings.TrimSpace(e.Text(e.Topic.Text))))
	}
	return names
}

// RecordedInLists returns the contexts that the related entries of an event record.
func RecordedInLists(e *page.Event) (names []string) {
	for _, entry := range e.Entries(page.RelatedSection) {
		shared, _ := splitNames(e.Names(entry.Shared))
		names = append(names, shared...)
	}
	return names
}

// RecordedOnDay returns the contexts that a listing records of an event.
func RecordedOnDay(l *page.Listing, event string) (names []string) {
	for _, it := range l.Items() {
		if it.Link != nil && linkKey(&l.Page, it.Link, "") == "link "+event {
			shown, _ := splitNames(l.Names(it.Declared))
			names = append(names, shown...)
		}
	}
	return names
}

// shorten removes from a related list that is too long the entries that an archive
// would not have there, the last ones. It returns false if a context might be recorded
// nowhere else: on the page itself, and on that of the related event.
func (m *merger) shorten(units []merged, limit int) ([]merged, bool) {
	kept := units[:limit]
	names := slices.Clone(m.recorded)
	for _, u := range kept {
		shared, _ := splitNames(u.parts[namesPart])
		names = append(names, shared...)
	}
	for _, u := range units[limit:] {
		shared, ok := splitNames(u.parts[namesPart])
		if !ok || u.conflict || m.options.Records == nil || m.options.OnDay == nil || u.parts[afterPart] != "_" {
			return nil, false
		}
		event := strings.TrimPrefix(u.key, "link ")
		there := append(m.options.Records(event), m.options.OnDay(event)...)
		for _, name := range shared {
			if !slices.Contains(names, name) || !slices.Contains(there, name) {
				return nil, false
			}
		}
	}
	return kept, true
}

// compareRelated orders related entries: first those that share more contexts, and
// among equals the newer ones.
func compareRelated(a, b *unit) int {
	return cmp.Or(cmp.Compare(sharedContexts(b), sharedContexts(a)), cmp.Compare(dayNumber(b.key), dayNumber(a.key)))
}

// sharedContexts returns how many contexts a related entry names.
func sharedContexts(u *unit) int {
	if u.parts[namesPart] == "" {
		return 0
	}
	if names, ok := splitNames(u.parts[namesPart]); ok {
		return len(names)
	}
	return strings.Count(u.parts[namesPart], ",") + 1
}

// isRanked reports whether related entries are in order.
func isRanked(units []unit) bool {
	return slices.IsSortedFunc(units, func(a, b unit) int { return compareRelated(&a, &b) })
}
