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
	style := c.archive.habits(c.events)
	changes := c.archive.newChanges()
	changes.known = c
	wanted := among(only)
	for _, e := range c.events {
		if e.Contexts.There || len(c.known[e.Path]) == 0 || !e.quotable() || !wanted(e.Path) {
			continue
		}
		list, err := c.list(e.Path, c.known[e.Path], c.names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		p := c.archive.Page(e.Path)
		edits, err := c.declaration(p, list, nil, style)
		if err != nil {
			return nil, err
		}
		if _, err := changes.edit(p, edits); err != nil {
			return nil, err
		}
	}
	return c.archive.Guard(changes)
}

// declaration returns the edits that make an event declare a list of contexts, in
// the line that it has or in one below its description or else its headline. Below
// it, comments make names with a comma known.
func (c *Contexts) declaration(e *Page, list string, names []string, archive habits) ([]page.Edit, error) {
	eol := lineEnd(e.Source)
	above := page.Span{}
	line := ""
	switch declared := e.Event.Declared; {
	case declared != nil:
		above = page.Span{End: e.Line(declared.End).End}
	case len(e.Event.Headlines) == 0:
		return nil, fmt.Errorf("%s: the contexts %q would be lost, and without a headline the page cannot declare them; give it one", e.Path, list)
	default:
		above = e.Event.Headlines[0].Span
		if n := len(e.Event.Description); n > 0 {
			above = e.Event.Description[n-1]
		}
		line = eol + page.FormatContexts(c.archive.habitsOf(e, archive).label, list) + eol
	}
	for i, name := range names {
		if i == 0 {
			line += eol
		}
		line += "<!-- " + nameMark + " " + name + " -->" + eol
	}
	if line != "" && !strings.HasSuffix(string(e.Source[:above.End]), "\n") {
		line = eol + line
	}
	if rest := string(e.Source[above.End:]); line != "" && rest != "" && !strings.HasPrefix(rest, eol) {
		line += eol
	}
	edits := []page.Edit{page.Insert(above.End, line)}
	if declared := e.Event.Declared; declared != nil && e.Names(declared) != list {
		edits = append([]page.Edit{e.Rewritten(declared, list)}, edits...)
	}
	return edits, nil
}

// list returns contexts of an event as one list that reads back as the same. It is
// in byte order, but lists that are not stay as they are: nothing says where their
// names end.
func (c *Contexts) list(event string, contexts nameList, names CommaNames) (string, error) {
	if err := c.doubt(event, contexts); err != nil {
		return "", err
	}
	var out []string
	written := nameSet{}
	for _, loose := range c.loose()[event] {
		if !slices.ContainsFunc(loose, func(name string) bool { return !contexts.has(name) || written.has(name) }) {
			out = append(out, loose...)
			written.add(loose...)
		}
	}
	for _, name := range contexts {
		if !written.has(name) {
			out = append(out, name)
		}
	}
	if names.reads(out) {
		return strings.Join(out, contextSeparator), nil
	}
	return names.join(contexts)
}

// doubt returns an error if a damaged page says that an event has other contexts
// than these: once the event declares its own, they would be lost.
func (c *Contexts) doubt(event string, contexts nameList) error {
	for _, p := range sortedPaths(c.doubted) {
		for _, m := range c.doubted[p] {
			for _, name := range m.names {
				if m.event == event && !contexts.has(name) {
					return fmt.Errorf("the context %q would be lost: %w", name, c.archive.Page(p).damaged())
				}
			}
		}
	}
	return nil
}

// doubts returns what damaged pages say of an event that does not declare its own
// contexts.
func (c *Contexts) doubts(event string) []string {
	e := c.archive.eventFacts(event)
	if e == nil || e.Contexts.There {
		return nil
	}
	var out []string
	for _, said := range c.doubted {
		for _, m := range said {
			if m.event == event {
				out = append(out, m.names...)
			}
		}
	}
	return out
}

// loose returns the lists that mention events and are not in byte order.
func (c *Contexts) loose() map[string][][]string {
	c.looseOnce.Do(func() {
		c.looseLists = map[string][][]string{}
		for _, p := range c.pages {
			for _, m := range c.said[p.Path] {
				if !slices.IsSorted(m.names) {
					c.looseLists[m.event] = append(c.looseLists[m.event], m.names)
				}
			}
		}
	})
	return c.looseLists
}

// Rename plans to call a context by another name everywhere: in topics, context
// lines and entries. If the archive has the new name already, the two become
// one. A new name with a comma must be a topic, or become one, or it would be
// read as several.
func (c *Contexts) Rename(from, to string) (*Plan, error) {
	if err := c.checkRename(from, to); err != nil {
		return nil, err
	}
	to = c.archive.config.ContextName(to)
	isFrom := func(name string) bool { return name == from || c.archive.config.ContextName(name) == from }
	changes := c.archive.newChanges()
	changes.known = c
	changes.intent.Named = map[string]string{from: to}
	names := c.renamedNames(isFrom, to)
	for _, f := range c.pages {
		p := c.archive.Page(f.Path)
		var edits []page.Edit
		for _, span := range p.topicSpans(isFrom) {
			edits = append(edits, page.Edit{Span: span, New: page.RawName(to)})
		}
		for _, list := range p.contextLists() {
			was := c.written(p, list)
			if !slices.ContainsFunc(was, isFrom) && slices.Equal(was, names.Split(p.Names(list))) {
				continue
			}
			text, err := names.rewrite(was, replaceName(was, isFrom, to))
			if err != nil {
				line, _ := p.Position(list.Start)
				return nil, fmt.Errorf("%s:%d: %w", p.Path, line, err)
			}
			edits = append(edits, p.Rewritten(list, text))
		}
		if _, err := changes.edit(p, edits); err != nil {
			return nil, err
		}
	}
	return c.archive.Guard(changes)
}

// renamedNames returns the names with a comma that are known after a context is
// called otherwise.
func (c *Contexts) renamedNames(isFrom func(string) bool, to string) CommaNames {
	names := maps.Clone(c.names)
	for _, f := range c.pages {
		if len(c.archive.Page(f.Path).topicSpans(isFrom)) > 0 {
			names.add(to)
			break
		}
	}
	return names
}

// rewrite returns a list of names in place of others. One in byte order stays so.
func (n CommaNames) rewrite(was, names []string) (string, error) {
	if !slices.IsSorted(was) && n.reads(names) {
		return strings.Join(names, contextSeparator), nil
	}
	return n.join(names)
}

func (c *Contexts) checkRename(from, to string) error {
	known, topic := false, false
	for _, names := range c.known {
		known = known || names.has(c.archive.config.ContextName(from))
	}
	for _, e := range c.events {
		topic = topic || e.Topic == from
	}
	switch {
	case !known:
		return fmt.Errorf("no event has the context %q; newsctl contexts lists them", from)
	case notOneLine(to) != "":
		return fmt.Errorf("%q cannot be a context: %s", to, notOneLine(to))
	case to == "" || to != strings.TrimSpace(to):
		return fmt.Errorf("%q cannot be a context: a name is one line without spaces around it", to)
	case !c.archive.config.isContext(to):
		return fmt.Errorf("%q cannot be a context: a page would read another name or a link; reword it", to)
	case strings.Contains(to, contextSeparator) && !c.names.has(to) && !topic:
		return fmt.Errorf("%q would be read as several contexts; %s", to, nameRemedy(to))
	}
	return nil
}

// replaceName returns names with another in place of some, each once.
func replaceName(names []string, isFrom func(string) bool, to string) []string {
	var out []string
	for _, name := range names {
		if isFrom(name) {
			name = to
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// topicSpans returns the spans of topics wherever a page has them as headings,
// without surrounding spaces.
func (p *Page) topicSpans(wanted func(topic string) bool) []page.Span {
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
		if wanted(p.topicText(t)) {
			start := t.Text.Start + len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
			out = append(out, page.Span{Start: start, End: start + len(strings.TrimSpace(text))})
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
