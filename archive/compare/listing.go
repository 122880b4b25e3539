package compare

import (
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

// listing compares the two versions of a day page or the front page, one of
// which may be nil. It returns nil if nothing changed.
func (c *comparer) listing(from, to *archive.Page) *ListingChange {
	l := &ListingChange{
		Kind: ChangeEdited, Entries: Delta[Entry]{[]Entry{}, []Entry{}}, Rewritten: []Entry{},
		Days: Delta[string]{[]string{}, []string{}}, Sections: Delta[string]{[]string{}, []string{}}, Edited: []string{},
	}
	pg := to
	switch {
	case from == nil:
		l.Kind = ChangeAdded
	case to == nil:
		l.Kind, pg = ChangeRemoved, from
	}
	l.Path = pg.Path
	if pg.Kind == archive.DayPage {
		l.Day = pg.Date.String()
	} else {
		daysBefore, sectionsBefore := titles(from)
		daysAfter, sectionsAfter := titles(to)
		l.Days, l.Sections = deltaOf(daysBefore, daysAfter), deltaOf(sectionsBefore, sectionsAfter)
	}
	m := matchLists(items(from), items(to), c.meant)
	c.listEntries(l, m, pg)
	if l.Kind == ChangeEdited {
		l.Edited = append(l.Edited, l.edited(from, to, m)...)
	}
	if l.Kind == ChangeEdited && l.quiet() {
		l.Edited = append(l.Edited, unexplained(from, to)...)
		if l.quiet() {
			return nil
		}
	}
	return l
}

// listEntries separates the entries that changed with their event from the others.
func (c *comparer) listEntries(l *ListingChange, m matching, pg *archive.Page) {
	for _, e := range m.gained {
		if slices.Contains(l.Days.Gained, e.under) || slices.Contains(l.Sections.Gained, e.under) || c.came(e.Target, pg) {
			l.Following++
		} else {
			l.Entries.Gained = append(l.Entries.Gained, e.Entry)
		}
	}
	for _, e := range m.lost {
		if slices.Contains(l.Days.Lost, e.under) || slices.Contains(l.Sections.Lost, e.under) || c.went(e.Target, pg) {
			l.Following++
		} else {
			l.Entries.Lost = append(l.Entries.Lost, e.Entry)
		}
	}
	for _, b := range m.common {
		switch {
		case b.before.Target != b.after.Target:
			l.Following++
		case !b.retitled() && !b.otherwise():
		case c.is[b.after.Target] != nil:
			l.Following++
		default:
			l.Rewritten = append(l.Rewritten, b.after.Entry)
		}
	}
}

// came reports whether an event that a page lists now was not there before.
func (c *comparer) came(event string, on *archive.Page) bool {
	e := c.is[event]
	return e != nil && (e.Is(ChangeAdded) || e.Is(ChangeMoved) || e.Kept) && (on.Kind == archive.FrontPage || e.After.Day == on.Date.String())
}

// went reports whether an event that a page listed is not there any more.
func (c *comparer) went(event string, on *archive.Page) bool {
	e := c.was[event]
	return e != nil && (e.Is(ChangeRemoved) || e.Is(ChangeMoved)) && (on.Kind == archive.FrontPage || e.Before.Day == on.Date.String())
}

// edited names the parts of a listing, besides its entries, that changed.
func (l *ListingChange) edited(from, to *archive.Page, m matching) []string {
	var out []string
	if m.reordered {
		out = append(out, "order")
	}
	if m.repeated {
		out = append(out, "repeated entries")
	}
	if l.Day != "" && headings(from) != headings(to) {
		out = append(out, "heading")
	}
	if previous(from) != previous(to) {
		out = append(out, "previous day")
	}
	return out
}

// quiet reports whether a listing has nothing to show.
func (l *ListingChange) quiet() bool {
	return l.Following == 0 && l.Entries.empty() && len(l.Rewritten) == 0 && l.Days.empty() && l.Sections.empty() && len(l.Edited) == 0
}

// parts returns the parts of a listing; none of a page that is none.
func parts(p *archive.Page) []page.Part {
	if p == nil || p.Listing == nil {
		return nil
	}
	return p.Listing.Parts
}

// items returns the events that a page lists.
func items(p *archive.Page) []listed {
	var out []listed
	parts := parts(p)
	for i := range parts {
		part := &parts[i]
		for j := range part.Items {
			it := &part.Items[j]
			if it.Link == nil {
				continue
			}
			body := strings.TrimSpace(p.Text(archive.BodyOf(p, it)))
			out = append(out, listed{Entry: entry(p, it.Link), rest: archive.TopicOf(p, it) + "\n" + body, under: heading(p, part)})
		}
	}
	return out
}

// heading returns the day that a part's heading points to, whatever it is called
// there (today, yesterday), or else its text.
func heading(p *archive.Page, part *page.Part) string {
	if part.Link != nil {
		if kind, d := archive.Classify(p.Target(part.Link).Path); kind == archive.DayPage || kind == archive.CopyPage {
			return d.String()
		}
	}
	return strings.TrimSpace(p.Text(part.Title.Text))
}

// titles returns the days that a listing has headings of, and its other headings.
func titles(p *archive.Page) (days, sections []string) {
	for _, part := range parts(p) {
		if part.Previous || part.Title.Empty() {
			continue
		}
		text := heading(p, &part)
		if _, err := archive.ParseDate(text); err == nil {
			days = append(days, text)
		} else {
			sections = append(sections, text)
		}
	}
	return days, sections
}

// headings returns the text of a listing's headings.
func headings(p *archive.Page) string {
	var b strings.Builder
	for _, part := range parts(p) {
		if !part.Previous {
			b.WriteString(p.Text(part.Title.Text) + "\n")
		}
	}
	return b.String()
}

// previous returns where a listing's link to the nearest earlier day leads.
func previous(p *archive.Page) string {
	for _, part := range parts(p) {
		if part.Previous {
			return entry(p, part.Link).Target
		}
	}
	return ""
}
