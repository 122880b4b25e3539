package related

import (
	"math/rand/v2"
	"slices"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
)

// rankedBy returns the paths of the events related to the one at p, best first.
func rankedBy(rank archive.Rank, f archivetest.Files, p string) []string {
	a, paths := f.Archive(archive.Config{})
	r := newRanking(contexts.Of(a, paths), rank, nil)
	var out []string
	for _, c := range r.related(r.Number[a.Facts(p).ID], 10, func(*archive.Brief) bool { return false }) {
		out = append(out, c.Event.Path)
	}
	return out
}

func TestRanks(t *testing.T) {
	const (
		this    = "news/2017/07/9/this.md"
		older   = "news/2016/07/9/older.md"
		before  = "news/2017/07/6/before.md"
		before2 = "news/2017/07/6/before2.md"
		same    = "news/2017/07/9/same.md"
		later   = "news/2017/07/12/later.md"
		newer   = "news/2018/01/1/newer.md"
	)
	x := archivetest.About("X", "A")
	tests := []struct {
		what         string
		files        archivetest.Files
		shared, rare []string // the first ones
	}{
		{
			"among equals the newer for shared, the nearer for rare",
			archivetest.Files{this: x, before: x, older: x, newer: x, later: x},
			[]string{newer, later, before, older},
			[]string{later, before, newer, older},
		},
		{
			"as near and as good: the newer, then by path",
			archivetest.Files{this: x, before2: x, before: x, later: x},
			[]string{later, before, before2},
			[]string{later, before, before2},
		},
		{
			"a page of the same day is the nearest",
			archivetest.Files{this: x, before: x, same: x},
			[]string{same, before},
			[]string{same, before},
		},
		{
			"more of the same count more",
			archivetest.Files{this: archivetest.About("This", "A, B, C"), older: archivetest.About("Three", "A, B, C"), before: archivetest.About("One", "A")},
			[]string{older, before},
			[]string{older, before},
		},
		{
			"one rare context outweighs two common ones only for rare",
			archivetest.Files{this: archivetest.About("This", "A, B, C"), before: archivetest.About("Two", "A, B"), older: archivetest.About("One", "C")}.Crowd(10, "A, B"),
			[]string{before},
			[]string{older, before},
		},
		{
			"of ten or eleven events: a near-tie, which nearness in time decides for rare",
			archivetest.Files{this: archivetest.About("This", "A, B"), newer: archivetest.About("Rarer", "A"), later: archivetest.About("Commoner", "B")}.Crowd(8, "A").Crowd(9, "B").Crowd(20, "C"),
			[]string{newer, later},
			[]string{later, newer},
		},
		{
			"of two or twenty events: no near-tie",
			archivetest.Files{this: archivetest.About("This", "A, B"), newer: archivetest.About("Rare", "A"), later: archivetest.About("Common", "B")}.Crowd(18, "B"),
			[]string{newer, later},
			[]string{newer, later},
		},
		{
			"events without a headline make no context commoner",
			archivetest.Files{this: archivetest.About("This", "A, B"), newer: archivetest.About("Rare", "A"), later: archivetest.About("Common", "B")}.Crowd(18, "B").Untitled(18, "A"),
			[]string{newer, later},
			[]string{newer, later},
		},
		{
			"what all events have relates them still",
			archivetest.Files{this: x, older: x},
			[]string{older},
			[]string{older},
		},
		{
			"nothing in common",
			archivetest.Files{this: x, older: archivetest.About("Y", "B")},
			nil,
			nil,
		},
	}
	for _, test := range tests {
		for rank, want := range map[archive.Rank][]string{archive.RankShared: test.shared, archive.RankRare: test.rare} {
			got := rankedBy(rank, test.files, this)
			if len(want) == 0 && len(got) > 0 || !slices.Equal(got[:min(len(got), len(want))], want) {
				t.Errorf("%s\n%s: %q\n  want: %q", test.what, rank, got, want)
			}
		}
	}
}

// TestBestOfMany compares the best events with all of them in order, where far more share
// contexts than a list names.
func TestBestOfMany(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	const events, names = 200, 12
	for _, rank := range []archive.Rank{archive.RankShared, archive.RankRare} {
		for range 3 {
			r := &Ranking{rank: rank, total: events, left: make([]bool, events), Of: make([][]int32, events), Holders: make([][]int32, names)}
			for i := range int32(events) {
				r.Events = append(r.Events, &archive.Brief{ID: i + 1, Date: archive.Date{Year: 2017, Month: 7, Day: 30 - int(i)/10}})
				r.left[i] = random.IntN(9) == 0
				for n := range int32(names) {
					if random.IntN(int(n)+1) == 0 {
						r.Of[i], r.Holders[n] = append(r.Of[i], n), append(r.Holders[n], i)
					}
				}
			}
			for n := range names {
				r.weight = append(r.weight, r.weigh(n))
			}
			skip := func(e *archive.Brief) bool { return e.ID%7 == 0 }
			for i := range int32(events) {
				var all []scored
				for j := range int32(events) {
					if score := r.score(i, j); score > 0 && j != i && !r.left[j] && !skip(r.Events[j]) {
						all = append(all, scored{j, score})
					}
				}
				slices.SortFunc(all, r.order(i))
				limit := random.IntN(15)
				var want []int32
				for _, c := range all[:min(limit, len(all))] {
					want = append(want, c.number)
				}
				if got := r.best(i, limit, skip); !slices.Equal(got, want) {
					t.Fatalf("%s: the best %d of event %d are %d, want %d", rank, limit, i, got, want)
				}
			}
		}
	}
}

func BenchmarkContexts(b *testing.B) {
	_, a, paths := archivetest.BenchmarkArchive(b, archive.Config{})
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		contexts.Of(a, paths)
	}
}

// BenchmarkRank ranks the related events of every event.
func BenchmarkRank(b *testing.B) {
	_, a, paths := archivetest.BenchmarkArchive(b, archive.Config{})
	c := contexts.Of(a, paths)
	for _, rank := range []archive.Rank{archive.RankShared, archive.RankRare} {
		b.Run(rank.String(), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				r := newRanking(c, rank, nil)
				for i := range r.Events {
					r.related(int32(i), 10, func(*archive.Brief) bool { return false })
				}
			}
		})
	}
}
