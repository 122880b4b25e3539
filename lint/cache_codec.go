package lint

import (
	"newsctl/archive/catalog"
	"newsctl/archive/page"
)

// encodeFindings returns findings as they are kept. Those of one page and rule say
// much the same, so each string is written as what it adds to that of the finding
// before.
func encodeFindings(found []Finding) string {
	var w catalog.Writer
	w.Int(len(found))
	var before Finding
	for _, f := range found {
		w.StringAfter(before.Rule, f.Rule)
		w.StringAfter(before.Path, f.Path)
		w.StringAfter(before.Message, f.Message)
		w.StringAfter(before.Suggestion, f.Suggestion)
		w.StringAfter(before.Excerpt, f.Excerpt)
		for _, n := range []int{int(f.Severity), f.Span.Start, f.Span.End, f.Start.Line, f.Start.Column, f.End.Line, f.End.Column} {
			w.Int(n)
		}
		writeFix(&w, f.Fix)
		before = f
	}
	return string(w.Bytes())
}

func writeFix(w *catalog.Writer, f *Fix) {
	if f == nil {
		w.Int(0)
		return
	}
	w.Int(1)
	w.String(f.Path)
	w.String(f.ListEvent)
	w.Int(f.guard.Start)
	w.Int(f.guard.End)
	w.Int(len(f.Edits))
	for _, e := range f.Edits {
		w.Int(e.Start)
		w.Int(e.End)
		w.String(e.New)
	}
}

// decodeFindings returns findings that were kept, or false if they are broken.
func decodeFindings(data string) ([]Finding, bool) {
	r := catalog.NewReader(data)
	found := make([]Finding, r.Count())
	var before Finding
	for i := range found {
		f := &found[i]
		f.Rule = r.StringAfter(before.Rule)
		f.Path = r.StringAfter(before.Path)
		f.Message = r.StringAfter(before.Message)
		f.Suggestion = r.StringAfter(before.Suggestion)
		f.Excerpt = r.StringAfter(before.Excerpt)
		f.Severity = Severity(r.Int())
		f.Span = page.Span{Start: r.Int(), End: r.Int()}
		f.Start = Position{r.Int(), r.Int()}
		f.End = Position{r.Int(), r.Int()}
		f.Fix = readFix(r)
		before = *f
	}
	return found, r.Whole()
}

func readFix(r *catalog.Reader) *Fix {
	if r.Int() == 0 {
		return nil
	}
	f := &Fix{Path: r.String(), ListEvent: r.String(), guard: page.Span{Start: r.Int(), End: r.Int()}}
	f.Edits = make([]page.Edit, r.Count())
	for i := range f.Edits {
		f.Edits[i] = page.Edit{Span: page.Span{Start: r.Int(), End: r.Int()}, New: r.String()}
	}
	return f
}
