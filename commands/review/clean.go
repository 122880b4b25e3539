package review

import (
	"slices"
	"strings"

	"newsctl/archive/diff"
	"newsctl/archive/term"
)

// A marked text has markStart and markEnd around what differs. No cleaned text holds
// either by itself, since both are escaped.
const (
	markStart = "\x01"
	markEnd   = "\x02"
)

// maxWords is how long two texts may be for their words to be compared, in bytes.
const maxWords = 4000

// clean returns an item with its text escaped, and the words marked that differ.
func (it Item) clean() Item {
	it.Path, it.Was, it.Day = term.Escape(it.Path), term.Escape(it.Was), term.Escape(it.Day)
	it.Headline, it.Old = term.Escape(it.Headline), term.Escape(it.Old)
	if it.Old != "" {
		it.Old, it.Headline = markWords(it.Old, it.Headline)
	}
	it.Contexts = escapeAll(it.Contexts)
	return it
}

// clean returns a detail with its text escaped, and the words marked that differ.
func (d Detail) clean() Detail {
	d.Lists = slices.Clone(d.Lists)
	for i := range d.Lists {
		d.Lists[i].Rows = slices.Clone(d.Lists[i].Rows)
		for j, r := range d.Lists[i].Rows {
			d.Lists[i].Rows[j] = r.clean()
		}
	}
	d.Notes = slices.Clone(d.Notes)
	for i := range d.Notes {
		n := &d.Notes[i]
		for _, s := range []*string{&n.Place, &n.What, &n.Text, &n.More, &n.Fix} {
			*s = term.Escape(*s)
		}
	}
	d.Diff = plainDiff(d.Diff)
	return d
}

func (r Row) clean() Row {
	r.Before, r.After, r.Why = r.Before.clean(), r.After.clean(), term.Escape(r.Why)
	if r.Before == nil || r.After == nil {
		return r
	}
	b, a := r.Before, r.After
	b.Text, a.Text = markWords(b.Text, a.Text)
	b.Target, a.Target = markWords(b.Target, a.Target)
	was := slices.Clone(b.Contexts)
	markMissing(b.Contexts, a.Contexts)
	markMissing(a.Contexts, was)
	return r
}

func (c *Cell) clean() *Cell {
	if c == nil {
		return nil
	}
	return &Cell{c.Number, term.Escape(c.Text), term.Escape(c.Day), term.Escape(c.Target), escapeAll(c.Contexts)}
}

func escapeAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = term.Escape(s)
	}
	return out
}

// markMissing marks the names that another list does not have.
func markMissing(names, other []string) {
	for i, name := range names {
		if !slices.Contains(other, name) {
			names[i] = mark(name)
		}
	}
}

func mark(text string) string {
	if text == "" {
		return ""
	}
	return markStart + text + markEnd
}

// markWords marks the words that differ between two escaped texts.
func markWords(old, new string) (markedOld, markedNew string) {
	if old == new {
		return old, new
	}
	if len(old)+len(new) > maxWords {
		return mark(old), mark(new)
	}
	return diff.Mark(diff.Words(old, new), mark)
}

// plainDiff returns a diff for a terminal as a marked text: of its escape sequences,
// those around words become marks, and the others are removed.
var plainDiff = strings.NewReplacer(
	"\x1b[7m", markStart, "\x1b[27m", markEnd,
	"\x1b[m", "", "\x1b[1m", "", "\x1b[31m", "", "\x1b[32m", "", "\x1b[36m", "",
).Replace
