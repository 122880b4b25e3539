package archive

import (
	"newsctl/archive/facts"
)

// Habits are the ways in which related lists are written where more than one is
// possible: what most entries of a page, or of an archive, show.
type Habits struct {
	Prefix  string // what links carry before the path: "/" or "/zh/"
	Label   string // the word before the contexts
	Heading string // the section's heading, with its colon
}

// votes counts what pages show.
type votes struct{ prefix, label, heading Ballot }

// Ballot counts how often each way of writing something is seen.
type Ballot map[string]int

// Most returns what has most votes, the first in byte order among equals, or
// fallback if there are none but for nothing at all.
func (b Ballot) Most(fallback string) string {
	best, most := fallback, 0
	for choice, n := range b {
		if choice != "" && (n > most || n == most && choice < best) {
			best, most = choice, n
		}
	}
	return best
}

// Majority returns what has more than half of the votes, or nothing.
func (b Ballot) Majority() string {
	total := 0
	for _, n := range b {
		total += n
	}
	if best := b.Most(""); 2*b[best] > total {
		return best
	}
	return ""
}

func (v *votes) elect(fallback Habits) Habits {
	return Habits{v.prefix.Most(fallback.Prefix), v.label.Most(fallback.Label), v.heading.Most(fallback.Heading)}
}

// count adds what the related list of a page shows, with or without the entries
// that were written by hand.
func (v *votes) count(a *Archive, f *Facts, pinned bool) {
	if f.Damaged() {
		return
	}
	if f.Heading != "" {
		v.heading[f.Heading]++
	}
	for _, e := range f.Related {
		if e.Link == facts.NoLink || !pinned && a.IsPinned(f, e) {
			continue
		}
		if e.Rooted {
			v.prefix[e.Style.Prefix]++
		}
		if e.There {
			v.label[e.Style.Word]++
		}
	}
}

func newVotes() *votes { return &votes{Ballot{}, Ballot{}, Ballot{}} }

// HabitsOf returns how the related list of a page is written, where the page
// does not show it as the archive does.
func (a *Archive) HabitsOf(p *Page, archive Habits) Habits {
	v := newVotes()
	v.count(a, p.Facts(), false)
	if len(v.label) == 0 && p.Event.Declared != nil {
		v.label[p.Event.Declared.Word]++
	}
	if len(v.label) == 0 {
		v.count(a, p.Facts(), true)
	}
	return v.elect(archive)
}

// Habits returns how most related lists of events are written.
func (a *Archive) Habits(events []*Facts) Habits {
	v := newVotes()
	for _, e := range events {
		v.count(a, e, true)
	}
	labels := a.config.Labels
	return v.elect(Habits{"/", labels.Context[0], labels.Related[0] + ":"})
}
