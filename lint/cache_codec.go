package lint

import (
	"slices"

	"newsctl/archive/catalog"
	"newsctl/archive/page"
)

// splitReported returns the findings on a page that are not of rules that join
// ([Rule.Join]), and what was reported for those as it is kept.
func splitReported(found []Finding, joins []*Rule) (own []Finding, reported string) {
	if !slices.ContainsFunc(found, func(f Finding) bool { return isOf(joins, f) }) {
		return found, ""
	}
	var w catalog.Writer
	for _, f := range found {
		if !isOf(joins, f) {
			own = append(own, f)
			continue
		}
		var rest catalog.Writer
		w.String(f.Suggestion)
		f.Suggestion = ""
		writeFinding(&rest, Finding{}, f)
		w.String(string(rest.Bytes()))
	}
	return own, string(w.Bytes())
}

// encodeAnswer returns the findings on a page as they are kept.
func encodeAnswer(own []Finding, reported string) string {
	if len(own) == 0 && reported == "" {
		return ""
	}
	var found, w catalog.Writer
	var before Finding
	for _, f := range own {
		writeFinding(&found, before, f)
		before = f
	}
	w.String(string(found.Bytes()))
	return string(w.Bytes()) + reported
}

// splitAnswer returns the parts of an answer: what [decodeOwn] and [eachReported] read.
func splitAnswer(answer string) (own, reported string) {
	r := catalog.NewReader(answer)
	return r.String(), r.Rest()
}

// decodeOwn appends the findings on a page that are not of rules that join. It returns
// false if they are broken.
func decodeOwn(found []Finding, dir, name, own string) ([]Finding, bool) {
	if own == "" {
		return found, true // as for most pages
	}
	r := catalog.NewReader(own)
	before := Finding{Path: pathOf(dir, name)}
	for !r.IsAtEnd() {
		before = readFinding(r, before)
		found = append(found, before)
	}
	return found, r.Whole()
}

// eachReported calls do for what was reported on a page for rules that join: with the suggestion, and with what [decodeReported] reads.
func eachReported(reported string, do func(suggestion, rest string)) {
	for r := catalog.NewReader(reported); !r.IsAtEnd(); {
		do(r.String(), r.String())
	}
}

// decodeReported returns what was reported on a page for a rule that joins.
func decodeReported(dir, name, suggestion, rest string) Finding {
	f := readFinding(catalog.NewReader(rest), Finding{Path: pathOf(dir, name)})
	f.Suggestion = suggestion
	return f
}

func pathOf(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// encodeFindings returns findings on several pages as they are kept.
func encodeFindings(found []Finding) string {
	var w catalog.Writer
	w.Int(len(found))
	var before Finding
	for _, f := range found {
		w.StringAfter(before.Path, f.Path)
		writeFinding(&w, before, f)
		before = f
	}
	return string(w.Bytes())
}

// decodeFindings returns findings that were kept, or false if they are broken.
func decodeFindings(data string) ([]Finding, bool) {
	r := catalog.NewReader(data)
	found := make([]Finding, r.Count())
	var before Finding
	for i := range found {
		before.Path = r.StringAfter(before.Path)
		before = readFinding(r, before)
		found[i] = before
	}
	return found, r.Whole()
}

// withoutEdits is the fix of a finding where edits are not needed.
var withoutEdits = &Fix{}

// writeFinding writes a finding, but for its path. Those of one rule say much the same,
// so each string is written as what it adds to that of the finding before. A fix is
// kept without its edits: some write a whole list anew.
func writeFinding(w *catalog.Writer, before, f Finding) {
	w.StringAfter(before.Rule, f.Rule)
	w.StringAfter(before.Message, f.Message)
	w.StringAfter(before.Suggestion, f.Suggestion)
	w.StringAfter(before.Excerpt, f.Excerpt)
	fixable := 0
	if f.Fix != nil {
		fixable = 1
	}
	for _, n := range []int{int(f.Severity), f.Span.Start, f.Span.End - f.Span.Start, f.Start.Line, f.Start.Column, f.End.Line - f.Start.Line, f.End.Column, fixable} {
		w.Int(n)
	}
}

// readFinding reads a finding with the path of the one before.
func readFinding(r *catalog.Reader, before Finding) Finding {
	f := Finding{Path: before.Path}
	f.Rule = r.StringAfter(before.Rule)
	f.Message = r.StringAfter(before.Message)
	f.Suggestion = r.StringAfter(before.Suggestion)
	f.Excerpt = r.StringAfter(before.Excerpt)
	f.Severity = Severity(r.Int())
	f.Span = page.Span{Start: r.Int()}
	f.Span.End = f.Span.Start + r.Int()
	f.Start = Position{r.Int(), r.Int()}
	f.End = Position{f.Start.Line + r.Int(), r.Int()}
	if r.Int() != 0 {
		f.Fix = withoutEdits
	}
	return f
}
