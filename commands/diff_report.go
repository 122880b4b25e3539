package commands

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsctl/archive/compare"
)

// section is a part of what diff shows people: things that changed alike, or one
// sentence.
type section struct {
	title    string
	items    []changedPage
	sentence string
}

// changedPage is an event or a page that differs.
type changedPage struct {
	day      string // of an event
	old, new string // its headlines, the same where it was not reworded
	from, to string // paths; empty where it was not, or is not
	remarks  []remark
}

// sign reports whether a page was added, removed or changed.
func (c changedPage) sign() string {
	switch {
	case c.from == "":
		return "+"
	case c.to == "":
		return "-"
	}
	return "~"
}

// remark is one thing that changed of an event or a page.
type remark struct {
	sign   string // + gained, - lost, ~ changed
	what   string
	text   string
	target string // a path or an address, or empty
}

// sections returns what diff shows, in the order in which it is read.
func (d *difference) sections() []section {
	all := d.eventSections()
	following := section{title: "Following"}
	if n := len(d.Following); n > 0 {
		following.sentence = fmt.Sprintf("Related entries of %s follow those that were renamed or reworded.", plural(n, "more event"))
	}
	days, front, others := section{title: "Day pages"}, section{title: "Front page"}, section{title: "Other pages"}
	for _, l := range d.Listings {
		if l.Day == "" {
			front.items = append(front.items, changedListing(l))
		} else {
			days.items = append(days.items, changedListing(l))
		}
	}
	for _, p := range d.Pages {
		others.items = append(others.items, changedPage{from: p.Before, to: p.After})
	}
	return slices.DeleteFunc(append(all, following, days, front, others), func(s section) bool {
		return len(s.items) == 0 && s.sentence == ""
	})
}

// eventSections puts each event under the kind of change that says most of it.
func (d *difference) eventSections() []section {
	kinds := []struct {
		kind  compare.ChangeKind
		title string
	}{
		{compare.ChangeAdded, "Added"},
		{compare.ChangeRemoved, "Removed"},
		{compare.ChangeMoved, "Moved to another day"},
		{compare.ChangeRenamed, "Renamed"},
		{compare.ChangeReworded, "Reworded"},
		{compare.ChangeEdited, "Edited"},
	}
	out := make([]section, len(kinds))
	for i, k := range kinds {
		out[i].title = k.title
	}
	for i := range d.Events {
		e := &d.Events[i]
		for j, k := range kinds {
			if e.Is(k.kind) {
				out[j].items = append(out[j].items, changedEvent(e))
				break
			}
		}
	}
	return out
}

func changedEvent(e *compare.EventChange) changedPage {
	before, after := cmp.Or(e.Before, e.After), cmp.Or(e.After, e.Before)
	out := changedPage{day: after.Day, old: before.Headline, new: after.Headline}
	if e.Is(compare.ChangeMoved) {
		out.day = before.Day + " -> " + after.Day
	}
	if e.Before != nil {
		out.from = before.Path
	}
	if e.After != nil {
		out.to = after.Path
		out.remarks = eventRemarks(e)
	}
	return out
}

// eventRemarks says what else changed of an event that is there.
func eventRemarks(e *compare.EventChange) []remark {
	var out []remark
	if e.Kept {
		out = append(out, remark{"~", "page", "the old one stays, as a previous version", ""})
	}
	out = append(out, gainsAndLosses("source", e.Sources)...)
	for _, names := range []struct {
		sign string
		list []string
	}{{"+", e.Contexts.Gained}, {"-", e.Contexts.Lost}} {
		if len(names.list) > 0 {
			out = append(out, remark{names.sign, "contexts", strings.Join(names.list, ", "), ""})
		}
	}
	if n := len(e.Related.Gained); n > 0 && e.Is(compare.ChangeAdded) {
		out = append(out, remark{"+", "related", plural(n, "event"), ""})
	} else {
		out = append(out, gainsAndLosses("related", e.Related.Delta)...)
	}
	for _, r := range e.Related.Retitled {
		out = append(out, remark{"~", "related", r.Text, r.Target})
	}
	if e.Related.Reordered {
		out = append(out, remark{"~", "related", "in another order", ""})
	}
	return append(out, partsRemark(e.Edited)...)
}

func gainsAndLosses(what string, d compare.Delta[compare.Entry]) []remark {
	var out []remark
	for _, g := range d.Gained {
		out = append(out, remark{"+", what, g.Text, g.Target})
	}
	for _, l := range d.Lost {
		out = append(out, remark{"-", what, l.Text, l.Target})
	}
	return out
}

// partsRemark reports which parts of a page changed.
func partsRemark(parts []string) []remark {
	if len(parts) == 0 {
		return nil
	}
	return []remark{{"~", "edited", strings.Join(parts, ", "), ""}}
}

// changedListing says what changed of a day page or the front page.
func changedListing(l compare.ListingChange) changedPage {
	out := changedPage{from: l.Path, to: l.Path}
	switch l.Kind {
	case compare.ChangeAdded:
		out.from = ""
	case compare.ChangeRemoved:
		out.to = ""
		return out
	}
	if l.Following > 0 {
		out.remarks = append(out.remarks, remark{"~", "entries", fmt.Sprintf("%d, as their events changed", l.Following), ""})
	}
	add := func(sign, what string, texts []string) {
		for _, text := range texts {
			out.remarks = append(out.remarks, remark{sign, what, text, ""})
		}
	}
	add("+", "day", l.Days.Gained)
	add("-", "day", l.Days.Lost)
	add("+", "section", l.Sections.Gained)
	add("-", "section", l.Sections.Lost)
	out.remarks = append(out.remarks, gainsAndLosses("entry", l.Entries)...)
	for _, r := range l.Rewritten {
		out.remarks = append(out.remarks, remark{"~", "entry", r.Text, r.Target})
	}
	out.remarks = append(out.remarks, partsRemark(l.Edited)...)
	return out
}
