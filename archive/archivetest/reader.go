package archivetest

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

// Reader is a second reader of archives: line by line, with regular
// expressions, in the plainest way. It shares nothing with the program but the
// format, and serves to check it.
type Reader struct {
	t      testing.TB
	Files  Files
	Events map[string]*readEvent
	listed map[string][]readEntry // of each day page, and of the front page
	topics map[string]bool
}

// readEvent is an event page.
type readEvent struct {
	path     string
	day      string // its directory
	date     int    // 20170709
	topic    string
	headline string
	titled   bool // it has a headline
	Declares bool
	Declared string
	Related  []readEntry
	versions []string
	contexts []string // in byte order; see lists
}

// readEntry is a line that points to a page and may name contexts.
type readEntry struct {
	Line     string
	Bare     string // the line without its number
	Text     string
	Target   string // a path in the archive; "" for another site, or no link
	Contexts string
	Comment  string // what is after it
	keep     bool   // the comment says so, or the line has no link
}

const contextLine = `_(?:Context|消息|上下文):(.*?)_?`

// Read reads the pages of an archive independently of the product.
func Read(t testing.TB, f Files) *Reader {
	t.Helper()
	r := &Reader{t, f, map[string]*readEvent{}, map[string][]readEntry{}, map[string]bool{}}
	for p, src := range f {
		lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(src, "\uFEFF"), "\r\n", "\n"), "\n")
		switch {
		case listingPath.MatchString(p):
			r.listed[p] = r.readListing(p, lines)
		case eventPath.MatchString(p) && path.Base(p) != "README.md":
			r.Events[p] = r.readEvent(p, lines)
		}
	}
	return r
}

func (r *Reader) readEvent(p string, lines []string) *readEvent {
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
				e.Related = append(e.Related, entry)
			} else if m := plainPattern.FindStringSubmatch(line); m != nil {
				e.Related = append(e.Related, readEntry{Line: line, Bare: m[1], keep: true})
			}
		case changesHeading.MatchString(section):
			if entry, ok := r.readEntry(p, entryPattern, line); ok {
				e.versions = append(e.versions, entry.Target)
			}
		case section != "":
		case strings.HasPrefix(line, "##### "):
			e.topic = strings.TrimSpace(line[6:])
			r.topics[e.topic] = true
		case strings.HasPrefix(line, "# ") && !e.titled:
			e.headline, e.titled = line[2:], true
		case e.titled && !e.Declares && isAlone(lines, i) && contextsPattern.MatchString(strings.TrimSpace(line)):
			e.Declares = true
			e.Declared = contextsPattern.FindStringSubmatch(strings.TrimSpace(line))[1]
		}
	}
	return e
}

// isAlone reports whether a line is a paragraph of its own.
func isAlone(lines []string, i int) bool {
	edge := func(line string) bool { return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") }
	return edge(lines[i-1]) && (i+1 == len(lines) || edge(lines[i+1]))
}

func (r *Reader) readListing(p string, lines []string) []readEntry {
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
			if m := contextsPattern.FindStringSubmatch(strings.TrimSpace(lines[j])); m != nil && isAlone(lines, j) {
				entry.Contexts = m[1]
				break
			}
		}
		out = append(out, entry)
	}
	return out
}

func (r *Reader) readEntry(p string, pattern *regexp.Regexp, line string) (readEntry, bool) {
	m := pattern.FindStringSubmatch(line)
	if m == nil {
		return readEntry{}, false
	}
	e := readEntry{Line: line, Bare: m[1], Text: m[2], Target: r.resolve(p, strings.TrimSpace(m[3]))}
	rest := strings.TrimSpace(m[4])
	if m := commentPattern.FindStringSubmatch(rest); m != nil {
		e.Comment, e.keep = m[0], m[1] != ""
		rest = strings.TrimSuffix(rest, m[0])
	}
	if m := contextsPattern.FindStringSubmatch(strings.TrimSpace(rest)); m != nil {
		e.Contexts = m[1]
	}
	return e, true
}

// resolve returns the path that a link on a page points to, or "".
func (r *Reader) resolve(from, link string) string {
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
func (r *Reader) event(p string) *readEvent {
	if _, there := r.Files[p]; there {
		return r.Events[p]
	}
	return r.Events[path.Dir(p)+"/"+strings.TrimPrefix(path.Base(p), "the-")] // an article more
}

// Split splits a list of contexts: first the longest run of parts that is one
// part or a topic, then the rest.
func (r *Reader) Split(list string) []string {
	list = strings.TrimSpace(list)
	if list == "" {
		return nil
	}
	parts := strings.Split(list, ", ")
	n := len(parts)
	for n > 1 && !r.topics[strings.Join(parts[:n], ", ")] {
		n--
	}
	rest := r.Split(strings.Join(parts[n:], ", "))
	if name := strings.TrimSpace(strings.Join(parts[:n], ", ")); name != "" {
		return append([]string{name}, rest...)
	}
	return rest
}

// Contexts returns the contexts of all events by path, each list in byte order.
func (r *Reader) Contexts() map[string][]string {
	all := map[string]map[string]bool{}
	add := func(e *readEvent, names []string) {
		if e == nil || e.Declares {
			return
		}
		for _, name := range names {
			all[e.path][name] = true
		}
	}
	for p, e := range r.Events {
		all[p] = map[string]bool{}
		if e.topic != "" {
			add(e, []string{e.topic})
		}
		for _, name := range r.Split(e.Declared) {
			all[p][name] = true
		}
	}
	for _, e := range r.Events {
		for _, entry := range e.Related {
			add(e, r.Split(entry.Contexts))
			add(r.event(entry.Target), r.Split(entry.Contexts))
		}
	}
	for _, entries := range r.listed {
		for _, entry := range entries {
			add(r.event(entry.Target), r.Split(entry.Contexts))
		}
	}
	out := map[string][]string{}
	for p, names := range all {
		out[p] = sorted.Keys(names)
	}
	return out
}

func atoi(digits string) (n int) {
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

// SameContexts compares what two readings know of each event.
func SameContexts(t *testing.T, what string, got, want map[string][]string) {
	t.Helper()
	if maps.EqualFunc(got, want, slices.Equal[[]string]) {
		return
	}
	for _, p := range sorted.Keys(want) {
		if !slices.Equal(got[p], want[p]) {
			t.Errorf("%s: %s is about %q, want %q", what, p, got[p], want[p])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: contexts of %d events, want %d", what, len(got), len(want))
	}
}

// ContextsOf returns what the program knows of all events.
func ContextsOf(c *contexts.Contexts) map[string][]string {
	out := map[string][]string{}
	for _, e := range c.Events() {
		if names := c.Of(e.Path); len(names) > 0 {
			out[e.Path] = names
		} else {
			out[e.Path] = nil
		}
	}
	return out
}

// ContextsByPath returns the contexts of each event of a loaded archive.
func ContextsByPath(a *archive.Archive, paths []string) map[string][]string {
	c := contexts.Of(a, paths)
	out := map[string][]string{}
	for _, e := range c.Events() {
		out[e.Path] = c.Of(e.Path)
	}
	return out
}

// Wanted is an entry as a list should have it.
type Wanted struct {
	Kept    string // the line of an entry chosen by hand, without its number
	Target  string
	text    string
	Shared  []string
	Comment string // what is after the first entry that led there already
}

// Lists works out the related list of every event anew, by comparing each with
// each, as the format's description says: most shared contexts first, then the
// newest, then by path; entries chosen by hand before them all.
func (r *Reader) Lists(limit int) map[string][]Wanted {
	for p, names := range r.Contexts() {
		r.Events[p].contexts = names
	}
	out := map[string][]Wanted{}
	for _, e := range r.Events {
		var list []Wanted
		named := map[*readEvent]bool{e: true}
		for _, entry := range e.Related {
			_, there := r.Files[entry.Target]
			if entry.keep || entry.Target == "" || there && r.Events[entry.Target] == nil {
				list = append(list, Wanted{Kept: entry.Bare, Target: entry.Target})
				named[r.event(entry.Target)] = true
			}
		}
		for _, other := range r.candidates(e) {
			if len(list) < limit && !named[other] {
				w := Wanted{Target: other.path, text: other.headline, Shared: Shared(e.contexts, other.contexts)}
				i := slices.IndexFunc(e.Related, func(entry readEntry) bool { return entry.Target == other.path })
				if i < 0 {
					i = slices.IndexFunc(e.Related, func(entry readEntry) bool { return r.event(entry.Target) == other })
				}
				if i >= 0 {
					w.Comment = e.Related[i].Comment
				}
				list = append(list, w)
			}
		}
		out[e.path] = list
	}
	return out
}

// candidates returns the events that may be in the list of one, best first.
func (r *Reader) candidates(e *readEvent) []*readEvent {
	var out []*readEvent
	common := map[*readEvent]int{}
	for _, other := range r.Events {
		n := len(Shared(e.contexts, other.contexts))
		if n > 0 && other != e && other.titled && !r.unlisted(other) &&
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

// unlisted reports whether the day of an event has a page that omits it.
func (r *Reader) unlisted(e *readEvent) bool {
	day, there := r.listed[e.day+"/index.md"]
	return there && !slices.ContainsFunc(day, func(entry readEntry) bool { return entry.Target == e.path })
}

// Shared returns what two lists in byte order have in common.
func Shared(a, b []string) []string {
	var out []string
	for _, name := range a {
		if slices.Contains(b, name) {
			out = append(out, name)
		}
	}
	return out
}

// Texts returns what an entry may say after relinking: what the list said before,
// if that was the headline but for the spaces around it, or else the headline.
func (r *Reader) Texts(p string, w Wanted) []string {
	var out []string
	headline := page.Unescape(w.text)
	for _, e := range r.Events[p].Related {
		text := page.Unescape(e.Text)
		if e.Target == w.Target && strings.TrimSpace(text) == strings.TrimSpace(headline) {
			out = append(out, text)
		}
	}
	if out == nil {
		out = []string{headline}
	}
	return out
}

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
