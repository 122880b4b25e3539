package page

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Event is an event page: date line, topic, headline, description, declared
// contexts, and sections. Parts that a page lacks are nil or empty.
type Event struct {
	Page
	Date      *DateLine
	Topic     *Title
	Headlines []Title // one on a sound page

	// Description holds the paragraphs below the headline.
	Description []Span

	// Declared is the page's own context line, `_Context: A, B_`, below the
	// headline or the description.
	Declared *Contexts

	Sections []Section
}

// DateLine is the heading that names an event's day: ### [2017-07-9](...).
type DateLine struct {
	Title
	Date Span  // the date as written
	Link *Link // nil where the date is not a link
}

// SectionKind is what a section of an event page holds.
type SectionKind uint8

// The kinds of sections. Other sections are OtherSection, and are never
// changed.
const (
	OtherSection SectionKind = iota
	SourceSection
	ChangesSection
	RelatedSection
)

// Section is a heading of level 3 and all that follows it, up to the next
// heading of level 1 to 3.
type Section struct {
	Span    // from the heading's line to the next section or the page's end
	Kind    SectionKind
	Title   Title
	Entries []Entry

	// Meant is the label that the heading should be where it is not written as
	// headings of sections are: its level, the case of its label, or its marks
	// differ.
	Meant string
}

// Entry is one numbered line of a section.
type Entry struct {
	Span              // the whole line, with its line end, and those it continues on
	Number  Span      // the digits; empty in a list without numbers
	Content Span      // what is after the number
	Link    *Link     // nil where the line shows no trace of a link
	Images  []*Link   // further links of a source: its pictures
	Shared  *Contexts // the contexts after a related entry's link, or nil
	Lead    Span      // what is between the link and the contexts
	Note    Span      // what is after a change: _(Current version)_
	Keep    bool      // followed by <!-- keep -->: chosen by hand
	Tail    Span      // what else is after a related entry's contexts, or its link
}

// Mark returns where the entry's number is, or would be.
func (e Entry) Mark() Span {
	if e.Number.Empty() {
		return Span{e.Content.Start, e.Content.Start}
	}
	return e.Number
}

// Headline returns the raw text of the page's headline, surrounding spaces
// included, and whether the page has one.
func (e *Event) Headline() (string, bool) {
	if len(e.Headlines) == 0 {
		return "", false
	}
	return OneLine(e.Text(e.Headlines[0].Text)), true
}

// Section returns the page's first section of a kind, or nil.
func (e *Event) Section(kind SectionKind) *Section {
	for i := range e.Sections {
		if e.Sections[i].Kind == kind {
			return &e.Sections[i]
		}
	}
	return nil
}

// Entries returns the entries of the page's first section of a kind.
func (e *Event) Entries(kind SectionKind) []Entry {
	if s := e.Section(kind); s != nil {
		return s.Entries
	}
	return nil
}

// ParseEvent reads an event page. It never fails: what is missing or out of
// shape is left empty. The source is kept, not copied.
func ParseEvent(src []byte, labels Labels) *Event {
	r := &eventReader{blocks: parseBlocks(src), labels: labels, event: &Event{}}
	for _, bl := range r.all {
		r.block(bl)
	}
	r.unreadOfEvent()
	r.event.Page = r.page()
	return r.event
}

// eventReader puts the blocks of an event page in their places.
type eventReader struct {
	*blocks
	labels  Labels
	event   *Event
	section *Section // that what follows belongs to, or nil
}

func (r *eventReader) block(bl block) {
	if bl.kind == heading {
		r.heading(bl.title)
		return
	}
	if len(r.event.Headlines) > 0 || r.section != nil {
		for i, line := range bl.lines {
			if t, kind, meant, sure := r.nearTitle(bl, line); kind != OtherSection {
				r.text(bl.part(0, i))
				r.nearSection(t, kind, meant, sure)
				r.block(bl.part(i+1, len(bl.lines)))
				return
			}
		}
	}
	r.text(bl)
}

// text puts a paragraph or a list in its place.
func (r *eventReader) text(bl block) {
	switch {
	case bl.kind != paragraph || len(bl.lines) == 0:
	case r.section != nil:
		if found := r.entries(bl, r.section.Kind, r.labels); r.section.Entries == nil {
			r.section.Entries = slices.Clip(found)
		} else {
			r.section.Entries = append(r.section.Entries, found...)
		}
	case len(r.event.Headlines) > 0:
		r.paragraph(bl.Span)
	default:
		r.formats(bl, r.labels)
	}
}

// heading puts a heading in its place.
func (r *eventReader) heading(t Title) {
	e := r.event
	text := r.blocks.text(t.Text)
	kind, meant := r.labels.section(text)
	if kind != OtherSection && (t.Level != 3 || meant != "") && (t.Level == 3 || len(e.Headlines) > 0) {
		r.nearSection(t, kind, cmp.Or(meant, bareLabel(text)), true)
		return
	}
	if n := len(e.Sections); n > 0 && t.Level <= 3 && e.Sections[n-1].End == len(r.src) {
		e.Sections[n-1].End = t.Start
	}
	switch {
	case t.Level == 1:
		e.Headlines = append(e.Headlines, t)
	case t.Level == 2 && t.Underlined && r.section == nil && len(e.Headlines) > 0:
		r.paragraph(t.Lines())
		r.ruled(t)
	case t.Level == 2:
	case t.Level == 3 && kind == OtherSection && e.Date == nil && len(e.Headlines) == 0 && len(e.Sections) == 0:
		e.Date = r.dateLine(t)
	case t.Level == 3:
		r.addSection(Section{Title: t, Kind: kind})
		if like, label := r.labels.like(text); kind == OtherSection && like != OtherSection {
			r.unread = append(r.unread, Unread{Span: t.Text, Kind: UnreadSection, Section: like, Label: label})
		}
		return
	case t.Level == 5 && e.Topic == nil && r.section == nil:
		e.Topic = &t
	default:
		return
	}
	r.section = nil
}

func (r *eventReader) addSection(s Section) {
	s.Span = Span{s.Title.Start, len(r.src)}
	r.event.Sections = append(r.event.Sections, s)
	r.section = &r.event.Sections[len(r.event.Sections)-1]
}

// nearSection begins the section of a heading that is not written as headings of
// sections are. Of one that is not sure no entries are read.
func (r *eventReader) nearSection(t Title, kind SectionKind, meant string, sure bool) {
	if n := len(r.event.Sections); n > 0 && r.event.Sections[n-1].End == len(r.src) {
		r.event.Sections[n-1].End = t.Start
	}
	if sure {
		r.addSection(Section{Title: t, Kind: kind, Meant: meant})
		return
	}
	r.unread = append(r.unread, Unread{Span: t.Text, Kind: UnreadSection, Section: kind, Label: meant})
	r.addSection(Section{Title: t})
}

// nearTitle reads a line that is a heading of a section to every reader but
// Markdown: ###Related: or **Related:**. It is sure unless more than the label
// is there.
func (r *eventReader) nearTitle(bl block, line blockLine) (t Title, kind SectionKind, meant string, sure bool) {
	t = Title{Span: line.Span, Text: trim(r.src, line.Span)}
	raw := r.src[t.Text.Start:t.Text.End]
	if len(raw) == 0 || line.item {
		return t, OtherSection, "", false
	}
	colon := bytes.HasSuffix(raw, []byte(":")) || bytes.HasSuffix(raw, wideColon)
	if strings.IndexByte("#*_<", raw[0]) < 0 && !(colon && len(bl.lines) == 1) {
		return t, OtherSection, "", false
	}
	text := string(raw)
	if kind, meant = r.labels.section(text); kind != OtherSection {
		return t, kind, cmp.Or(meant, bareLabel(text)), true
	}
	if kind, meant = r.labels.like(text); colon || strings.Contains("*_", text[:1]) && text[len(text)-1] == text[0] {
		return t, kind, meant, false
	}
	return t, OtherSection, "", false
}

// paragraph puts a paragraph below the headline in its place.
func (r *eventReader) paragraph(s Span) {
	e := r.event
	if e.Declared != nil {
		if !r.isOnlyContexts(s, r.labels) {
			e.Description = append(e.Description, s)
		}
		return
	}
	var rest []Span
	e.Declared, rest = r.declared(s, r.labels)
	e.Description = append(e.Description, rest...)
}

func (b *blocks) text(s Span) string { return string(b.src[s.Start:s.End]) }

func (b *blocks) dateLine(t Title) *DateLine {
	text := trim(b.src, t.Text)
	d := &DateLine{Title: t, Date: text, Link: b.linkAt(text.Start)}
	if d.Link != nil {
		d.Link.Role = DateLink
		d.Date = d.Link.Text
	}
	return d
}

// formats marks the links of a Formats line.
func (b *blocks) formats(bl block, labels Labels) {
	word, _, ok := bytes.Cut(b.src[bl.Start:bl.End], []byte(":"))
	if !ok || !isLabel(labels.Formats, string(word)) {
		return
	}
	for _, l := range slices.Concat(b.linksIn(bl.Span), b.othersIn(bl.Span)) {
		l.Role = Formats
	}
}
