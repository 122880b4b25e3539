package lint

import (
	"fmt"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/page"
)

// oddPages is an archive whose names and texts hold what formats must escape.
var oddPages = fstest.MapFS{
	"faq/a: b, 100%.md": {Data: []byte("雾 [x, <y> & \"z\"\x07](gone%25.md)\n\n1. [x](lost.md)\n2. [x](lost.md)\n3. [x](lost.md)\n")},
	"faq/ä.md":          {Data: []byte("Text.\n")},
}

// oddResult lints oddPages; the fix of one finding is in another page.
func oddResult(t *testing.T) (*archive.Archive, Result) {
	t.Helper()
	a := archive.New(oddPages, archive.Config{})
	r := Run(a, a.Load(nil), Config{Only: []string{"link-broken", "related-self"}})
	if len(r.Findings) != 4 {
		t.Fatalf("%d findings, want 4", len(r.Findings))
	}
	r.Findings[0].Fix = &Fix{Path: "faq/ä.md", Edits: []page.Edit{
		{Span: page.Span{Start: 0, End: 4}, New: "雾\n"},
		{Span: page.Span{Start: 5, End: 5}, New: "!"},
	}}
	r.Findings[1].Fix = &Fix{Path: "faq/ä.md", Edits: []page.Edit{{New: "\xff"}}}
	r.Findings[1].Severity = Info
	r.Findings[1].End = Position{4, 1}
	r.Findings[2].Message = "a %0A: \r\n::error::b\x00\xff"
	r.Findings[3].Severity = Warning
	return a, r
}

// manyFindings returns a result with so many findings of each severity.
func manyFindings(errors, warnings, infos int) Result {
	var r Result
	for s, n := range map[Severity]int{Error: errors, Warning: warnings, Info: infos} {
		for i := range n {
			r.Findings = append(r.Findings, Finding{Rule: "link-broken", Severity: s, Path: "a.md", Message: fmt.Sprintf("%s %d", s, i)})
		}
	}
	return r
}
