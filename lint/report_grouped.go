package lint

import (
	"bufio"
	"fmt"
	"io"

	"newsctl/archive/term"
)

var groupedFormat = Format{Name: "grouped", Counts: true, Least: Warning, Write: func(w io.Writer, r Report) error {
	if r.Statistics {
		return writeStatistics(w, r.Result)
	}
	return writeGrouped(w, r.Result, r.Style)
}}

// writeGrouped writes findings by page: the path once, then each finding with its
// parts in columns. What does not fit the width is wrapped in the column of the
// message.
//
//	path
//	  line:column  severity  message [rule]
func writeGrouped(w io.Writer, r Result, style TextStyle) error {
	out := bufio.NewWriter(w)
	for i := 0; i < len(r.Findings); {
		end := i
		for end < len(r.Findings) && r.Findings[end].Path == r.Findings[i].Path {
			end++
		}
		if i > 0 {
			out.WriteByte('\n')
		}
		style.writeGroup(out, r.Findings[i:end])
		i = end
	}
	return out.Flush()
}

// writeGroup writes the findings of one page.
func (s TextStyle) writeGroup(w io.Writer, group []Finding) {
	fmt.Fprintln(w, s.paint(bold, term.Escape(group[0].Path)))
	places := make([]string, len(group))
	widest := 0
	for i, f := range group {
		places[i] = fmt.Sprintf("%d:%d", f.Start.Line, f.Start.Column)
		widest = max(widest, len(places[i]))
	}
	for i, f := range group {
		lead := fmt.Sprintf("  %*s  ", widest, places[i])
		indent := len(lead) + severityWidth + 2
		fmt.Fprintf(w, "%s%s  ", lead, s.paint(severityColors[f.Severity], fmt.Sprintf("%-*s", severityWidth, f.Severity)))
		for n, line := range s.messageLines(f, indent) {
			if n > 0 {
				fmt.Fprintf(w, "%*s", indent, "")
			}
			fmt.Fprintln(w, line)
		}
	}
}

// severityWidth is the width of the longest severity, warning.
const severityWidth = 7

// maxMessageLines is how many lines of a message are shown at most, which may quote
// headlines. What is omitted is in the middle: a hint ends a message.
const maxMessageLines = 4

// messageLines returns the message and the rule of a finding in lines that fit
// beside an indentation.
func (s TextStyle) messageLines(f Finding, indent int) []string {
	message, rule := term.Escape(f.Message), "["+f.Rule+"]"
	if s.Width == 0 {
		return []string{message + " " + s.paint(dim, rule)}
	}
	width := max(s.Width-indent-1, minSource)
	if most := maxMessageLines * width; term.Width(message) > most {
		message = term.Head(message, most/2) + " " + term.Tail(message, most/2-width)
	}
	lines := term.Wrap(message, width)
	last := len(lines) - 1
	if term.Width(lines[last])+1+len(rule) > width {
		return append(lines, s.paint(dim, rule))
	}
	lines[last] += " " + s.paint(dim, rule)
	return lines
}
