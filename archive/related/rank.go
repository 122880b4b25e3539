package related

import (
	"cmp"
	"math"
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/same"
	"newsctl/archive/sorted"
)

// Candidate is an event that shares contexts with another.
type Candidate struct {
	Event  *archive.Facts
	Shared []string // the contexts in common, in byte order
	Days   int      // between the two events
}

// Ranking holds the events and contexts of an archive by number: events newest
// first, so that a smaller number comes first among equals.
type Ranking struct {
	rank     archive.Rank
	contexts *contexts.Contexts
	Events   []*archive.Facts
	total    int             // events of the archive
	left     []bool          // events that no list names: previous wordings
	Number   map[int32]int32 // of events, by the IDs of their facts

	names   []string  // contexts, in byte order
	Of      [][]int32 // contexts of each event, ascending
	Holders [][]int32 // events of each context, ascending
	weight  []float64 // of each context
}

// newRanking ranks the events that share contexts with those at only, or all events if
// only is nil.
func newRanking(c *contexts.Contexts, rank archive.Rank, only []string) *Ranking {
	r := &Ranking{rank: rank, contexts: c, total: c.Len(), Number: map[int32]int32{}}
	if only == nil {
		r.Events = c.Events()
	} else {
		r.Events = c.EventsAt(c.Sharing(only))
	}
	r.names = c.All().Sorted()
	id := make(map[string]int32, len(r.names))
	for i, name := range r.names {
		id[name] = int32(i)
	}
	r.Of = make([][]int32, len(r.Events))
	r.Holders = make([][]int32, len(r.names))
	r.left = make([]bool, len(r.Events))
	archive.Parallel(len(r.Events), func(i int) {
		e := r.Events[i]
		r.left[i] = same.Unlisted(c.Archive, e)
		for _, name := range c.Of(e.Path) {
			r.Of[i] = append(r.Of[i], id[name])
		}
		slices.Sort(r.Of[i])
	})
	for i, e := range r.Events {
		r.Number[e.ID] = int32(i)
		if !e.Quotable() {
			continue // no list can name it, so it may lose a context
		}
		for _, n := range r.Of[i] {
			r.Holders[n] = append(r.Holders[n], int32(i))
		}
	}
	r.weight = make([]float64, len(r.names))
	for n := range r.names {
		r.weight[n] = r.weigh(n)
	}
	return r
}

// weigh returns what sharing a context counts.
func (r *Ranking) weigh(context int) float64 {
	if r.rank == archive.RankShared {
		return 1
	}
	return math.Log(float64(1+r.total) / float64(len(r.Holders[context])))
}

// nearTie is the step to which scores of RankRare are rounded, so that small
// differences count as none: about what a context of two events weighs more
// than one of three.
const nearTie = 0.5

// Tally counts what events share with one. It is used again and again by one
// goroutine.
type Tally struct {
	score   []float64
	touched []int32
}

// NewTally returns a tally for one goroutine.
func NewTally(r *Ranking) *Tally { return &Tally{score: make([]float64, len(r.Events))} }

// related returns the first limit events related to event number i, best first: see
// [Ranking.best].
func (r *Ranking) related(t *Tally, i int32, limit int, skip func(*archive.Facts) bool) []Candidate {
	return r.candidates(i, r.best(t, i, limit, skip))
}

// candidates returns events by their numbers as candidates for the list of event
// number i.
func (r *Ranking) candidates(i int32, best []int32) []Candidate {
	out := make([]Candidate, len(best))
	for k, j := range best {
		out[k] = Candidate{Event: r.Events[j], Shared: r.shared(i, j), Days: archive.DaysApart(r.Events[i].Date, r.Events[j].Date)}
	}
	return out
}

// best returns the numbers of the first limit events related to event number i, best
// first. The event itself, its versions, previous wordings, events without a
// headline and those that skip names are omitted.
func (r *Ranking) best(t *Tally, i int32, limit int, skip func(*archive.Facts) bool) []int32 {
	for _, n := range r.Of[i] {
		for _, j := range r.Holders[n] {
			if t.score[j] == 0 {
				t.touched = append(t.touched, j)
			}
			t.score[j] += r.weight[n]
		}
	}
	event := r.Events[i]
	order := r.order(t, i)
	byScore := r.rank == archive.RankShared // so that most events are passed over at once
	var best []int32
	for _, j := range t.touched {
		if j == i || r.left[j] {
			continue
		}
		if len(best) == limit && (limit == 0 || byScore && t.score[j] < t.score[best[limit-1]] || order(j, best[limit-1]) >= 0) {
			continue
		}
		other := r.Events[j]
		if skip(other) || archive.AreVersions(event, other) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, j, order)
		best = slices.Insert(best, at, j)
		best = best[:min(len(best), limit)]
	}
	for _, j := range t.touched {
		t.score[j] = 0
	}
	t.touched = t.touched[:0]
	return best
}

// order returns how two candidates of event i compare: a total order.
func (r *Ranking) order(t *Tally, i int32) func(a, b int32) int {
	if r.rank == archive.RankShared {
		return func(a, b int32) int {
			return cmp.Or(cmp.Compare(t.score[b], t.score[a]), cmp.Compare(a, b))
		}
	}
	step := func(j int32) float64 { return math.Round(t.score[j] / nearTie) }
	days := func(j int32) int { return archive.DaysApart(r.Events[i].Date, r.Events[j].Date) }
	return func(a, b int32) int {
		return cmp.Or(cmp.Compare(step(b), step(a)), cmp.Compare(days(a), days(b)), cmp.Compare(a, b))
	}
}

// shared returns the contexts that two events have in common, in byte order.
func (r *Ranking) shared(i, j int32) []string {
	var out []string
	for _, n := range sorted.Common(r.Of[i], r.Of[j]) {
		out = append(out, r.names[n])
	}
	return out
}
