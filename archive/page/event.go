package page

import (
	"bytes"
	"regexp"
	"slices"
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

	// Declared is the page's own context line: a paragraph `_Context: A, B_`
	// below the headline or the description.
	Declared *Contexts

	Sections []Section
}

// DateLine is the heading that names an event's day: ### [2017-07-9](...).
type DateLine struct {
	Title
	Date Span  // the date as written
	Link *Link // nil where the date is no link
}

// SectionKind is what a section of an event page holds.
type SectionKind uint8

// The kinds of sections. Sections that nobody knows are OtherSection: kept, and
// never touched.
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
}

// Entry is one numbered line of a section.
type Entry struct {
	Span              // the whole line, with its line end, and those it goes on on
	Number  Span      // the digits; empty in a list without numbers
	Content Span      // what stands behind the number
	Link    *Link     // nil where the line shows no trace of a link
	Images  []*Link   // further links of a source: its pictures
	Shared  *Contexts // the contexts behind a related entry, or nil
	Note    Span      // what stands behind a change: _(Current version)_
	Keep    bool      // followed by <!-- keep -->: chosen by hand
	Tail    Span      // what else stands behind a related entry: comments
}

// Mark returns where the entry's number stands, or would stand.
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
	return e.Text(e.Headlines[0].Text), true
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
	b := parseBlocks(src)
	e := &Event{}
	var section *Section
	for _, bl := range b.all {
		switch {
		case bl.kind == heading:
			section = e.addHeading(b, bl.title, section, labels)
		case bl.kind != paragraph:
		case section != nil:
			section.Entries = append(section.Entries, b.entries(bl, section.Kind, labels)...)
		case len(e.Headlines) > 0:
			e.addParagraph(b, bl, labels)
		default:
			b.formats(bl, labels)
		}
	}
	e.Page = b.page()
	return e
}

// addHeading puts a heading in its place and returns the section that what
// follows belongs to, if any.
func (e *Event) addHeading(b *blocks, t Title, section *Section, labels Labels) *Section {
	if n := len(e.Sections); n > 0 && t.Level <= 3 && e.Sections[n-1].End == len(b.src) {
		e.Sections[n-1].End = t.Start
	}
	switch {
	case t.Level == 1:
		e.Headlines = append(e.Headlines, t)
	case t.Level == 2:
	case t.Level == 3:
		kind := labels.sectionKind(b.text(t.Text))
		if kind == OtherSection && e.Date == nil && len(e.Headlines) == 0 && len(e.Sections) == 0 {
			e.Date = b.dateLine(t)
			return nil
		}
		e.Sections = append(e.Sections, Section{Span: Span{t.Start, len(b.src)}, Kind: kind, Title: t})
		return &e.Sections[len(e.Sections)-1]
	case t.Level == 5 && e.Topic == nil && section == nil:
		e.Topic = &t
	default:
		return section
	}
	return nil
}

// addParagraph puts a paragraph below the headline in its place.
func (e *Event) addParagraph(b *blocks, bl block, labels Labels) {
	if e.Declared == nil {
		if e.Declared = b.contexts(bl.Span, labels); e.Declared != nil {
			return
		}
	}
	e.Description = append(e.Description, bl.Span)
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

// entries reads the entries of a block of a section. They are looked for line
// by line, not in the list Markdown makes of them: a reader sees an entry also
// where a missing space makes Markdown see none.
func (b *blocks) entries(bl block, kind SectionKind, labels Labels) []Entry {
	if kind == OtherSection {
		return nil
	}
	var out []Entry
	for i, line := range bl.lines {
		number, content, ok := b.marker(line)
		if !ok || b.insideLink(line.Start) {
			continue
		}
		for _, next := range bl.lines[i+1:] { // an entry may go on on lines of its own
			if _, _, marked := b.marker(next); marked || next.Start != line.End {
				break
			}
			line.End = next.End
			content = trim(b.src, Span{content.Start, next.End})
		}
		e := Entry{Span: line.Span, Number: number, Content: content}
		if links := b.linksIn(content); kind == SourceSection && len(links) > 0 {
			e.Link = links[0] // stray brackets before it do no harm
		} else {
			e.Link = b.entryLink(content, line.item)
		}
		if e.Link != nil {
			e.Link.Role = kind.role()
			b.tail(&e, Span{e.Link.End, content.End}, kind, labels)
		}
		out = append(out, e)
	}
	return out
}

func (k SectionKind) role() Role {
	switch k {
	case SourceSection:
		return Source
	case ChangesSection:
		return Change
	default:
		return Related
	}
}

// marker splits a line into its number and what follows it. Lines with no mark
// of a list are not ok.
func (b *blocks) marker(line blockLine) (number, content Span, ok bool) {
	s := trim(b.src, line.Span)
	number = Span{s.Start, s.Start}
	for number.End < s.End && '0' <= b.src[number.End] && b.src[number.End] <= '9' {
		number.End++
	}
	if number.End == s.End {
		return number, s, false
	}
	switch mark := b.src[number.End]; {
	case !number.Empty() && (mark == '.' || mark == ')'):
	case number.Empty() && line.item && (mark == '-' || mark == '*' || mark == '+'):
	default:
		return number, s, false
	}
	return number, trim(b.src, Span{number.End + 1, s.End}), true
}

// keepMark, in a comment behind a related entry, says that it was chosen by
// hand: <!-- keep -->, or <!-- keep: a reason -->.
var keepMark = regexp.MustCompile(`<!--\s*keep\s*(:.*)?-->$`)

// tail reads what stands behind an entry's link.
func (b *blocks) tail(e *Entry, s Span, kind SectionKind, labels Labels) {
	s = trim(b.src, s)
	switch kind {
	case SourceSection:
		for _, l := range slices.Concat(b.linksIn(s), b.othersIn(s)) {
			l.Role = Image
			e.Images = append(e.Images, l)
		}
	case ChangesSection:
		e.Note = s
	case RelatedSection:
		e.Keep = keepMark.Match(b.src[s.Start:s.End])
		if e.Shared = b.contexts(s, labels); e.Shared == nil {
			e.Shared = b.contexts(b.firstLine(s), labels)
		}
		if e.Shared != nil {
			s.Start = e.Shared.End
		}
		e.Tail = trim(b.src, s)
	}
}

// firstLine returns a span up to its first line end.
func (b *blocks) firstLine(s Span) Span {
	if i := bytes.IndexByte(b.src[s.Start:s.End], '\n'); i >= 0 {
		s.End = s.Start + i
	}
	return s
}

// contexts reads the beginning of a span as `_Context: A, B_`, or returns nil.
// Names may hold underscores, and a remark may stand behind the list. A list
// that goes on on further lines ends the last of them.
func (b *blocks) contexts(s Span, labels Labels) *Contexts {
	s = trim(b.src, s)
	text := b.src[s.Start:s.End]
	if len(text) == 0 || text[0] != '_' {
		return nil
	}
	label, _, ok := bytes.Cut(text[1:], []byte(":"))
	if !ok || !isLabel(labels.Context, string(label)) {
		return nil
	}
	if end := bytes.Index(text, commentOpen); end >= 0 {
		text = text[:end]
	}
	end := closingUnderscore(text)
	if bytes.IndexByte(text, '\n') >= 0 && end+1 != len(bytes.TrimRight(text, " \t\r\n")) {
		return nil
	}
	c := &Contexts{Span: s, Label: Span{s.Start + 1, s.Start + 1 + len(label)}}
	c.Names.Start = c.Label.End + 1
	if end > len(label)+1 {
		c.Names.End = s.Start + end
		c.End = c.Names.End + 1
	} else {
		c.Open = true
		c.End = trim(b.src, Span{s.Start, s.Start + len(text)}).End
		c.Names.End = c.End
	}
	c.Names = trim(b.src, c.Names)
	for c.Names.End > c.Names.Start && b.src[c.Names.End-1] == ',' {
		c.Names.End--
	}
	return c
}

// closingUnderscore returns the offset of the underscore that ends what one at
// the start begins, or -1. A name may be _emphasised_, or begin with one: where
// they do not pair, it is the last one that ends a word.
func closingUnderscore(text []byte) int {
	last, open := -1, 0
	for i := 1; i < len(text); i++ {
		ends := i+1 == len(text) || isSpace(text[i+1])
		switch {
		case text[i] != '_':
		case !ends && isSpace(text[i-1]):
			open++
		case ends && open == 0:
			return i
		case ends:
			last = i
			open--
		}
	}
	return last
}
