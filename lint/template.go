package lint

import (
	"bytes"
	"regexp"

	"newsctl/archive/page"
)

// templateTarget matches where a link leads that a program fills in when it publishes
// the page: ]({{ site.url }}/a), ]({% link a.md %}), [a]: {{ base }}/a. Markdown sees
// no link in some of these.
var templateTarget = regexp.MustCompile(`(?i)\]\([^)\n]*?(?:\{\{|\{%|%7b%7b|%7b%25)[^\n]*?(?:\}\}|%\}|%7d%7d|%25%7d)[^)\n]*\)|(?m:^)[ ]{0,3}\[[^\]\n]+\]:.*?(?:\{\{|\{%)[^\n]*`)

// templateTargets returns the spans of the page that hold such a target.
func (p *Pass) templateTargets() []page.Span {
	if p.isSearched {
		return p.templates
	}
	p.isSearched = true
	if src := p.Page.Source; bytes.Contains(src, []byte("{{")) || bytes.Contains(src, []byte("{%")) || bytes.Contains(src, []byte("%7b")) || bytes.Contains(src, []byte("%7B")) {
		for _, m := range templateTarget.FindAllIndex(src, -1) {
			p.templates = append(p.templates, page.Span{Start: m[0] + 1, End: m[1]})
		}
	}
	return p.templates
}

// isFilledIn reports whether a span is within a target that is filled in: nothing is
// known of it.
func (p *Pass) isFilledIn(s page.Span) bool {
	for _, t := range p.templateTargets() {
		if t.Start <= s.Start && s.End <= t.End {
			return true
		}
	}
	return false
}

// hasTemplate reports whether a span holds a target that is filled in.
func (p *Pass) hasTemplate(s page.Span) bool {
	for _, t := range p.templateTargets() {
		if s.Start <= t.Start && t.End <= s.End {
			return true
		}
	}
	return false
}
