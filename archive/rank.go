package archive

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Rank is a way to order the events that share contexts with one.
type Rank uint8

const (
	// RankShared puts events first that share more contexts, and among equals
	// the newer ones. It is how the archive's own lists are made. On real pages
	// an event about a large country is related to that country's latest events.
	RankShared Rank = iota

	// RankRare lets a shared context count the more, the fewer events have it:
	// one person in common outweighs one country. Where that comes to nearly the
	// same, events nearer in time come first. On real pages lists become about
	// one affair rather than about one country.
	RankRare
)

// String returns the rank's name in the configuration.
func (r Rank) String() string { return [...]string{"shared", "rare"}[r] }

// ParseRank returns the rank of a name.
func ParseRank(name string) (Rank, error) {
	for _, r := range []Rank{RankShared, RankRare} {
		if r.String() == name {
			return r, nil
		}
	}
	return RankShared, fmt.Errorf("%q is no rank; use shared or rare", name)
}

// Candidate is an event that shares contexts with another.
type Candidate struct {
	Event  *Facts
	Shared []string // the contexts in common, in byte order
	Days   int      // between the two events
}

// ranking holds the events and contexts of an archive by number: events newest
// first, so that a smaller number comes first among equals.
type ranking struct {
	rank     Rank
	contexts *Contexts
	events   []*Facts
	left     []bool // events that no list names: superseded wordings
	number   map[*Facts]int32

	names   []string  // contexts, in byte order
	of      [][]int32 // contexts of each event, ascending
	holders [][]int32 // events of each context, ascending
	weight  []float64 // of each context
}

func newRanking(c *Contexts, rank Rank) *ranking {
	r := &ranking{rank: rank, contexts: c, events: c.events, number: make(map[*Facts]int32, len(c.events))}
	r.names = c.all().sorted()
	id := make(map[string]int32, len(r.names))
	for i, name := range r.names {
		id[name] = int32(i)
	}
	r.of = make([][]int32, len(r.events))
	r.holders = make([][]int32, len(r.names))
	r.left = make([]bool, len(r.events))
	parallel(len(r.events), func(i int) {
		e := r.events[i]
		r.left[i] = c.archive.unlisted(e)
		for _, name := range c.known[e.Path] {
			r.of[i] = append(r.of[i], id[name])
		}
		slices.Sort(r.of[i])
	})
	for i, e := range r.events {
		r.number[e] = int32(i)
		if !e.quotable() {
			continue // no list can name it, so it may lose a context
		}
		for _, n := range r.of[i] {
			r.holders[n] = append(r.holders[n], int32(i))
		}
	}
	r.weight = make([]float64, len(r.names))
	for n := range r.names {
		r.weight[n] = r.weigh(n)
	}
	return r
}

// weigh returns what sharing a context counts.
func (r *ranking) weigh(context int) float64 {
	if r.rank == RankShared {
		return 1
	}
	return math.Log(float64(1+len(r.events)) / float64(len(r.holders[context])))
}

// nearTie is the step to which scores of RankRare are rounded, so that small
// differences count as none: about what a context of two events weighs more
// than one of three.
const nearTie = 0.5

// tally counts what events share with one. It is used again and again by one
// goroutine.
type tally struct {
	score   []float64
	touched []int32
}

func newTally(r *ranking) *tally { return &tally{score: make([]float64, len(r.events))} }

// related returns the first limit events related to event number i, best
// first. The event itself, its versions, superseded wordings, events without a
// headline and those that skip names are left out.
func (r *ranking) related(t *tally, i int32, limit int, skip func(*Facts) bool) []Candidate {
	for _, n := range r.of[i] {
		for _, j := range r.holders[n] {
			if t.score[j] == 0 {
				t.touched = append(t.touched, j)
			}
			t.score[j] += r.weight[n]
		}
	}
	event := r.events[i]
	order := r.order(t, i)
	var best []int32
	for _, j := range t.touched {
		if j == i || r.left[j] {
			continue
		}
		if len(best) == limit && (limit == 0 || order(j, best[limit-1]) >= 0) {
			continue
		}
		other := r.events[j]
		if skip(other) || areVersions(event, other) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, j, order)
		best = slices.Insert(best, at, j)
		best = best[:min(len(best), limit)]
	}
	out := make([]Candidate, len(best))
	for k, j := range best {
		out[k] = Candidate{Event: r.events[j], Shared: r.shared(i, j), Days: daysApart(event.Date, r.events[j].Date)}
	}
	for _, j := range t.touched {
		t.score[j] = 0
	}
	t.touched = t.touched[:0]
	return out
}

// order returns how two candidates of event i compare: a total order.
func (r *ranking) order(t *tally, i int32) func(a, b int32) int {
	if r.rank == RankShared {
		return func(a, b int32) int {
			return cmp.Or(cmp.Compare(t.score[b], t.score[a]), cmp.Compare(a, b))
		}
	}
	step := func(j int32) float64 { return math.Round(t.score[j] / nearTie) }
	days := func(j int32) int { return daysApart(r.events[i].Date, r.events[j].Date) }
	return func(a, b int32) int {
		return cmp.Or(cmp.Compare(step(b), step(a)), cmp.Compare(days(a), days(b)), cmp.Compare(a, b))
	}
}

// shared returns the contexts that two events have in common, in byte order.
func (r *ranking) shared(i, j int32) []string {
	var out []string
	a, b := r.of[i], r.of[j]
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out = append(out, r.names[a[0]])
			a, b = a[1:], b[1:]
		}
	}
	return out
}

func daysApart(a, b Date) int {
	d := int(a.time().Sub(b.time()).Hours() / 24)
	return max(d, -d)
}
