package commands

import (
	"fmt"
	"io"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/term"
	"newsctl/commands/review"
	"newsctl/lint"
)

// reviewFormat is a review page of findings.
var reviewFormat = lint.Format{Name: htmlFormat, Exact: true, Least: lint.Info, Write: writeLintReview}

var severitySigns = map[lint.Severity]review.Sign{lint.Error: review.Error, lint.Warning: review.Warning, lint.Info: review.Info}

// writeLintReview writes findings as a review page.
func writeLintReview(w io.Writer, r lint.Report) error {
	p := &review.Page{Title: "lint", Command: r.Command, Version: r.Version}
	var found [][]lint.Finding // by page
	for i, f := range r.Findings {
		if i == 0 || f.Path != r.Findings[i-1].Path {
			found = append(found, nil)
		}
		last := len(found) - 1
		found[last] = append(found[last], f)
	}
	p.Summary = foundSummary(len(r.Findings), len(found), r.Pages)
	rules := map[string]review.Sign{}
	for _, f := range r.Findings {
		rules[f.Rule] = severitySigns[f.Severity]
	}
	for _, severity := range []lint.Severity{lint.Error, lint.Warning, lint.Info} {
		for _, rule := range lint.Rules() {
			if sign, broken := rules[rule.Name]; broken && sign == severitySigns[severity] {
				p.Kinds = append(p.Kinds, review.Kind{ID: rule.Name, One: rule.Name, Many: rule.Name, Sign: sign})
			}
		}
	}
	var paths []string
	for _, of := range found {
		paths = append(paths, of[0].Path)
	}
	known := contexts.OfAll(r.Archive, paths)
	for _, of := range found {
		p.Items = append(p.Items, foundItem(r.Archive, known, of))
	}
	p.Detail = func(i int) review.Detail {
		var out review.Detail
		for _, f := range found[i] {
			out.Notes = append(out.Notes, findingNote(f))
		}
		return out
	}
	return review.Write(w, p, archive.Parallel)
}

// foundSummary says how many findings there are, in how many of the pages checked.
func foundSummary(findings, pages, checked int) string {
	switch {
	case findings == 0:
		return "No findings in " + review.Counted(checked, "page", "pages")
	case pages >= checked:
		return review.Counted(findings, "finding", "findings") + " in " + review.Counted(pages, "page", "pages")
	}
	return fmt.Sprintf("%s in %s of %s", review.Counted(findings, "finding", "findings"), term.Number(pages), review.Counted(checked, "page", "pages"))
}

// foundItem returns a page with findings.
func foundItem(a *archive.Archive, known *contexts.Contexts, found []lint.Finding) review.Item {
	out := review.Item{Path: found[0].Path, Contexts: known.Of(found[0].Path)}
	if f := a.Facts(out.Path); f != nil {
		if f.Date != (archive.Date{}) {
			out.Day = f.Date.String()
		}
		if f.IsEvent() {
			out.Headline = f.TrimmedHeadline()
		}
	}
	for _, f := range found {
		n := len(out.Counts)
		at := 0
		for at < n && out.Counts[at].Kind != f.Rule {
			at++
		}
		if at == n {
			out.Counts = append(out.Counts, review.Count{Kind: f.Rule})
		}
		out.Counts[at].N++
	}
	return out
}

// findingNote returns a finding as it is shown.
func findingNote(f lint.Finding) review.Note {
	rule := f.Rule
	if f.Fix != nil {
		rule += " (fixable)"
	}
	return review.Note{
		Sign: severitySigns[f.Severity], Place: fmt.Sprintf("%d:%d", f.Start.Line, f.Start.Column),
		What: rule, Text: f.Message, More: f.Excerpt, Fix: f.Suggestion,
	}
}
