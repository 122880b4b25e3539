package lint

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"newsctl/archive"
	"newsctl/archive/page"
)

// TextStyle is how findings are written for people.
type TextStyle struct {
	Colour bool
	Source bool // show the line below each finding, with a mark under the place
}

// WriteText writes one line a finding:
//
//	path:line:column: severity: message [rule]
func WriteText(w io.Writer, a *archive.Archive, r Result, style TextStyle) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		fmt.Fprintf(out, "%s:%d:%d: %s: %s %s\n",
			style.paint(bold, Printable(f.Path)), f.Start.Line, f.Start.Column,
			style.paint(severityColours[f.Severity], f.Severity.String()), Printable(f.Message),
			style.paint(dim, "["+f.Rule+"]"))
		if p := a.Page(f.Path); style.Source && p != nil {
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

var severityColours = map[Severity]string{Error: "31", Warning: "33", Info: "36"}

func (s TextStyle) paint(attribute, text string) string {
	if !s.Colour {
		return text
	}
	return "\x1b[" + attribute + "m" + text + "\x1b[0m"
}

const (
	// contextBefore and contextAfter are how many terminal cells of a line are
	// shown before and after the start of a finding: headlines are long.
	contextBefore = 30
	contextAfter  = 70
)

// cells counts terminal cells, whatever the locale says of ambiguous characters.
var cells = &runewidth.Condition{}

// writeSource writes the part of the line around a finding and, below it, a
// mark under the finding.
func (s TextStyle) writeSource(w io.Writer, p *page.Page, f Finding) {
	line := p.Line(f.Span.Start)
	if line.Empty() {
		return
	}
	start := min(f.Span.Start, line.End)
	end := min(max(f.Span.End, start), line.End)
	before := Printable(tail(p.Text(page.Span{Start: line.Start, End: start})))
	if n := cells.StringWidth(before); n > contextBefore {
		before = cells.TruncateLeft(before, n-contextBefore+1, "…")
	}
	after := cells.Truncate(Printable(head(p.Text(page.Span{Start: start, End: line.End}))), contextAfter, "…")
	marked := cells.StringWidth(Printable(head(p.Text(page.Span{Start: start, End: end}))))
	fmt.Fprintf(w, "    %s%s\n    %s%s\n", before, after,
		strings.Repeat(" ", cells.StringWidth(before)),
		s.paint(severityColours[f.Severity], strings.Repeat("^", min(max(marked, 1), contextAfter))))
}

// excerpt is how many bytes of a line are looked at on one side of a finding:
// more than fit, however long the line is.
const excerpt = 1024

// head and tail return the first and the last bytes of a text, whole characters
// all but the one that is cut.
func head(text string) string { return text[:min(len(text), excerpt)] }
func tail(text string) string { return text[max(len(text)-excerpt, 0):] }

// Printable returns text without what would move or hide other text on a
// terminal: pages, and their names, hold whatever somebody pasted.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
			return '\ufffd'
		}
		return r
	}, text)
}

// WriteStatistics writes the number of findings of each rule, in the order of
// the rules.
func WriteStatistics(w io.Writer, r Result) error {
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
