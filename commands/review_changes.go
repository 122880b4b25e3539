package commands

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/diff"
	"newsctl/archive/git"
	"newsctl/archive/link"
	"newsctl/archive/page"
	"newsctl/commands/review"
)

// reviewKinds are the ways in which pages change, in the order in which they are shown.
var reviewKinds = []review.Kind{
	{ID: "event-added", One: "event added", Many: "events added", Short: "new event", Sign: review.Added},
	{ID: "event-removed", One: "event removed", Many: "events removed", Short: "event removed", Sign: review.Removed},
	{ID: "event-moved", One: "event moved", Many: "events moved", Short: "other day", Sign: review.Moved},
	{ID: "event-renamed", One: "page renamed", Many: "pages renamed", Short: "renamed", Sign: review.Moved},
	{ID: "event-reworded", One: "headline changed", Many: "headlines changed", Short: "headline", Sign: review.Changed},
	{ID: "added", One: "list entry added", Many: "list entries added", Sign: review.Added},
	{ID: "removed", One: "list entry removed", Many: "list entries removed", Sign: review.Removed},
	{ID: "reordered", One: "list entry moved", Many: "list entries moved", Sign: review.Moved},
	{ID: "retitled", One: "list entry retitled", Many: "list entries retitled", Short: "title", Sign: review.Changed},
	{ID: "contexts", One: "list entry: contexts changed", Many: "list entries: contexts changed", Short: "contexts", Sign: review.Changed},
	{ID: "declared", One: "context line written", Many: "context lines written", Short: "context line", Sign: review.Added},
	{ID: "links", One: "list entry: link changed", Many: "list entries: links changed", Short: "link", Sign: review.Changed},
	{ID: "sources", One: "source changed", Many: "sources changed", Short: "source", Sign: review.Changed},
	{ID: "page-added", One: "page added", Many: "pages added", Short: "new page", Sign: review.Added},
	{ID: "page-removed", One: "page removed", Many: "pages removed", Short: "page removed", Sign: review.Removed},
	{ID: "copy", One: "copy updated", Many: "copies updated", Short: "copy", Sign: review.Changed},
	{ID: "page", One: "other page changed", Many: "other pages changed", Short: "other page", Sign: review.Changed},
	{ID: "layout", One: "page: numbering or spacing only", Many: "pages: numbering or spacing only", Short: "spacing", Sign: review.Changed},
	{ID: "other", One: "other change", Many: "other changes", Short: "other", Sign: review.Changed},
}

// eventKinds are the kinds of what happens to an event.
var eventKinds = map[compare.ChangeKind]string{
	compare.ChangeAdded: "event-added", compare.ChangeRemoved: "event-removed", compare.ChangeMoved: "event-moved",
	compare.ChangeRenamed: "event-renamed", compare.ChangeReworded: "event-reworded",
}

// item returns how the page of a file changes.
func (r *reviewer) item(i int) review.Item {
	f := r.files[i]
	from, to := r.before.Page(f.From), r.after.Page(f.To)
	out := review.Item{Path: cmp.Or(f.To, f.From)}
	if f.From != "" && f.To != "" && f.From != f.To {
		out.Was = f.From
	}
	if p := cmp.Or(to, from); p != nil {
		if p.Date != (archive.Date{}) {
			out.Day = p.Date.String()
		}
		if p.Event != nil {
			out.Headline = p.Facts().TrimmedHeadline()
			out.Contexts = r.contextsOf(p)
		}
	}
	if to != nil && from != nil && from.Event != nil && to.Event != nil {
		if old := from.Facts().TrimmedHeadline(); old != out.Headline {
			out.Old = old
		}
	}
	counts := map[string]int{}
	if ev := r.event(f); ev != nil {
		for _, k := range ev.Kinds {
			if id := eventKinds[k]; id != "" {
				counts[id]++
			}
		}
		if n := len(ev.Sources.Gained) + len(ev.Sources.Lost); n > 0 && counts["event-added"]+counts["event-removed"] == 0 {
			counts["sources"] = n
		}
	}
	countRows(counts, r.comparison.Rows(f.From, f.To))
	if declaredOn(from) != declaredOn(to) && declaredOn(to) != "" && from != nil {
		counts["declared"]++
	}
	if ev := r.event(f); ev != nil && counts["links"] == 0 && slices.Contains(ev.Edited, "form of links") {
		counts["links"]++
	}
	isEvent := from != nil && from.Event != nil || to != nil && to.Event != nil
	switch {
	case from == nil && !isEvent:
		counts["page-added"]++
	case to == nil && !isEvent:
		counts["page-removed"]++
	case slices.Equal(r.parts(i), []string{"layout"}):
		counts["layout"]++
	case len(r.parts(i)) > 0:
		counts["other"]++
	}
	if len(counts) == 0 {
		kind := "page"
		switch p := cmp.Or(to, from); {
		case p != nil && p.Kind == archive.CopyPage:
			kind = "copy"
		case p != nil && p.Kind != archive.OtherPage:
			kind = "other"
		}
		counts[kind]++
	}
	for _, k := range reviewKinds {
		if n := counts[k.ID]; n > 0 {
			out.Counts = append(out.Counts, review.Count{Kind: k.ID, N: n})
		}
	}
	return out
}

// contextsOf returns the contexts of an event.
func (r *reviewer) contextsOf(p *archive.Page) []string {
	if r.reasons != nil {
		if names := r.reasons.Contexts(p.Path); names != nil {
			return names
		}
	}
	return r.comparison.ContextsOn(p)
}

// countRows counts how the entries of a list change.
func countRows(counts map[string]int, rows []compare.Row) {
	before := map[int]*compare.Cell{}
	for _, row := range rows {
		if row.Before != nil {
			before[row.Before.Number] = row.Before
		}
	}
	for _, row := range rows {
		was := row.Before
		switch {
		case row.After == nil && row.Moved == 0:
			counts["removed"]++
			continue
		case row.After == nil:
			continue
		case row.Moved > 0:
			counts["reordered"]++
			was = before[row.Moved]
		case was == nil:
			counts["added"]++
			continue
		}
		if !link.SameText(was.Text, row.After.Text) {
			counts["retitled"]++
		}
		if strings.Join(was.Contexts, "\n") != strings.Join(row.After.Contexts, "\n") {
			counts["contexts"]++
		}
		if was.Target != row.After.Target {
			counts["links"]++
		}
	}
	for kind, n := range counts {
		if n == 0 {
			delete(counts, kind)
		}
	}
}

// declaredOn returns the contexts that the page of an event declares, as written.
func declaredOn(p *archive.Page) string {
	if p == nil || p.Event == nil || p.Event.Declared == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Declared.Span))
}

// listParts are the parts of a page that its lists show.
var listParts = map[string]bool{"related entries": true, "repeated entries": true, "order": true, "sources": true, "form of links": true}

// parts returns which parts of a page change that its lists do not show.
func (r *reviewer) parts(i int) []string {
	f := r.files[i]
	var all []string
	if ev := r.event(f); ev != nil {
		all = ev.Edited
	} else if l := r.listings[cmp.Or(f.To, f.From)]; l != nil {
		all = append(append(all, l.Edited...), dayParts(l)...)
	}
	inLists := !r.changesOutside(f)
	return slices.DeleteFunc(slices.Clone(all), func(part string) bool {
		return listParts[part] || inLists && part == "other text"
	})
}

// changesOutside reports whether more of a page changes than related lists and context
// lines.
func (r *reviewer) changesOutside(f git.Change) bool {
	return outsideLists(r.before.Page(f.From)) != outsideLists(r.after.Page(f.To))
}

// dayParts returns what changes of the days of the front page.
func dayParts(l *compare.ListingChange) []string {
	var out []string
	for _, d := range l.Days.Gained {
		out = append(out, "added "+d)
	}
	for _, d := range l.Days.Lost {
		out = append(out, "removed "+d)
	}
	return out
}

// detail returns what is shown of the page of a file when it is opened.
func (r *reviewer) detail(i int) review.Detail {
	f := r.files[i]
	var out review.Detail
	if rows := r.rows(i); len(rows) > 0 {
		title := "Related events"
		if p := cmp.Or(r.after.Page(f.To), r.before.Page(f.From)); p.Event == nil {
			title = "Listed events"
		}
		out.Lists = append(out.Lists, review.List{Title: title, Rows: rows})
	}
	out.Notes = append(out.Notes, r.fixed[cmp.Or(f.From, f.To)]...)
	if line := declaredOn(r.after.Page(f.To)); line != declaredOn(r.before.Page(f.From)) && line != "" && f.From != "" {
		out.Notes = append(out.Notes, review.Note{Sign: review.Added, What: "contexts declared", Text: line})
	}
	if ev := r.event(f); ev != nil {
		if ev.Kept {
			out.Notes = append(out.Notes, review.Note{Sign: review.Changed, What: "page", Text: "the old page stays, as a previous version", More: ev.Before.Path})
		}
		for _, m := range gainsAndLosses("source", ev.Sources) {
			out.Notes = append(out.Notes, review.Note{Sign: review.Sign(m.sign), What: m.what, Text: m.text, More: m.target})
		}
	}
	if parts := r.parts(i); len(parts) > 0 {
		out.Notes = append(out.Notes, review.Note{Sign: review.Changed, What: "also changed", Text: strings.Join(parts, ", ")})
	}
	if to := r.after.Page(f.To); to != nil && to.Kind == archive.CopyPage {
		if index := r.after.Page(archive.CopyOf(to.Path)); index != nil && bytes.Equal(index.Source, to.Source) {
			out.Notes = append(out.Notes, review.Note{Sign: review.Same, What: "copy", Text: fmt.Sprintf("the same bytes as %s", path.Base(index.Path))})
		}
	}
	var b strings.Builder
	d := diff.NewWriter(&b, r.style)
	d.Write(r.change(i))
	_ = d.Flush() // to memory
	out.Diff = b.String()
	return out
}

// outsideLists returns the text of a page without its related list, its context line
// and comments that name contexts.
func outsideLists(p *archive.Page) string {
	if p == nil {
		return ""
	}
	if p.Event == nil {
		return string(p.Source)
	}
	var spans []page.Span
	if d := p.Event.Declared; d != nil {
		spans = append(spans, d.Span)
	}
	if s := p.Event.Section(page.RelatedSection); s != nil {
		spans = append(spans, s.Span)
	}
	for _, c := range p.Comments {
		if strings.HasPrefix(strings.TrimSpace(c.Text), archive.NameMark) {
			spans = append(spans, c.Span)
		}
	}
	slices.SortFunc(spans, func(a, b page.Span) int { return cmp.Compare(a.Start, b.Start) })
	var out []string
	at := 0
	for _, s := range spans {
		if s.Start >= at {
			out = append(out, p.Text(page.Span{Start: at, End: s.Start}))
			at = s.End
		}
	}
	return strings.Join(strings.Fields(strings.Join(append(out, p.Text(page.Span{Start: at, End: len(p.Source)})), " ")), " ")
}
