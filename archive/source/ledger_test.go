package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// someEntry returns an entry as checks leave it.
func someEntry(r *rand.Rand, url string) Entry {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	e := Entry{URL: url, FirstSeen: At(now)}
	var all []Kind
	for k := range kinds {
		all = append(all, k)
	}
	slices.Sort(all)
	for range r.IntN(6) {
		now = now.Add(time.Duration(1+r.IntN(100)) * time.Hour)
		e = e.record(Outcome{Kind: all[1+r.IntN(len(all)-1)], Status: 200 + r.IntN(300), Note: "x <&> \u2028 y"}, now)
	}
	return e
}

func someLedger(r *rand.Rand, n int) *Ledger {
	l := NewLedger()
	for i := range n {
		l.Put(someEntry(r, fmt.Sprintf("https://n%d.example/a?b=<%d>&c", i%7, i)))
	}
	for key, e := range l.entries {
		delete(l.entries, key)
		e.URL = Key(key)
		l.Put(e)
	}
	return l
}

func written(t *testing.T, l *Ledger) string {
	t.Helper()
	var b bytes.Buffer
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLedgerReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 60 {
		text := written(t, someLedger(r, n))
		l, err := ReadLedger([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if again := written(t, l); again != text {
			t.Fatalf("read and written again:\n%s\nwas\n%s", again, text)
		}
		if lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n"); len(lines) != n+1 || !slices.IsSorted(lines[1:]) {
			t.Fatalf("not a line a source, in order:\n%s", text)
		}
	}
}

func TestLedgerErrors(t *testing.T) {
	t.Parallel()
	const head = "{\"newsctlSources\":1}\n"
	for text, want := range map[string]string{
		"":                                "",
		"\n\n":                            "",
		head + head:                       "",
		"{\"url\":\"http://a.example/\"}": "1: a ledger of sources begins with",
		"{\"newsctlSources\":2}\n":        "1: is written by another version",
		head + "{\"url\":\"http://a.example/\",\"kind\":\"ok\"":           "2: is not an entry",
		head + "{\"url\":\"http://a.example/\"}{}":                        "2: is not an entry of a ledger: there is more",
		head + "\n{\"url\":\"http://a.example\"}":                         "3: the url \"http://a.example\"",
		head + "{\"url\":\"\"}":                                           "2: the url \"\"",
		head + "{\"url\":\"http://a.example/\",\"kind\":\"alive\"}":       "2: the kind \"alive\" is unknown",
		head + "{\"url\":\"http://a.example/\",\"since\":1}":              "2: is not an entry of a ledger: json: unknown field",
		head + "{\"url\":\"http://a.example/\",\"lastGood\":\"today\"}":   "2: is not an entry of a ledger: \"today\" is not a time",
		head + "{\"url\":\"http://a.example/\",\"failures\":2}":           "2: failures need failingSince",
		head + "<<<<<<< HEAD\n{\"url\":\"http://a.example/\"}\n=======\n": "2: is a conflict marker of git",
	} {
		_, err := ReadLedger([]byte(text))
		if got := fmt.Sprint(err); err == nil && want != "" || !strings.HasPrefix(got, want) && want != "" || err != nil && want == "" {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	_, err := ReadLedger([]byte(head + "x\n{\"url\":\"http://a.example/\"}\n>>>>>>> b\n"))
	var bad LineError
	if n := strings.Count(err.Error(), "\n") + 1; n != 2 || !errors.As(err, &bad) || bad.Line != 2 {
		t.Errorf("%v, want lines 2 and 4", err)
	}
}

// TestLedgerUnion holds that git's own merge of lines, which keeps those of both
// sides, is read as the merge of the ledgers.
func TestLedgerUnion(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	for range 50 {
		a, b := someLedger(r, r.IntN(20)), someLedger(r, r.IntN(20))
		union, err := ReadLedger([]byte(written(t, a) + written(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		merged := mergeLedgers(NewLedger(), a, b)
		if got, want := written(t, union), written(t, merged); got != want {
			t.Fatalf("union:\n%s\nmerged:\n%s", got, want)
		}
		if got, want := written(t, mergeLedgers(NewLedger(), b, a)), written(t, merged); got != want {
			t.Fatalf("the other way round:\n%s\nnot\n%s", got, want)
		}
	}
}

// TestReadDead holds that reading only what failed finds what reading all does.
func TestReadDead(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	p := Policy{Failures: 2, Over: 24 * time.Hour}
	found := 0
	for range 50 {
		src := []byte(written(t, someLedger(r, r.IntN(20))) + written(t, someLedger(r, r.IntN(20))))
		dead, err := ReadDead(src, p)
		all, allErr := ReadLedger(src)
		if err != nil || allErr != nil {
			t.Fatal(err, allErr)
		}
		for _, e := range all.Entries() {
			if got, ok := dead[e.URL]; ok != p.isDead(e) || ok && got != e {
				t.Fatalf("%+v: %v, want %v\n%s", got, ok, p.isDead(e), src)
			}
		}
		found += len(dead)
	}
	if found == 0 {
		t.Error("no source is dead")
	}
}

func TestMergeLedgers(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	good, bad := Outcome{Kind: OK, Status: 200}, Outcome{Kind: NotFound, Status: 404}
	start := Entry{URL: "http://a.example/", FirstSeen: At(day(1))}.record(good, day(1))
	for name, c := range map[string]struct {
		ours, theirs Entry
		failures     int
		since        time.Time
		kind         Kind
	}{
		"both fail":           {start.record(bad, day(2)), start.record(bad, day(3)), 1, day(2), NotFound},
		"good after failures": {start.record(bad, day(2)).record(bad, day(3)), start.record(good, day(4)), 0, time.Time{}, OK},
		"good in between":     {start.record(bad, day(2)).record(bad, day(3)).record(bad, day(9)), start.record(good, day(4)), 1, day(9), NotFound},
		"failures after good": {start.record(good, day(2)), start.record(bad, day(3)).record(bad, day(4)), 2, day(3), NotFound},
	} {
		e := c.ours.merge(c.theirs)
		var since Time
		if !c.since.IsZero() {
			since = At(c.since)
		}
		if e.Failures != c.failures || e.FailingSince != since || e.Kind != c.kind || e.check() != nil {
			t.Errorf("%s: %+v", name, e)
		}
		if other := c.theirs.merge(c.ours); other != e {
			t.Errorf("%s: the other way round %+v, not %+v", name, other, e)
		}
		if again := e.merge(e); again != e {
			t.Errorf("%s: merged with itself %+v, not %+v", name, again, e)
		}
	}
	base, ours, theirs := NewLedger(), NewLedger(), NewLedger()
	base.Put(start)
	theirs.Put(start)
	if n := mergeLedgers(base, ours, theirs).Len(); n != 0 {
		t.Errorf("a source that one side removed has %d entries", n)
	}
	theirs.Put(start.record(bad, day(2)))
	if n := mergeLedgers(base, ours, theirs).Len(); n != 1 {
		t.Errorf("a source that one side removed and the other asked has %d entries", n)
	}
}

// TestPolicy holds that no source is dead before its failures are as many, over as
// long, as the policy says.
func TestPolicy(t *testing.T) {
	t.Parallel()
	p := Policy{Failures: 3, Over: 7 * 24 * time.Hour, MaxAge: defaultMaxAge}
	hour := func(n int) time.Time { return time.Date(2026, 1, 1, n, 0, 0, 0, time.UTC) }
	bad, good, wall := Outcome{Kind: Timeout}, Outcome{Kind: OK}, Outcome{Kind: Blocked}
	for _, c := range []struct {
		answers []Outcome
		hours   []int
		want    State
	}{
		{nil, nil, Unasked},
		{[]Outcome{good}, []int{0}, Living},
		{[]Outcome{bad}, []int{0}, Failing},
		{[]Outcome{bad, bad, bad}, []int{0, 1, 167}, Failing},
		{[]Outcome{bad, bad, bad}, []int{0, 1, 168}, Dead},
		{[]Outcome{bad, bad}, []int{0, 500}, Failing},
		{[]Outcome{bad, bad, good, bad}, []int{0, 1, 100, 300}, Failing},
		{[]Outcome{bad, bad, bad, wall}, []int{0, 1, 2, 300}, Failing},
		{[]Outcome{bad, wall, bad, bad}, []int{0, 1, 2, 300}, Dead},
		{[]Outcome{bad, bad, bad, wall}, []int{0, 1, 168, 300}, Dead},
		{[]Outcome{bad, bad, bad, good}, []int{0, 1, 168, 300}, Living},
		{[]Outcome{wall, wall, wall}, []int{0, 100, 300}, Uncertain},
	} {
		e := Entry{URL: "http://a.example/"}
		for i, o := range c.answers {
			e = e.record(o, hour(c.hours[i]))
		}
		if got := p.State(e); got != c.want {
			t.Errorf("%v at %v: %s, want %s", c.answers, c.hours, got, c.want)
		}
	}
}

// FuzzReadWritten holds that a line that is read as the ledger writes it is read as
// JSON has it.
func FuzzReadWritten(f *testing.F) {
	for _, seed := range []string{
		`{"url":"http://a.example/","kind":"gone","status":410,"to":"x","note":"y","firstSeen":"2026-01-01T00:00:00Z","failures":2,"failingSince":"2026-01-01T00:00:00+01:00"}`,
		`{"url":"http://a.example/","failures":007}`, `{"url":"http://a.example/","failures":-1}`, `{"url":"a",}`, `{"url":"a"}}`, `{}`, `{,}`, `{"saved":"2026-01-01"}`,
		`{"url":"a""kind":"b"}`, `{"url":1}`, `{"failures":"1"}`, `{"URL":"a"}`, `{"url":"\u0061"}`, `{"url":"a","url":"b"}`, `{"failures":1234567890}`, `{"url":"a"`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		e, ok := readWritten([]byte(line))
		if !ok {
			return
		}
		var want Entry
		dec := json.NewDecoder(strings.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&want); err != nil || e != want {
			t.Errorf("%q: %+v, want %+v %v", line, e, want, err)
		}
	})
}

// BenchmarkReadDead reads the ledger of 8,000 sources, a seventh of them dead, as
// each check of pages does.
func BenchmarkReadDead(b *testing.B) {
	l := NewLedger()
	good, bad := Outcome{Kind: OK, Status: 200}, Outcome{Kind: NotFound, Status: 404}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 8000 {
		e := Entry{URL: fmt.Sprintf("http://news%d.example/2018/03/14/a-story-of-some-length-%d.html", i%800, i), FirstSeen: At(now)}.record(good, now)
		if i%7 == 0 {
			for day := range 10 {
				e = e.record(bad, now.AddDate(0, 0, 1+day))
			}
		}
		l.Put(e)
	}
	var src bytes.Buffer
	if err := l.Write(&src); err != nil {
		b.Fatal(err)
	}
	p := Policy{Failures: DefaultFailures, Over: DefaultOver}
	b.SetBytes(int64(src.Len()))
	for range b.N {
		if dead, err := ReadDead(src.Bytes(), p); err != nil || len(dead) != 1143 {
			b.Fatal(len(dead), err)
		}
	}
}
