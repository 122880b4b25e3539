package lint

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"
)

// reading is what a plain reader finds in an archive: line by line, with regular
// expressions. It shares nothing with the program but the format.
type reading struct {
	files    map[string]string
	contexts map[string][]string // of each event, in byte order
	topics   map[string][]string // of each event: its own, or else those of its day's page
	own      map[string]bool     // events that have a topic of their own
}

var (
	eventFile   = regexp.MustCompile(`^(news/\d{4}/\d\d/\d\d?)/[^/]+\.md$`)
	listingFile = regexp.MustCompile(`^((news/\d{4}/\d\d/\d\d?)/)?index\.md$`)
	entryLine   = regexp.MustCompile(`^ {0,3}\d+\. \[(.*)\]\(<?([^<>()]*)>?\)(.*)$`)
	itemLine    = regexp.MustCompile(`^### \[(.*)\]\(<?([^<>()]*)>?\)\s*$`)
	contextMark = regexp.MustCompile(`^_Context: (.*?)_(\s*<!--.*-->)?$`)
)

// readPlain reads an archive. Known are the names with a comma that it shows.
func readPlain(files fstest.MapFS, known []string) *reading {
	r := &reading{files: map[string]string{}, contexts: map[string][]string{}, topics: map[string][]string{}, own: map[string]bool{}}
	for p, f := range files {
		r.files[p] = strings.ReplaceAll(string(f.Data), "\r\n", "\n")
	}
	commas := map[string]bool{}
	for _, name := range known {
		commas[name] = true
	}
	pages := map[string][]plainLine{}
	for p, text := range r.files {
		pages[p] = plainLines(text)
		for _, l := range pages[p] {
			if topic, ok := strings.CutPrefix(l.text, "##### "); ok && (r.isEvent(p) || listingFile.MatchString(p)) && l.section == "" {
				commas[strings.TrimSpace(topic)] = true
			}
		}
	}
	all := map[string]map[string]bool{}
	declared := map[string]bool{}
	add := func(event, list string, own bool) {
		if all[event] == nil || declared[event] && !own {
			return
		}
		for _, name := range splitPlain(list, commas) {
			all[event][name] = true
		}
	}
	for p := range pages {
		if !r.isEvent(p) {
			continue
		}
		all[p] = map[string]bool{}
		for _, l := range pages[p] {
			if m := contextMark.FindStringSubmatch(strings.TrimSpace(l.text)); m != nil && l.alone && l.titled && l.section == "" && !declared[p] {
				declared[p] = true
				add(p, m[1], true)
			}
		}
	}
	for p, lines := range pages {
		if r.isEvent(p) {
			r.readEvent(p, lines, add)
		}
	}
	for p, lines := range pages {
		if listingFile.MatchString(p) {
			r.readListing(p, lines, add)
		}
	}
	for p, names := range all {
		for name := range names {
			r.contexts[p] = append(r.contexts[p], name)
		}
		slices.Sort(r.contexts[p])
	}
	return r
}

func (r *reading) isEvent(p string) bool {
	return eventFile.MatchString(p) && path.Base(p) != "index.md" && path.Base(p) != "README.md"
}

func (r *reading) readEvent(p string, lines []plainLine, add func(event, list string, own bool)) {
	related, topic := 0, ""
	for _, l := range lines {
		if t, ok := strings.CutPrefix(l.text, "##### "); ok && l.section == "" && topic == "" {
			topic = strings.TrimSpace(t)
		}
		if l.text == l.section && l.section == "### Related:" {
			related++
		}
		m := entryLine.FindStringSubmatch(l.text)
		if m == nil || l.section != "### Related:" || related != 1 {
			continue
		}
		if c := contextMark.FindStringSubmatch(strings.TrimSpace(m[3])); c != nil {
			add(p, c[1], false)
			add(r.event(p, m[2]), c[1], false)
		}
	}
	if topic != "" {
		add(p, topic, false)
		r.topics[p], r.own[p] = []string{topic}, true
	}
}

func (r *reading) readListing(p string, lines []plainLine, add func(event, list string, own bool)) {
	topic, event := "", ""
	for _, l := range lines {
		switch m := itemLine.FindStringSubmatch(l.text); {
		case strings.HasPrefix(l.text, "##### "):
			topic, event = strings.TrimSpace(l.text[6:]), ""
		case strings.HasPrefix(l.text, "## "):
			topic, event = "", ""
		case m != nil:
			event = r.event(p, m[2])
			if p != "index.md" && topic != "" && event != "" && !r.own[event] {
				r.topics[event] = append(r.topics[event], topic)
			}
		case event != "" && l.alone:
			if c := contextMark.FindStringSubmatch(strings.TrimSpace(l.text)); c != nil {
				add(event, c[1], false)
			}
		}
	}
}

// event returns the path of the event that a link on a page points to, or nothing.
func (r *reading) event(from, link string) string {
	link, err := url.PathUnescape(link)
	if err != nil || strings.Contains(link, "://") {
		return ""
	}
	to, absolute := strings.CutPrefix(link, "/")
	if !absolute {
		to = path.Join(path.Dir(from), link)
	}
	to = strings.TrimPrefix(to, "zh/")
	if _, there := r.files[to]; !there {
		to = strings.Replace(to, "/the-", "/", 1)
	}
	if _, there := r.files[to]; there && r.isEvent(to) {
		return to
	}
	return ""
}

// plainLine is a line of a page that is not in a code block or a comment.
type plainLine struct {
	text    string
	section string // the heading of level 3 above it, below the headline
	titled  bool   // a headline is above it
	alone   bool   // it is a paragraph of its own
}

func plainLines(text string) []plainLine {
	var out []plainLine
	all := strings.Split(text, "\n")
	fenced, titled, section := false, false, ""
	for i, line := range all {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			continue
		}
		if fenced {
			continue
		}
		switch {
		case strings.HasPrefix(line, "# "):
			titled, section = true, ""
		case strings.HasPrefix(line, "### ") && (titled || line == "### Related:" || line == "### Source:"):
			section = line
		}
		edge := func(i int) bool {
			return i < 0 || i >= len(all) || strings.TrimSpace(all[i]) == "" || strings.HasPrefix(all[i], "#") || strings.HasPrefix(all[i], "```")
		}
		out = append(out, plainLine{line, section, titled, edge(i-1) && edge(i+1)})
	}
	return out
}

// splitPlain splits a list: first the longest run of parts that is one part or a
// known name, then the rest.
func splitPlain(list string, known map[string]bool) []string {
	parts := strings.Split(strings.TrimSpace(list), ", ")
	var out []string
	for len(parts) > 0 {
		n := len(parts)
		for n > 1 && !known[strings.Join(parts[:n], ", ")] {
			n--
		}
		if name := strings.TrimSpace(strings.Join(parts[:n], ", ")); name != "" {
			out = append(out, name)
		}
		parts = parts[n:]
	}
	return out
}
