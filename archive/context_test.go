package archive

import (
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// reader is a second reader of archives: line by line, with regular
// expressions, in the plainest way. It shares nothing with the program but the
// format, and serves to check it.
type reader struct {
	t      testing.TB
	files  files
	events map[string]*readEvent
	listed map[string][]readEntry // of each day page, and of the front page
	topics map[string]bool
}

// readEvent is an event page.
type readEvent struct {
	path     string
	day      string // its folder
	date     int    // 20170709
	topic    string
	headline string
	titled   bool // it has a headline
	declares bool
	declared string
	related  []readEntry
	versions []string
	contexts []string // in byte order; see lists
}

// readEntry is a line that leads to a page and may name contexts.
type readEntry struct {
	line     string
	bare     string // the line without its number
	text     string
	target   string // a path in the archive; "" for another site, or no link
	contexts string
	comment  string // what stands behind it
	keep     bool   // the comment says so, or the line has no link
}

const contextLine = `_(?:Context|消息|上下文):(.*?)_?`

var (
	eventPath   = regexp.MustCompile(`^(news/(\d{4})/(\d\d)/(\d\d?))/[^/]+\.md$`)
	listingPath = regexp.MustCompile(`^(news/\d{4}/\d\d/\d\d?/)?index\.md$`)

	relatedHeading = regexp.MustCompile(`^### ?(Related|有关):?\s*$`)
	changesHeading = regexp.MustCompile(`^### ?Changes:?\s*$`)
	sectionHeading = regexp.MustCompile(`^### ?(Related|有关|Changes|Sources?|信息来源):?\s*$`)

	entryPattern    = regexp.MustCompile(`^(?:\d+[.)]|[-*])(\s*\[(.*)\]\(<?([^<>()]*)>?\)(.*))$`)
	plainPattern    = regexp.MustCompile(`^(?:\d+[.)]|[-*])(.*)$`)
	commentPattern  = regexp.MustCompile(`<!-- (keep)?.*-->$`)
	listedPattern   = regexp.MustCompile(`^### ?()\s*\[(.*)\]\(([^<>()]*)\)()\s*$`)
	contextsPattern = regexp.MustCompile(`^` + contextLine + `$`)
)

func read(t testing.TB, f files) *reader {
	t.Helper()
	r := &reader{t, f, map[string]*readEvent{}, map[string][]readEntry{}, map[string]bool{}}
	for p, src := range f {
		lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(src, "\uFEFF"), "\r\n", "\n"), "\n")
		switch {
		case listingPath.MatchString(p):
			r.listed[p] = r.readListing(p, lines)
		case eventPath.MatchString(p) && path.Base(p) != "README.md":
			r.events[p] = r.readEvent(p, lines)
		}
	}
	return r
}

func (r *reader) readEvent(p string, lines []string) *readEvent {
	m := eventPath.FindStringSubmatch(p)
	e := &readEvent{path: p, day: m[1], date: atoi(m[2])*10000 + atoi(m[3])*100 + atoi(m[4])}
	section, related := "", false
	for i, line := range lines {
		if strings.HasPrefix(line, "### ") && (e.titled || sectionHeading.MatchString(line)) {
			section = line
			if relatedHeading.MatchString(line) {
				if related {
					section = "### a second one, which does not count"
				}
				related = true
			}
		}
		switch {
		case relatedHeading.MatchString(section):
			if entry, ok := r.readEntry(p, entryPattern, line); ok {
				e.related = append(e.related, entry)
			} else if m := plainPattern.FindStringSubmatch(line); m != nil {
				e.related = append(e.related, readEntry{line: line, bare: m[1], keep: true})
			}
		case changesHeading.MatchString(section):
			if entry, ok := r.readEntry(p, entryPattern, line); ok {
				e.versions = append(e.versions, entry.target)
			}
		case section != "":
		case strings.HasPrefix(line, "##### "):
			e.topic = strings.TrimSpace(line[6:])
			r.topics[e.topic] = true
		case strings.HasPrefix(line, "# ") && !e.titled:
			e.headline, e.titled = line[2:], true
		case e.titled && !e.declares && standsAlone(lines, i) && contextsPattern.MatchString(strings.TrimSpace(line)):
			e.declares = true
			e.declared = contextsPattern.FindStringSubmatch(strings.TrimSpace(line))[1]
		}
	}
	return e
}

// standsAlone reports whether a line is a paragraph of its own.
func standsAlone(lines []string, i int) bool {
	edge := func(line string) bool { return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") }
	return edge(lines[i-1]) && (i+1 == len(lines) || edge(lines[i+1]))
}

func (r *reader) readListing(p string, lines []string) []readEntry {
	var out []readEntry
	for i, line := range lines {
		if topic, ok := strings.CutPrefix(line, "##### "); ok {
			r.topics[strings.TrimSpace(topic)] = true
		}
		entry, ok := r.readEntry(p, listedPattern, line)
		if !ok {
			continue
		}
		for j := i + 1; j < len(lines) && !strings.HasPrefix(lines[j], "#"); j++ {
			if m := contextsPattern.FindStringSubmatch(strings.TrimSpace(lines[j])); m != nil && standsAlone(lines, j) {
				entry.contexts = m[1]
				break
			}
		}
		out = append(out, entry)
	}
	return out
}

func (r *reader) readEntry(p string, pattern *regexp.Regexp, line string) (readEntry, bool) {
	m := pattern.FindStringSubmatch(line)
	if m == nil {
		return readEntry{}, false
	}
	e := readEntry{line: line, bare: m[1], text: m[2], target: r.resolve(p, strings.TrimSpace(m[3]))}
	rest := strings.TrimSpace(m[4])
	if m := commentPattern.FindStringSubmatch(rest); m != nil {
		e.comment, e.keep = m[0], m[1] != ""
		rest = strings.TrimSuffix(rest, m[0])
	}
	if m := contextsPattern.FindStringSubmatch(strings.TrimSpace(rest)); m != nil {
		e.contexts = m[1]
	}
	return e, true
}

// resolve returns the path that a link on a page leads to, or "".
func (r *reader) resolve(from, link string) string {
	if strings.Contains(link, "://") {
		return ""
	}
	link, err := url.PathUnescape(link)
	if err != nil {
		r.t.Fatal(err)
	}
	to, absolute := strings.CutPrefix(link, "/")
	if !absolute {
		to = path.Join(path.Dir(from), link)
	}
	return strings.TrimPrefix(to, "zh/")
}

// event returns the event that a link to a path means, or nil.
func (r *reader) event(p string) *readEvent {
	if _, there := r.files[p]; there {
		return r.events[p]
	}
	return r.events[path.Dir(p)+"/"+strings.TrimPrefix(path.Base(p), "the-")] // an article more
}

// split splits a list of contexts: first the longest run of parts that is one
// part or a topic, then the rest.
func (r *reader) split(list string) []string {
	list = strings.TrimSpace(list)
	if list == "" {
		return nil
	}
	parts := strings.Split(list, ", ")
	n := len(parts)
	for n > 1 && !r.topics[strings.Join(parts[:n], ", ")] {
		n--
	}
	rest := r.split(strings.Join(parts[n:], ", "))
	if name := strings.TrimSpace(strings.Join(parts[:n], ", ")); name != "" {
		return append([]string{name}, rest...)
	}
	return rest
}

// contexts returns the contexts of all events by path, each list in byte order.
func (r *reader) contexts() map[string][]string {
	all := map[string]map[string]bool{}
	add := func(e *readEvent, names []string) {
		if e == nil || e.declares {
			return
		}
		for _, name := range names {
			all[e.path][name] = true
		}
	}
	for p, e := range r.events {
		all[p] = map[string]bool{}
		if e.topic != "" {
			add(e, []string{e.topic})
		}
		for _, name := range r.split(e.declared) {
			all[p][name] = true
		}
	}
	for _, e := range r.events {
		for _, entry := range e.related {
			add(e, r.split(entry.contexts))
			add(r.event(entry.target), r.split(entry.contexts))
		}
	}
	for _, entries := range r.listed {
		for _, entry := range entries {
			add(r.event(entry.target), r.split(entry.contexts))
		}
	}
	out := map[string][]string{}
	for p, names := range all {
		out[p] = sortedKeys(names)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func atoi(digits string) (n int) {
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

// sameContexts compares what two readings know of each event.
func sameContexts(t *testing.T, what string, got, want map[string][]string) {
	t.Helper()
	if maps.EqualFunc(got, want, slices.Equal[[]string]) {
		return
	}
	for _, p := range sortedKeys(want) {
		if !slices.Equal(got[p], want[p]) {
			t.Errorf("%s: %s is about %q, want %q", what, p, got[p], want[p])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: contexts of %d events, want %d", what, len(got), len(want))
	}
}

// contextsOf returns what the program knows of all events.
func contextsOf(c *Contexts) map[string][]string {
	out := map[string][]string{}
	for _, e := range c.events {
		if names := c.Of(e.Path); len(names) > 0 {
			out[e.Path] = names
		} else {
			out[e.Path] = nil
		}
	}
	return out
}

// The program and the plain reader know the same contexts.
func TestContextsOfFixtures(t *testing.T) {
	for _, name := range []string{"clean", "chinese", "broken"} {
		f := fixture(t, name)
		a, paths := f.archive(Config{})
		sameContexts(t, name, contextsOf(a.Contexts(paths)), read(t, f).contexts())
	}
}

// A list that is written reads back as the same contexts, and in byte order
// wherever that can be.
func TestJoinReadsBack(t *testing.T) {
	tests := []struct {
		topics, names []string
		want          string
	}{
		{nil, nil, ""},
		{nil, []string{"b", "B", "a"}, "B, a, b"},
		{[]string{"A, B"}, []string{"A, B", "C"}, "A, B, C"},
		{[]string{"A, B"}, []string{"A, B", "A", "B"}, "A, A, B, B"},
		{[]string{"A, B"}, []string{"A", "B"}, "B, A"},
		{[]string{"A, B"}, []string{"A", "C", "B"}, ""},
		{[]string{"A, B", "B, C"}, []string{"A", "B", "C"}, ""},
		{[]string{"A, B", "C, B"}, []string{"A", "B", "C"}, ""},
		{[]string{"A, B", "D, C"}, []string{"A", "B", "C", "D"}, ""},
		{[]string{"A, B", "C, B, A"}, []string{"A", "B", "C"}, ""},
	}
	for _, test := range tests {
		f := files{"news/2017/07/9/x.md": about("X", "Z")}
		for i, topic := range test.topics {
			f["news/2017/07/8/"+string(rune('a'+i))+".md"] = "##### " + topic + "\n# T\n"
		}
		a, paths := f.archive(Config{})
		c := a.Contexts(paths)
		got, err := c.names.join(test.names)
		if err != nil {
			t.Errorf("topics %q: %v", test.topics, err)
		}
		if back := c.names.Split(got); !slices.Equal(inOrder(back), inOrder(slices.Clone(test.names))) {
			t.Errorf("topics %q: %q is written as %q, which reads back as %q", test.topics, test.names, got, back)
		}
		if test.want != "" && got != test.want {
			t.Errorf("topics %q: %q is written as %q, want %q", test.topics, test.names, got, test.want)
		}
	}
}
