package archivetest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

// RandomArchive makes an archive of 30 to 80 events with what real ones hold and
// more: headlines full of marks, lists with every fault, contexts that are known
// from one place only, pages left over, lines that end in different ways.
type RandomArchive struct {
	*rand.Rand
	Files  Files
	Events []*RandomEvent
	days   []string
	names  []string // of contexts
	labels []string
}

// RandomEvent is an event of a random archive.
type RandomEvent struct {
	Dir, Slug string
	headline  string
	contexts  []string
	topic     bool // the first of them is the topic for sure
}

// Path returns where the page of the event is.
func (e *RandomEvent) Path() string { return e.Dir + "/" + e.Slug + ".md" }

// NewRandomArchive returns the archive of a seed.
func NewRandomArchive(seed uint64) *RandomArchive {
	g := &RandomArchive{Rand: rand.New(rand.NewPCG(seed, 1)), Files: Files{}}
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
			g.Events[i].contexts = append([]string{name}, g.Events[i].contexts...)
			g.Events[i].topic = true
		}
	}
	g.Files["faq/index.md"] = "# Questions\n\n[Why](/news/2017/07/9/gone.md)\n"
	g.Files["opinion/2017/bridge/index.md"] = "# The bridge\n\n### Related:\n\n1. [X](" + g.Events[0].Path() + ") _Context: nothing_\n"
	for _, e := range g.Events {
		g.Files[e.Path()] = g.page(e)
	}
	for _, day := range g.days {
		g.addDay(day)
	}
	g.Files["index.md"] = g.listing(g.days[0], g.Events[:3])
	return g
}

var (
	headWords = []string{"Ferry", "sails", "\"again\"", "R&B", "[?]67", "C", "[", "]", "(no)", "''twice''", " two  spaces", "_under_", "*star*", `back\slash`, `\[`, "`", "<b>", "65%", "🚢", "雾港市", "שלום", "&amp;", "-{zh-tw:葉門}-", "!", "](x)", "[a](b)"}
)

// Some returns up to n different ones.
func Some[T any](g *RandomArchive, from []T, n int) []T {
	var out []T
	for _, i := range g.Perm(len(from))[:min(n, len(from))] {
		out = append(out, from[i])
	}
	return out
}

// One returns one of from at random.
func One[T any](g *RandomArchive, from []T) T { return from[g.IntN(len(from))] }

// slug returns a name that is like no other.
func (g *RandomArchive) slug() string {
	name := make([]byte, 30)
	for i := range name {
		name[i] = 'a' + byte(g.IntN(26))
	}
	return string(name)
}

// chance is true n times of a hundred.
func (g *RandomArchive) chance(n int) bool { return g.IntN(100) < n }

func (g *RandomArchive) addEvent(i int) {
	e := &RandomEvent{
		Dir:      One(g, g.days),
		Slug:     g.slug() + fmt.Sprint(i),
		headline: strings.Join(Some(g, headWords, 1+g.IntN(6)), " ") + One(g, []string{"", " ", ". "}),
		contexts: Some(g, g.names, 1+g.IntN(5)),
	}
	if g.chance(10) {
		e.headline = " " + e.headline
	}
	g.Events = append(g.Events, e)
}

// page writes an event's page.
func (g *RandomArchive) page(e *RandomEvent) string {
	var b strings.Builder
	if g.chance(20) {
		fmt.Fprintf(&b, "\nFormats: [HTML](/%s/%s.html)\n\n", e.Dir, e.Slug)
	}
	fmt.Fprintf(&b, "### [%s](/%s/index.md)\n\n", path.Base(e.Dir), e.Dir)
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
		b.WriteString("\n### Changes:\n\n1. [Other](/" + One(g, g.Events).Path() + ") _(First version)_\n1. [This](/" + e.Path() + ") _(Current version)_\n")
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
func (g *RandomArchive) related(b *strings.Builder, e *RandomEvent) {
	b.WriteString("\n### " + One(g, []string{"Related:", "Related", "有关:"}) + "\n")
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

func (g *RandomArchive) number(n int) string {
	if g.chance(10) {
		n--
	}
	return fmt.Sprint(n) + "."
}

// entry writes an entry of an event's list without its number.
func (g *RandomArchive) entry(e *RandomEvent) string {
	other := One(g, g.Events)
	text, link := page.EscapeText(other.headline), "/"+other.Path()
	switch g.IntN(20) {
	case 0:
		text = "A previous version"
	case 1:
		link = "/" + e.Path()
	case 2:
		link = "/" + other.Dir + "/the-" + other.Slug + ".md" // means the other
	case 3:
		link = "/news/1999/01/1/gone.md"
	case 4:
		link = "/opinion/2017/bridge/index.md"
	case 5:
		link = One(g, []string{"/faq/index.md", "https://example.org/report", "/" + other.Dir + "/index.md"})
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
func (g *RandomArchive) contextsOf(e *RandomEvent, sorted bool) string {
	names := Some(g, e.contexts, 1+g.IntN(3))
	if g.chance(10) {
		names = append(names, One(g, g.names))
	}
	if g.chance(5) {
		names = nil
	}
	if sorted {
		slices.Sort(names)
	}
	return "_" + One(g, g.labels) + ": " + strings.Join(names, ", ") + "_"
}

// addDay writes a day's page and its copy; some days have none, and some events
// are omitted.
func (g *RandomArchive) addDay(day string) {
	if g.chance(10) {
		return
	}
	var listed []*RandomEvent
	for _, e := range g.Events {
		if e.Dir == day && !g.chance(10) {
			listed = append(listed, e)
		}
	}
	g.Files[day+"/index.md"] = g.listing(day, listed)
	g.Files[day+"/README.md"] = g.Files[day+"/index.md"]
}

func (g *RandomArchive) listing(day string, events []*RandomEvent) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## [%s](/%s/index.md)\n", path.Base(day), day)
	for _, e := range events {
		fmt.Fprintf(&b, "\n##### %s\n### [%s](%s/%s)\n", One(g, e.contexts), page.EscapeText(e.headline), One(g, []string{"", "/zh"}), e.Path())
		if g.chance(40) {
			b.WriteString(g.contextsOf(e, false) + "\n")
		}
	}
	b.WriteString("\n## [Previous Day...](/news/2014/01/1/index.md)\n")
	return b.String()
}

// Seeds returns how many random inputs a test tries: few, or all of them where
// NEWSCTL_TEST_SEEDS is "all".
func Seeds(few, all int) int {
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" {
		return all
	}
	return few
}

// EachRandomArchive runs a test in parallel on archives that are random, but the
// same each time, and returns when all are done.
func EachRandomArchive(t *testing.T, test func(t *testing.T, g *RandomArchive, config archive.Config)) {
	RandomArchives(t, 2, 20, test)
}

// RandomArchives is [EachRandomArchive] on as many archives as [Seeds] says.
func RandomArchives(t *testing.T, few, all int, test func(t *testing.T, g *RandomArchive, config archive.Config)) {
	t.Run("random", func(t *testing.T) {
		for seed := range Seeds(few, all) {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				t.Parallel()
				g := NewRandomArchive(uint64(seed))
				test(t, g, archive.Config{RelatedLimit: 2 + g.IntN(9)})
			})
		}
	})
}

// Mess does to an archive what a person might do, and says what.
func (f Files) Mess(lots *rand.Rand) string {
	var paths []string
	for p := range f {
		if strings.HasPrefix(p, "news/") {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	p := paths[lots.IntN(len(paths))]
	day := path.Dir(p)
	to := path.Join(path.Dir(day), fmt.Sprint(20+lots.IntN(9)))
	switch lots.IntN(5) {
	case 0:
		for _, other := range paths {
			if path.Dir(other) == day {
				f[path.Join(to, path.Base(other))] = f[other]
				delete(f, other)
			}
		}
		return "moved " + day + " to " + to
	case 1:
		f[path.Join(to, path.Base(p))] = f[p]
		delete(f, p)
		return "moved " + p + " to " + to
	case 2:
		delete(f, p)
		return "removed " + p
	case 3:
		for _, other := range paths {
			if path.Dir(other) == day && path.Base(other) != archive.IndexName() && path.Base(other) != archive.CopyName() {
				delete(f, other)
			}
		}
		return "removed the events of " + day
	}
	lines := strings.SplitAfter(f[p], "\n")
	at := lots.IntN(len(lines))
	f[p] = strings.Join(slices.Delete(lines, at, min(at+1+lots.IntN(4), len(lines))), "")
	return fmt.Sprintf("removed lines of %s from %d", p, at+1)
}

// plainMark matches a list of contexts of names without marks of their own, where
// it ends an entry or a line.
var plainMark = regexp.MustCompile(`(?m) ?_(Context|消息|上下文): ([\pL\pN ,.'-]+)_( <!--.*-->)?$`)

// markForms are ways in which formatters and people write a list of contexts.
var markForms = []func(label, names string) string{
	func(label, names string) string { return " *" + label + ": " + names + "*" },
	func(label, names string) string { return " __" + label + ": " + names + "__." },
	func(label, names string) string { return "<br>_" + label + "：" + names + "_" },
	func(label, names string) string { return " (**" + strings.ToLower(label) + ": " + names + "**)" },
	func(label, names string) string { return " — <em>" + label + ": " + names + "</em>" },
	func(label, names string) string { return "{target=_blank} _" + label + " : " + names + "_" },
	func(label, names string) string {
		return " \\\n   *" + label + ": " + strings.ReplaceAll(names, ", ", ",\n   ") + "*"
	},
	func(label, names string) string {
		return " _" + label + ": " + strings.ReplaceAll(names, ", ", "，") + "_"
	},
	func(label, names string) string {
		return " _" + label + ": " + strings.ReplaceAll(names, ".", `\.`) + "_"
	},
}

// Formatted returns the event pages with their contexts written in other forms.
func Formatted(g *RandomArchive) Files {
	out := maps.Clone(g.Files)
	for _, p := range sorted.Keys(out) {
		if kind, _ := archive.Classify(p); kind != archive.EventPage || strings.Contains(out[p], "\r") {
			continue
		}
		related := false
		var lines []string
		for _, line := range strings.SplitAfter(out[p], "\n") {
			if strings.HasPrefix(line, "#") {
				related = relatedHeading.MatchString(strings.TrimRight(line, "\n"))
			}
			m := plainMark.FindStringSubmatchIndex(line)
			if related && m != nil && m[0] > 0 && line[m[0]-1] == ')' {
				form := One(g, markForms)(line[m[2]:m[3]], line[m[4]:m[5]])
				end := m[5] + 1
				line = line[:m[0]] + form + line[end:]
			}
			lines = append(lines, line)
		}
		out[p] = strings.Join(lines, "")
	}
	return out
}
