package lint

import (
	"bytes"
	"encoding/xml"
	"testing"
)

func TestWriteJUnit(t *testing.T) {
	_, r := oddResult(t)
	var b bytes.Buffer
	if err := writeJUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	compareFile(t, "testdata/junit.xml", b.Bytes())
}

// TestWriteJUnitBytes holds the report to be XML, and to say what it counts,
// whatever bytes a finding holds.
func TestWriteJUnitBytes(t *testing.T) {
	var all []byte
	for b := range 256 {
		all = append(all, byte(b))
	}
	r := manyFindings(3, 2, 1)
	r.Rules = []*Rule{&linkBroken, &relatedSelf}
	for i := range r.Findings {
		r.Findings[i].Message = string(all)
		r.Findings[i].Path = string(all[1:]) + ".md"
	}
	var b bytes.Buffer
	if err := writeJUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	var doc junitReport
	if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Tests != 7 || doc.Failures != 6 || len(doc.Suites) != 2 {
		t.Errorf("%d tests, %d failures in %d suites", doc.Tests, doc.Failures, len(doc.Suites))
	}
	names := map[string]bool{}
	for _, s := range doc.Suites {
		failed := 0
		for _, c := range s.Cases {
			if names[c.Class+" "+c.Name] {
				t.Errorf("two cases are called %q", c.Name)
			}
			names[c.Class+" "+c.Name] = true
			if c.Failure != nil {
				failed++
			}
		}
		if s.Tests != len(s.Cases) || s.Failures != failed {
			t.Errorf("%s has %d cases, %d failed, but says %d and %d", s.Name, len(s.Cases), failed, s.Tests, s.Failures)
		}
	}
}
