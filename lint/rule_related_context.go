package lint

import (
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

var relatedContext = Rule{
	Name:     "related-context",
	Severity: Warning,
	Sees:     seesLists,
	Title:    "a related entry does not name the contexts it shares with the event",
	Why: `The contexts after an entry show readers why it is there, and are where the archive
records what its events are about. Pinned entries, and entries that point to a page
other than an event, need none.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md)
2. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: _
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
2. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_
`,
	Kinds: []archive.Kind{archive.EventPage, archive.DayPage, archive.FrontPage},
	Check: func(p *Pass) {
		p.unreadContexts()
		p.enumerations()
		for _, e := range p.relatedEntries() {
			switch {
			case e.Pinned():
			case e.Shared == nil && p.Page.UnreadIn(e.Span) != nil: // reported above
			case e.Shared == nil:
				label := p.label(func(l page.Labels) []string { return l.Context })
				p.reportf(e.Mark(), "the entry names no context; add _%s: ..._ after the link", label)
			case e.Shared.Names.Empty():
				p.reportf(e.Shared.Span, "the entry's context is empty; name what it shares with the event")
			case e.Shared.Open:
				p.reportf(e.Shared.Span, "the entry's context has no closing underscore; add one at the end of the line")
			}
		}
	},
}

// unreadContexts reports text that looks like contexts and is not read as such.
func (p *Pass) unreadContexts() {
	for _, u := range p.Page.Unread {
		text := strings.TrimSpace(strings.Trim(p.Page.Text(u.Span), "_*:： "))
		switch u.Kind {
		case page.UnreadContexts:
			p.reportf(u.Span, "contexts are not read, since no emphasis begins at the label and ends after the names; write _%s: A, B_", strings.TrimSpace(strings.Trim(text, "*_")))
		case page.UnknownLabel:
			p.reportf(u.Span, "%q is not a label of contexts followed by a colon; write one of %s, or add the label to the configuration", text, strings.Join(p.Archive.Config().Labels.Context, ", "))
		case page.OddSeparator:
			p.suggestf(u.Span, ", ", "%q is between contexts, so the list is not read; write \", \" between names", p.Page.Text(u.Span))
		case page.SecondContexts:
			p.reportf(u.Span, "second list of contexts, which is not read; move its names into the first")
		case page.MisplacedContexts:
			p.reportf(u.Span, "contexts belong to no entry, so they are not read; move them after the link of one")
		}
	}
}

// enumerations reports names of contexts that look like several, since Chinese text
// puts 、 between the words of a list, unless an event has the name as its topic.
func (p *Pass) enumerations() {
	topics := map[string]bool{p.Page.Topic(): true}
	for _, e := range p.relatedEntries() {
		if e.Page != nil {
			topics[e.Page.Topic] = true
		}
	}
	report := func(c *page.Contexts) {
		if c == nil || !strings.Contains(p.Page.Text(c.Names), "、") {
			return
		}
		for _, name := range strings.Split(p.Page.Names(c), ", ") {
			if strings.Contains(name, "、") && !topics[name] {
				p.reportf(c.Names, "%q is read as one context; write \", \" between names", name)
			}
		}
	}
	if e := p.Page.Event; e != nil {
		report(e.Declared)
	}
	for _, e := range p.relatedEntries() {
		report(e.Shared)
	}
	for _, it := range p.Page.Listing.Items() {
		report(it.Declared)
	}
}
