package lint

import (
	"encoding/xml"
	"fmt"
	"io"

	"newsctl/archive/encode"
)

var junitFormat = Format{Name: "junit", Exact: true, Least: Info, Write: func(w io.Writer, r Report) error {
	return writeJUnit(w, r.Result)
}}

// junitReport is the document of WriteJUnit.
type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes a result as JUnit XML, in what all its readers know of it. A
// rule is a suite: each finding is a case that failed, named by its page, and a
// rule without any has one case that passed.
func writeJUnit(w io.Writer, r Result) error {
	found := map[string][]Finding{}
	for _, f := range r.Findings {
		found[f.Rule] = append(found[f.Rule], f)
	}
	doc := junitReport{Name: "newsctl lint"}
	for _, rule := range r.Rules {
		suite := junitSuite{Name: rule.Name, Cases: junitCases(rule, found[rule.Name])}
		suite.Tests, suite.Failures = len(suite.Cases), len(found[rule.Name])
		doc.Tests += suite.Tests
		doc.Failures += suite.Failures
		doc.Suites = append(doc.Suites, suite)
	}
	return encode.XML(w, doc)
}

// junitCases returns the cases of a rule. Viewers know a case by its name, so
// it says nothing of lines.
func junitCases(r *Rule, found []Finding) []junitCase {
	if len(found) == 0 {
		return []junitCase{{Name: "all pages", Class: r.Name}}
	}
	var out []junitCase
	seen := map[string]int{}
	for _, f := range found {
		seen[f.Path]++
		name := f.Path
		if n := seen[f.Path]; n > 1 {
			name = fmt.Sprintf("%s (%d)", f.Path, n)
		}
		out = append(out, junitCase{
			Name:    name,
			Class:   r.Name,
			Failure: &junitFailure{Message: f.Message, Type: f.Severity.String(), Text: f.String()},
		})
	}
	return out
}
