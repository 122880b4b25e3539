package mergefile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// draft is a page as the random tests change it.
type draft struct {
	event    bool
	front    bool
	headline string
	text     string
	days     []int // of a front page, newest first
	entries  map[int][]draftEntry
	sources  []string
	related  []draftEntry
}

type draftEntry struct{ name, topic, body string }

func (d draft) path() string {
	switch {
	case d.event:
		return eventPage
	case d.front:
		return "index.md"
	}
	return dayPage
}

func (d draft) clone() draft {
	d.days, d.sources, d.related = slices.Clone(d.days), slices.Clone(d.sources), slices.Clone(d.related)
	entries := map[int][]draftEntry{}
	for k, v := range d.entries {
		entries[k] = slices.Clone(v)
	}
	d.entries = entries
	return d
}

var places = []string{"News", "Yesterday", "Day Before"}

func (d draft) String() string {
	var b strings.Builder
	if d.event {
		fmt.Fprintf(&b, "### [2024-03-5](/news/2024/03/5/index.md)\n# %s \n%s\n\n### Source:\n\n", d.headline, d.text)
		for i, s := range d.sources {
			fmt.Fprintf(&b, "%d. [%s](https://%s.example/)\n", i+1, s, s)
		}
		b.WriteString("\n### Related:\n\n")
		for i, e := range d.related {
			fmt.Fprintf(&b, "%d. [%s.](/news/2024/02/1/%s.md) _Context: %s_\n", i+1, e.name, e.name, e.body)
		}
		return b.String()
	}
	for i, day := range d.days {
		if d.front {
			fmt.Fprintf(&b, "## [%s](/news/2024/03/%d/index.md)\n\n", places[i], day)
		} else {
			fmt.Fprintf(&b, "## [2024-03-%d](/news/2024/03/%d/index.md)\n\n", day, day)
		}
		topic := ""
		for _, e := range d.entries[day] {
			if e.topic != topic {
				fmt.Fprintf(&b, "##### %s\n", e.topic)
				topic = e.topic
			}
			fmt.Fprintf(&b, "### [%s.](/news/2024/03/%d/%s.md)\n%s\n\n", e.name, day, e.name, e.body)
		}
	}
	b.WriteString("## [Previous Day...](/news/2024/02/1/index.md)\n\n")
	return b.String()
}

type gen struct {
	*rand.Rand
	n int
}

func (g *gen) name(prefix string) string {
	g.n++
	return fmt.Sprintf("%s%c%d", prefix, 'a'+g.IntN(26), g.n)
}

func (g *gen) draft() draft {
	d := draft{entries: map[int][]draftEntry{}, headline: g.name("headline-"), text: g.name("text-")}
	switch g.IntN(3) {
	case 0:
		d.event = true
		for range g.IntN(4) {
			d.sources = append(d.sources, g.name("source-"))
		}
		for range g.IntN(4) {
			d.related = append(d.related, draftEntry{name: g.name("event-"), body: g.names()})
		}
	case 1:
		d.front = true
		d.days = []int{7, 6, 5}
	default:
		d.days = []int{5}
	}
	for _, day := range d.days {
		for range g.IntN(5) {
			d.entries[day] = append(d.entries[day], g.entry())
		}
	}
	return d
}

func (g *gen) entry() draftEntry {
	e := draftEntry{name: g.name("event-"), body: g.name("text-")}
	if g.IntN(3) == 0 {
		e.body = "_Context: " + g.names() + "_"
	}
	if g.IntN(2) == 0 {
		e.topic = []string{"X", "Y"}[g.IntN(2)]
	}
	return e
}

func (g *gen) names() string {
	var out []string
	for _, n := range []string{"Ada", "Bridge", "Port", "Rovers"} {
		if g.IntN(2) == 0 {
			out = append(out, n)
		}
	}
	return strings.Join(append(out, "Zoo"), ", ")
}

// change returns a side: a few entries added, removed, renamed and changed.
func (g *gen) change(d draft) draft {
	d = d.clone()
	for range 1 + g.IntN(4) {
		if d.event {
			g.changeEvent(&d)
			continue
		}
		if d.front && g.IntN(3) == 0 && d.days[0] < 20 {
			day := d.days[0] + 1 + g.IntN(3)
			d.days = append([]int{day}, d.days[:2]...)
			d.entries[day] = []draftEntry{g.entry()}
			continue
		}
		day := d.days[g.IntN(len(d.days))]
		d.entries[day] = g.changeEntries(d.entries[day])
	}
	return d
}

func (g *gen) changeEvent(d *draft) {
	switch g.IntN(6) {
	case 0:
		d.headline = g.name("headline-")
	case 1:
		d.text = g.name("text-")
	case 2, 3:
		d.sources = append(d.sources, g.name("source-"))
	default:
		d.related = g.changeEntries(d.related)
		for i := range d.related {
			if e := &d.related[i]; e.topic != "" || !strings.Contains(e.body, "Zoo") {
				*e = draftEntry{name: e.name, body: g.names()}
			}
		}
	}
}

func (g *gen) changeEntries(all []draftEntry) []draftEntry {
	if len(all) == 0 {
		return []draftEntry{g.entry()}
	}
	at := g.IntN(len(all))
	switch g.IntN(6) {
	case 0:
		return slices.Delete(slices.Clone(all), at, at+1)
	case 1:
		all[at].body = g.name("text-")
	case 2:
		all[at].name = g.name("event-")
	case 3:
		all = slices.Insert(slices.Clone(all), at, g.entry())
	default:
		all = append(slices.Clone(all), g.entry())
	}
	return all
}

// TestMergeRandom merges random changes of random pages.
func TestMergeRandom(t *testing.T) {
	g := &gen{Rand: rand.New(rand.NewPCG(7, 11))}
	clean := 0
	for range 400 {
		base := g.draft()
		v := Versions{[]byte(base.String()), []byte(g.change(base).String()), []byte(g.change(base).String())}
		if g.IntN(8) == 0 {
			v.Base = nil
		}
		if checkMerge(t, v, base.path()) {
			clean++
		}
	}
	t.Logf("%d of 400 are clean", clean)
	if clean < 200 {
		t.Errorf("only %d of 400 merges are clean", clean)
	}
}

// checkMerge checks the promises of a merge, and reports whether it has no conflicts.
func checkMerge(t *testing.T, v Versions, path string) bool {
	t.Helper()
	for _, one := range []Versions{{v.Base, v.Ours, v.Base}, {v.Base, v.Base, v.Ours}, {v.Base, v.Ours, v.Ours}} {
		if got, n := Merge(one, path, testOptions); n > 0 || !bytes.Equal(got, v.Ours) {
			t.Fatalf("a side that changed nothing made:\n%q\nof:\n%q", got, v.Ours)
		}
	}
	got, n := Merge(v, path, testOptions)
	other, m := Merge(Versions{v.Base, v.Theirs, v.Ours}, path, testOptions)
	if (n == 0) != (m == 0) || n == 0 && !bytes.Equal(got, other) {
		t.Fatalf("base:\n%s\nours:\n%s\ntheirs:\n%s\nmerged:\n%s\nthe other way round:\n%s", v.Base, v.Ours, v.Theirs, got, other)
	}
	if len(got) > 0 && bytes.Contains(v.Ours, []byte("\n")) {
		crlf := func(s []byte) []byte { return bytes.ReplaceAll(s, []byte("\n"), []byte("\r\n")) }
		if !bytes.Contains(v.Base, []byte("\r")) && !bytes.Contains(v.Ours, []byte("\r")) && !bytes.Contains(v.Theirs, []byte("\r")) {
			if out, _ := Merge(Versions{crlf(v.Base), crlf(v.Ours), crlf(v.Theirs)}, path, testOptions); !bytes.Equal(out, crlf(got)) {
				t.Fatalf("with CRLF:\n%q\nwant:\n%q", out, crlf(got))
			}
		}
	}
	if n == 0 && path != "index.md" {
		checkWords(t, v, got)
	}
	return n == 0
}

// checkWords checks that each long word that a side added is in the result, but in
// the heading of a day, of which there is one.
func checkWords(t *testing.T, v Versions, got []byte) {
	t.Helper()
	for _, side := range [][]byte{v.Ours, v.Theirs} {
		for _, line := range bytes.Split(side, []byte("\n")) {
			for _, word := range bytes.Fields(line) {
				word = bytes.TrimLeft(word, "0123456789.") // the number of an entry
				if len(word) > 5 && !bytes.HasPrefix(line, []byte("## ")) && !bytes.Contains(v.Base, word) && !bytes.Contains(got, word) {
					t.Fatalf("%q is lost:\nbase:\n%q\nours:\n%q\ntheirs:\n%q\nmerged:\n%q", word, v.Base, v.Ours, v.Theirs, got)
				}
			}
		}
	}
}

// TestNothingIsLost checks that each word that a side added is in the result.
func TestNothingIsLost(t *testing.T) {
	g := &gen{Rand: rand.New(rand.NewPCG(3, 5))}
	for range 400 {
		base := g.draft()
		ours, theirs := g.change(base), g.change(base)
		v := Versions{[]byte(base.String()), []byte(ours.String()), []byte(theirs.String())}
		got, n := Merge(v, base.path(), testOptions)
		for _, side := range []draft{ours, theirs} {
			for _, day := range side.days {
				if base.front && !slices.ContainsFunc(places, func(p string) bool { return bytes.Contains(got, fmt.Appendf(nil, "## [%s](/news/2024/03/%d/", p, day)) }) {
					continue // the day has no place any more
				}
				for _, e := range side.entries[day] {
					for _, word := range []string{e.name, e.body} {
						if !strings.Contains(word, "Context") && !bytes.Contains(v.Base, []byte(word)) && !bytes.Contains(got, []byte(word)) {
							t.Fatalf("%s is lost (%d conflicts):\nbase:\n%s\nours:\n%s\ntheirs:\n%s\nmerged:\n%s", word, n, v.Base, v.Ours, v.Theirs, got)
						}
					}
				}
			}
			for _, e := range side.related {
				if !bytes.Contains(v.Base, []byte(e.name)) && !bytes.Contains(got, []byte(e.name)) {
					t.Fatalf("%s is lost:\n%s", e.name, got)
				}
			}
			for _, word := range append(side.sources, side.headline, side.text) {
				if side.event && !bytes.Contains(v.Base, []byte(word)) && !bytes.Contains(got, []byte(word)) {
					t.Fatalf("%s is lost:\nbase:\n%s\nours:\n%s\ntheirs:\n%s\nmerged:\n%s", word, v.Base, v.Ours, v.Theirs, got)
				}
			}
		}
	}
}

func FuzzMerge(f *testing.F) {
	g := &gen{Rand: rand.New(rand.NewPCG(1, 1))}
	for range 12 {
		base := g.draft()
		f.Add([]byte(base.String()), []byte(g.change(base).String()), []byte(g.change(base).String()), base.event, base.front)
	}
	f.Fuzz(func(t *testing.T, base, ours, theirs []byte, event, front bool) {
		checkMerge(t, Versions{base, ours, theirs}, draft{event: event, front: front}.path())
	})
}
