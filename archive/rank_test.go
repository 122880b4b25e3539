package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsctl/archive/page"
)

// wanted is an entry as a list should have it.
type wanted struct {
	kept    string // the line of an entry chosen by hand, without its number
	target  string
	text    string
	shared  []string
	comment string // what stands behind the first entry that led there already
}

// lists works out the related list of every event anew, by comparing each with
// each, as the format's description says: most shared contexts first, then the
// newest, then by path; entries chosen by hand before them all.
func (r *reader) lists(limit int) map[string][]wanted {
	for p, names := range r.contexts() {
		r.events[p].contexts = names
	}
	out := map[string][]wanted{}
	for _, e := range r.events {
		var list []wanted
		named := map[*readEvent]bool{e: true}
		for _, entry := range e.related {
			_, there := r.files[entry.target]
			if entry.keep || entry.target == "" || there && r.events[entry.target] == nil {
				list = append(list, wanted{kept: entry.bare, target: entry.target})
				named[r.event(entry.target)] = true
			}
		}
		for _, other := range r.candidates(e) {
			if len(list) < limit && !named[other] {
				w := wanted{target: other.path, text: other.headline, shared: shared(e.contexts, other.contexts)}
				i := slices.IndexFunc(e.related, func(entry readEntry) bool { return entry.target == other.path })
				if i < 0 {
					i = slices.IndexFunc(e.related, func(entry readEntry) bool { return r.event(entry.target) == other })
				}
				if i >= 0 {
					w.comment = e.related[i].comment
				}
				list = append(list, w)
			}
		}
		out[e.path] = list
	}
	return out
}

// candidates returns the events that may be in the list of one, best first.
func (r *reader) candidates(e *readEvent) []*readEvent {
	var out []*readEvent
	common := map[*readEvent]int{}
	for _, other := range r.events {
		n := len(shared(e.contexts, other.contexts))
		if n > 0 && other != e && other.titled && !r.superseded(other) &&
			!slices.Contains(e.versions, other.path) && !slices.Contains(other.versions, e.path) {
			common[other] = n
			out = append(out, other)
		}
	}
	slices.SortFunc(out, func(a, b *readEvent) int {
		return cmp.Or(common[b]-common[a], b.date-a.date, cmp.Compare(a.path, b.path))
	})
	return out
}

// superseded reports whether the day of an event has a page that leaves it out.
func (r *reader) superseded(e *readEvent) bool {
	day, there := r.listed[e.day+"/index.md"]
	return there && !slices.ContainsFunc(day, func(entry readEntry) bool { return entry.target == e.path })
}

// shared returns what two lists in byte order have in common.
func shared(a, b []string) []string {
	var out []string
	for _, name := range a {
		if slices.Contains(b, name) {
			out = append(out, name)
		}
	}
	return out
}

// rankedBy returns the paths of the events related to the one at p, best first.
func rankedBy(rank Rank, f files, p string) []string {
	a, paths := f.archive(Config{})
	r := newRanking(a.Contexts(paths), rank)
	var out []string
	for _, c := range r.related(newTally(r), r.number[a.Facts(p)], 10, func(*Facts) bool { return false }) {
		out = append(out, c.Event.Path)
	}
	return out
}

// about returns an event page that declares its contexts.
func about(headline, contexts string) string {
	return "# " + headline + "\n\n" + page.FormatContexts("Context", contexts) + "\n"
}

// crowd adds n events of long ago to an archive, about the same contexts.
func (f files) crowd(n int, contexts string) files {
	for i := range n {
		f[fmt.Sprintf("news/2000/01/1/%s-%d.md", strings.ReplaceAll(contexts, ", ", "-"), i)] = about("Other", contexts)
	}
	return f
}

// untitled adds n events that have a topic but no headline.
func (f files) untitled(n int, topic string) files {
	for i := range n {
		f[fmt.Sprintf("news/2000/01/2/%d.md", i)] = "##### " + topic + "\n"
	}
	return f
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
	x := about("X", "A")
	tests := []struct {
		what         string
		files        files
		shared, rare []string // the first ones
	}{
		{
			"among equals the newer for shared, the nearer for rare",
			files{this: x, before: x, older: x, newer: x, later: x},
			[]string{newer, later, before, older},
			[]string{later, before, newer, older},
		},
		{
			"as near and as good: the newer, then by path",
			files{this: x, before2: x, before: x, later: x},
			[]string{later, before, before2},
			[]string{later, before, before2},
		},
		{
			"a page of the same day is the nearest",
			files{this: x, before: x, same: x},
			[]string{same, before},
			[]string{same, before},
		},
		{
			"more of the same count more",
			files{this: about("This", "A, B, C"), older: about("Three", "A, B, C"), before: about("One", "A")},
			[]string{older, before},
			[]string{older, before},
		},
		{
			"one rare context outweighs two common ones only for rare",
			files{this: about("This", "A, B, C"), before: about("Two", "A, B"), older: about("One", "C")}.crowd(10, "A, B"),
			[]string{before},
			[]string{older, before},
		},
		{
			"of ten or eleven events: a near-tie, which nearness in time decides for rare",
			files{this: about("This", "A, B"), newer: about("Rarer", "A"), later: about("Commoner", "B")}.crowd(8, "A").crowd(9, "B").crowd(20, "C"),
			[]string{newer, later},
			[]string{later, newer},
		},
		{
			"of two or twenty events: no near-tie",
			files{this: about("This", "A, B"), newer: about("Rare", "A"), later: about("Common", "B")}.crowd(18, "B"),
			[]string{newer, later},
			[]string{newer, later},
		},
		{
			"events without a headline make no context commoner",
			files{this: about("This", "A, B"), newer: about("Rare", "A"), later: about("Common", "B")}.crowd(18, "B").untitled(18, "A"),
			[]string{newer, later},
			[]string{newer, later},
		},
		{
			"what all events have relates them still",
			files{this: x, older: x},
			[]string{older},
			[]string{older},
		},
		{
			"nothing in common",
			files{this: x, older: about("Y", "B")},
			nil,
			nil,
		},
	}
	for _, test := range tests {
		for rank, want := range map[Rank][]string{RankShared: test.shared, RankRare: test.rare} {
			got := rankedBy(rank, test.files, this)
			if len(want) == 0 && len(got) > 0 || !slices.Equal(got[:min(len(got), len(want))], want) {
				t.Errorf("%s\n%s: %q\n  want: %q", test.what, rank, got, want)
			}
		}
	}
}

func TestParseRank(t *testing.T) {
	for _, rank := range []Rank{RankShared, RankRare} {
		if got, err := ParseRank(rank.String()); got != rank || err != nil {
			t.Errorf("%s reads back as %v, %v", rank, got, err)
		}
	}
	for _, name := range []string{"", "Shared", "rarest"} {
		if _, err := ParseRank(name); err == nil {
			t.Errorf("%q is taken for a rank", name)
		}
	}
}

func BenchmarkContexts(b *testing.B) {
	_, a, paths := benchmarkArchive(b, Config{})
	b.ResetTimer()
	for range b.N {
		a.Contexts(paths)
	}
}

// BenchmarkRank ranks the related events of every event.
func BenchmarkRank(b *testing.B) {
	_, a, paths := benchmarkArchive(b, Config{})
	c := a.Contexts(paths)
	for _, rank := range []Rank{RankShared, RankRare} {
		b.Run(rank.String(), func(b *testing.B) {
			for range b.N {
				r := newRanking(c, rank)
				t := newTally(r)
				for i := range r.events {
					r.related(t, int32(i), 10, func(*Facts) bool { return false })
				}
			}
		})
	}
}
