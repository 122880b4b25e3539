package catalog

import (
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsctl/archive/sorted"
)

// aged is stat data of a file that changed long before the snapshot was taken.
func aged(n int) Stat {
	return Stat{Size: int64(n), ModTime: 1e18 + int64(n), Changed: 1e18, Inode: uint64(n), Mode: 0o644}
}

func page(name string, n int) Entry {
	return Entry{Name: name, Stat: aged(n), ID: IDOf([]byte(fmt.Sprint(n)))}
}

func isPage(name string) bool { return path.Ext(name) == ".md" }

// small returns a snapshot of two days, with an answer for each page: it depends
// on the page, and that for b.md on c.md and the names beside it as well.
func small() *Snapshot {
	s := &Snapshot{Taken: 2e18, Dirs: []Dir{
		{".", []Entry{{Name: "news", Type: fs.ModeDir}}},
		{"news/1", []Entry{page("a.md", 1), page("b.md", 2), {Name: "x.png"}}},
		{"news/2", []Entry{page("c.md", 3)}},
	}}
	s.SetAnswer("news/1/a.md", Digests{1, 2}, SumsOf([]Key{{Page, "news/1/a.md"}}), "news/1/a.md")
	s.SetAnswer("news/1/b.md", Digests{3, 4}, SumsOf([]Key{{Page, "news/1/b.md"}, {Page, "news/2/c.md"}, {Names, "news/2"}}), "news/1/b.md")
	s.SetAnswer("news/2/c.md", Digests{5, 6}, SumsOf([]Key{{Page, "news/2/c.md"}, {Day, "news/1"}}), "news/2/c.md")
	return s
}

// edits are what may become of the pages of small, with the bytes that the disk
// then holds, and the pages that must be asked again.
var edits = []struct {
	name  string
	do    func(s *Snapshot)
	bytes map[string]int
	stale []string
}{
	{"nothing", func(*Snapshot) {}, nil, nil},
	{"other bytes", func(s *Snapshot) { s.Dirs[2].Entries[0].Stat = aged(9) }, map[string]int{"news/2/c.md": 9}, []string{"news/1/b.md", "news/2/c.md"}},
	{"touched", func(s *Snapshot) { s.Dirs[2].Entries[0].Stat.ModTime++ }, map[string]int{"news/2/c.md": 3}, nil},
	{"cannot be read", func(s *Snapshot) { s.Dirs[2].Entries[0].Stat = Stat{} }, nil, []string{"news/1/b.md", "news/2/c.md"}},
	{"kept as git has it", func(*Snapshot) {}, map[string]int{"news/2/c.md": 3}, nil},
	{"kept as git has it, other bytes", func(*Snapshot) {}, map[string]int{"news/2/c.md": 4}, []string{"news/1/b.md", "news/2/c.md"}},
	{"kept as git has it, cannot be read", func(s *Snapshot) { s.Dirs[2].Entries[0].Stat = Stat{} }, nil, []string{"news/1/b.md", "news/2/c.md"}},
	{"racy", func(s *Snapshot) { s.Taken = 1e18 }, map[string]int{"news/1/a.md": 1, "news/1/b.md": 7, "news/2/c.md": 3}, []string{"news/1/b.md", "news/2/c.md"}},
	{"added", func(s *Snapshot) {
		s.Dirs[2].Entries = append(s.Dirs[2].Entries, page("d.md", 4))
	}, nil, []string{"news/1/b.md", "news/2/d.md"}},
	{"removed", func(s *Snapshot) { s.Dirs[2].Entries = nil }, nil, []string{"news/1/b.md"}},
	{"directory removed", func(s *Snapshot) { s.Dirs = s.Dirs[:2] }, nil, []string{"news/1/b.md"}},
	{"a file that is no page", func(s *Snapshot) { s.Dirs[1].Entries = s.Dirs[1].Entries[:2] }, nil, []string{"news/2/c.md"}},
	{"a directory now", func(s *Snapshot) { s.Dirs[1].Entries[0] = Entry{Name: "a.md", Type: fs.ModeDir} }, nil, []string{"news/1/a.md", "news/2/c.md"}},
}

func TestSince(t *testing.T) {
	for _, tt := range edits {
		old, now := small(), small()
		tt.do(now)
		if old.Taken = 2e18; tt.name == "racy" {
			old.Taken = 1e18
		}
		if strings.HasPrefix(tt.name, "kept as git has it") {
			old.Dirs[2].Entries[0].Stat = Stat{}
		}
		for i := range now.Dirs {
			for j := range now.Dirs[i].Entries { // a new snapshot knows no ids and no answers
				e := &now.Dirs[i].Entries[j]
				e.ID, e.answered, e.reads = ID{}, false, ""
			}
		}
		changes, _ := now.Since(old, func(p string) (ID, bool) {
			n, ok := tt.bytes[p]
			return IDOf([]byte(fmt.Sprint(n))), ok
		}, nil)
		wantStale(t, tt.name, now, changes, tt.stale)
	}
}

// wantStale expects that changes make the answers for pages stale.
func wantStale(t *testing.T, name string, now *Snapshot, changes Changes, want []string) {
	t.Helper()
	if stale := sorted.Keys(now.Stale(changes, isPage)); !slices.Equal(stale, want) {
		t.Errorf("%s: stale are %q, want %q", name, stale, want)
	}
}

// TestSinceDigests changes a page in what others may ask of it, and expects that those
// answers are stale that asked for that.
func TestSinceDigests(t *testing.T) {
	const p = "news/2/c.md"
	asks := map[string]Key{"there.md": {There, p}, "head.md": {Head, p}, "match.md": {Match, p}, "bytes.md": {Page, p}, "day.md": {Day, "news/2"}, "names.md": {Names, "news/2"}}
	snapshot := func() *Snapshot {
		s := &Snapshot{Taken: 2e18, Dirs: []Dir{{".", nil}, {"news/2", []Entry{page("c.md", 3)}}}}
		for i, name := range []string{"bytes.md", "day.md", "head.md", "match.md", "names.md", "there.md"} {
			s.Dirs[0].Entries = append(s.Dirs[0].Entries, page(name, 10+i))
		}
		return s
	}
	for _, tt := range []struct {
		name      string
		was, says Digests
		stale     []string
	}{
		{"bytes", Digests{5, 6}, Digests{5, 6}, []string{"bytes.md", p}},
		{"match", Digests{5, 6}, Digests{5, 7}, []string{"bytes.md", "day.md", "match.md", p}},
		{"head", Digests{5, 6}, Digests{8, 7}, []string{"bytes.md", "day.md", "head.md", "match.md", p}},
		{"not known", Digests{5, 6}, Digests{}, []string{"bytes.md", "day.md", "head.md", "match.md", p}},
		{"never known", Digests{}, Digests{}, []string{"bytes.md", "day.md", "head.md", "match.md", p}},
		{"gone", Digests{5, 6}, Digests{5, 6}, []string{"bytes.md", "day.md", "head.md", "match.md", "names.md", "there.md"}},
	} {
		old, now := snapshot(), snapshot()
		old.SetAnswer(p, tt.was, SumsOf([]Key{{Page, p}}), "")
		for name, key := range asks {
			old.SetAnswer(name, Digests{1, 1}, SumsOf([]Key{key, {Page, name}}), "")
		}
		now.Dirs[1].Entries[0] = page("c.md", 4)
		if tt.name == "gone" {
			now.Dirs[1].Entries = nil
		}
		changes, _ := now.Since(old, func(string) (ID, bool) { return IDOf(nil), true }, func(string) Digests { return tt.says })
		wantStale(t, tt.name, now, changes, tt.stale)
		if e := now.entry(p); e != nil && e.says != tt.says {
			t.Errorf("%s: the page is kept as saying %v, want %v", tt.name, e.says, tt.says)
		}
	}
}

// TestSumsOf expects that a key is omitted where another of its path includes it.
func TestSumsOf(t *testing.T) {
	for _, tt := range []struct{ keys, want []Key }{
		{[]Key{{Head, "a"}, {There, "a"}, {Page, "a"}, {Match, "a"}}, []Key{{Page, "a"}}},
		{[]Key{{Head, "a"}, {There, "a"}, {Head, "b"}, {Head, "a"}}, []Key{{Head, "a"}, {Head, "b"}}},
		{[]Key{{There, "a"}, {Names, "a"}, {Day, "a"}, {Absent, "a"}}, []Key{{There, "a"}, {Names, "a"}, {Day, "a"}, {Absent, "a"}}},
		{[]Key{{Page, "a"}, {Names, "a"}, {There, "a"}}, []Key{{Page, "a"}, {Names, "a"}}},
		{[]Key{{Absent, "b/a"}, {Absent, "c/a"}}, []Key{{Absent, "a"}}},
	} {
		var want []Sum
		for _, k := range tt.want {
			want = append(want, SumsOf([]Key{k})...)
		}
		slices.Sort(want)
		if got := SumsOf(tt.keys); !slices.Equal(got, want) {
			t.Errorf("the numbers for %v are %v, want those for %v, %v", tt.keys, got, tt.want, want)
		}
	}
}

func TestSaveLoad(t *testing.T) {
	dir := t.TempDir()
	want := &Memo{Snapshot: small(), Answers: "what was found"}
	c := Open(dir, "/archive", "state")
	if err := c.Save("lint", want); err != nil {
		t.Fatal(err)
	}
	got := c.Load("lint")
	if got == nil || got.Answers != want.Answers || encoded(got.Snapshot) != encoded(want.Snapshot) {
		t.Fatalf("loaded\n%+v\nwant\n%+v", got, want)
	}
	change := Changes{Key{Page, "news/2/c.md"}: true}
	if stale := got.Snapshot.Stale(change, isPage); !stale["news/1/b.md"] || !stale["news/2/c.md"] || stale["news/1/a.md"] {
		t.Errorf("after a change of c.md, %v are stale", stale)
	}
	for _, other := range []*Catalog{Open(dir, "/archive", "state 2"), Open(dir, "/other", "state"), Open(t.TempDir(), "/archive", "state"), nil} {
		if m := other.Load("lint"); m != nil {
			t.Errorf("%+v loads a memo of another state", other)
		}
	}
	name := filepath.Join(c.dir, "lint")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		torn := slices.Clone(whole)
		torn[at] ^= 0x20
		for _, data := range [][]byte{whole[:at], torn} {
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if c.Load("lint") != nil {
				t.Fatalf("a file that is torn or changed at byte %d is loaded", at)
			}
		}
	}
}

// Clear removes catalogs and nothing else that is in the directory.
func TestClear(t *testing.T) {
	dir := t.TempDir()
	if err := Open(dir, "/archive", "").Save("lint", &Memo{Snapshot: small()}); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "thesis")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	if n, size, err := Size(dir); n != 1 || size == 0 || err != nil {
		t.Errorf("Size is %d, %d, %v", n, size, err)
	}
	if err := Clear(dir); err != nil {
		t.Fatal(err)
	}
	if n, size, err := Size(dir); n != 0 || size != 0 || err != nil {
		t.Errorf("after Clear, Size is %d, %d, %v", n, size, err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error("Clear removed another directory")
	}
	if err := Clear(filepath.Join(dir, "missing")); err != nil {
		t.Error(err)
	}
}

// FuzzReader decodes any bytes without a panic, and what was encoded as it was.
func FuzzReader(f *testing.F) {
	f.Add(encoded(small()))
	f.Fuzz(func(t *testing.T, text string) {
		r := NewReader(text)
		s := r.snapshot()
		if !r.Whole() {
			return
		}
		text = encoded(s)
		again := NewReader(text)
		if got := again.snapshot(); !again.Whole() || encoded(got) != text {
			t.Errorf("a snapshot is not read as it was written")
		}
		s.Stale(Changes{Key{Page, "news/2/c.md"}: true}, isPage)
	})
}

// encoded returns a snapshot as it is kept.
func encoded(s *Snapshot) string {
	var w Writer
	s.encode(&w)
	return string(w.bytes)
}

// TestTidy answers for pages anew again and again, and expects that what they no
// longer depend on is forgotten, and nothing else.
func TestTidy(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	s := many()
	reads := map[string][]Key{}
	for round := range 12 {
		for range 10_000 / (1 + round) {
			d := s.Dirs[r.Intn(len(s.Dirs))]
			p := path.Join(d.Path, d.Entries[r.Intn(len(d.Entries))].Name)
			keys := []Key{{Page, p}}
			for range r.Intn(20) {
				keys = append(keys, Key{Kind(r.Intn(7)), fmt.Sprint(round, "/", r.Intn(1000))})
			}
			s.SetAnswer(p, Digests{}, SumsOf(keys), p)
			reads[p] = keys
		}
		reader := NewReader(encoded(s))
		if s = reader.snapshot(); !reader.Whole() {
			t.Fatalf("round %d: not read as it was written", round)
		}
	}
	named := map[Sum]bool{}
	for p, keys := range reads {
		dir, at, _ := s.Find(p)
		e := &s.Dirs[dir].Entries[at]
		places, _ := s.sums.appendPlaces(nil, e.reads)
		var sums []Sum
		for _, at := range places {
			sums = append(sums, s.sums.at(at))
		}
		slices.Sort(sums)
		if want := SumsOf(keys); e.answer != p || !slices.Equal(sums, want) {
			t.Fatalf("%s: the answer depends on %d, want %d", p, sums, want)
		}
		for _, n := range sums {
			named[n] = true
		}
	}
	if n := s.sums.len(); n < len(named) || n > 2*len(named) {
		t.Errorf("%d numbers are kept of %d keys", n, len(named))
	}
}

// many returns a snapshot of 10,000 pages.
func many() *Snapshot {
	s := &Snapshot{Taken: 1 << 60}
	for d := range 1000 {
		dir := Dir{Path: fmt.Sprintf("news/2018/03/%04d", d)}
		for n := range 10 {
			dir.Entries = append(dir.Entries, page(fmt.Sprintf("ferry-%d-sails-again.md", n), n))
		}
		s.Dirs = append(s.Dirs, dir)
	}
	return s
}

func BenchmarkDecode(b *testing.B) {
	text := encoded(many())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		NewReader(text).snapshot()
	}
}

// BenchmarkSince measures how long it takes to see that nothing changed.
func BenchmarkSince(b *testing.B) {
	old, now := many(), many()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if changes, unsure := now.Since(old, func(string) (ID, bool) { return ID{}, false }, nil); len(changes)+unsure > 0 {
			b.Fatalf("%d changes, %d unsure", len(changes), unsure)
		}
	}
}

func TestStateOf(t *testing.T) {
	type config struct {
		Names   []string
		Aliases map[string]string
	}
	seen := map[string]int{}
	for i, values := range [][]any{
		{config{}},
		{config{Names: []string{}}},
		{config{Names: []string{"A, B C, D"}}},
		{config{Names: []string{"A, B", "C, D"}}},
		{config{Aliases: map[string]string{"A": "B C:D"}}},
		{config{Aliases: map[string]string{"A": "B", "C": "D"}}},
		{"A", "B"},
		{"A\x00B"},
		{"A B"},
	} {
		state := StateOf(values...)
		if before, ok := seen[state]; ok {
			t.Errorf("values %d have the state of values %d: %s", i, before, state)
		}
		if seen[state] = i; StateOf(values...) != state {
			t.Errorf("values %d have two states", i)
		}
	}
}
