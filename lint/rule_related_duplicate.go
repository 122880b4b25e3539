package lint

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
)

var relatedDuplicate = Rule{
	Name:     "related-duplicate",
	Severity: Warning,
	Title:    "a related list contains an entry twice",
	Why:      `The second entry adds nothing and takes the place of one that would.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
2. [Storm stops the ferry](/en/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		first := map[string]archive.RelatedEntry{}
		var again []archive.RelatedEntry
		for _, e := range p.relatedEntries() {
			if _, ok := first[e.Target.Path]; ok {
				again = append(again, e)
			} else if e.Target.Path != "" {
				first[e.Target.Path] = e
			}
		}
		if len(again) > 0 {
			p.repetitions(first, again)
		}
	},
}

// repetitions reports entries that name pages that others above name already.
func (p *Pass) repetitions(first map[string]archive.RelatedEntry, again []archive.RelatedEntry) {
	known := contexts.CommaNamesWith(p.Archive, p.Page, p.relatedEntries())
	stay := map[string]*repeated{}
	fix, gone := p.fix(), []page.Entry{}
	for _, e := range again {
		above := stay[e.Target.Path]
		if above == nil {
			above = p.repeated(first[e.Target.Path], known)
			stay[e.Target.Path] = above
		}
		line, _ := p.Page.Position(above.Start)
		message := fmt.Sprintf("duplicate of the entry on line %d; remove it", line)
		if !p.join(above, p.repeated(e, known), known) {
			p.reportf(e.Link.Target, "%s", message)
			continue
		}
		gone = append(gone, *e.Entry)
		p.reportFixf(e.Link.Target, fix, "%s", message)
	}
	fix.Edits = p.removeEntries(p.Page.Event.Entries(page.RelatedSection), gone)
	for _, e := range stay {
		fix.Edits = append(fix.Edits, p.withNames(e)...)
	}
	slices.SortFunc(fix.Edits, func(a, b page.Edit) int { return a.Start - b.Start })
}

// repeated is a related entry that others repeat, or that repeats one.
type repeated struct {
	archive.RelatedEntry
	names  []string       // its contexts
	joined *page.Contexts // that of an entry that gave it some of them, or nil
}

// repeated returns an entry with its contexts.
func (p *Pass) repeated(e archive.RelatedEntry, known contexts.CommaNames) *repeated {
	r := &repeated{RelatedEntry: e}
	if e.Shared != nil {
		r.names = known.Split(p.Page.Names(e.Shared))
	}
	return r
}

// join reports whether an entry that repeats another can go, and gives the one
// that stays its contexts.
func (p *Pass) join(above, again *repeated, known contexts.CommaNames) bool {
	if !p.saysTheSame(above.RelatedEntry, again.RelatedEntry) {
		return false
	}
	names := slices.Concat(above.names, again.names)
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == len(above.names) {
		return true
	}
	read := known.Split(strings.Join(names, ", "))
	if !above.certain() || !again.certain() || !slices.Equal(read, names) || !together(names, above.names) || !together(names, again.names) {
		return false
	}
	above.names, above.joined = names, again.Shared
	return true
}

// together reports whether neighbors in a list are neighbors among sorted names still.
// Two may be one name, as other pages of the archive may show.
func together(names, list []string) bool {
	for i := 1; i < len(list); i++ {
		at, ok := slices.BinarySearch(names, list[i-1])
		if !ok || at+1 >= len(names) || names[at+1] != list[i] {
			return false
		}
	}
	return true
}

// saysTheSame reports whether an entry that points to the same page as one above
// says nothing else but contexts. What it calls an event does not matter: only
// the headline is right.
func (p *Pass) saysTheSame(above, again archive.RelatedEntry) bool {
	text := func(l *page.Link) string { return strings.TrimSpace(p.Page.Text(l.Text)) }
	event := again.Page.IsEvent()
	return !above.Link.Malformed && !again.Link.Malformed && !p.annotated(*again.Entry) &&
		(again.Tail.Empty() || p.Page.Text(again.Tail) == p.Page.Text(above.Tail)) &&
		(event || text(above.Link) == text(again.Link) && p.Page.Destination(above.Link) == p.Page.Destination(again.Link))
}

// certain reports whether it is clear where each context of an entry ends.
func (r *repeated) certain() bool {
	if r.Shared == nil {
		return true
	}
	counted := newRanked(r.RelatedEntry, r.names)
	return !r.Shared.Open && len(r.names) > 0 && counted.least == counted.most
}

// withNames returns the edits that write the contexts that were joined.
func (p *Pass) withNames(r *repeated) []page.Edit {
	names := strings.Join(r.names, ", ")
	switch {
	case r.joined == nil:
		return nil
	case r.Shared != nil:
		return []page.Edit{p.Page.Rewritten(r.Shared, names)}
	}
	end := page.Span{Start: r.Link.End, End: r.Link.End}
	return []page.Edit{{Span: end, New: " " + page.FormatContexts(r.joined.Word, names)}}
}
