package lint

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"newsctl/archive"
)

// sarifRun returns the run that a SARIF log of a result holds.
func sarifRun(t *testing.T, a *archive.Archive, r Result, dir string) *sarif.Run {
	t.Helper()
	var b bytes.Buffer
	if err := writeSARIF(&b, a, r, dir, "1.2.3"); err != nil {
		t.Fatal(err)
	}
	report, err := sarif.FromBytes(b.Bytes())
	if err != nil || len(report.Runs) != 1 {
		t.Fatalf("%d runs: %v", len(report.Runs), err)
	}
	return report.Runs[0]
}

func TestWriteSARIF(t *testing.T) {
	a, r := oddResult(t)
	run := sarifRun(t, a, r, "editions/en")
	run.Tool.Driver.Rules = nil // see TestSARIFRules
	got, err := json.MarshalIndent(run, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	compareFile(t, "testdata/run.sarif", append(got, '\n'))
}

func TestSARIFRules(t *testing.T) {
	rules := sarifRun(t, archive.New(fstest.MapFS{}, archive.Config{}), Result{}, ".").Tool.Driver.Rules
	if len(rules) != len(Rules()) {
		t.Fatalf("%d rules, want %d", len(rules), len(Rules()))
	}
	for i, r := range Rules() {
		got := rules[i]
		if got.ID != r.Name || *got.ShortDescription.Text != r.Title || got.DefaultConfiguration.Level != sarifLevel(r.Severity) {
			t.Errorf("rule %d is %s (%s), want %s", i, got.ID, got.DefaultConfiguration.Level, r.Name)
		}
		for _, text := range []string{*got.Help.Text, *got.Help.Markdown} {
			if !strings.Contains(text, reason(r)) || !strings.Contains(text, "Wrong:") || !strings.Contains(text, "Right:") {
				t.Errorf("%s: the help does not say all: %q", r.Name, text)
			}
		}
		if strings.Count(*got.Help.Markdown, "```") != 4 {
			t.Errorf("%s: the help is not well fenced: %q", r.Name, *got.Help.Markdown)
		}
	}
}

// TestSARIFFingerprints holds fingerprints to tell findings apart, and to
// outlive what happens to other lines.
func TestSARIFFingerprints(t *testing.T) {
	prints := func(source string) []string {
		a := archive.New(fstest.MapFS{"a.md": {Data: []byte(source)}}, archive.Config{})
		r := Run(a, []string{"a.md"}, Config{Only: []string{"link-broken"}})
		var out []string
		for _, result := range sarifRun(t, a, r, ".").Results {
			out = append(out, result.PartialFingerprints["newsctl/v1"].(string))
		}
		return out
	}
	before := prints("[x](gone.md)\n\n[y](lost.md)\n\n[x](gone.md)\n")
	after := prints("New.\n\n[z](new.md)\n\n[x](gone.md)\n\n[x](gone.md)\n")
	if len(before) != 3 || len(after) != 3 {
		t.Fatalf("%d and %d results", len(before), len(after))
	}
	if before[0] == before[2] || before[0] == before[1] {
		t.Errorf("not told apart: %q", before)
	}
	if after[1] != before[0] || after[2] != before[2] {
		t.Errorf("fingerprints %q became %q", before, after)
	}
}
