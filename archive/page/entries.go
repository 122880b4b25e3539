package page

import (
	"regexp"
	"slices"
)

// entries reads the entries of a block of a section. They are looked for line
// by line, not in the list Markdown makes of them: a reader sees an entry also
// where a missing space makes Markdown see none.
func (b *blocks) entries(bl block, kind SectionKind, labels Labels) []Entry {
	if kind == OtherSection {
		return nil
	}
	out := make([]Entry, 0, len(bl.lines))
	for i, line := range bl.lines {
		number, content, ok := b.marker(line)
		if !ok || b.insideLink(line.Start) {
			continue
		}
		for _, next := range bl.lines[i+1:] { // an entry may go on on lines of its own
			if _, _, marked := b.marker(next); marked || next.Start != line.End && !next.more {
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
			tail := Span{e.Link.End, content.End}
			if kind != RelatedSection && b.scanner(labels).next(tail).contexts != nil {
				continue // a related entry, below a heading that is not read as theirs
			}
			e.Link.Role = kind.role()
			b.tail(&e, tail, kind, labels)
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

// keepMark, in a comment after a related entry's link, says that the entry was
// chosen by hand: <!-- keep -->, or <!-- keep: a reason -->.
var keepMark = regexp.MustCompile(`<!--\s*keep\s*(:[^\n]*?)?-->`)

// tail reads what is after an entry's link.
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
		if e.Shared = b.shared(s, labels); e.Shared != nil {
			e.Lead = trim(b.src, Span{s.Start, e.Shared.Start})
			s.Start = e.Shared.End
		} else if b.scanner(labels).next(s).Empty() {
			b.unknownLabel(s, labels)
		}
		e.Tail = trim(b.src, s)
	}
}
