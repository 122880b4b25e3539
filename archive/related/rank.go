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
	Event  *archive.Brief
	Shared []string // the contexts in common, in byte order
	Days   int      // between the two events
}

// Ranking holds the events and contexts of an archive by number: events newest
// first, so that a smaller number comes first among equals.
type Ranking struct {
	rank     archive.Rank
	contexts *contexts.Contexts
	Events   []*archive.Brief
	total    int               // events of the archive
	left     []bool            // events that no list names: previous wordings
	Number   map[int32]int32   // of events, by the IDs of their facts
	versions map[int32][]int32 // of events, as one of two names the other among its Changes

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
	versions := make([][]string, len(r.Events))
	archive.Parallel(len(r.Events), func(i int) {
		e := r.Events[i]
		r.left[i] = same.Unlisted(c.Archive, e)
		for _, name := range c.Of(e.Path) {
			r.Of[i] = append(r.Of[i], id[name])
		}
		slices.Sort(r.Of[i])
		if f := c.Archive.Facts(e.Path); len(f.Changes) > 0 {
			versions[i] = f.Versions()
		}
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
	r.versions = r.versionsOf(versions)
	r.weight = make([]float64, len(r.names))
	for n := range r.names {
		r.weight[n] = r.weigh(n)
	}
	return r
}

// versionsOf returns the events of which one names the other, by the paths that each
// names.
func (r *Ranking) versionsOf(named [][]string) map[int32][]int32 {
	out := map[int32][]int32{}
	for i, paths := range named {
		for _, p := range paths {
			b := r.contexts.Archive.Brief(p)
			if b == nil {
				continue
			}
			if j, ok := r.Number[b.ID]; ok {
				out[int32(i)] = append(out[int32(i)], j)
				out[j] = append(out[j], int32(i))
			}
		}
	}
	return out
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

// scored is an event with what it shares with another.
type scored struct {
	number int32
	score  float64
}

// related returns the first limit events related to event number i, best first: see
// [Ranking.best].
func (r *Ranking) related(i int32, limit int, skip func(*archive.Brief) bool) []Candidate {
	return r.candidates(i, r.best(i, limit, skip))
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
//
// The events of each context of event i are merged in the order of their numbers. Once
// there are enough, the events that share only the most common contexts are passed over.
func (r *Ranking) best(i int32, limit int, skip func(*archive.Brief) bool) []int32 {
	if limit == 0 {
		return nil
	}
	lists := r.holders(i)
	order, versions := r.order(i), r.versions[i]
	best := make([]scored, 0, limit+1)
	passed, reach := 0, 0.0 // how many of the lists are passed over, and the score of sharing these
	for j, score := next(lists); j >= 0; j, score = next(lists[passed:]) {
		if j == i || r.left[j] {
			continue
		}
		if len(best) == limit {
			most := score + reach
			for k := passed - 1; k >= 0 && !r.isBelow(most, best[limit-1].score); k-- {
				if !lists[k].has(j) {
					most -= lists[k].weight
				}
			}
			if r.isBelow(most, best[limit-1].score) {
				continue
			}
		}
		c := scored{j, r.score(i, j)}
		at, _ := slices.BinarySearchFunc(best, c, order)
		if at == limit || skip(r.Events[j]) || slices.Contains(versions, j) {
			continue
		}
		best = slices.Insert(best, at, c)
		best = best[:min(len(best), limit)]
		for len(best) == limit && passed < len(lists) && r.isBelow(reach+lists[passed].weight, best[limit-1].score) {
			reach += lists[passed].weight
			passed++
		}
	}
	out := make([]int32, len(best))
	for k, c := range best {
		out[k] = c.number
	}
	return out
}

// holderList is the events that have a context, as far as they were not merged yet.
type holderList struct {
	events []int32
	weight float64
}

// holders returns the events of each context that event i shares, the longest list first.
func (r *Ranking) holders(i int32) []holderList {
	out := make([]holderList, 0, len(r.Of[i]))
	for _, n := range r.Of[i] {
		out = append(out, holderList{r.Holders[n], r.weight[n]})
	}
	slices.SortStableFunc(out, func(a, b holderList) int { return len(b.events) - len(a.events) })
	return out
}

// next takes the event of the least number from lists, with the weight of those that it
// was in; -1 if they are empty.
func next(lists []holderList) (event int32, weight float64) {
	event = -1
	for i := range lists {
		if events := lists[i].events; len(events) > 0 && (event < 0 || events[0] < event) {
			event = events[0]
		}
	}
	if event < 0 {
		return event, 0
	}
	for i := range lists {
		if events := lists[i].events; len(events) > 0 && events[0] == event {
			lists[i].events = events[1:]
			weight += lists[i].weight
		}
	}
	return event, weight
}

// has reports whether the list has an event, and takes those before it from the list.
func (l *holderList) has(event int32) bool {
	end := 1
	for end < len(l.events) && l.events[end] < event {
		end *= 2
	}
	at, found := slices.BinarySearch(l.events[end/2:min(end+1, len(l.events))], event)
	l.events = l.events[end/2+at:]
	return found
}

// score returns what two events share.
func (r *Ranking) score(i, j int32) float64 {
	score := 0.0
	sorted.EachCommon(r.Of[i], r.Of[j], func(context int32) { score += r.weight[context] })
	return score
}

// isBelow reports whether an event that shares at most so much cannot come before another
// of a lower number.
func (r *Ranking) isBelow(most, score float64) bool {
	if r.rank == archive.RankShared {
		return most <= score
	}
	return step(most+rounding) < step(score)
}

// rounding is more than sums of the same weights differ by.
const rounding = 1e-6

// step is the score that [archive.RankRare] compares.
func step(score float64) float64 { return math.Round(score / nearTie) }

// order returns how two candidates of event i compare: a total order.
func (r *Ranking) order(i int32) func(a, b scored) int {
	if r.rank == archive.RankShared {
		return func(a, b scored) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.number, b.number))
		}
	}
	days := func(c scored) int { return archive.DaysApart(r.Events[i].Date, r.Events[c.number].Date) }
	return func(a, b scored) int {
		return cmp.Or(cmp.Compare(step(b.score), step(a.score)), cmp.Compare(days(a), days(b)), cmp.Compare(a.number, b.number))
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
