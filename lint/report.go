package lint

import (
	"io"

	"newsctl/archive"
)

// Report is a result with what formats need besides.
type Report struct {
	Result
	Archive    *archive.Archive // that the findings are in
	Dir        string           // of the archive, from the top of its repository
	Version    string           // of newsctl
	Command    string           // that made the report
	Statistics bool             // count the findings of each rule
	Style      TextStyle        // for people
}

// Format is a way to write a report.
type Format struct {
	Name  string
	Write func(io.Writer, Report) error

	// Exact says that programs read the format: it is written as it is, wherever
	// it goes.
	Exact bool

	// Fixes says that the format shows the edits of fixes.
	Fixes bool

	// Counts says that the format can show statistics.
	Counts bool

	// Least is the severity below which findings are not written unless they are
	// asked for.
	Least Severity
}

// Formats returns all formats, in the order in which help lists them.
func Formats() []*Format {
	return []*Format{
		&textFormat,
		&groupedFormat,
		&jsonFormat,
		&sarifFormat,
		&githubFormat,
		&junitFormat,
	}
}

// AtLeast returns the result without the findings below a severity.
func (r Result) AtLeast(least Severity) Result {
	var shown []Finding
	for _, f := range r.Findings {
		if f.Severity >= least {
			shown = append(shown, f)
		}
	}
	r.Findings = shown
	return r
}
