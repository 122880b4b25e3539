package archive

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive/page"
)

// Declare plans a context line, `_Context: A, B_`, on each event at only, or on
// all if only is nil, that has contexts and does not declare them yet.
func (c *Contexts) Declare(only []string) (*Plan, error) {
	changes, err := c.declareAll(only)
	if err != nil {
		return nil, err
	}
	return c.archive.Guard(changes)
}

func (c *Contexts) declareAll(only []string) (*Changes, error) {
	h := c.archive.habits(c.events)
	p := c.archive.newChanges()
	wanted := among(only)
	for _, e := range c.events {
		if e.Event.Declared != nil || len(c.known[e]) == 0 || len(e.Event.Headlines) == 0 || !wanted(e.Path) {
			continue
		}
		if _, err := p.edit(e, []page.Edit{c.declare(e, h)}); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// declare returns the edit that gives an event a line that declares all its
// contexts, below its description or else its headline.
func (c *Contexts) declare(e *Page, archive habits) page.Edit {
	h := c.archive.habitsOf(e, archive)
	above := e.Event.Headlines[0].Span
	if n := len(e.Event.Description); n > 0 {
		above = e.Event.Description[n-1]
	}
	line := fmt.Sprintf("_%s: %s_", h.label, c.join(c.namesOf(e)))
	eol := lineEnd(e.Source)
	text := eol + line + eol
	if !strings.HasSuffix(string(e.Source[:above.End]), "\n") {
		text = eol + text
	}
	if rest := string(e.Source[above.End:]); rest != "" && !strings.HasPrefix(rest, eol) {
		text += eol
	}
	return page.Insert(above.End, text)
}

// Rename plans to call a context by another name everywhere: in topics, context
// lines and entries. If the archive has the new name already, the two become
// one. A new name with a comma must be a topic, or become one, or it would be
// read as several.
func (c *Contexts) Rename(from, to string) (*Plan, error) {
	if err := c.checkRename(from, to); err != nil {
		return nil, err
	}
	old := &Contexts{archive: c.archive, topics: maps.Clone(c.topics)}
	plan := c.archive.newChanges()
	for _, p := range c.pages {
		if len(p.topicSpans(from)) > 0 && strings.Contains(to, contextSeparator) {
			c.topics[to] = true
		}
	}
	for _, p := range c.pages {
		var edits []page.Edit
		for _, span := range p.topicSpans(from) {
			edits = append(edits, page.Edit{Span: span, New: to})
		}
		for _, list := range p.contextLists() {
			names := old.names(p, list)
			if slices.Contains(names, from) || !slices.Equal(names, c.names(p, list)) {
				edits = append(edits, page.Edit{Span: list.Names, New: c.join(replaceName(names, from, to))})
			}
		}
		if _, err := plan.edit(p, edits); err != nil {
			return nil, err
		}
	}
	return c.archive.Guard(plan)
}

func (c *Contexts) checkRename(from, to string) error {
	known, topic := false, false
	for _, names := range c.known {
		_, ok := names[from]
		known = known || ok
	}
	for _, e := range c.events {
		topic = topic || e.Topic() == from
	}
	switch {
	case !known:
		return fmt.Errorf("no event has the context %q; newsctl contexts lists them", from)
	case to == "" || to != strings.TrimSpace(to) || strings.ContainsFunc(to, unicode.IsControl):
		return fmt.Errorf("%q cannot be a context: a name is one line without spaces around it", to)
	case !c.archive.config.isContext(to):
		return fmt.Errorf("%q cannot be a context: a page would read another name; reword it", to)
	case strings.Contains(to, contextSeparator) && !c.topics[to] && !topic:
		return fmt.Errorf("%q would be read as several contexts: a name may hold \", \" only if it is the topic of an event", to)
	}
	return nil
}

// replaceName returns names with one exchanged, each once.
func replaceName(names []string, from, to string) []string {
	var out []string
	for _, name := range names {
		if name == from {
			name = to
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// topicSpans returns the spans of a topic wherever a page has it as a heading,
// without surrounding spaces.
func (p *Page) topicSpans(topic string) []page.Span {
	var titles []*page.Title
	if p.Event != nil && p.Event.Topic != nil {
		titles = append(titles, p.Event.Topic)
	}
	for _, it := range p.Listing.Items() {
		if it.Topic != nil && !slices.Contains(titles, it.Topic) {
			titles = append(titles, it.Topic)
		}
	}
	var out []page.Span
	for _, t := range titles {
		text := p.Text(t.Text)
		if strings.TrimSpace(text) == topic {
			start := t.Text.Start + len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
			out = append(out, page.Span{Start: start, End: start + len(topic)})
		}
	}
	return out
}

// contextLists returns all lists of contexts on a page.
func (p *Page) contextLists() []*page.Contexts {
	var out []*page.Contexts
	if p.Event != nil {
		if p.Event.Declared != nil {
			out = append(out, p.Event.Declared)
		}
		for _, e := range p.Event.Entries(page.RelatedSection) {
			if e.Shared != nil {
				out = append(out, e.Shared)
			}
		}
	}
	for _, it := range p.Listing.Items() {
		if it.Declared != nil {
			out = append(out, it.Declared)
		}
	}
	return out
}
