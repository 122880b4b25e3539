package lint

import (
	"fmt"
	"math/rand"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/page"
)

// sample is a small random archive with what may make a writing command lose a
// context or a topic: names with a comma, known in every way, next to their parts;
// short lists, entries that only one page has, pinned entries, comments, code blocks
// and conflict markers.
type sample struct {
	*rand.Rand
	files  fstest.MapFS
	config archive.Config
	events []*sampleEvent
	days   []string
	names  []string // of contexts
	known  []string // names with a comma that the archive shows
}

type sampleEvent struct {
	day, slug, headline, topic string
	contexts                   []string
}

func (e *sampleEvent) path() string { return e.day + "/" + e.slug + ".md" }

var (
	// topicNames are known where they are a topic; sortedNames where a related list
	// holds one, since its second part comes before the first.
	topicNames  = []string{"Iran, Iraq", "Iraq, Iran", "Ferry, Harbour", "Ferry, Harbour, Sea", "Harbour, Ferry", "Cup, 2018"}
	sortedNames = []string{"Orlando, Florida", "Raton, New Mexico", "Mongolian election, 2017"}
	plainNames  = []string{"Iran", "Iraq", "Ferry", "Harbour", "Sea", "2018", "Cup", "Florida", "Orlando", "New Mexico", "U.S.", "灯塔", "snake_case", "R&B", "[sic]", "comet"}
)

func newSample(seed int64) *sample {
	s := &sample{Rand: rand.New(rand.NewSource(seed)), files: fstest.MapFS{}}
	s.config.RelatedLimit = 1 + s.Intn(3)
	s.config.RelatedRank = archive.Rank(s.Intn(2))
	s.names = slices.Concat(s.some(plainNames, 4+s.Intn(8)), s.some(topicNames, s.Intn(4)), s.some(sortedNames, s.Intn(3)))
	for i := range 2 + s.Intn(3) {
		s.days = append(s.days, fmt.Sprintf("news/2018/03/%d", 9+i))
	}
	for range 5 + s.Intn(9) {
		e := &sampleEvent{day: s.one(s.days), slug: s.word(24), contexts: s.some(s.names, 1+s.Intn(4))}
		e.headline = e.slug
		if s.chance(60) {
			e.topic = s.one(e.contexts)
		}
		s.events = append(s.events, e)
	}
	s.show()
	for _, e := range s.events {
		s.write(e.path(), s.page(e))
	}
	for _, day := range s.days {
		if s.chance(95) {
			s.write(day+"/index.md", s.dayPage(day))
			if s.chance(70) {
				s.files[day+"/README.md"] = s.files[day+"/index.md"]
			}
		}
	}
	if s.chance(70) {
		s.write("index.md", s.front())
	}
	return s
}

// show makes the names with a comma that events have known.
func (s *sample) show() {
	for _, name := range s.names {
		if !strings.Contains(name, ", ") {
			continue
		}
		s.known = append(s.known, name)
		switch hidden := slices.Contains(sortedNames, name); {
		case s.chance(25):
			s.config.Names = append(s.config.Names, name)
		case hidden && s.chance(80):
			e := s.events[s.Intn(len(s.events))]
			e.contexts = append([]string{name}, e.contexts...)
			e.topic = "" // a list must show it
			s.write("news/2018/02/1/"+s.word(24)+".md", fmt.Sprintf("# Old\n\n### Related:\n\n1. [%s](/%s) _Context: %s_\n", e.headline, e.path(), s.list(e, true)))
			s.write("news/2018/02/2/"+s.word(24)+".md", fmt.Sprintf("# Other\n\n### Related:\n\n1. [%s](/%s) _Context: %s_\n", e.headline, e.path(), name))
		case hidden:
			s.write("faq/"+s.word(9)+".md", "# Names\n\n<!-- newsctl-name: "+name+" -->\n")
		default:
			s.write("news/2018/02/3/"+s.word(24)+".md", "##### "+name+"\n# Topic\n")
		}
	}
}

func (s *sample) write(p, text string) {
	if s.chance(8) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	s.files[p] = &fstest.MapFile{Data: []byte(text)}
}

func (s *sample) chance(n int) bool { return s.Intn(100) < n }

func (s *sample) one(from []string) string { return from[s.Intn(len(from))] }

func (s *sample) some(from []string, n int) []string {
	var out []string
	for _, i := range s.Perm(len(from))[:min(n, len(from))] {
		out = append(out, from[i])
	}
	return out
}

// word returns a word that is like no other.
func (s *sample) word(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte('a' + byte(s.Intn(26)))
	}
	return b.String()
}

// page writes the page of an event.
func (s *sample) page(e *sampleEvent) string {
	var b strings.Builder
	fmt.Fprintf(&b, "### [%s](/%s/index.md)\n\n", path.Base(e.day), e.day)
	if e.topic != "" {
		b.WriteString("##### " + e.topic + "\n")
	}
	if !s.chance(3) {
		b.WriteString("# " + e.headline + s.one([]string{"", " ", "  "}) + "\n\n")
	}
	if s.chance(3) {
		b.WriteString("# Another headline\n\n")
	}
	if s.chance(60) {
		b.WriteString("What happened.\n\n")
	}
	if s.chance(10) {
		b.WriteString("```\n### Related:\n\n1. [No entry](/" + e.path() + ") _Context: comet_\n```\n\n")
	}
	if s.chance(20) {
		b.WriteString("_Context: " + s.list(e, false) + "_\n\n")
	}
	if s.chance(40) {
		b.WriteString("### Source:\n\n1. [Radio](http://radio.example/" + e.slug + ")\n")
	}
	if s.chance(80) {
		s.related(&b, e)
	}
	if s.chance(6) {
		b.WriteString("\n```\nnever closed\n")
	}
	text := b.String()
	if s.chance(10) {
		text = strings.TrimRight(text, "\n")
	}
	return text
}

// related writes a related section, on some pages as a merge left it.
func (s *sample) related(b *strings.Builder, e *sampleEvent) {
	b.WriteString("\n### Related:\n\n")
	conflict := s.chance(2)
	for i := range s.Intn(6) {
		if conflict && i == 1 {
			b.WriteString("<<<<<<< HEAD\n")
		}
		if s.chance(10) {
			b.WriteString("<!-- a remark -->\n")
		}
		fmt.Fprintf(b, "%d. %s\n", i+1, s.entry(e))
		if conflict && i == 1 {
			b.WriteString("=======\n")
		}
		if conflict && i == 2 {
			b.WriteString(">>>>>>> topic\n")
		}
	}
	if s.chance(8) {
		b.WriteString("\n### Notes:\n\n1. [A note](/faq/index.md) _Context: none_\n")
	}
}

func (s *sample) entry(e *sampleEvent) string {
	other := s.events[s.Intn(len(s.events))]
	link := "/" + other.path()
	switch s.Intn(14) {
	case 0:
		link = "/news/1999/01/1/gone.md"
	case 1:
		link = "/" + other.day + "/the-" + other.slug + ".md" // means the other
	case 2:
		link = "/zh" + link
	case 3:
		link = s.one([]string{"/faq/index.md", "https://example.org/report"})
	}
	out := "[" + page.EscapeText(other.headline) + "](" + link + ")"
	if s.chance(92) {
		out += " _Context: " + s.list(e, true) + "_"
	}
	switch s.Intn(14) {
	case 0:
		out += " <!-- keep -->"
	case 1:
		out += " <!-- see there -->"
	case 2:
		return "A book, page 3"
	}
	return out
}

// list writes contexts of an event, in byte order or in any.
func (s *sample) list(e *sampleEvent, sorted bool) string {
	names := s.some(e.contexts, 1+s.Intn(len(e.contexts)))
	if s.chance(10) {
		names = append(names, s.one(plainNames))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if !sorted {
		s.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	}
	return strings.Join(names, ", ")
}

func (s *sample) dayPage(day string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## [%s](/%s/index.md)\n\n", path.Base(day), day)
	for _, e := range s.events {
		if e.day == day && s.chance(90) {
			s.item(&b, e)
			if s.chance(4) {
				s.item(&b, e) // twice
			}
		}
	}
	if s.chance(6) {
		fmt.Fprintf(&b, "### [Gone](/%s/gone.md)\n\n", day)
	}
	b.WriteString("## [Previous Day...](/news/2018/01/1/index.md)\n")
	return b.String()
}

func (s *sample) item(b *strings.Builder, e *sampleEvent) {
	if topic := e.topic; topic != "" || s.chance(50) {
		if topic == "" || s.chance(5) {
			topic = s.one(e.contexts)
		}
		b.WriteString("##### " + topic + "\n")
	}
	fmt.Fprintf(b, "### [%s](/%s)\n", page.EscapeText(e.headline), e.path())
	switch s.Intn(3) {
	case 0:
		b.WriteString("_Context: " + s.list(e, false) + "_\n")
	case 1:
		b.WriteString("What happened.\n")
	}
	b.WriteString("\n")
}

func (s *sample) front() string {
	var b strings.Builder
	for _, day := range s.days[:min(3, len(s.days))] {
		fmt.Fprintf(&b, "## [%s](/%s/index.md)\n\n", path.Base(day), day)
		for _, e := range s.events {
			if e.day == day && s.chance(70) {
				s.item(&b, e)
			}
		}
	}
	return b.String()
}
