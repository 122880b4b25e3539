package page

import (
	"bytes"
	"regexp"
	"slices"
)

// Unread is text that looks like a part of a page, but is not read as one. A
// command that rewrites what is around it would write the part a second time.
type Unread struct {
	Span
	Kind    UnreadKind
	Section SectionKind // that a heading seems to begin
	Label   string      // the label that a heading is like
}

// UnreadKind is what unread text looks like.
type UnreadKind uint8

// The kinds of unread text.
const (
	UnreadContexts    UnreadKind = iota // contexts whose label is not emphasized, or whose emphasis does not end
	UnknownLabel                        // contexts with a label that the configuration does not have
	SecondContexts                      // a second list of contexts
	OddSeparator                        // what is between names, in a list that is not read for it
	MisplacedContexts                   // contexts that belong to no entry
	UnreadSection                       // the heading of a section
	UnreadEntry                         // a related entry in code, a quote or HTML
	RuledText                           // a line of dashes that makes a heading of a description
)

// ruled notes the line below a heading that is read as text with a rule below.
func (b *blocks) ruled(t Title) {
	rule := trim(b.src, lineAt(b.src, t.Lines().End))
	b.unread = append(b.unread, Unread{Span: rule, Kind: RuledText})
}

// UnreadIn returns the first unread text within a span, or nil.
func (p *Page) UnreadIn(s Span) *Unread {
	for i := range p.Unread {
		if u := &p.Unread[i]; s.Start <= u.Start && u.Start < s.End {
			return u
		}
	}
	return nil
}

// UnreadRelated returns the unread text that makes uncertain what the related
// list of an event is, or nil.
func (e *Event) UnreadRelated() *Unread {
	if s := e.Section(RelatedSection); s != nil {
		return e.UnreadIn(s.Span)
	}
	for i := range e.Unread {
		switch u := &e.Unread[i]; {
		case u.Kind == UnreadSection && u.Section == RelatedSection, u.Kind == UnreadEntry:
			return u
		case u.Kind == MisplacedContexts && slices.ContainsFunc(e.Sections, func(s Section) bool { return s.Start <= u.Start && u.Start < s.End }):
			return u
		}
	}
	return nil
}

// unreadOfEvent finds what is left unread of the contexts and entries of an
// event page.
func (r *eventReader) unreadOfEvent() {
	e := r.event
	at := Span{0, len(r.src)}
	switch {
	case len(e.Headlines) > 0:
		at.Start = e.Headlines[0].End
	case len(e.Sections) > 0:
		at.Start = e.Sections[0].Start
	default:
		return
	}
	scan := r.scanner(r.labels)
	scan.read = r.listAt
	for {
		m := scan.next(at)
		if m.Empty() {
			break
		}
		at.Start = m.End
		if list := r.listAt(m.Start); list != nil {
			at.Start = max(list.End, at.Start)
		} else if !r.insideLink(m.Start) {
			r.leaveUnread(m)
		}
	}
	for i := range e.Sections {
		if s := &e.Sections[i]; s.Kind == RelatedSection {
			r.unreadEntries(s)
		}
	}
}

// listAt returns the list that was read at an offset, or nil.
func (b *blocks) listAt(at int) *Contexts {
	for _, c := range b.lists {
		if c.Start <= at && at < c.End {
			return c
		}
	}
	return nil
}

// leaveUnread notes a mark that was not read, unless it may well be prose.
func (r *eventReader) leaveUnread(m mark) {
	u := Unread{Span: m.Span, Kind: UnreadContexts}
	switch {
	case !m.odd.Empty():
		r.unread = append(r.unread, Unread{Span: m.odd, Kind: OddSeparator})
		return
	case m.contexts != nil:
		u.Kind = MisplacedContexts
	}
	section := r.sectionAt(m.Start)
	switch {
	case section == nil:
		if m.contexts == nil && !r.startsLine(m.Start) {
			return
		}
		if m.contexts != nil && r.event.Declared != nil {
			u.Kind = SecondContexts
		}
	case section.Kind != RelatedSection:
		if m.contexts == nil || r.isUnread(section.Title.Text) {
			return
		}
	default:
		i := slices.IndexFunc(section.Entries, func(e Entry) bool { return e.Start <= m.Start && m.Start < e.End })
		switch {
		case i < 0 && !r.isParagraphLine(lineAt(r.src, m.Start).Start):
			return // those of an entry that is not read
		case i < 0:
			u.Kind = MisplacedContexts
		case section.Entries[i].Link == nil:
			return // kept as it is, and reported
		case section.Entries[i].Shared != nil:
			u.Kind = SecondContexts
		case m.contexts != nil:
			u.Kind = UnreadContexts
		}
	}
	r.unread = append(r.unread, u)
}

// isUnread reports whether a heading was left unread.
func (b *blocks) isUnread(title Span) bool {
	return slices.ContainsFunc(b.unread, func(u Unread) bool { return u.Span == title })
}

// sectionAt returns the section that an offset is in, or nil.
func (r *eventReader) sectionAt(at int) *Section {
	for i := range r.event.Sections {
		if s := &r.event.Sections[i]; s.Start <= at && at < s.End {
			return s
		}
	}
	return nil
}

// startsLine reports whether only white space and marks are before an offset
// on its line.
func (b *blocks) startsLine(at int) bool {
	return len(bytes.Trim(b.src[lineAt(b.src, at).Start:at], " \t\r>*_-+\\")) == 0
}

// otherLabel matches contexts whose label is not known, or that lack the colon.
var otherLabel = regexp.MustCompile(`(?:^|[\s\pP>])(?:_{1,3}|\*{1,3}|<(?i:em|i|strong|b)>)([\pL\pM][\pL\pM ]{0,30})[\s*_]*([:：]?)`)

// unknownLabel notes what is in the place of a related entry's contexts
// under another label.
func (b *blocks) unknownLabel(s Span, labels Labels) {
	text := b.scanner(labels).src[s.Start:s.End]
	if !bytes.ContainsAny(text, "_*<") {
		return
	}
	for _, m := range otherLabel.FindAllSubmatchIndex(text, -1) {
		word := Span{s.Start + m[2], s.Start + m[3]}
		if m[4] < m[5] || labels.isContext(b.text(word)) {
			b.unread = append(b.unread, Unread{Span: Span{word.Start, s.Start + m[1]}, Kind: UnknownLabel})
			return
		}
	}
}

// entryLike matches a line that a reader takes for an entry of a list.
var entryLike = regexp.MustCompile(`^[\s>|]*(?:\d+[.)]|[-*+]|<li>)?\s*(?:\[.*\]\(.*\)|<a\s)`)

// unreadEntries notes the lines of a section that look like entries, but are in
// code, a quote or HTML.
func (r *eventReader) unreadEntries(s *Section) {
	text := r.scanner(r.labels).src
	next := 0
	for at := s.Title.End; at < s.End; {
		line := lineAt(text, at)
		at = line.End
		for next < len(s.Entries) && s.Entries[next].End <= line.Start {
			next++
		}
		switch {
		case next < len(s.Entries) && s.Entries[next].Start <= line.Start:
		case r.isParagraphLine(line.Start):
		case entryLike.Match(text[line.Start:line.End]):
			r.unread = append(r.unread, Unread{Span: trim(r.src, line), Kind: UnreadEntry})
			return
		}
	}
}

// isParagraphLine reports whether a line that begins at an offset belongs to a
// paragraph, a list or a heading.
func (b *blocks) isParagraphLine(at int) bool {
	i, found := slices.BinarySearchFunc(b.all, at, func(bl block, at int) int { return bl.Start - at })
	if !found {
		i--
	}
	return i >= 0 && b.all[i].kind != otherBlock && b.all[i].kind != htmlBlock && at < b.all[i].End
}

// unreadOfListing finds the contexts of items that are left unread.
func (b *blocks) unreadOfListing(l *Listing, labels Labels) {
	scan := b.scanner(labels)
	for _, it := range l.Items() {
		for at := (Span{it.Title.End, it.End}); ; {
			m := scan.next(at)
			if m.Empty() {
				break
			}
			at.Start = m.End
			switch list := b.listAt(m.Start); {
			case list != nil:
				at.Start = max(list.End, at.Start)
			case !m.odd.Empty():
				b.unread = append(b.unread, Unread{Span: m.odd, Kind: OddSeparator})
			case b.insideLink(m.Start), m.contexts == nil && !b.startsLine(m.Start):
			case it.Declared != nil:
				b.unread = append(b.unread, Unread{Span: m.Span, Kind: SecondContexts})
			default:
				b.unread = append(b.unread, Unread{Span: m.Span, Kind: UnreadContexts})
			}
		}
	}
}
