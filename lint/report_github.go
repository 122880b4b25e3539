package lint

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strings"

	"newsctl/archive/term"
)

var githubFormat = Format{Name: "github", Exact: true, Least: Info, Write: func(w io.Writer, r Report) error {
	return writeGitHub(w, r.Result, r.Dir)
}}

// maxAnnotations is how many annotations of one kind GitHub shows of a step.
const maxAnnotations = 10

// writeGitHub writes findings as workflow commands, which GitHub shows beside
// the changes of a pull request:
//
//	::warning file=index.md,line=3,col=6,endLine=3,endColumn=19,title=front-title::message
//
// Of each kind it writes as many as GitHub shows. If there are more, a last
// notice says so. Pages are named from the top of the repository, in which the
// archive is in directory.
func writeGitHub(w io.Writer, r Result, directory string) error {
	out := bufio.NewWriter(w)
	left := map[Severity]int{Error: maxAnnotations, Warning: maxAnnotations, Info: maxAnnotations}
	more := r.Count(Error) > maxAnnotations || r.Count(Warning) > maxAnnotations || r.Count(Info) > maxAnnotations
	if more {
		left[Info]-- // room for the last notice
	}
	shown := 0
	for _, f := range r.Findings {
		if left[f.Severity] > 0 {
			left[f.Severity]--
			shown++
			writeAnnotation(out, f, directory)
		}
	}
	if more {
		fmt.Fprintf(out, "::notice title=newsctl lint::%d of %d findings are shown (errors: %d, warnings: %d, infos: %d); newsctl lint shows all\n",
			shown, len(r.Findings), r.Count(Error), r.Count(Warning), r.Count(Info))
	}
	return out.Flush()
}

// writeAnnotation writes a finding. GitHub takes columns only within one line.
func writeAnnotation(w io.Writer, f Finding, directory string) {
	place := fmt.Sprintf("line=%d,endLine=%d", f.Start.Line, f.End.Line)
	if f.Start.Line == f.End.Line {
		place = fmt.Sprintf("line=%d,col=%d,endLine=%d,endColumn=%d", f.Start.Line, f.Start.Column, f.End.Line, f.End.Column)
	}
	fmt.Fprintf(w, "::%s file=%s,%s,title=%s::%s\n",
		annotationKinds[f.Severity], annotationProperty.Replace(term.Escape(path.Join(directory, f.Path))), place, f.Rule,
		annotationText.Replace(term.Escape(f.Message)))
}

var annotationKinds = map[Severity]string{Error: "error", Warning: "warning", Info: "notice"}

// What has a meaning in workflow commands is written as its code.
var (
	annotationText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	annotationProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
