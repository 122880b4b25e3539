package edit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/source"
)

// canonicalOf returns an address in the form in which two are compared.
func canonicalOf(address string) string { return source.Canonical(address) }

// addition is entries that a section of an event page gets from others.
type addition struct {
	kind    page.SectionKind
	heading string // of the section that the first one comes from
	entries []string
}

// add adds an entry of a page.
func (a *addition) add(from *archive.Page, e page.Entry) {
	if s := from.Event.Section(a.kind); a.heading == "" && s != nil {
		a.heading = strings.TrimSpace(from.Text(s.Title.Text))
	}
	a.entries = append(a.entries, strings.Join(strings.Fields(from.Text(e.Content)), " "))
}

// edits returns the edits that put the entries after those of a page.
func (a *addition) edits(into *archive.Page) []page.Edit {
	if len(a.entries) == 0 {
		return nil
	}
	have := into.Event.Entries(a.kind)
	section := into.Event.Section(a.kind)
	eol := page.LineEnd(into.Source)
	n := len(have)
	if n > 0 {
		if last, ok := archive.ParseNumber(into.Text(have[n-1].Number)); ok {
			n = last
		}
	}
	var lines strings.Builder
	for i, entry := range a.entries {
		mark := strconv.Itoa(n+i+1) + "."
		if len(have) > 0 && have[len(have)-1].Number.Empty() {
			mark = "-"
		}
		lines.WriteString(mark + " " + entry + eol)
	}
	switch {
	case len(have) > 0:
		end := have[len(have)-1].End
		return []page.Edit{page.Insert(end, page.LineBreak(into.Source, end, eol, "")+lines.String())}
	case section != nil:
		return []page.Edit{page.BelowTitle(into.Source, section.Title.Span, eol, lines.String())}
	}
	return []page.Edit{newSection(into, a.heading, lines.String())}
}

// newSection returns the edit that gives an event page a section, before those of its
// versions and its related events.
func newSection(p *archive.Page, heading, lines string) page.Edit {
	eol := page.LineEnd(p.Source)
	lines = "### " + heading + eol + eol + lines
	for _, s := range p.Event.Sections {
		if s.Kind == page.ChangesSection || s.Kind == page.RelatedSection {
			return page.Insert(s.Start, page.LineBreak(p.Source, s.Start, eol, "\n")+lines+eol)
		}
	}
	return page.AtEnd(p.Source, eol, lines)
}

// versions returns the edits that record the versions of old events, and their
// headlines, in the Changes section of the one that remains, before its current
// version.
func (m *merger) versions(into *archive.Page, olds []*archive.Page) []page.Edit {
	h := &history{ev: &rewording{page: into}, labels: m.archive.Config().Labels, time: m.renamer.now.Format(versionTime), prefix: rootPrefix(into)}
	entries := into.Event.Entries(page.ChangesSection)
	var current *page.Entry
	for i := range entries {
		if current == nil && currentLabel(h.labels, into.Text(entries[i].Note)) != "" {
			current = &entries[i]
			continue
		}
		h.n, h.last = h.n+1, &entries[i]
	}
	eol := page.LineEnd(into.Source)
	lines := m.versionLines(h, into, olds, eol)
	if lines == "" {
		return nil
	}
	if current != nil {
		edits := []page.Edit{page.Insert(current.Start, lines)}
		if !current.Number.Empty() {
			edits = append(edits, page.Edit{Span: current.Number, New: strconv.Itoa(h.n)})
		}
		return edits
	}
	if len(entries) == 0 {
		headline, _ := into.Event.Headline()
		lines += h.line(headline, into.Path, "("+h.labels.Current[0]+")") + eol
	}
	return []page.Edit{h.place(into.Event.Section(page.ChangesSection), lines)}
}

// versionLines returns the entries of old events and of their versions that a Changes
// section lacks.
func (m *merger) versionLines(h *history, into *archive.Page, olds []*archive.Page, eol string) string {
	headline, _ := into.Event.Headline()
	said := []string{}
	if !m.keep {
		said = append(said, headline)
	}
	for _, e := range into.Event.Entries(page.ChangesSection) {
		if e.Link != nil {
			said = append(said, into.Text(e.Link.Text))
		}
	}
	known := func(text string) bool {
		return slices.ContainsFunc(said, func(s string) bool { return link.SameText(s, text) })
	}
	out := ""
	add := func(text, at, note string) {
		h.n++
		said = append(said, text)
		out += fmt.Sprintf("%d. [%s](%s%s) %s", h.n, page.EscapeText(text), h.prefix, link.Destination(at), note) + eol
	}
	for _, old := range olds {
		for _, e := range old.Event.Entries(page.ChangesSection) {
			note := old.Text(e.Note)
			if e.Link == nil || currentLabel(h.labels, note) != "" || known(old.Text(e.Link.Text)) {
				continue
			}
			at := old.Target(e.Link).Path
			if at == old.Path && !m.keep || !m.archive.Exists(at) {
				at = into.Path
			}
			add(old.Text(e.Link.Text), at, note)
		}
		was, _ := old.Event.Headline()
		switch {
		case known(was) && !m.keep, into.HasVersion(old.Path):
		case m.keep:
			add(was, old.Path, "_"+h.time+" ("+h.nextMark()+")_")
		default:
			add(was, into.Path, "_"+h.time+" ("+h.nextMark()+")_")
		}
	}
	return out
}

// nextMark returns the mark of the version after the last of the older ones.
func (h *history) nextMark() string {
	if h.n == 0 {
		return h.labels.First[0]
	}
	return h.labels.Update[0]
}

// topic returns the edits that give an event without a topic that of an old one. One
// that only its day page lists it below is a topic too.
func (m *merger) topic(into *archive.Page, olds []*archive.Page) []page.Edit {
	listed := plan.TopicsIn(m.archive, m.archive.DayPage(into.Date))
	if into.Topic() != "" || len(listed[into.Path]) > 0 {
		return nil
	}
	for _, old := range olds {
		switch t := old.Topic(); {
		case t == "":
		case into.Event.Topic == nil:
			return []page.Edit{page.Insert(into.Event.Headlines[0].Start, "##### "+page.RawName(t)+page.LineEnd(into.Source))}
		default:
			return []page.Edit{listing.TopicEdit(into, &page.Item{Topic: into.Event.Topic}, true, t)}
		}
	}
	return nil
}
