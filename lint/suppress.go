package lint

import (
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

// suppression is a comment that takes back the findings of one rule:
//
//	<!-- newsctl-ignore related-title: the outlet's own words -->
//
// alone on the line before the place, or above everything else of a page, for
// the whole of it.
type suppression struct {
	page.Comment
	rule  string
	line  int    // the line that it is about; 0 for the whole page
	other string // the event that it tells apart from that of the page, or nothing
	used  bool
}

// suppress returns the findings of a pass that no comment takes back, and one
// for each comment that takes back none.
func (l *linter) suppress(pass *Pass) []Finding {
	suppressions := suppressionsOf(pass.Page)
	if len(suppressions) == 0 {
		return pass.findings
	}
	suppressed := map[*Fix]bool{}
	pass.findings = slices.DeleteFunc(pass.findings, func(f Finding) bool {
		silent := slices.ContainsFunc(suppressions, func(s *suppression) bool { return s.matches(f) })
		suppressed[f.Fix] = suppressed[f.Fix] || silent
		return silent
	})
	for i, f := range pass.findings { // what fixes a suppressed finding too is not done
		if suppressed[f.Fix] {
			pass.findings[i].Fix = nil
		}
	}
	if severity, on := l.severity[ignoreUnused.Name]; on {
		pass.rule, pass.severity = &ignoreUnused, severity
		for _, s := range suppressions {
			l.unused(pass, s)
		}
	}
	return pass.findings
}

// matches reports whether a suppression hides a finding, and notes that it did.
func (s *suppression) matches(f Finding) bool {
	if s.rule != f.Rule || s.other != "" || s.line != 0 && s.line != f.Start.Line {
		return false
	}
	s.used = true
	return true
}

// unused reports a suppression that took nothing back. One for a rule that is not
// applied in this run cannot be checked.
func (l *linter) unused(pass *Pass, s *suppression) {
	known := Lookup(s.rule) != nil
	switch _, applied := l.severity[s.rule]; {
	case s.used || known && !applied || s.other != "" && pass.Archive.Exists(s.other):
	case s.rule == "" || strings.ContainsAny(s.rule, ", "):
		pass.reportf(s.Span, "a comment names one rule; write it as <!-- newsctl-ignore RULE: reason -->")
	case !known:
		pass.reportf(s.Span, "no rule is called %q; newsctl rules lists them", s.rule)
	default:
		pass.reportf(s.Span, "unused newsctl-ignore: no %s finding here; remove the comment", s.rule)
	}
}

// suppressionsOf returns the suppressions among a page's comments.
func suppressionsOf(p *archive.Page) []*suppression {
	var out []*suppression
	for _, c := range p.Comments {
		rest, ok := strings.CutPrefix(c.Text, archive.Ignore)
		if !ok {
			continue
		}
		rule, _, _ := strings.Cut(rest, ":")
		s := &suppression{Comment: c, rule: strings.TrimSpace(rule), other: archive.DistinctFrom(c.Text)}
		if !atTop(p, c) {
			line, _ := p.Position(c.End)
			s.line = line + 1
		}
		out = append(out, s)
	}
	return out
}

// atTop reports whether nothing but comments is above a comment.
func atTop(p *archive.Page, c page.Comment) bool {
	end := 0
	for _, above := range p.Comments {
		if strings.TrimSpace(p.Text(page.Span{Start: end, End: above.Start})) != "" {
			return false
		}
		if above.Start == c.Start {
			return true
		}
		end = above.End
	}
	return false
}
