package edit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// versionTime is how a Changes section writes when a version gave way.
const versionTime = "2006-01-02 15:04:05"

// versionEdits record the wording that gives way in the Changes section, as the
// pages of 2018 have it:
//
//  1. [First wording. ](/news/2018/03/14/first-wording.md) _2018-03-14 16:30:06 (First version)_
//  2. [Second wording. ](/news/2018/03/14/second-wording.md) _2018-03-15 21:30:06 (Update)_
//  2. [Third wording. ](/news/2018/03/14/third-wording.md) _(Current version)_
//
// A section that names the new wording as current is left alone.
//
// The previous version points to its own page if that is kept, and else to the page
// that has taken its place: no link of an archive points to nothing.
func (r *renamer) versionEdits(ev *rewording) []page.Edit {
	if ev.was == ev.is && !ev.kept {
		return nil
	}
	h := &history{ev: ev, labels: r.archive.Config().Labels, time: r.now.Format(versionTime)}
	e := ev.page.Event
	section := e.Section(page.ChangesSection)
	var edits []page.Edit
	if section != nil {
		if h.upToDate(section.Entries) && !ev.kept {
			return nil
		}
		edits = h.turn(section.Entries)
	}
	lines := h.lines(page.LineEnd(e.Source))
	return append(edits, h.place(section, lines))
}

// pointer returns the edits that make a page that is kept name the event that it is the
// previous version of, if that is of another day. Of the same day, the event is found
// beside the page.
func (r *renamer) pointer(p *archive.Page) []page.Edit {
	ev := r.byFrom[p.Path]
	if _, day := archive.Classify(ev.to); day == p.Date {
		return nil
	}
	return r.versionEdits(ev)
}

// history is a Changes section to which a version is added.
type history struct {
	ev     *rewording
	labels page.Labels
	time   string

	n        int  // how many previous versions there are
	recorded bool // the wording that gives way is one of them
	prefix   string
	last     *page.Entry // the entry that the new ones come after
}

// turn makes the current version an older one.
func (h *history) turn(entries []page.Entry) []page.Edit {
	e := h.ev.page
	for i := range entries {
		entry := &entries[i]
		h.n, h.last = h.n+1, entry
		if entry.Link == nil {
			continue
		}
		if prefix, ok := strings.CutSuffix(e.Text(entry.Link.Target), e.Target(entry.Link).Path); ok {
			h.prefix = prefix
		}
		note := e.Text(entry.Note)
		label := currentLabel(h.labels, note)
		if label == "" {
			continue
		}
		h.recorded = link.SameText(e.Text(entry.Link.Text), h.ev.was)
		edits := []page.Edit{{Span: entry.Note, New: h.olderNote(note, label)}}
		if !entry.Number.Empty() {
			edits = append(edits, page.Edit{Span: entry.Number, New: strconv.Itoa(h.n)})
		}
		return edits
	}
	return nil
}

// currentLabel returns the mark of the current version that a note holds, or
// nothing.
func currentLabel(labels page.Labels, note string) string {
	for _, label := range labels.Current {
		if strings.Contains(note, label) {
			return label
		}
	}
	return ""
}

// olderNote returns the note of the current version as that of the older one
// that it becomes.
func (h *history) olderNote(note, label string) string {
	if strings.Contains(note, "("+label+")") {
		label = "(" + label + ")"
	}
	return strings.Replace(note, label, h.time+" ("+h.mark()+")", 1)
}

// mark returns the mark of the last of the previous versions.
func (h *history) mark() string {
	if h.n <= 1 {
		return h.labels.First[0]
	}
	return h.labels.Update[0]
}

// lines returns the entries that are new.
func (h *history) lines(eol string) string {
	if h.prefix == "" {
		h.prefix = rootPrefix(h.ev.page)
	}
	out := ""
	if !h.recorded {
		h.n++
		at := h.ev.to
		if h.ev.kept {
			at = h.ev.from
		}
		out = h.line(h.ev.was, at, h.time+" ("+h.mark()+")") + eol
	}
	return out + h.line(h.ev.is, h.ev.to, "("+h.labels.Current[0]+")") + eol
}

func (h *history) line(headline, at, note string) string {
	return fmt.Sprintf("%d. [%s](%s%s) _%s_", h.n, page.EscapeText(headline), h.prefix, link.Destination(at), note)
}

// rootPrefix returns what an event's links carry before a path, as its date line
// shows it.
func rootPrefix(p *archive.Page) string {
	if line := p.Event.Date; line != nil && line.Link != nil {
		if prefix, ok := strings.CutSuffix(p.Text(line.Link.Target), p.Target(line.Link).Path); ok && strings.HasPrefix(prefix, "/") {
			return prefix
		}
	}
	return "/"
}

// place puts new entries after the last one, or below the section's heading, or
// with a heading of their own before the related list.
func (h *history) place(section *page.Section, lines string) page.Edit {
	e := h.ev.page
	eol := page.LineEnd(e.Source)
	switch {
	case h.last != nil:
		end := h.last.End
		return page.Insert(end, page.LineBreak(e.Source, end, eol, "")+lines)
	case section != nil:
		return page.BelowTitle(e.Source, section.Title.Span, eol, lines)
	}
	lines = "### " + h.labels.Changes[0] + ":" + eol + eol + lines
	related := e.Event.Section(page.RelatedSection)
	if related == nil {
		return page.AtEnd(e.Source, eol, lines)
	}
	at := related.Start
	return page.Insert(at, page.LineBreak(e.Source, at, eol, "\n")+lines+eol)
}

// upToDate reports whether a Changes section names the new wording as current.
func (h *history) upToDate(entries []page.Entry) bool {
	return slices.ContainsFunc(entries, func(e page.Entry) bool {
		return e.Link != nil && currentLabel(h.labels, h.ev.page.Text(e.Note)) != "" &&
			link.SameText(h.ev.page.Text(e.Link.Text), h.ev.is)
	})
}
