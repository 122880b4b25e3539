package lint

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"newsctl/archive/page"
)

// Finding is one place where a page breaks a rule.
type Finding struct {
	Rule     string
	Severity Severity
	Path     string // of the page, relative to the root
	Span     page.Span

	// Start and End are the span in lines and columns.
	Start, End Position

	// Message says what the page has and what to do.
	Message string

	// Suggestion is the text that would be in the span's place, if one is
	// clear.
	Suggestion string

	// Excerpt is the line that the span starts on, as valid UTF-8, without the
	// space around it and the number of a list's entry; of a very long line, how
	// it begins.
	Excerpt string

	// Fix fixes the finding, or is nil where that needs a person.
	Fix *Fix
}

// Key is what stays of a finding while the page around it changes: it says
// nothing of lines. Several findings may share one.
type Key struct{ Rule, Path, Text string }

// Key returns the finding's key.
func (f Finding) Key() Key { return Key{f.Rule, f.Path, f.Excerpt} }

// Position is a place in a page. Both count from 1; columns count Unicode code
// points.
type Position struct{ Line, Column int }

// String returns a finding as one line, without severity and rule.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Start.Line, f.Start.Column, f.Message)
}

var (
	// hintOf matches a message up to its hint, which is after a semicolon that is not
	// in quotes.
	hintOf = regexp.MustCompile(`^((?:"(?:[^"\\]|\\.)*"|[^";]|;[^ ])*); (.*)$`)

	// rewrite matches a hint that says what a fix writes.
	rewrite = regexp.MustCompile(`^(?:write|did you mean) (.*?)\??$`)
)

// Fixed returns the message of a finding that is fixed: what was wrong, and what a
// fix wrote, but nothing that is still to be done.
func (f Finding) Fixed() string {
	m := hintOf.FindStringSubmatch(f.Message)
	if m == nil {
		return f.Message
	}
	if now := rewrite.FindStringSubmatch(m[2]); now != nil {
		return m[1] + "; now " + now[1]
	}
	return m[1]
}

// compare orders findings by place, then by rule. Merge conflicts come first.
func compare(a, b Finding) int {
	conflict := func(f Finding) int {
		if f.Rule == mergeConflict.Name {
			return 0
		}
		return 1
	}
	if order := cmp.Or(cmp.Compare(conflict(a), conflict(b)), strings.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start)); order != 0 {
		return order
	}
	return cmp.Or(
		strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Message, b.Message),
		cmp.Compare(a.Span.End, b.Span.End),
		strings.Compare(a.Suggestion, b.Suggestion),
	)
}
