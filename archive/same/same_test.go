package same

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/match"
)

// The search among many finds what comparing each with each finds.
func TestNearestDuplicateOfMany(t *testing.T) {
	t.Parallel()
	for seed := range archivetest.Seeds(8, 200) {
		rng := rand.New(rand.NewSource(int64(seed)))
		words := strings.Fields("the ferry sails again after a storm of two days 港 大桥 opens")
		f := archivetest.Files{}
		for day := 8; day <= 10; day++ {
			index := fmt.Sprintf("## [2017-07-%d](/news/2017/07/%d/index.md)\n", day, day)
			for i := range rng.Intn(12) {
				rng.Shuffle(2, func(i, j int) { k := rng.Intn(len(words)); words[i], words[k] = words[k], words[i] })
				p := fmt.Sprintf("news/2017/07/%d/e%02d.md", day, i)
				f[p] = "# " + strings.Join(words[:4+rng.Intn(8)], " ") + []string{"", ".", "!", " 12"}[rng.Intn(4)] + "\n"
				if rng.Intn(4) == 0 {
					f[p] += fmt.Sprintf("\n### Changes:\n\n1. [A](/news/2017/07/%d/e%02d.md)\n", 8+rng.Intn(3), rng.Intn(12))
				}
				if rng.Intn(2) == 0 {
					index += "### [E](/" + p + ")\n"
				}
			}
			if rng.Intn(4) > 0 {
				f[fmt.Sprintf("news/2017/07/%d/index.md", day)] = index
			}
		}
		a, paths := f.Archive(archive.Config{})
		for _, p := range paths {
			if pg := a.Page(p); pg.Event != nil {
				if got, want := nearestDuplicate(a, pg.Facts()), plainDuplicate(a, pg.Facts()); got != want {
					t.Errorf("seed %d: %s repeats %v, want %v", seed, p, got, want)
				}
			}
		}
	}
}

// plainDuplicate compares an event with all others of the window.
func plainDuplicate(a *archive.Archive, p *archive.Facts) Duplicate {
	self := Matched(a, p)
	var found Duplicate
	var best claim
	for apart := -match.Window; apart <= match.Window; apart++ {
		for _, other := range a.DayEvents(p.Date.AddDays(apart)).Events {
			e := Matched(a, other)
			s := match.Compare(self, e)
			if other == p || s == match.None || s == match.Version || self.Listed && !e.Listed {
				continue
			}
			if c := claimOf(self, e, s); found.Event == nil || c.compare(best) < 0 {
				found, best = Duplicate{other, s}, c
			}
		}
	}
	return found
}

func TestFindDuplicate(t *testing.T) {
	event := func(headline string) string {
		return "### [2017-07-9](/news/2017/07/9/index.md)\n# " + headline + " \n"
	}
	listing := func(names ...string) string {
		out := "## [2017-07-9](/news/2017/07/9/index.md)\n"
		for _, name := range names {
			out += "### [" + name + "](" + name + ".md)\n"
		}
		return out
	}
	const (
		piano  = "Coast guard divers find a grand piano on the sea bed off Cape Lorn."
		pianos = "Coast guard divers find a grand piano and a stool in the mud off Cape Lorn."
		slip   = "Coast guard divers find a grand pinao on the sea bed off Cape Lorn."
		bell   = "A ship's bell is raised from the harbour."
	)
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  map[string]string // event -> the event it repeats
	}{
		{"left behind", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos),
			"news/2017/07/9/c.md":     event(bell),
		}, map[string]string{"a": "news/2017/07/9/b.md", "b": "", "c": ""}},
		{"left behind on the day before", map[string]string{
			"news/2017/07/9/index.md": listing(),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/8/b.md":     event(pianos),
		}, map[string]string{"a": "news/2017/07/8/b.md"}},
		{"left behind on the day after", map[string]string{
			"news/2017/07/9/a.md":      event(piano),
			"news/2017/07/10/b.md":     event(piano),
			"news/2017/07/10/index.md": listing("b"),
		}, map[string]string{"a": "news/2017/07/10/b.md", "news/2017/07/10/b.md": ""}},
		{"two weeks apart, the same headline", map[string]string{
			"news/2017/07/9/a.md":  event(piano),
			"news/2017/07/23/b.md": event(piano),
		}, map[string]string{"a": "", "news/2017/07/23/b.md": "news/2017/07/9/a.md"}},
		{"two weeks apart, the same headline, both listed", map[string]string{
			"news/2017/07/9/piano.md":  event(piano),
			"news/2017/07/9/index.md":  listing("piano"),
			"news/2017/07/23/piano.md": event(piano),
			"news/2017/07/23/index.md": listing("piano"),
		}, map[string]string{"piano": "", "news/2017/07/23/piano.md": "news/2017/07/9/piano.md"}},
		{"more than two weeks apart", map[string]string{
			"news/2017/07/9/a.md":  event(piano),
			"news/2017/07/24/b.md": event(piano),
		}, map[string]string{"a": "", "news/2017/07/24/b.md": ""}},
		{"a wording of a wording of one that is listed", map[string]string{
			"news/2017/07/9/index.md": listing("c"),
			"news/2017/07/9/a.md":     event("Divers of the coast guard lift a grand piano from the sea bed off Cape Lorn."),
			"news/2017/07/9/b.md":     event("Divers of the coast guard lift a grand piano from the sea bed, to the surprise of all who watched from the quay of Port Ellery."),
			"news/2017/07/9/c.md":     event("To the surprise of all who watched from the quay of Port Ellery, an instrument is lifted, and plays."),
		}, map[string]string{"a": "news/2017/07/9/c.md", "b": "news/2017/07/9/c.md", "c": ""}},
		{"a comment tells them apart", map[string]string{
			"news/2017/07/9/index.md": listing("c"),
			"news/2017/07/9/a.md":     event(piano) + "<!-- newsctl-ignore event-duplicate: news/2017/07/9/b.md was the second -->\n",
			"news/2017/07/9/b.md":     event(piano),
			"news/2017/07/9/c.md":     event(piano) + "<!-- newsctl-ignore event-duplicate: news/2017/07/9/a.md -->\n",
		}, map[string]string{"a": "", "b": "news/2017/07/9/c.md", "c": ""}},
		{"the nearest of several", map[string]string{
			"news/2017/07/9/index.md": listing("b", "c"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos),
			"news/2017/07/9/c.md":     event(slip),
		}, map[string]string{"a": "news/2017/07/9/c.md"}},
		{"the nearest of several in the other order", map[string]string{
			"news/2017/07/9/index.md": listing("b", "c"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(slip),
			"news/2017/07/9/c.md":     event(pianos),
		}, map[string]string{"a": "news/2017/07/9/b.md"}},
		{"both listed, a word apart", map[string]string{
			"news/2017/07/9/index.md": listing("a", "b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos),
		}, map[string]string{"a": "", "b": ""}},
		{"both listed, a letter apart: the later path", map[string]string{
			"news/2017/07/9/index.md": listing("a", "b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(slip),
		}, map[string]string{"a": "", "b": "news/2017/07/9/a.md"}},
		{"listed, the other is not", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(piano),
		}, map[string]string{"a": "news/2017/07/9/b.md", "b": ""}},
		{"a version among the changes", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos) + "### Changes:\n1. [A](/news/2017/07/9/a.md) _(First version)_\n",
		}, map[string]string{"a": ""}},
		{"a version among the page's own changes", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano) + "### Changes:\n1. [B](/news/2017/07/9/b.md) _(Current version)_\n",
			"news/2017/07/9/b.md":     event(pianos),
		}, map[string]string{"a": ""}},
		{"no headline", map[string]string{
			"news/2017/07/9/a.md": "",
			"news/2017/07/9/b.md": "# \n",
			"news/2017/07/9/c.md": "",
		}, map[string]string{"a": "", "b": "", "c": ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := archive.New(archivetest.Tree(tt.files), archive.Config{})
			for event, want := range tt.want {
				got := ""
				if !strings.Contains(event, "/") {
					event = "news/2017/07/9/" + event + ".md"
				}
				if d, ok := FindDuplicate(a, a.Facts(event)); ok {
					got = d.Event.Path
				}
				if got != want {
					t.Errorf("%s seems to be %q, want %q", event, got, want)
				}
			}
		})
	}
	a := archive.New(archivetest.Tree(map[string]string{"index.md": "# A\n"}), archive.Config{})
	if got, ok := FindDuplicate(a, a.Facts("index.md")); ok {
		t.Errorf("the front page seems to be %s", got.Event.Path)
	}
}

func TestUnlisted(t *testing.T) {
	a := archive.New(archivetest.Tree(map[string]string{
		"news/2017/07/9/index.md": "### [A](a.md)\n",
		"news/2017/07/9/a.md":     "# A\n",
		"news/2017/07/9/b.md":     "# B\n",
		"news/2017/07/8/c.md":     "# C\n",
	}), archive.Config{})
	for p, want := range map[string]bool{
		"news/2017/07/9/a.md": false,
		"news/2017/07/9/b.md": true,
		"news/2017/07/8/c.md": false, // a day without a page lists nothing
	} {
		if got := Unlisted(a, a.Brief(p)); got != want {
			t.Errorf("%s is left behind: %v", p, got)
		}
	}
}

// On a crowded day a headline that differs by a typo is found wherever it sorts, and a
// name that no page has is certain for none.
func TestCrowdedDay(t *testing.T) {
	t.Parallel()
	day := func(events int) *archive.Archive {
		f := archivetest.CrowdedDay(events, 0)
		listing := f["news/2018/03/14/index.md"]
		// The others are between these two.
		for name, headline := range map[string]string{"m": "Farries are seen in the harbor of Norvane", "n": "Fxrries are seen in the harbor of Norvane"} {
			f["news/2018/03/14/"+name+".md"] = "# " + headline + "\n"
			listing += fmt.Sprintf("### [%s](/news/2018/03/14/%s.md)\n", headline, name)
		}
		f["news/2018/03/14/index.md"] = listing
		a, _ := f.Archive(archive.Config{})
		return a
	}
	a := day(400)
	if d, ok := FindDuplicate(a, a.Facts("news/2018/03/14/n.md")); !ok || d.Event.Path != "news/2018/03/14/m.md" {
		t.Errorf("n.md repeats %v", d.Event)
	}
	for events, certain := range map[int]string{100: "news/2018/03/14/ferry-5-sails-to-norvane-again.md", 400: ""} {
		a := day(events)
		if to, _ := a.ResolveMoved("news/2018/03/14/ferry-5-sails-to-norvan-again.md"); to != certain {
			t.Errorf("of %d events, a path with a typo means %q, want %q", events, to, certain)
		}
		if to, _ := a.Suggest("news/2018/03/14/ferry-5-sails-to-norvan-again.md"); to != "news/2018/03/14/ferry-5-sails-to-norvane-again.md" {
			t.Errorf("of %d events, a path with a typo may mean %q", events, to)
		}
	}
}

func TestUncompared(t *testing.T) {
	t.Parallel()
	for events, want := range map[int]int{maxCompared: 0, maxCompared + 1: maxCompared + 1} {
		f := archivetest.Files{}
		for i := range events {
			f[fmt.Sprintf("news/2018/03/14/e%d.md", i)] = "# E\n"
		}
		a, _ := f.Archive(archive.Config{})
		if got := Uncompared(a, a.Facts("news/2018/03/14/e0.md")); got != want {
			t.Errorf("%d events: %d, want %d", events, got, want)
		}
		if got := Uncompared(a, a.Facts("news/2018/03/14/e1.md")); got != 0 {
			t.Errorf("%d events: reported on the second as well", events)
		}
	}
}
