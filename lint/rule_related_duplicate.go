package lint

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

var relatedDuplicate = Rule{
	Name:     "related-duplicate",
	Severity: Warning,
	Title:    "a related entry names a page that the list already has",
	Why:      `The second entry says nothing new and takes the place of one that would.`,
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
	Kinds: events,
	Check: func(p *Pass) {
		fix, gone := p.fix(), []page.Entry{}
		first := map[string]*repeated{}
		topics := topicsOf(p.Page, p.Related())
		for _, e := range p.Related() {
			if e.Target.Path == "" {
				continue
			}
			this := &repeated{RelatedEntry: e, names: p.names(e, topics)}
			above, again := first[e.Target.Path]
			if !again {
				first[e.Target.Path] = this
				continue
			}
			line, _ := p.Page.Position(above.Start)
			message := fmt.Sprintf("the list names this page already, in line %d; remove the entry", line)
			if !p.join(above, this, topics) {
				p.Reportf(e.Link.Target, "%s", message)
				continue
			}
			gone = append(gone, *e.Entry)
			p.Mendf(e.Link.Target, fix, "%s", message)
		}
		if len(gone) == 0 {
			return
		}
		fix.Edits = p.without(p.Page.Event.Entries(page.RelatedSection), gone)
		for _, e := range first {
			fix.Edits = append(fix.Edits, p.withNames(e)...)
		}
	},
}

// repeated is a related entry that later ones repeat.
type repeated struct {
	archive.RelatedEntry
	names  []string       // its contexts
	joined *page.Contexts // that of an entry that gave it some of them, or nil
}

// names returns the contexts of an entry.
func (p *Pass) names(e archive.RelatedEntry, topics func(string) bool) []string {
	if e.Shared == nil {
		return nil
	}
	return archive.SplitContexts(p.Page.Text(e.Shared.Names), topics)
}

// join reports whether an entry that repeats another can go, and gives the one
// that stays its contexts.
func (p *Pass) join(above, again *repeated, topics func(string) bool) bool {
	if !p.saysTheSame(above.RelatedEntry, again.RelatedEntry) {
		return false
	}
	names := slices.Concat(above.names, again.names)
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == len(above.names) {
		return true
	}
	read := archive.SplitContexts(strings.Join(names, ", "), topics)
	if !above.certain() || !again.certain() || !slices.Equal(read, names) {
		return false
	}
	above.names, above.joined = names, again.Shared
	return true
}

// saysTheSame reports whether an entry that leads to the same page as one above
// says nothing else but contexts. What it calls an event does not matter: only
// the headline is right.
func (p *Pass) saysTheSame(above, again archive.RelatedEntry) bool {
	text := func(l *page.Link) string { return strings.TrimSpace(p.Page.Text(l.Text)) }
	event := again.Page != nil && again.Page.Event != nil
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
		return []page.Edit{{Span: r.Shared.Names, New: names}}
	}
	end := page.Span{Start: r.Link.End, End: r.Link.End}
	return []page.Edit{{Span: end, New: " _" + p.Page.Text(r.joined.Label) + ": " + names + "_"}}
}
