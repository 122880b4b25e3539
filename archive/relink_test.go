package archive

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"newsctl/archive/page"
)

// relink relinks the events at only, or all, and returns the files as they then
// are.
func relink(t testing.TB, f files, config Config, only []string) (*Relinked, files) {
	t.Helper()
	a, paths := f.archive(config)
	r, err := a.Relink(paths, only)
	if err != nil {
		t.Fatal(err)
	}
	return r, f.after(t, r.Plan)
}

// relinkTwice relinks all events, and checks that a second time changes nothing.
func relinkTwice(t testing.TB, f files, config Config) (*Relinked, files) {
	t.Helper()
	r, after := relink(t, f, config, nil)
	again, twice := relink(t, after, config, nil)
	if again.Plan.Len() != 0 || len(again.Pages) != 0 {
		t.Errorf("the second relink changes %q", again.Plan.Paths())
		for _, p := range again.Plan.Paths() {
			t.Errorf("%s was\n%s\nwas made\n%s\nand then\n%s", p, f[p], after[p], twice[p])
		}
	}
	return r, after
}

var seedEntry = regexp.MustCompile(`(?m)^\d+\. \[(.*)\]\(/(news/(\d+)/(\d+)/(\d+)/\S*)\) _Context: (.*)_$`)

// The seed page's own list is what relinking an archive of its ten related
// events makes, though older events and unrelated ones stand beside them.
func TestRelinkSeed(t *testing.T) {
	src, err := os.ReadFile("../../shared/seed/event-page-2017.md")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the seed page is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	const seed = "news/2017/07/9/u-s-president-donald-trump.md"
	entries := seedEntry.FindAllStringSubmatch(string(src), -1)
	if len(entries) != 10 {
		t.Fatalf("the seed page has %d related entries", len(entries))
	}
	f := files{}
	all := map[string]bool{}
	list := func(p, headline string) {
		day := path.Dir(p) + "/index.md"
		if f[day] == "" {
			f[day] = "## [" + day + "](/" + day + ")\n"
		}
		f[day] += "\n### [" + headline + "](/" + p + ")\n"
	}
	for _, e := range entries {
		f[e[2]] = fmt.Sprintf("### [%s-%s-%s](/%s/index.md)\n\n# %s\n\n_Context: %s_\n", e[3], e[4], e[5], path.Dir(e[2]), e[1], e[6])
		list(e[2], e[1])
		for _, name := range strings.Split(e[6], ", ") {
			all[name] = true
		}
	}
	for p, contexts := range map[string]string{
		"news/2015/12/16/a-day-too-old.md":   "Donald Trump",
		"news/2017/07/8/about-others.md":     "Angela Merkel",
		"news/2017/06/30/a-day-too-early.md": "Donald Trump",
	} {
		f[p] = about(p, contexts)
		list(p, p)
	}
	first := seedEntry.FindStringIndex(string(src))[0]
	declared := "_Context: " + strings.Join(sortedKeys(all), ", ") + "_\n\n"
	f[seed] = strings.Replace(string(src[:first]), "### Source:", declared+"### Source:", 1)
	list(seed, "U.S. President Donald Trump says")

	_, after := relinkTwice(t, f, Config{})
	if want := f[seed] + string(src[first:]); after[seed] != want {
		t.Errorf("the seed page became\n%s\nwant\n%s", after[seed], want)
	}
}

func TestRelinkFixtures(t *testing.T) {
	for name, changes := range map[string]bool{"clean": false, "chinese": false, "broken": true} {
		f := fixture(t, name)
		r, after := relinkTwice(t, f, Config{})
		if (r.Plan.Len() > 0) != changes {
			t.Errorf("relinking %s changes %q", name, r.Plan.Paths())
		}
		checkRelinked(t, f, after, Config{}, nil)
	}
}

// checkRelinked checks all that relinking promises of the files before and
// after, by the plain reader: every list, the contexts of every event, and that
// nothing else changed.
func checkRelinked(t *testing.T, before, after files, config Config, only []string) {
	t.Helper()
	old, now := read(t, before), read(t, after)
	contexts := old.contexts()
	sameContexts(t, "after relinking", now.contexts(), contexts)
	want := old.lists(config.withDefaults().RelatedLimit)
	for _, p := range sortedKeys(old.events) {
		switch {
		case only == nil || slices.Contains(only, p):
			checkList(t, p, old, now, want[p])
		case !slices.Equal(now.events[p].related, old.events[p].related):
			t.Errorf("%s has another list, and was not to be relinked", p)
		}
		if old.events[p].declares && now.events[p].declared != old.events[p].declared {
			t.Errorf("%s declares %q instead of %q", p, now.events[p].declared, old.events[p].declared)
		}
	}
	checkRest(t, before, after)
}

func checkList(t *testing.T, p string, old, now *reader, want []wanted) {
	t.Helper()
	got := now.events[p].related
	wrong := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s: %s\n%s", p, fmt.Sprintf(format, args...), now.files[p])
	}
	if len(got) != len(want) {
		wrong("%d entries, want %d: %q", len(got), len(want), want)
		return
	}
	for i, w := range want {
		number := fmt.Sprint(i + 1)
		switch {
		case w.kept != "" && (got[i].bare != w.kept || !numbered(got[i].line, number)):
			wrong("entry %s is %q, want %q, which was chosen by hand", number, got[i].line, w.kept)
		case w.kept != "":
		case got[i].target != w.target:
			wrong("entry %s leads to %s, want %s", number, got[i].target, w.target)
		case !slices.Contains(old.texts(p, w), page.Unescape(got[i].text)):
			wrong("entry %s says %q, want one of %q", number, got[i].text, old.texts(p, w))
		case !numbered(got[i].line, number):
			wrong("entry %s has another number: %q", number, got[i].line)
		case got[i].comment != w.comment:
			wrong("entry %s has the comment %q, want %q", number, got[i].comment, w.comment)
		case !slices.Equal(inOrder(now.split(got[i].contexts)), w.shared):
			wrong("entry %s shares %q, want %q", number, got[i].contexts, w.shared)
		case slices.Equal(now.split(strings.Join(w.shared, ", ")), w.shared) && got[i].contexts != " "+strings.Join(w.shared, ", "):
			wrong("entry %s has its contexts out of order: %q", number, got[i].contexts)
		}
	}
}

// texts returns what an entry may say after relinking: what the list said before,
// if that was the headline but for the spaces around it, or else the headline.
func (r *reader) texts(p string, w wanted) []string {
	var out []string
	headline := page.Unescape(w.text)
	for _, e := range r.events[p].related {
		text := page.Unescape(e.text)
		if e.target == w.target && strings.TrimSpace(text) == strings.TrimSpace(headline) {
			out = append(out, text)
		}
	}
	if out == nil {
		out = []string{headline}
	}
	return out
}

// numbered reports whether a line has a number, or none at all.
func numbered(line, number string) bool {
	digits := strings.TrimLeft(line, "0123456789")
	return digits == line || strings.TrimSuffix(line, digits) == number
}

func inOrder(names []string) []string {
	slices.Sort(names)
	return names
}

// checkRest checks that nothing changed but related lists and declared
// contexts: with these lines left out the pages are what they were. Where the
// page kept its section and got no declaration, empty lines count too.
func checkRest(t *testing.T, before, after files) {
	t.Helper()
	old, now := read(t, before), read(t, after)
	for _, p := range sortedKeys(before) {
		was, is := before[p], after[p]
		e := old.events[p]
		if e == nil {
			if was != is {
				t.Errorf("%s is no event page, and changed", p)
			}
			continue
		}
		added := map[string]bool{}
		if !e.declares && now.events[p].declares {
			added["_"+now.events[p].declared+"_"] = true
		}
		empty := len(added) == 0 && len(e.related) > 0
		if a, b := mask(was, nil, empty), mask(is, added, empty); a != b {
			t.Errorf("more changed than related entries and declared contexts on %s\nbefore:\n%q\nafter:\n%q", p, a, b)
		}
		if strings.Count(is, "\r\n") != strings.Count(is, "\n") && strings.Count(was, "\r\n") == strings.Count(was, "\n") {
			t.Errorf("%s had line ends of another kind", p)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d files, there were %d", len(after), len(before))
	}
}

var declaredLine = regexp.MustCompile(`^_(?:Context|消息|上下文):(.*)_$`)

// mask returns a page without the entries of its related section, without the
// lines that were added as declared contexts, and without a heading of the
// section. Empty lines are left out too, if they are not to count.
func mask(src string, added map[string]bool, empty bool) string {
	var out []string
	related := false
	for _, line := range strings.SplitAfter(src, "\n") {
		text := strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(text, "### ") || strings.HasPrefix(text, "# ") {
			related = relatedHeading.MatchString(text)
			if related && !empty {
				continue
			}
		}
		m := declaredLine.FindStringSubmatch(text)
		switch {
		case related && plainPattern.MatchString(text):
		case m != nil && added["_"+m[1]+"_"]:
			added["_"+m[1]+"_"] = false // once
		case text == "" && (!empty || related): // they go with the entries below them
		case !empty:
			out = append(out, text+"\n")
		default:
			out = append(out, line)
		}
	}
	return strings.TrimRight(strings.Join(out, ""), "\r\n")
}

// randomArchive makes an archive of 30 to 80 events with what real ones hold and
// more: headlines full of marks, lists with every fault, contexts that are known
// from one place only, pages left behind, lines that end in different ways.
type randomArchive struct {
	*rand.Rand
	files  files
	events []*randomEvent
	days   []string
	names  []string // of contexts
	labels []string
}

type randomEvent struct {
	dir, slug string
	headline  string
	contexts  []string
	topic     bool // the first of them is the topic for sure
}

func (e *randomEvent) path() string { return e.dir + "/" + e.slug + ".md" }

func newRandomArchive(seed uint64) *randomArchive {
	g := &randomArchive{Rand: rand.New(rand.NewPCG(seed, 1)), files: files{}}
	g.labels = [][]string{{"Context"}, {"消息", "上下文"}, {"Context", "消息", "上下文"}}[g.IntN(3)]
	g.names = []string{
		"Ferry", "Harbour Bridge", "Kestria", "Norvane", "herring", "comet", "Ingrid Sollas", "R&B",
		"雾港市", "灯塔", "snake_case", "Cup", "Ellery", "Cup, Ellery", "Lorn by-election, 2018", "2018",
		"Lorn", "Lorn, Skerrow, and the sea", "the sea", "Skerrow", "Lorn, Skerrow", "[sic]", "C*",
	}[:8+g.IntN(16)]
	for i := range 6 + g.IntN(12) {
		g.days = append(g.days, fmt.Sprintf("news/%d/%02d/%d", 2015+g.IntN(3), 1+g.IntN(12), 1+i))
	}
	for i := range 30 + g.IntN(51) {
		g.addEvent(i)
	}
	for i, name := range g.names {
		if strings.Contains(name, ", ") { // or else it is several names
			g.events[i].contexts = append([]string{name}, g.events[i].contexts...)
			g.events[i].topic = true
		}
	}
	g.files["faq/index.md"] = "# Questions\n\n[Why](/news/2017/07/9/gone.md)\n"
	g.files["opinion/2017/bridge/index.md"] = "# The bridge\n\n### Related:\n\n1. [X](" + g.events[0].path() + ") _Context: nothing_\n"
	for _, e := range g.events {
		g.files[e.path()] = g.page(e)
	}
	for _, day := range g.days {
		g.addDay(day)
	}
	g.files["index.md"] = g.listing(g.days[0], g.events[:3])
	return g
}

var (
	headWords = []string{"Ferry", "sails", "\"again\"", "R&B", "[?]67", "C", "[", "]", "(no)", "''twice''", " two  spaces", "_under_", "*star*", `back\slash`, `\[`, "`", "<b>", "65%", "🚢", "雾港市", "שלום", "&amp;", "-{zh-tw:葉門}-", "!", "](x)", "[a](b)"}
)

// some returns up to n different ones.
func some[T any](g *randomArchive, from []T, n int) []T {
	var out []T
	for _, i := range g.Perm(len(from))[:min(n, len(from))] {
		out = append(out, from[i])
	}
	return out
}

func one[T any](g *randomArchive, from []T) T { return from[g.IntN(len(from))] }

// slug returns a name that is like no other.
func (g *randomArchive) slug() string {
	name := make([]byte, 30)
	for i := range name {
		name[i] = 'a' + byte(g.IntN(26))
	}
	return string(name)
}

// chance is true n times of a hundred.
func (g *randomArchive) chance(n int) bool { return g.IntN(100) < n }

func (g *randomArchive) addEvent(i int) {
	e := &randomEvent{
		dir:      one(g, g.days),
		slug:     g.slug() + fmt.Sprint(i),
		headline: strings.Join(some(g, headWords, 1+g.IntN(6)), " ") + one(g, []string{"", " ", ". "}),
		contexts: some(g, g.names, 1+g.IntN(5)),
	}
	if g.chance(10) {
		e.headline = " " + e.headline
	}
	g.events = append(g.events, e)
}

// page writes an event's page.
func (g *randomArchive) page(e *randomEvent) string {
	var b strings.Builder
	if g.chance(20) {
		fmt.Fprintf(&b, "\nFormats: [HTML](/%s/%s.html)\n\n", e.dir, e.slug)
	}
	fmt.Fprintf(&b, "### [%s](/%s/index.md)\n\n", path.Base(e.dir), e.dir)
	switch n := g.IntN(4); {
	case n == 0 && !e.topic:
		b.WriteString("##### \n")
	case n == 1 && !e.topic:
	default:
		b.WriteString("##### " + e.contexts[0] + "\n")
	}
	b.WriteString("# " + e.headline + "\n\n")
	if g.chance(60) {
		b.WriteString("What happened there &c.\nA second line.\n\n")
	}
	if g.chance(15) {
		b.WriteString(g.contextsOf(e, false) + "\n\n")
	}
	b.WriteString("\n\n")
	if g.chance(80) {
		b.WriteString("### Source:\n\n1. [Radio [sic]](http://radio.example/1) [IMG](http://radio.example/1.jpg)\n")
	}
	if g.chance(15) {
		b.WriteString("\n### Changes:\n\n1. [Other](/" + one(g, g.events).path() + ") _(First version)_\n1. [This](/" + e.path() + ") _(Current version)_\n")
	}
	if g.chance(85) {
		g.related(&b, e)
	}
	src := b.String()
	if g.chance(15) {
		src = strings.TrimRight(src, "\n")
	}
	if g.chance(15) {
		src = strings.ReplaceAll(src, "\n", "\r\n")
	}
	return src
}

// related writes an event's related section.
func (g *randomArchive) related(b *strings.Builder, e *randomEvent) {
	b.WriteString("\n### " + one(g, []string{"Related:", "Related", "有关:"}) + "\n")
	if g.chance(80) {
		b.WriteString("\n")
	}
	n := g.IntN(14)
	between := ""
	if g.chance(10) {
		between = "\n"
	}
	for i := range n {
		b.WriteString(g.number(i+1) + g.entry(e) + between + "\n")
	}
	if g.chance(10) {
		b.WriteString("\n### Notes:\n\n1. [A note](/faq/index.md) _Context: none_\n")
	}
}

func (g *randomArchive) number(n int) string {
	if g.chance(10) {
		n--
	}
	return fmt.Sprint(n) + "."
}

// entry writes an entry of an event's list without its number.
func (g *randomArchive) entry(e *randomEvent) string {
	other := one(g, g.events)
	text, link := page.EscapeText(other.headline), "/"+other.path()
	switch g.IntN(20) {
	case 0:
		text = "An older wording"
	case 1:
		link = "/" + e.path()
	case 2:
		link = "/" + other.dir + "/the-" + other.slug + ".md" // means the other
	case 3:
		link = "/news/1999/01/1/gone.md"
	case 4:
		link = "/opinion/2017/bridge/index.md"
	case 5:
		link = one(g, []string{"/faq/index.md", "https://example.org/report", "/" + other.dir + "/index.md"})
	}
	if g.chance(30) && strings.HasPrefix(link, "/") {
		link = "/zh" + link
	}
	out := " [" + text + "](" + link + ")"
	if g.chance(90) {
		out += " " + g.contextsOf(e, true)
	}
	switch g.IntN(20) {
	case 0:
		out += " <!-- keep -->"
	case 1:
		out += " <!-- keep: it says why -->"
	case 2:
		out += " <!-- see there -->"
	case 3:
		return " A book, page 3"
	}
	return out
}

// contextsOf writes a list of contexts, mostly an event's own. Those of related
// lists are in byte order.
func (g *randomArchive) contextsOf(e *randomEvent, sorted bool) string {
	names := some(g, e.contexts, 1+g.IntN(3))
	if g.chance(10) {
		names = append(names, one(g, g.names))
	}
	if g.chance(5) {
		names = nil
	}
	if sorted {
		slices.Sort(names)
	}
	return "_" + one(g, g.labels) + ": " + strings.Join(names, ", ") + "_"
}

// addDay writes a day's page and its copy; some days have none, and some events
// are left out.
func (g *randomArchive) addDay(day string) {
	if g.chance(10) {
		return
	}
	var listed []*randomEvent
	for _, e := range g.events {
		if e.dir == day && !g.chance(10) {
			listed = append(listed, e)
		}
	}
	g.files[day+"/index.md"] = g.listing(day, listed)
	g.files[day+"/README.md"] = g.files[day+"/index.md"]
}

func (g *randomArchive) listing(day string, events []*randomEvent) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## [%s](/%s/index.md)\n", path.Base(day), day)
	for _, e := range events {
		fmt.Fprintf(&b, "\n##### %s\n### [%s](%s/%s)\n", one(g, e.contexts), page.EscapeText(e.headline), one(g, []string{"", "/zh"}), e.path())
		if g.chance(40) {
			b.WriteString(g.contextsOf(e, false) + "\n")
		}
	}
	b.WriteString("\n## [Previous Day...](/news/2014/01/1/index.md)\n")
	return b.String()
}

// seeds returns how many random inputs a test tries: few, or all of them where
// NEWSCTL_TEST_SEEDS is "all".
func seeds(few, all int) int {
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" {
		return all
	}
	return few
}

// eachRandomArchive runs a test in parallel on archives that are random, but the
// same each time, and returns when all are done.
func eachRandomArchive(t *testing.T, test func(t *testing.T, g *randomArchive, config Config)) {
	t.Run("random", func(t *testing.T) {
		for seed := range seeds(4, 20) {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				t.Parallel()
				g := newRandomArchive(uint64(seed))
				test(t, g, Config{RelatedLimit: 2 + g.IntN(9)})
			})
		}
	})
}

func TestRelinkRandomArchives(t *testing.T) {
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, config Config) {
		a, paths := g.files.archive(config)
		sameContexts(t, "at first", contextsOf(a.Contexts(paths)), read(t, g.files).contexts())
		r, after := relinkTwice(t, g.files, config)
		if r.Plan.Len() < 10 {
			t.Errorf("only %d pages change", r.Plan.Len())
		}
		if !slices.IsSortedFunc(r.Pages, func(a, b RelinkedPage) int { return strings.Compare(a.Path, b.Path) }) {
			t.Errorf("pages are not told of in the order of their paths: %v", r.Pages)
		}
		checkRelinked(t, g.files, after, config, nil)
	})
}

// Whatever pages are relinked, and in whatever order, no context is lost and the
// lists come out the same; when all have been, nothing is left to do.
func TestRelinkInParts(t *testing.T) {
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, config Config) {
		contexts := read(t, g.files).contexts()
		for _, of := range []func(e *randomEvent) string{
			func(e *randomEvent) string { return e.dir },
			func(e *randomEvent) string { return fmt.Sprint(e.slug[0] % 5) },
		} {
			parts := map[string][]string{}
			for _, e := range g.events {
				parts[of(e)] = append(parts[of(e)], e.path())
			}
			f := g.files
			a, paths := f.archive(config)
			for _, part := range some(g, sortedKeys(parts), len(parts)) {
				r, err := a.Relink(paths, parts[part])
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range r.Pages {
					if p.Declared == "" && !slices.Contains(parts[part], p.Path) {
						t.Errorf("%s changes, and was not to be relinked", p.Path)
					}
				}
				f, a = f.after(t, r.Plan), r.Plan.After()
				sameContexts(t, "after a part", read(t, f).contexts(), contexts)
			}
			checkRelinked(t, g.files, f, config, nil)
			if r, _ := relink(t, f, config, nil); r.Plan.Len() > 0 {
				t.Errorf("relinking the whole changes %q", r.Plan.Paths())
			}
		}
	})
}

func TestRelinkOfNoPage(t *testing.T) {
	f := fixture(t, "broken")
	for _, only := range [][]string{{}, {"index.md"}, {"faq/index.md"}, {"news/2018/03/14/index.md"}, {"news/none.md"}} {
		if r, _ := relink(t, f, Config{}, only); r.Plan.Len() != 0 {
			t.Errorf("relinking %q changes %q", only, r.Plan.Paths())
		}
	}
}

func TestRelinkOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for seed := range seeds(4, 20) {
		g := newRandomArchive(uint64(seed))
		config := Config{RelatedLimit: 2 + g.IntN(9)}
		var plans []string
		for _, cores := range []int{1, 4} {
			runtime.GOMAXPROCS(cores)
			r, _ := relink(t, g.files, config, nil)
			plans = append(plans, saved(t, r.Plan)+fmt.Sprintf("%+v %v", r.Pages, r.Dropped))
		}
		if plans[0] != plans[1] {
			t.Errorf("seed %d: one core makes the plan\n%s\nfour make\n%s", seed, plans[0], plans[1])
		}
	}
}

// Lines that declare contexts are written only where a context would be lost
// without them.
func TestRelinkDeclaresOnlyToSave(t *testing.T) {
	var declared atomic.Int64
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, config Config) {
		contexts := read(t, g.files).contexts()
		r, after := relink(t, g.files, config, nil)
		for _, p := range r.Pages {
			if p.Declared == "" {
				continue
			}
			declared.Add(1)
			without := maps.Clone(after)
			without[p.Path] = strings.Replace(after[p.Path], ": "+p.Declared+"_", ": _ ", 1)
			if without[p.Path] == after[p.Path] {
				t.Errorf("%s is said to declare %q, and does not", p.Path, p.Declared)
			}
			if now := read(t, without).contexts(); slices.Equal(now[p.Path], contexts[p.Path]) {
				t.Errorf("%s need not declare %q", p.Path, p.Declared)
			}
		}
	})
	if declared.Load() == 0 {
		t.Error("no page declares anything: the test does not test")
	}
}

// What holds of the one rank holds of the other, but for the order.
func TestRelinkByRareContexts(t *testing.T) {
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, config Config) {
		config.RelatedRank = RankRare
		before := read(t, g.files)
		_, after := relinkTwice(t, g.files, config)
		now := read(t, after)
		sameContexts(t, "after relinking", now.contexts(), before.contexts())
		checkRest(t, g.files, after)
		for p, list := range before.lists(config.RelatedLimit) {
			if len(now.events[p].related) != len(list) {
				t.Errorf("%s has %d entries, want %d", p, len(now.events[p].related), len(list))
			}
		}
	})
}

// The same on a whole edition as it was published.
func TestRelinkRealArchive(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole edition takes long")
	}
	f := filesBelow(t, realArchive(t))
	a, paths := f.archive(Config{})
	sameContexts(t, "at first", contextsOf(a.Contexts(paths)), read(t, f).contexts())
	r, after := relinkTwice(t, f, Config{})
	if r.Plan.Len() == 0 {
		t.Error("nothing changes")
	}
	checkRelinked(t, f, after, Config{}, nil)
}

// The pages that the tables below speak of: x, and two others that share A.
const (
	pageX  = "news/2017/07/9/x.md"
	pageY  = "news/2017/07/8/y.md"
	pageZ  = "news/2017/07/7/z.md"
	entryY = "1. [Y](/" + pageY + ") _Context: A_\n"
	entryZ = "2. [Z](/" + pageZ + ") _Context: A_\n"
)

// relinkX relinks page x of an archive that has pages y and z about A, and the
// further files.
func relinkX(t *testing.T, x string, more files) (r *Relinked, after files) {
	t.Helper()
	f := files{pageX: x, pageY: about("Y", "A"), pageZ: about("Z", "A")}
	maps.Copy(f, more)
	r, after = relink(t, f, Config{}, []string{pageX})
	if again, twice := relink(t, after, Config{}, []string{pageX}); again.Plan.Len() != 0 {
		t.Errorf("the second relink makes of\n%q\n\n%q", after[pageX], twice[pageX])
	}
	a, _ := f.archive(Config{})
	b, paths := after.archive(Config{})
	sameContexts(t, "after relinking x", contextsOf(b.Contexts(paths)), contextsOf(a.Contexts(paths)))
	return r, after
}

func TestRelinkWritesSections(t *testing.T) {
	const head = "# X\n\n_Context: A_\n"
	tests := []struct{ what, before, after string }{
		{"no section", head, head + "\n### Related:\n\n" + entryY + entryZ},
		{"no newline at the end", "# X\n\n_Context: A_", head + "\n### Related:\n\n" + entryY + entryZ},
		{"behind other sections", head + "\n### Source:\n\n1. [S](http://s.example)\n", head + "\n### Source:\n\n1. [S](http://s.example)\n\n### Related:\n\n" + entryY + entryZ},
		{"an empty section", head + "\n### Related:\n\n", head + "\n### Related:\n\n" + entryY + entryZ},
		{"an empty section at the end", head + "\n### Related:", head + "\n### Related:\n\n" + entryY + entryZ},
		{"an empty section before another", head + "\n### Related:\n### Notes:\n", head + "\n### Related:\n\n" + entryY + entryZ + "\n### Notes:\n"},
		{"an empty section with a text", head + "\n### Related:\n\nNone.\n", head + "\n### Related:\n\n" + entryY + entryZ + "\nNone.\n"},
		{"the right list", head + "\n### Related:\n\n" + entryY + entryZ, ""},
		{"the right list without a newline", head + "\n### Related:\n" + entryY + strings.TrimSuffix(entryZ, "\n"), ""},
		{"the wrong order", head + "\n### Related:\n\n2" + entryZ[1:] + "2" + entryY[1:] + "\n### Notes:\n", head + "\n### Related:\n\n" + entryY + entryZ + "\n### Notes:\n"},
		{"the wrong order without a newline", head + "\n### Related:\n\n" + entryZ + strings.TrimSuffix(entryY, "\n"), head + "\n### Related:\n\n" + entryY + strings.TrimSuffix(entryZ, "\n")},
		{"a comment between, and no newline", head + "\n### Related:\n\n" + entryZ + "<!-- why -->\n" + strings.TrimSuffix(entryY, "\n"), head + "\n### Related:\n\n<!-- why -->\n" + entryY + strings.TrimSuffix(entryZ, "\n")},
		{"repeated numbers", head + "\n### Related:\n\n" + entryY + "1" + entryZ[1:], head + "\n### Related:\n\n" + entryY + entryZ},
		{"one twice", head + "\n### Related:\n\n" + entryY + entryY + entryZ, head + "\n### Related:\n\n" + entryY + entryZ},
		{"itself", head + "\n### Related:\n\n1. [X](/" + pageX + ") _Context: A_\n" + entryY, head + "\n### Related:\n\n" + entryY + entryZ},
		{"an older headline", head + "\n### Related:\n\n1. [Why](/" + pageY + ") _Context: A_\n" + entryZ, head + "\n### Related:\n\n" + entryY + entryZ},
		{"another context", head + "\n### Related:\n\n1. [Y](/" + pageY + ") _Context: B_\n" + entryZ, head + "\n### Related:\n\n" + entryY + entryZ},
		{"no context", head + "\n### Related:\n\n1. [Y](/" + pageY + ")\n" + entryZ, head + "\n### Related:\n\n" + entryY + entryZ},
		{"no space behind the number", head + "\n### Related:\n\n1.[Y](/" + pageY + ") _Context: A_\n", head + "\n### Related:\n\n" + entryY + entryZ},
		{"text above and below", head + "\n### Related:\n\nSee:\n\n" + entryZ + "\nAnd more.\n", head + "\n### Related:\n\nSee:\n\n" + entryY + entryZ + "\nAnd more.\n"},
		{"nothing related, entries", "# X\n\n_Context: B_\n\n### Related:\n\n" + entryY + "\n### Notes:\n", "# X\n\n_Context: B_\n\n### Related:\n\n\n### Notes:\n"},
		{"nothing related, no entries", "# X\n\n_Context: B_\n\n### Related:\n\n", ""},
		{"nothing related, a section that ends the page", "# X\n\n_Context: B_\n\n### Related:", ""},
		{"nothing related, no section", "# X\n\n_Context: B_\n", ""},
		{"a link with a prefix, a fragment and codes stays", head + "\n### Related:\n\n1. [Y](/zh/" + strings.Replace(pageY, "y", "%79", 1) + "#top) _Context: A_\n2. [Z](/zh/" + pageZ + ") _Context: A_\n", ""},
		{"a link relative to its page stays", head + "\n### Related:\n\n1. [Y](../8/y.md) _Context: A_\n" + entryZ, ""},
		{"a context that nobody else knows is declared", "##### A\n# X\n\nText.\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: A, Q_\n" + entryZ, "##### A\n# X\n\nText.\n\n_Context: A, Q_\n\n### Related:\n\n" + entryY + entryZ},
	}
	for _, test := range tests {
		for _, eol := range []string{"\n", "\r\n"} {
			before, want := strings.ReplaceAll(test.before, "\n", eol), strings.ReplaceAll(test.after, "\n", eol)
			if want == "" {
				want = before
			}
			if _, after := relinkX(t, before, nil); after[pageX] != want {
				t.Errorf("%s:\n%q\nbecame\n%q\nwant\n%q", test.what, before, after[pageX], want)
			}
		}
	}
}

// Pages that are out of shape: whatever is made of them, a second relink leaves
// it so, the entries are read back, and no context is lost.
func TestRelinkOfOddPages(t *testing.T) {
	list := "\n### Related:\n\n1. [Gone](/news/2017/07/1/gone.md) _Context: Q, A_\n"
	spaced := files{pageY: "# Y\n", "news/2017/07/8/y y.md": about("Y", "A")}
	tests := []struct {
		what, before string
		more         files
	}{
		{"no headline", "Text." + list, nil},
		{"an empty page", "", nil},
		{"an empty headline", "# \n" + list, nil},
		{"two headlines", "# X\n\n# X\n\nText.\n" + list, nil},
		{"an underlined headline", "X\n===\n" + list, nil},
		{"an underlined headline of two lines", "X\nx\n===\n" + list, nil},
		{"a headline at the end", list[1:] + "\n# X", nil},
		{"a comment that is not closed", "# X\n\n_Context: A_\n\n<!-- note\n", nil},
		{"a code block that is not closed", "# X\n\n_Context: A_\n\n```\ncode\n", nil},
		{"an HTML block that is not closed", "# X\n\n_Context: A_\n\n<pre>\ntext\n", nil},
		{"a list in a comment", "# X\n\n_Context: A_\n\n<!--" + list + "-->\n", nil},
		{"a quote below the headline", "# X\n> quote\n" + list, nil},
		{"indented code below the description", "# X\n\nText.\n\n    code\n" + list, nil},
		{"a byte-order mark", "\uFEFF# X\n" + list, nil},
		{"a list without numbers", "# X\n\n### Related:\n\n- [Gone](/news/2017/07/1/gone.md) _Context: Q, A_\n* [Y](/" + pageY + ") _Context: A_\n", nil},
		{"a link by reference", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Why][y] _Context: A_\n\n[y]: /" + pageY + "\n", nil},
		{"a link in angle brackets", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](</news/2017/07/8/y y.md>) _Context: A_\n", spaced},
		{"a link with a title", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + pageY + " \"title\") _Context: A_\n", nil},
		{"a link that is not closed", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + pageY + " _Context: A_\n", nil},
		{"two sections", "# X\n" + list + list, nil},
		{"paths that need care", "# X\n\n_Context: A_\n", files{
			"news/2017/07/8/y [1] (2) `3`.md": about("Y", "A"), "news/2017/07/8/50%25 &amp; <b>.md": about("Y", "A"), "news/2017/07/8/港#?.md": about("Y", "A"),
		}},
	}
	// These pages are damaged, or there is no place where a list, or a declaration,
	// would be read: nothing need be written, as long as nothing is lost.
	hidden := map[string]bool{
		"no headline": true, "two headlines": true, "an empty page": true, "a comment that is not closed": true,
		"a code block that is not closed": true, "an HTML block that is not closed": true,
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, after := relinkX(t, test.before, test.more)
			if hidden[test.what] {
				return
			}
			a, paths := after.archive(Config{})
			want, err := a.ExplainRelated(paths, pageX)
			if err != nil {
				t.Fatal(err)
			}
			got := a.Related(a.Page(pageX))
			if len(got) != len(want.Found) {
				t.Fatalf("%d entries are read back, want %d:\n%s", len(got), len(want.Found), after[pageX])
			}
			for i, e := range got {
				if e.Page != want.Found[i].Event || e.Link.Malformed {
					t.Errorf("entry %d leads to %v, want %s:\n%s", i+1, e.Target, want.Found[i].Event.Path, after[pageX])
				}
			}
		})
	}
}

func TestRelinkKeepsWhatWasChosen(t *testing.T) {
	const head = "# X\n\n_Context: A_\n\n### Related:\n\n"
	more := files{
		"opinion/1.md":                              "# Opinion\n",
		"news/2017/07/6/the-bridge-opens.md":        about("The bridge opens", "B"),
		pageY[:len(pageY)-len("y.md")] + "index.md": "## [8](/news/2017/07/8/index.md)\n\n### [Y](/" + pageY + ")\n",
	}
	tests := []struct{ what, before, after string }{
		{
			"a kept entry comes first, as it is",
			head + entryY + "7.  [Z, once]( /zh/" + pageZ + " )  _Context: B, A_  <!-- keep -->\n",
			head + "1.  [Z, once]( /zh/" + pageZ + " )  _Context: B, A_  <!-- keep -->\n" + "2" + entryY[1:],
		},
		{
			"so do an opinion, a day and another site",
			head + entryY + "4. [Opinion](/opinion/1.md)\n4) [The day](/zh/news/2017/07/8/index.md) _Context: A_\n9. [Site](https://site.example/)\n" + entryZ,
			head + "1. [Opinion](/opinion/1.md)\n2) [The day](/zh/news/2017/07/8/index.md) _Context: A_\n3. [Site](https://site.example/)\n4" + entryY[1:] + "5" + entryZ[1:],
		},
		{
			"kept twice is kept twice",
			head + "1. [Y](/" + pageY + ") <!-- keep -->\n1. [Y](/" + pageY + ") <!-- keep -->\n",
			head + "1. [Y](/" + pageY + ") <!-- keep -->\n2. [Y](/" + pageY + ") <!-- keep -->\n3" + entryZ[1:],
		},
		{
			"kept without a number",
			head + entryZ + "- [Y](/" + pageY + ") <!-- keep -->\n",
			head + "- [Y](/" + pageY + ") <!-- keep -->\n2" + entryZ[1:],
		},
		{
			"kept though its page is gone",
			head + "1. [Gone](/news/2017/07/1/gone.md) <!-- keep -->\n" + entryY,
			head + "1. [Gone](/news/2017/07/1/gone.md) <!-- keep -->\n2" + entryY[1:] + "3" + entryZ[1:],
		},
		{
			"kept though its event was reworded, which is not named twice",
			strings.Replace(head, "A", "A, B", 1) + entryZ + "2. [Bridge](/news/2017/07/6/the-bridge-open.md) <!-- keep -->\n",
			strings.Replace(head, "A", "A, B", 1) + "1. [Bridge](/news/2017/07/6/the-bridge-open.md) <!-- keep -->\n2" + entryY[1:] + "3" + entryZ[1:],
		},
		{
			"kept though it has no link",
			head + entryY + "2. A book, page 3 <!-- keep -->\n",
			head + "1. A book, page 3 <!-- keep -->\n2" + entryY[1:] + "3" + entryZ[1:],
		},
		{
			"kept at the end of the page",
			head + entryY + "2. [Z](/" + pageZ + ") <!-- keep -->",
			head + "1. [Z](/" + pageZ + ") <!-- keep -->\n2. [Y](/" + pageY + ") _Context: A_",
		},
		{
			"kept for a reason",
			head + entryY + "2. [Z](/" + pageZ + ") <!-- keep: the first one -->\n",
			head + "1. [Z](/" + pageZ + ") <!-- keep: the first one -->\n2" + entryY[1:],
		},
		{
			"another comment stays behind its entry, which may move",
			head + "1. [Z](/" + pageZ + ") _Context: B_ <!-- kept -->\n",
			head + entryY + strings.TrimSuffix(entryZ, "\n") + " <!-- kept -->\n",
		},
		{
			"so does a remark, be it emphasized, or on a line of its own",
			head + "1. [Z](/" + pageZ + ") - see _the map_\n2. [Y](/" + pageY + ") _Context: A_ or B\nor C\n",
			head + strings.TrimSuffix(entryY, "\n") + " or B\nor C\n" + strings.TrimSuffix(entryZ, "\n") + " - see _the map_\n",
		},
		{
			"what is like a second list of contexts holds the whole list",
			head + "1. [Z](/" + pageZ + ")\n2. [Y](/" + pageY + ") _Context: A_ or _Context: B_\n",
			head + "1. [Z](/" + pageZ + ")\n2. [Y](/" + pageY + ") _Context: A_ or _Context: B_\n",
		},
	}
	for _, test := range tests {
		r, after := relinkX(t, test.before, more)
		if len(r.Dropped) > 0 {
			t.Errorf("%s: dropped %v", test.what, r.Dropped)
		}
		if after[pageX] != test.after {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, after[pageX], test.after)
		}
	}
}

// Where a context was known only from an entry that goes, the event declares what
// it has, wherever the entry was.
func TestRelinkSavesContexts(t *testing.T) {
	day := "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + pageX + ")\n"
	tests := []struct {
		what        string
		files       files
		x, declares string // what x is to be, if that matters, and what it is to declare
	}{
		{
			"on its own page, to a page that is gone",
			files{pageX: "# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: B, Q_\n"},
			"# X\n\n_Context: B, Q_\n\n### Related:\n\n", "B, Q",
		},
		{
			"on another page, of an event that declares something else",
			files{pageX: "# X\n", pageY: about("Y", "B") + "\n### Related:\n\n1. [X](/" + pageX + ") _Context: Q_\n"},
			"# X\n\n_Context: Q_\n", "Q",
		},
		{
			"on another page, of an event that gets a list at the same place",
			files{pageX: "##### A\n# X\n\nText.\n", pageY: about("Y", "A") + "\n### Related:\n\n1. [X](/" + pageX + ") _Context: A, Q_\n"},
			"##### A\n# X\n\nText.\n\n_Context: A, Q_\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: A_\n", "A, Q",
		},
		{
			"the same, of a page that ends without a newline",
			files{pageX: "##### A\n# X", pageY: about("Y", "A") + "\n### Related:\n\n1. [X](/" + pageX + ") _Context: A, Q_\n"},
			"", "A, Q",
		},
		{
			"on an entry beyond the limit, and no page lists x, which its day leaves out",
			files{
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n",
				pageX:                     "# X\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: A, B_\n2. [Z](/" + pageZ + ") _Context: A, C_\n",
				pageY:                     about("Y", "A, B"), pageZ: about("Z", "A, C"),
			},
			"# X\n\n_Context: A, B, C_\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: A, B_\n", "A, B, C",
		},
		{
			"on its day's page too: nothing is lost",
			files{pageX: "# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_\n", "news/2017/07/9/index.md": day + "_Context: Q_\n"},
			"# X\n\n### Related:\n\n", "",
		},
		{
			"declared already: nothing is lost",
			files{pageX: "# X\n\n_Context: B_\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_\n"},
			"# X\n\n_Context: B_\n\n### Related:\n\n", "",
		},
		{
			"on an entry that was chosen by hand: nothing is lost",
			files{pageX: "# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_ <!-- keep -->\n"},
			"# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_ <!-- keep -->\n", "",
		},
		{
			"two that stand side by side are a topic: they are written apart",
			files{
				pageX: "# X\n\n_Context: B, A_\n",
				pageY: "# Y\n\n_Context: B, A_\n",
				pageZ: "##### A, B\n# Z\n",
			},
			"# X\n\n_Context: B, A_\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: B, A_\n", "",
		},
		{
			"a topic with a comma stays one name",
			files{
				pageX: "##### Lorn, 2017\n# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Lorn, 2017, Z_\n",
				pageY: about("Y", "Lorn, 2017"), pageZ: about("Z", "2017, Lorn"),
			},
			"##### Lorn, 2017\n# X\n\n_Context: Lorn, 2017, Z_\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: Lorn, 2017_\n", "Lorn, 2017, Z",
		},
	}
	for _, test := range tests {
		before := read(t, test.files).contexts()
		r, after := relinkTwice(t, test.files, Config{RelatedLimit: 1})
		if test.x != "" && after[pageX] != test.x {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, after[pageX], test.x)
		}
		sameContexts(t, test.what, read(t, after).contexts(), before)
		for _, p := range r.Pages {
			if p.Path == pageX && p.Declared != test.declares {
				t.Errorf("%s: it is said that x declares %q, want %q", test.what, p.Declared, test.declares)
			}
		}
	}
}

// Chosen entries count towards the limit, but are never cut.
func TestRelinkLimit(t *testing.T) {
	const head = "# X\n\n_Context: A_\n\n### Related:\n\n"
	const kept = "1. [O](/faq.md)\n2. [O](/faq.md)\n3. [O](/faq.md)\n"
	for limit, want := range map[int]string{1: kept, 3: kept, 4: kept + "4" + entryY[1:], 9: kept + "4" + entryY[1:] + "5" + entryZ[1:]} {
		f := files{pageX: head + kept, pageY: about("Y", "A"), pageZ: about("Z", "A"), "faq.md": "# FAQ\n"}
		if _, after := relink(t, f, Config{RelatedLimit: limit}, []string{pageX}); after[pageX] != head+want {
			t.Errorf("limit %d:\n%s\nwant\n%s", limit, after[pageX], head+want)
		}
	}
}

// A link to a page that is gone is one to the event that it certainly means,
// or that the history of the tree names; else the entry goes, and is named.
func TestRelinkBrokenLinks(t *testing.T) {
	const day = "news/2017/07/8/"
	const ferry = day + "the-ferry-sails-again-after-a-week.md"
	event := about("The ferry sails again.", "F")
	tests := []struct {
		what, link string
		others     files
		renamed    map[string]string
		means      string // the path of the event, or "" if the page is gone
	}{
		{"another ending", day + "the-ferry-sails-again-after-a-day.md", files{ferry: event}, nil, ""},
		{"cut short", day + "the-ferry-sails-again-after-a-we.md", files{ferry: event}, nil, ferry},
		{"with a prefix", "zh/" + day + "the-ferry-sails-again-after-a-we.md", files{ferry: event}, nil, ferry},
		{"another event", day + "the-bridge-is-closed.md", files{ferry: event}, nil, ""},
		{"another day", "news/2017/07/9/the-ferry-sails-again-after-a-day.md", files{ferry: event}, nil, ""},
		{"two that are as near", day + "the-ferry-sails-again-after-a-we.md", files{ferry: event, day + "the-ferry-sails-again-after-a-wet.md": event}, nil, ""},
		{"no event", "opinion/the-ferry.md", files{"opinion/the-ferri.md": "# Opinion\n"}, nil, ""},
		{"renamed to another name", day + "wholly-different.md", files{ferry: event}, map[string]string{day + "wholly-different.md": ferry}, ferry},
		{"renamed to another day", "news/2017/07/1/then.md", files{ferry: event}, map[string]string{"news/2017/07/1/then.md": ferry}, ferry},
		{"renamed, and then removed", day + "wholly-different.md", files{ferry: event}, map[string]string{day + "wholly-different.md": day + "gone.md"}, ""},
		{"what git says comes before a near name", day + "the-ferry-sails-again-after-a-we.md", files{ferry: event, pageZ: event}, map[string]string{day + "the-ferry-sails-again-after-a-we.md": pageZ}, pageZ},
	}
	for _, test := range tests {
		f := maps.Clone(test.others)
		f[pageX] = "# X\n\n### Related:\n\n1. [Once](/" + test.link + ") _Context: Q_\n"
		a, paths := f.archive(Config{})
		a.History = func(p string) (string, bool) { to, ok := test.renamed[p]; return to, ok }
		r, err := a.Relink(paths, nil)
		if err != nil {
			t.Fatal(err)
		}
		after := f.after(t, r.Plan)
		// The event declares F, so that it and x share nothing: the link is all there is.
		c := a.Contexts(paths)
		if got := c.Of(pageX); !slices.Equal(got, []string{"Q"}) {
			t.Errorf("%s: x is about %q", test.what, got)
		}
		wantDropped := []Dropped{{pageX, 5, strings.TrimPrefix(test.link, "zh/")}}
		if test.means != "" {
			wantDropped = nil
		}
		if !slices.Equal(r.Dropped, wantDropped) {
			t.Errorf("%s: dropped %v, want %v", test.what, r.Dropped, wantDropped)
		}
		if want := "# X\n\n_Context: Q_\n\n### Related:\n\n"; after[pageX] != want {
			t.Errorf("%s: x is\n%q\nwant\n%q", test.what, after[pageX], want)
		}

		// An event that does not declare its contexts has the one on the entry.
		for p, src := range f {
			f[p] = strings.Replace(src, "\n_Context: F_\n", "", 1)
		}
		a, paths = f.archive(Config{})
		a.History = func(p string) (string, bool) { to, ok := test.renamed[p]; return to, ok }
		if r, err = a.Relink(paths, nil); err != nil {
			t.Fatal(err)
		}
		after = f.after(t, r.Plan)
		want := "# X\n\n_Context: Q_\n\n### Related:\n\n"
		if test.means != "" {
			want = "# X\n\n### Related:\n\n1. [The ferry sails again.](/" + strings.Repeat("zh/", strings.Count(test.link, "zh/")) + test.means + ") _Context: Q_\n"
			if !strings.Contains(after[test.means], "[X](/") || !strings.Contains(after[test.means], pageX+") _Context: Q_") {
				t.Errorf("%s: %s does not name x:\n%s", test.what, test.means, after[test.means])
			}
		}
		if after[pageX] != want {
			t.Errorf("%s: x is\n%q\nwant\n%q", test.what, after[pageX], want)
		}
	}
}

// Older wordings and other versions are in no list, but have their own.
func TestRelinkLeavesOut(t *testing.T) {
	const day = "news/2017/07/8/index.md"
	x := about("X", "A")
	tests := []struct {
		what       string
		files      files
		listed     string // what the list of x names
		superseded int
	}{
		{"all are listed", files{day: "### [Y](/" + pageY + ")\n"}, "yz", 0},
		{"the day of y does not list it", files{day: "## [8](/" + day + ")\n"}, "z", 1},
		{"it lists it by an edition's link", files{day: "### [Y](/zh/" + pageY + ")\n"}, "yz", 0},
		{"it names y, but does not list it", files{day: "[Y](/" + pageY + ")\n"}, "z", 1},
		{"another day lists it", files{day: "## [8](/" + day + ")\n", "news/2017/07/7/index.md": "### [Y](/" + pageY + ")\n### [Z](/" + pageZ + ")\n"}, "z", 1},
		{"x names y as a version", files{pageX: x + "\n### Changes:\n\n1. [Y](/" + pageY + ") _(First version)_\n"}, "z", 0},
		{"y names x as a version", files{pageY: about("Y", "A") + "\n### Changes:\n\n1. [X](/" + pageX + ") _(Update)_\n"}, "z", 0},
		{"y has no headline", files{pageY: "##### A\n"}, "z", 0},
		{"y is no page", files{pageY: strings.Repeat(about("Y", "A"), 20_000)}, "z", 0},
	}
	for _, test := range tests {
		f := files{pageX: x, pageY: about("Y", "A"), pageZ: about("Z", "A")}
		maps.Copy(f, test.files)
		r, after := relinkTwice(t, f, Config{})
		got := ""
		for _, e := range read(t, after).events[pageX].related {
			got += strings.TrimSuffix(path.Base(e.target), ".md")
		}
		if got != test.listed || r.Unlisted != test.superseded {
			t.Errorf("%s: x names %q, want %q; %d superseded, want %d", test.what, got, test.listed, r.Unlisted, test.superseded)
		}
		if y := after[pageY]; test.superseded > 0 && !strings.Contains(y, pageX) {
			t.Errorf("%s: the superseded page got no list:\n%s", test.what, y)
		}
	}
}

// What is said of a page is what changed on it.
func TestRelinkedPages(t *testing.T) {
	const head = "# X\n\n_Context: A_\n\n### Related:\n\n"
	const gone = "news/2017/07/1/gone.md"
	tests := []struct {
		what, before string
		want         RelinkedPage
	}{
		{"all added", head, RelinkedPage{Added: []string{pageY, pageZ}}},
		{"one added", head + entryZ, RelinkedPage{Added: []string{pageY}}},
		{"removed", head + entryY + entryZ + "3. [G](/" + gone + ")\n4. [X](/" + pageX + ")\n", RelinkedPage{Removed: []string{gone, pageX}}},
		{"moved", head + entryZ + entryY, RelinkedPage{Moved: 2}},
		{"retitled", head + "1. [Why](/" + pageY + ") _Context: A_\n" + entryZ, RelinkedPage{Retitled: 1}},
		{"other contexts", head + "1. [Y](/" + pageY + ") _Context: B_\n2. [Z](/" + pageZ + ")\n", RelinkedPage{Contexts: 2}},
		{"only numbers", head + "3" + entryY[1:] + "3" + entryZ[1:], RelinkedPage{}},
		{"named twice", head + entryY + entryY + entryZ, RelinkedPage{Removed: []string{pageY}}},
		{"declared", strings.Replace(head, "_Context: A_\n\n", "", 1) + entryY + "2. [Z](/" + pageZ + ") _Context: A, Q_\n", RelinkedPage{Contexts: 1, Declared: "A, Q"}},
		{"kept entries are not added", head + "1. [Z](/" + pageZ + ") <!-- keep -->\n", RelinkedPage{Added: []string{pageY}}},
		{"moved in git", head + "1. [Y](/news/2017/07/8/yy.md) _Context: A_\n" + entryZ, RelinkedPage{}},
	}
	for _, test := range tests {
		r, _ := relinkX(t, test.before, nil)
		test.want.Path = pageX
		if len(r.Pages) != 1 || fmt.Sprint(r.Pages[0]) != fmt.Sprint(test.want) {
			t.Errorf("%s:\n%+v, want\n%+v", test.what, r.Pages, test.want)
		}
	}
	if r, _ := relinkX(t, head+entryY+entryZ, nil); len(r.Pages) != 0 {
		t.Errorf("nothing changes, and yet %+v", r.Pages)
	}
}

// Whatever a headline holds, the entry that is written leads to its page and
// says the same.
func TestRelinkNastyHeadlines(t *testing.T) {
	headlines := []string{
		"[", "]", "][", "[]", "[[]", "[a](b)", "](x)", "](", "](x) [", "![a](b)", "[a][b]", "[a]: b", "(", ")", ")(", "a) b",
		"_", "__a__", "*", "**a**", `\`, `a\`, `a\\`, `\\\`, `a \ b`, `\[`, `\]`, `\[a\]`, `\](x)`, `[\]`, `\[ [a](b)`, `\_`, `\\[`,
		"`", "``", "`a`", "`a", "a`]`b", "`[`", "` [a](b)", "<b>", "<b", "b>", "<!-- a -->", "<!-- a", "<http://a.example>", "<http://a.example", "<a@b.example>", "<a href=\"x](y)\">", "<?a", "<!A",
		"🚢", "👩‍👩‍👧‍👦", "שלום עולם", "مرحبا [", "\u202Ea\u202C", "葉門 [也門]", "-{zh-tw:葉門; zh-hk:也門}-", "{{es icon}}", "[http:--example.com-x (\"Outlet\")]", "''a''", "\"a\"", "a & b", "&amp;", "&lt;b&gt;", "&#91;", "$65 million", "[?]67 C",
		"a  b", " a", "a ", "\ta", "a\t", "#", "a #", "1. a", "- a", "> a", "a | b", "a ~~b~~", "http://a.example/", "_Context: B_", "a](/x.md) _Context: B_ <!-- keep -->", "a\u00A0b", "a\u2028b", "a\x00b", "\xff\xfe",
	}
	g := &randomArchive{Rand: rand.New(rand.NewPCG(7, 7))}
	single := slices.Clone(headlines)
	for range 100 {
		headlines = append(headlines, strings.Join(some(g, single, 2+g.IntN(2)), one(g, []string{"", " "})))
	}
	for what, context := range map[string]string{
		"plain": "A", "a backtick": "`Abd", "two backticks": "`Abd `A", "a bracket": "[A", "brackets": "[A]", "a link": "[A](b)", "a bracket and a parenthesis": "A](b)", "a tag": "<A>", "the end of a tag": "A>", "the end of a comment": "A -->", "a backslash": `A\`, "underscores": "_A_",
	} {
		t.Run("a context with "+what, func(t *testing.T) {
			t.Parallel()
			for _, headline := range headlines {
				f := files{pageX: about("X", context), pageY: about(headline, context), pageZ: about("Z", context)}
				_, after := relinkTwice(t, f, Config{})
				a, _ := after.archive(Config{})
				checkEntries(t, a, pageX, context, pageY, pageZ)
				checkEntries(t, a, pageZ, context, pageX, pageY)
			}
		})
	}
}

// checkEntries checks that the entries of a page lead to events and say their
// headlines.
func checkEntries(t *testing.T, a *Archive, path, context string, to ...string) {
	t.Helper()
	p := a.Page(path)
	entries := a.Related(p)
	if len(entries) != len(to) {
		t.Fatalf("%d entries, want %d:\n%s", len(entries), len(to), p.Source)
	}
	for i, e := range entries {
		headline, _ := a.Page(to[i]).Event.Headline()
		text := p.Text(e.Link.Text)
		switch {
		case e.Target.Path != to[i]:
			t.Errorf("the entry of %q leads to %v: %q", headline, e.Target, p.Text(e.Span))
		case e.Link.Malformed:
			t.Errorf("the headline %q is written so that Markdown sees no link: %q", headline, p.Text(e.Span))
		case page.Unescape(text) != page.Unescape(headline):
			t.Errorf("the headline %q is written as %q", headline, text)
		case p.Names(e.Shared) != context:
			t.Errorf("the entry of %q does not name the context %q: %q", headline, context, p.Text(e.Span))
		}
	}
}

// An explanation names the entries that relinking makes, in their order, and
// behind them those that come next.
func TestExplainRelated(t *testing.T) {
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, config Config) {
		before := read(t, g.files)
		contexts := before.contexts()
		longer := before.lists(config.RelatedLimit + nextBest)
		_, after := relink(t, g.files, config, nil)
		a, paths := after.archive(config)
		now := read(t, after)
		for _, e := range some(g, g.events, 6) {
			p := e.path()
			x, err := a.ExplainRelated(paths, p)
			if err != nil {
				t.Fatal(err)
			}
			got := slices.Clone(x.Kept)
			for _, c := range x.Found {
				got = append(got, c.Event.Path)
				if want := shared(contexts[p], contexts[c.Event.Path]); !slices.Equal(c.Shared, want) {
					t.Errorf("%s shares %q with %s, want %q", p, c.Shared, c.Event.Path, want)
				}
			}
			var want []string
			for _, w := range longer[p] {
				want = append(want, w.target)
			}
			if len(x.Kept) <= config.RelatedLimit && !slices.Equal(got, want) {
				t.Errorf("%s: explained as %q, want %q", p, got, want)
			}
			if n := len(now.events[p].related); len(x.Kept)+x.Limit != n {
				t.Errorf("%s: %d kept and %d found are in the list, which has %d", p, len(x.Kept), x.Limit, n)
			}
			if !slices.Equal(x.Contexts, contexts[p]) {
				t.Errorf("%s is explained to be about %q, want %q", p, x.Contexts, contexts[p])
			}
		}
	})
	a, paths := fixture(t, "clean").archive(Config{})
	for _, p := range []string{"index.md", "news/none.md", "faq/index.md"} {
		if _, err := a.ExplainRelated(paths, p); err == nil || !strings.Contains(err.Error(), p) {
			t.Errorf("explaining %s: %v", p, err)
		}
	}
}

func BenchmarkRelink(b *testing.B) {
	_, a, paths := benchmarkArchive(b, Config{})
	b.ResetTimer()
	for range b.N {
		if _, err := a.Relink(paths, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// An entry that goes on on lines of its own is one entry: its contexts count,
// and it goes as a whole.
func TestRelinkWrappedEntry(t *testing.T) {
	f := files{
		"news/2024/03/4/a.md": "# A\n\n### Related:\n\n1. [Gone](/news/2024/03/4/gone.md)\n   _Context: Ferry,\n   fog_\n2. [B\n   ](/news/2024/03/5/b.md) _Context: Ferry_\n",
		"news/2024/03/5/b.md": "# B\n\n_Context: Ferry_\n",
	}
	r, after := relinkTwice(t, f, Config{})
	if len(r.Dropped) != 1 {
		t.Errorf("dropped %v", r.Dropped)
	}
	want := "# A\n\n_Context: Ferry, fog_\n\n### Related:\n\n1. [B\n   ](/news/2024/03/5/b.md) _Context: Ferry_\n"
	if got := after["news/2024/03/4/a.md"]; got != want {
		t.Errorf("the page was made\n%s\nwant\n%s", got, want)
	}
}
