package importer

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/eventline"
	"newsctl/archive/source"
)

// Formats are the names of all formats. RSS and Atom are told apart by what the file
// says.
var Formats = []string{"front-matter", "jsonl", "rss", "atom", "json-feed"}

// Reader gathers the events of files.
type Reader struct {
	Root  string // the directory that is read, as names of files begin with it
	Lines []eventline.Line
	Notes []string // what could not be used, each with its file and line

	empty *archive.Archive
}

// notef notes what could not be used.
func (r *Reader) notef(at string, line int, format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf("%s:%d: %s", at, line, fmt.Sprintf(format, args...)))
}

// Read reads a file. The format is one of [Formats], or empty: then it is recognized.
func (r *Reader) Read(name string, src []byte, format string) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if len(bytes.TrimSpace(src)) == 0 {
		r.notef(name, 1, "the file is empty")
		return
	}
	if format == "" {
		format = formatOf(name, src)
	}
	switch format {
	case "front-matter":
		r.post(name, bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")))
	case "rss", "atom":
		r.feed(name, src)
	case "json-feed":
		r.jsonFeed(name, src)
	default:
		r.lines(name, src)
	}
}

// IsPost reports whether a file may be a post, by its name.
func IsPost(name string) bool {
	base := path.Base(name)
	return slices.Contains([]string{".md", ".markdown", ".mdown", ".mkd", ".rst"}, path.Ext(name)) && !strings.HasPrefix(base, "_index.") && !strings.HasPrefix(base, ".")
}

// formatOf returns the format of a file, as its name and its beginning show.
func formatOf(name string, src []byte) string {
	start := bytes.TrimSpace(src)
	switch {
	case IsPost(name):
		return "front-matter"
	case bytes.HasPrefix(start, []byte("<")):
		return "rss"
	case bytes.HasPrefix(start, []byte("---")), bytes.HasPrefix(start, []byte("+++")):
		return "front-matter"
	case jsonFeedMark.Match(start):
		return "json-feed"
	}
	return "jsonl"
}

var jsonFeedMark = regexp.MustCompile(`(?s)^\{.*?"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/`)

// found is an event as it is read.
type found struct {
	at   string
	line int

	title, date, description string
	names                    []string // of contexts
	links                    []source.Link
}

// add adds an event, without what newsctl new would refuse of it.
func (r *Reader) add(f found) {
	l := eventline.Line{Headline: oneLine(f.title), Description: oneLine(f.description)}
	if l.Headline == "" {
		r.notef(f.at, f.line, "no title; the event is omitted")
		return
	}
	day, ok := dayOf(f.date)
	if !ok {
		r.notef(f.at, f.line, "%s; the event is omitted", missingDate(f.date))
		return
	}
	l.Date = day.String()
	if l.Description != "" && r.refuses(f, "description", edit.Draft{Description: l.Description}) {
		l.Description = ""
	}
	seen := map[string]bool{}
	for _, name := range f.names {
		name = oneLine(name)
		if key := strings.ToLower(name); name == "" || seen[key] {
			continue
		} else {
			seen[key] = true
		}
		switch {
		case strings.Contains(name, ", "):
			r.notef(f.at, f.line, "the context %q is omitted: a list would split it at the comma", name)
		case !r.refuses(f, "context "+fmt.Sprintf("%q", name), edit.Draft{Contexts: []string{name}}):
			l.Contexts = append(l.Contexts, name)
		}
	}
	for _, s := range f.links {
		if s.Outlet = oneLine(s.Outlet); s.URL == "" || slices.Contains(l.Sources, eventline.JoinSource(s)) {
			continue
		}
		checked := s
		if checked.Outlet == "" {
			checked.Outlet = "Outlet"
		}
		if !r.refuses(f, "link "+fmt.Sprintf("%q", s.URL), edit.Draft{Sources: []source.Link{checked}}) {
			l.Sources = append(l.Sources, eventline.JoinSource(s))
		}
	}
	r.Lines = append(r.Lines, l)
}

// noFiles is an archive without pages.
type noFiles struct{}

func (noFiles) Open(string) (fs.File, error) { return nil, fs.ErrNotExist }

// refuses reports whether newsctl new refuses an event for a part of it.
func (r *Reader) refuses(f found, part string, d edit.Draft) bool {
	if r.empty == nil {
		r.empty = archive.New(noFiles{}, archive.Config{})
	}
	d.Headline, d.Date = "Event", archive.Date{Year: 2000, Month: 1, Day: 1}
	refused := edit.Refusals(r.empty, d)
	if len(refused) > 0 {
		r.notef(f.at, f.line, "the %s is omitted: %s", part, refused[0].Reason)
	}
	return len(refused) > 0
}

func missingDate(written string) string {
	if written == "" {
		return "no date"
	}
	return fmt.Sprintf("%q is not a date", written)
}

// dateForms are the forms in which posts and feeds write a time.
var dateForms = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00",
	"2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04 -0700", "2006-01-02 15:04", "2006-01-02", "2006-1-2", "2006/01/02", "2006/1/2",
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04 MST", "2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04:05 MST", "2 Jan 06 15:04 MST",
	"2 January 2006", "January 2, 2006", "Jan 2, 2006", "2 Jan 2006",
}

// weekday is what a time of RFC 822 may begin with.
var weekday = regexp.MustCompile(`^[A-Z][a-z]+, `)

// dayOf returns the day of a time, in the zone that it is written in.
func dayOf(written string) (archive.Date, bool) {
	written = weekday.ReplaceAllString(oneLine(written), "")
	for _, form := range dateForms {
		if t, err := time.Parse(form, written); err == nil && t.Year() > 0 {
			return archive.DateOf(t), true
		}
	}
	return archive.Date{}, false
}
