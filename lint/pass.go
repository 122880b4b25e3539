package lint

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"newsctl/archive"
	"newsctl/archive/page"
)

// Pass is one rule that checks one page.
type Pass struct {
	Archive *archive.Archive
	Page    *archive.Page

	rule       *Rule
	severity   Severity
	findings   []Finding
	cursor     cursor
	line       quoted
	related    []archive.RelatedEntry
	references map[string]bool
	targets    targets // if not nil, the files that links are checked against
	templates  []page.Span
	isSearched bool // for templates
}

// reportf reports a finding at a span of the page.
func (p *Pass) reportf(s page.Span, format string, args ...any) {
	p.report(Finding{Span: s, Message: fmt.Sprintf(format, args...)})
}

// suggestf reports a finding that would be fixed by putting suggestion in the
// span's place.
func (p *Pass) suggestf(s page.Span, suggestion, format string, args ...any) {
	p.report(Finding{Span: s, Suggestion: suggestion, Message: fmt.Sprintf(format, args...)})
}

// replacef reports a finding that is fixed by putting text in the span's place.
func (p *Pass) replacef(s page.Span, text, format string, args ...any) {
	p.report(Finding{Span: s, Suggestion: text, Message: fmt.Sprintf(format, args...), Fix: p.fix(page.Edit{Span: s, New: text})})
}

// replacer is [Pass.replacef], or [Pass.suggestf] where a person must decide.
type replacer func(s page.Span, text, format string, args ...any)

// reportFixf reports a finding with its fix, which may be nil.
func (p *Pass) reportFixf(s page.Span, fix *Fix, format string, args ...any) {
	p.report(Finding{Span: s, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// fix returns what makes edits of the page.
func (p *Pass) fix(edits ...page.Edit) *Fix { return &Fix{Path: p.Page.Path, Edits: edits} }

// report adds what a finding owes to the pass.
func (p *Pass) report(f Finding) {
	if p.isFilledIn(f.Span) {
		return
	}
	f.Rule, f.Path = p.rule.Name, p.Page.Path
	if f.Severity == Off {
		f.Severity = p.severity
	}
	f.Start = p.cursor.move(p.Page.Source, f.Span.Start)
	f.End = p.cursor.move(p.Page.Source, f.Span.End)
	f.Excerpt = p.line.read(p.Page.Page, f)
	p.findings = append(p.findings, f)
}

// cursor is a place in a page that moves forward at the cost of the way it
// goes, so that thousands of findings on one line cost no more than the line.
type cursor struct {
	offset int
	place  Position
}

func (c *cursor) move(src []byte, offset int) Position {
	if offset < c.offset || c.place.Line == 0 {
		*c = cursor{place: Position{1, 1}}
	}
	passed := src[c.offset:offset]
	c.offset = offset
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		c.place.Line += bytes.Count(passed, []byte{'\n'})
		c.place.Column = 1
		passed = passed[i+1:]
	}
	c.place.Column += utf8.RuneCount(passed)
	return c.place
}

// quoted is the text of the line that was reported on last, so that thousands
// of findings on one line share it.
type quoted struct {
	line int
	text string
}

// withoutNumber returns the text of a list's entry without its number.
func withoutNumber(text string) string {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "0123456789"), ".")
	entry := strings.TrimLeft(rest, " \t\f\r\n")
	if !ok || entry == rest || text[0] == '.' {
		return text
	}
	return entry
}

// read returns the text of the line that a finding starts on.
func (q *quoted) read(p *page.Page, f Finding) string {
	if q.line != f.Start.Line {
		text := strings.TrimSpace(head(p.Text(p.Line(f.Span.Start))))
		*q = quoted{f.Start.Line, strings.Clone(strings.ToValidUTF8(withoutNumber(text), "\ufffd"))} // keeps no source
	}
	return q.text
}

// top is where a finding about a whole page is.
func (p *Pass) top() page.Span { return p.Page.Line(0) }

// headline is where a finding about an event as a whole is: its headline,
// or the top of a page that has none.
func (p *Pass) headline() page.Span {
	if e := p.Page.Event; len(e.Headlines) > 0 {
		return e.Headlines[0].Text
	}
	return p.top()
}

// relatedLinks returns the links of the related entries of the page.
func (p *Pass) relatedLinks() []*page.Link {
	var out []*page.Link
	for _, e := range p.Page.Event.Entries(page.RelatedSection) {
		if e.Link != nil {
			out = append(out, e.Link)
		}
	}
	return out
}

// checksTarget reports whether the target of a link is checked.
func (p *Pass) checksTarget(l *page.Link) bool {
	return p.targets == nil || p.targets.leads(p.Page, l)
}

// relatedEntries returns the related entries of the page with the pages they name.
func (p *Pass) relatedEntries() []archive.RelatedEntry {
	if p.related == nil {
		p.related = p.Archive.Related(p.Page)
	}
	return p.related
}
