package lint

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/term"
)

var textFormat = Format{Name: "text", Counts: true, Least: Info, Write: func(w io.Writer, r Report) error {
	if r.Statistics {
		return writeStatistics(w, r.Result)
	}
	return writeText(w, r.Archive, r.Result, r.Style)
}}

// TextStyle is how findings are written for people.
type TextStyle struct {
	Color bool
	Width int // show, in so many columns, the line of each finding with a mark under the place; 0: do not
}

// writeText writes one line per finding:
//
//	path:line:column: severity: message [rule]
func writeText(w io.Writer, a *archive.Archive, r Result, style TextStyle) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		fmt.Fprintf(out, "%s:%d:%d: %s: %s %s\n",
			style.paint(bold, term.Escape(f.Path)), f.Start.Line, f.Start.Column,
			style.paint(severityColors[f.Severity], f.Severity.String()), term.Escape(f.Message),
			style.paint(dim, "["+f.Rule+"]"))
		if style.Width == 0 {
			continue
		}
		if p := a.Page(f.Path); p != nil {
			style.writeSource(out, p.Page, f)
		}
	}
	return out.Flush()
}

// ANSI attributes.
const (
	bold = "1"
	dim  = "2"
)

var severityColors = map[Severity]string{Error: "31", Warning: "33", Info: "36"}

func (s TextStyle) paint(attribute, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + attribute + "m" + text + "\x1b[0m"
}

const (
	// margin is how far the source of a finding is from the left.
	margin = 4

	// maxSource is how many terminal cells of a line are shown at most: headlines
	// are long. A terminal may have fewer.
	maxSource, minSource = 100, 20
)

// writeSource writes the part of the line around a finding and, below it, a
// mark under the finding. Neither reaches the end of the terminal's line.
func (s TextStyle) writeSource(w io.Writer, p *page.Page, f Finding) {
	line := p.Line(f.Span.Start)
	if line.Empty() {
		return
	}
	start := min(f.Span.Start, line.End)
	end := min(max(f.Span.End, start), line.End)
	room := min(max(s.Width-margin-1, minSource), maxSource)
	before := term.Tail(term.Escape(tail(p.Text(page.Span{Start: line.Start, End: start}))), room*3/10)
	room -= term.Width(before)
	after := term.Head(term.Escape(head(p.Text(page.Span{Start: start, End: line.End}))), room)
	marked := term.Width(term.Escape(head(p.Text(page.Span{Start: start, End: end}))))
	fmt.Fprintf(w, "%*s%s%s\n%*s%s\n", margin, "", before, after,
		margin+term.Width(before), "",
		s.paint(severityColors[f.Severity], strings.Repeat("^", min(max(marked, 1), room))))
}

// excerpt is how many bytes of a line are shown on one side of a finding:
// more than fit, however long the line is.
const excerpt = 1024

// head and tail return the first and the last bytes of a text, whole characters
// all but the one that is cut.
func head(text string) string { return text[:min(len(text), excerpt)] }
func tail(text string) string { return text[max(len(text)-excerpt, 0):] }

// writeStatistics writes the number of findings of each rule, in the order of
// the rules.
func writeStatistics(w io.Writer, r Result) error {
	counts := r.byRule()
	for _, rule := range Rules() {
		if n := counts[rule.Name]; n > 0 {
			if _, err := fmt.Fprintf(w, "%6d  %s\n", n, rule.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
