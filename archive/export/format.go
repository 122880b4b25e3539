package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"newsctl/archive"
	"newsctl/archive/eventline"
)

// Format is a form in which events are written, newest first.
type Format struct {
	Name  string
	Write func(w io.Writer, site Site, events []Event) error
}

// Formats are all formats. The first is the default.
var Formats = []Format{
	{"jsonl", writeLines},
	{"csv", writeCSV},
	{"json-feed", writeJSONFeed},
	{"atom", writeAtom},
	{"json-ld", writeJSONLD},
}

// Names returns the names of all formats.
func Names() []string {
	var out []string
	for _, f := range Formats {
		out = append(out, f.Name)
	}
	return out
}

// writeLines writes events as newsctl new reads them: the oldest day first, and the
// events of a day as its page lists them.
func writeLines(w io.Writer, _ Site, events []Event) error {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.place, b.place))
	})
	var lines []eventline.Line
	for _, e := range events {
		if e.exact != nil {
			lines = append(lines, *e.exact)
		}
	}
	return eventline.Write(w, lines)
}

// writeCSV writes events as a table with a line of names. Names of contexts and
// addresses of sources are separated by semicolons.
func writeCSV(w io.Writer, _ Site, events []Event) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"date", "headline", "topic", "description", "contexts", "sources", "path"}}
	for _, e := range events {
		var sources []string
		for _, s := range e.Sources {
			sources = append(sources, s.URL)
		}
		row := []string{isoDate(e.Date), e.Headline, e.Topic, e.Description, strings.Join(e.Contexts, "; "), strings.Join(sources, "; "), e.Path}
		for i := range row {
			row[i] = cell(row[i])
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// cell returns a text as one line that no spreadsheet takes for a formula: ' before it
// makes it text.
func cell(text string) string {
	text = oneLine(text)
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + text
	}
	return text
}

// isoDate returns a day as RFC 3339 writes it.
func isoDate(d archive.Date) string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// isoTime returns the beginning of a day as RFC 3339 writes it.
func isoTime(d archive.Date) string { return isoDate(d) + "T00:00:00Z" }
