package related

import (
	"slices"
	"sync"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/same"
	"newsctl/archive/sorted"
)

// Reasons explains the related lists of an archive.
type Reasons struct {
	archive  *archive.Archive
	contexts *contexts.Contexts
	once     sync.Once
	holders  map[string]int // by the name of a context
}

// Contexts returns the contexts of an event, in byte order.
func (r *Reasons) Contexts(event string) []string { return r.contexts.Of(event) }

// Candidate returns what an event shares with another, or false if either is not an
// event.
func (r *Reasons) Candidate(event, other string) (Candidate, bool) {
	if !r.contexts.Has(event) || !r.contexts.Has(other) {
		return Candidate{}, false
	}
	e, o := r.archive.Facts(event), r.archive.Facts(other)
	return Candidate{Event: &o.Brief, Shared: sorted.Common(r.contexts.Of(event), r.contexts.Of(other)), Days: archive.DaysApart(e.Date, o.Date)}, true
}

// Holds returns how many events have a context.
func (r *Reasons) Holds(context string) int {
	r.once.Do(func() {
		all := newRanking(r.contexts, r.archive.Config().RelatedRank, nil)
		r.holders = make(map[string]int, len(all.names))
		for i, name := range all.names {
			r.holders[name] = len(all.Holders[i])
		}
	})
	return r.holders[context]
}

// Verdict is why a list does not name a page.
type Verdict int

// The verdicts.
const (
	Outranked Verdict = iota // others share more contexts, or are nearer
	Unrelated                // it shares no context
	Missing                  // it does not exist
	Repeated                 // the list names it already
	Itself                   // it is the event itself
	Version                  // it is another version of the event
	Unlisted                 // its day page does not list it
	Damaged                  // it has no headline, or a merge conflict
	NotEvent                 // it is not an event
)

// Verdict returns why a list of an event, which names the pages at listed, does not
// name a target.
func (r *Reasons) Verdict(event, target string, listed []string) Verdict {
	if v, excluded := Excluded(r.archive, event, target, listed); excluded {
		return v
	}
	if shares, known := r.Candidate(event, target); known && len(shares.Shared) > 0 {
		return Outranked
	}
	return Unrelated
}

// Excluded returns why a list of an event may not name a target, whatever they share;
// or false if it may.
func Excluded(a *archive.Archive, event, target string, listed []string) (Verdict, bool) {
	e, t := a.Facts(event), a.Facts(target)
	switch {
	case target == event:
		return Itself, true
	case slices.Contains(listed, target):
		return Repeated, true
	case t == nil:
		return Missing, true
	case !t.IsEvent():
		return NotEvent, true
	case !t.Quotable():
		return Damaged, true
	case e != nil && archive.AreVersions(e, t):
		return Version, true
	case same.Unlisted(a, &t.Brief):
		return Unlisted, true
	}
	return Outranked, false
}
