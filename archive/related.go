package archive

import (
	"newsctl/archive/facts"
	"newsctl/archive/page"
)

// RelatedEntry is an entry of an event's related list with the page it names.
type RelatedEntry struct {
	*page.Entry
	Target Target
	Page   *Brief // the page at the target, or nil
}

// Related returns the related entries of an event that name a target, in the
// order of the page.
func (a *Archive) Related(p *Page) []RelatedEntry {
	if p.Event == nil {
		return nil
	}
	entries := p.Event.Entries(page.RelatedSection)
	out := make([]RelatedEntry, 0, len(entries))
	for i := range entries {
		if entries[i].Link != nil {
			out = append(out, a.RelatedEntry(p, &entries[i]))
		}
	}
	return out
}

// RelatedEntry returns an entry of the related list of a page with the page that it
// names.
func (a *Archive) RelatedEntry(p *Page, entry *page.Entry) RelatedEntry {
	e := RelatedEntry{Entry: entry, Target: Target{Kind: Invalid}}
	if e.Link == nil {
		return e
	}
	if e.Target = p.Target(e.Link); e.Target.Kind == Internal {
		e.Page = a.relatedBrief(e.Target.Path)
	}
	return e
}

// Pinned reports whether an entry was chosen by hand: it is marked as kept, or
// points to a page that is not an event, or out of the archive.
func (e RelatedEntry) Pinned() bool {
	return e.Keep || e.Page != nil && !e.Page.IsEvent() || e.Target.Kind == External
}

// IsPinned is [RelatedEntry.Pinned] of an entry with a link in the facts of a page.
func (a *Archive) IsPinned(f *Facts, e facts.Entry) bool {
	to := RelatedEntry{Entry: &page.Entry{Keep: e.Keep}, Target: f.Target(e.Link), Page: a.PointedTo(f, e.Link)}
	return to.Pinned()
}

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
// does not show it as is usual in the archive. Usual is called only then.
func (a *Archive) HabitsOf(p *Page, usual func() Habits) Habits {
	v := newVotes()
	v.count(a, p.Facts(), false)
	if len(v.label) == 0 && p.Event.Declared != nil {
		v.label[p.Event.Declared.Word]++
	}
	if len(v.label) == 0 {
		v.count(a, p.Facts(), true)
	}
	if len(v.prefix) > 0 && len(v.label) > 0 && len(v.heading) > 0 {
		return v.elect(Habits{})
	}
	return v.elect(usual())
}

// Habits returns how most related lists of events are written.
func (a *Archive) Habits(events []*Brief) Habits {
	v := newVotes()
	for _, e := range events {
		v.count(a, a.Facts(e.Path), true)
	}
	labels := a.config.Labels
	return v.elect(Habits{"/", labels.Context[0], labels.Related[0] + ":"})
}
