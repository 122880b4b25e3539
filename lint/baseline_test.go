package lint

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand"
	"strings"
	"testing"
)

func always(Key) bool { return true }
func never(Key) bool  { return false }

// randomFindings returns findings of few keys, many of them repeated.
func randomFindings(r *rand.Rand) []Finding {
	texts := []string{"", "# Storm stops the ferry", "<b>\"雾\"</b> & \x00\u2028", "1 {\"rule\":1}\n"}
	out := make([]Finding, r.Intn(40))
	for i := range out {
		out[i] = Finding{
			Rule:    Rules()[r.Intn(3)].Name,
			Path:    fmt.Sprintf("news/%d.md", r.Intn(3)),
			Excerpt: texts[r.Intn(len(texts))],
			Start:   Position{i, i},
		}
	}
	return out
}

// written returns a baseline as it is after being written and read.
func written(t *testing.T, b Baseline) Baseline {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	back, err := ReadBaseline(out.Bytes())
	if err != nil {
		t.Fatalf("%v in:\n%s", err, &out)
	}
	if !maps.Equal(b, back) {
		t.Fatalf("%v was read back as %v", b, back)
	}
	return back
}

func TestBaselineKnowsWhatItWasWrittenFrom(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 200 {
		found := Result{Findings: randomFindings(r)}
		b := written(t, Baseline{}.Renew(found, always))
		r.Shuffle(len(found.Findings), func(i, j int) {
			found.Findings[i], found.Findings[j] = found.Findings[j], found.Findings[i]
		})
		for i := range found.Findings {
			found.Findings[i].Start = Position{7, 7}
		}
		rest, stale := b.Apply(found, always)
		if len(rest.Findings) != 0 || len(stale) != 0 || rest.Baselined != len(found.Findings) {
			t.Fatalf("of %d findings %d are left, %d baselined, stale: %v", len(found.Findings), len(rest.Findings), rest.Baselined, stale)
		}
	}
}

// TestBaselineCounts holds that of two runs exactly what one has more often than
// the other is left, or stale.
func TestBaselineCounts(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 200 {
		before, after := Result{Findings: randomFindings(r)}, Result{Findings: randomFindings(r)}
		b := Baseline{}.Renew(before, always)
		rest, stale := b.Apply(after, always)
		left, now := Baseline{}.Renew(rest, always), Baseline{}.Renew(after, always)
		for _, k := range append(b.Keys(), now.Keys()...) {
			if want := max(now[k]-b[k], 0); left[k] != want {
				t.Fatalf("%v: known %d times, found %d times: %d are left", k, b[k], now[k], left[k])
			}
			if want := max(b[k]-now[k], 0); stale[k] != want {
				t.Fatalf("%v: known %d times, found %d times: %d are stale", k, b[k], now[k], stale[k])
			}
		}
		if rest.Baselined+len(rest.Findings) != len(after.Findings) {
			t.Fatalf("%d found, %d baselined, %d left", len(after.Findings), rest.Baselined, len(rest.Findings))
		}
	}
}

func TestBaselineChecked(t *testing.T) {
	gone, here := Key{"related-self", "a.md", "x"}, Key{"related-self", "b.md", "y"}
	b := Baseline{gone: 2, here: 1}
	r := Result{Findings: []Finding{{Rule: here.Rule, Path: here.Path, Excerpt: here.Text}}}
	if _, stale := b.Apply(r, never); len(stale) != 0 {
		t.Errorf("what was not checked is stale: %v", stale)
	}
	if _, stale := b.Apply(r, always); !maps.Equal(stale, Baseline{gone: 2}) {
		t.Errorf("stale: %v", stale)
	}
	checked := func(k Key) bool { return k.Path == "b.md" }
	if got := b.Renew(r, checked); !maps.Equal(got, b) {
		t.Errorf("renewed for one page: %v", got)
	}
	if got := b.Renew(r, always); !maps.Equal(got, Baseline{here: 1}) {
		t.Errorf("renewed: %v", got)
	}
}

// TestBaselineOfChange holds that what was there before a change uses up what the
// baseline knows, so that the same once more is new.
func TestBaselineOfChange(t *testing.T) {
	k := Key{"related-self", "a.md", "x"}
	f := Finding{Rule: k.Rule, Path: k.Path, Excerpt: k.Text}
	for _, tt := range []struct{ known, old, found, left int }{
		{1, 1, 1, 1}, {2, 1, 1, 0}, {1, 0, 1, 0}, {0, 3, 2, 2}, {3, 1, 4, 2}, {1, 2, 1, 1},
	} {
		var r Result
		for range tt.old {
			r.Preexisting = append(r.Preexisting, k)
		}
		for range tt.found {
			r.Findings = append(r.Findings, f)
		}
		rest, _ := Baseline{k: tt.known}.Apply(r, never)
		if len(rest.Findings) != tt.left || rest.Baselined != tt.found-tt.left {
			t.Errorf("known %d times, there before %d times, found %d times: %d are left and %d baselined, want %d left",
				tt.known, tt.old, tt.found, len(rest.Findings), rest.Baselined, tt.left)
		}
	}
}

func TestReadBaselineWrong(t *testing.T) {
	const header = "{\"newsctlBaseline\":1}\n"
	const entry = `{"rule":"a","path":"b.md","text":"","count":1}` + "\n"
	tests := []struct{ src, err string }{
		{"", "1: a baseline begins with"},
		{"# Page\n", "1: a baseline begins with"},
		{"{\"newsctlBaseline\":2}\n", "1: a baseline begins with"},
		{entry, "1: a baseline begins with"},
		{header + "<<<<<<< HEAD\n", "2: not an entry of a baseline: "},
		{header + entry + "\n" + entry, "4: duplicate of an entry above"},
		{header + entry + "{}\n", "3: an entry needs a rule"},
		{header + "null\n", "2: an entry needs a rule"},
		{header + strings.Replace(entry, ":1}", ":0}", 1), "2: an entry needs a rule"},
		{header + strings.Replace(entry, "text", "line", 1), "2: not an entry of a baseline: "},
		{header + strings.TrimSpace(entry) + entry, "2: not an entry of a baseline: unexpected"},
		{header + entry[:20], "2: not an entry of a baseline: "},
	}
	for _, tt := range tests {
		if _, err := ReadBaseline([]byte(tt.src)); err == nil || !strings.HasPrefix(err.Error(), tt.err) {
			t.Errorf("%q: %v, want %q", tt.src, err, tt.err)
		}
	}
	if b, err := ReadBaseline([]byte(strings.ReplaceAll(header+entry, "\n", "\r\n"))); err != nil || len(b) != 1 {
		t.Errorf("Windows line ends: %v, %v", b, err)
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte("{\"newsctlBaseline\":1}\n{\"rule\":\"a\",\"path\":\"b.md\",\"text\":\"c\",\"count\":2}\n"))
	f.Add([]byte("{\"newsctlBaseline\":1}\n<<<<<<< HEAD\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if b, err := ReadBaseline(src); err == nil {
			written(t, b)
		}
	})
}
