package lint

import (
	"io"

	"newsctl/archive/encode"
)

var jsonFormat = Format{Name: "json", Exact: true, Counts: true, Least: Info, Write: func(w io.Writer, r Report) error {
	return writeJSON(w, r.Result, r.Statistics)
}}

// jsonReport is the document of [writeJSON]. Its form is versioned: fields are
// added, never changed.
type jsonReport struct {
	Version    int             `json:"version"`
	Findings   []jsonFinding   `json:"findings"`
	Summary    jsonSummary     `json:"summary"`
	Statistics *map[string]int `json:"statistics,omitempty"` // a pointer: none is not empty
}

type jsonFinding struct {
	Rule       string `json:"rule"`
	Severity   string `json:"severity"`
	Path       string `json:"path"`
	Line       int    `json:"line"`
	Column     int    `json:"column"`
	EndLine    int    `json:"endLine"`
	EndColumn  int    `json:"endColumn"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion"`
	Fixable    bool   `json:"fixable"`
}

type jsonSummary struct {
	Pages     int `json:"pages"`
	Events    int `json:"events"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Infos     int `json:"infos"`
	Baselined int `json:"baselined,omitempty"`
}

// writeJSON writes a result as one JSON document, with the number of findings
// of each rule if statistics is set.
func writeJSON(w io.Writer, r Result, statistics bool) error {
	doc := jsonReport{
		Version:  1,
		Findings: make([]jsonFinding, 0, len(r.Findings)),
		Summary: jsonSummary{
			Pages: r.Pages, Events: r.Events,
			Errors: r.Count(Error), Warnings: r.Count(Warning), Infos: r.Count(Info), Baselined: r.Baselined,
		},
	}
	for _, f := range r.Findings {
		doc.Findings = append(doc.Findings, jsonFinding{
			Rule: f.Rule, Severity: f.Severity.String(), Path: f.Path,
			Line: f.Start.Line, Column: f.Start.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
			Message: f.Message, Suggestion: f.Suggestion, Fixable: f.Fix != nil,
		})
	}
	if statistics {
		counts := r.byRule()
		doc.Statistics = &counts
	}
	return encode.JSON(w, doc)
}

// byRule returns the number of findings of each rule that has any.
func (r Result) byRule() map[string]int {
	out := map[string]int{}
	for _, f := range r.Findings {
		out[f.Rule]++
	}
	return out
}
