package edit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// RenameContext plans to call a context by another name everywhere: in topics, context
// lines and entries. If the archive has the new name already, the two become
// one. A new name with a comma must be a topic, or become one, or it would be
// read as several.
func RenameContext(c *contexts.Contexts, from, to string) (*plan.Plan, error) {
	if err := checkRename(c, from, to); err != nil {
		return nil, err
	}
	to = c.Archive.Config().ContextName(to)
	isFrom := func(name string) bool { return name == from || c.Archive.Config().ContextName(name) == from }
	changes := c.Archive.NewChanges()
	changes.Intent.Named = map[string]string{from: to}
	c.ReadPages(c.Pages())
	names := renamedNames(c, isFrom, to)
	for _, f := range c.Pages() {
		p := c.Archive.Page(f.Path)
		var edits []page.Edit
		for _, span := range p.TopicSpans(isFrom) {
			edits = append(edits, page.Edit{Span: span, New: page.RawName(to)})
		}
		for _, list := range p.ContextLists() {
			was := c.Written(p, list)
			if !slices.ContainsFunc(was, isFrom) && slices.Equal(was, names.Split(p.Names(list))) {
				continue
			}
			text, err := names.Rewrite(was, replaceName(was, isFrom, to))
			if err != nil {
				line, _ := p.Position(list.Start)
				return nil, fmt.Errorf("%s:%d: %w", p.Path, line, err)
			}
			edits = append(edits, p.Rewritten(list, text))
		}
		if _, err := changes.Edit(p, edits); err != nil {
			return nil, err
		}
	}
	return plan.Guard(changes, c)
}

// renamedNames returns the names with a comma that are known after a context is
// called otherwise.
func renamedNames(c *contexts.Contexts, isFrom func(string) bool, to string) contexts.CommaNames {
	names := maps.Clone(c.CommaNames)
	for _, f := range c.Pages() {
		if len(c.Archive.Page(f.Path).TopicSpans(isFrom)) > 0 {
			names.Add(to)
			break
		}
	}
	return names
}

func checkRename(c *contexts.Contexts, from, to string) error {
	known, topic := false, false
	c.Each(func(_ string, names contexts.NameList) {
		known = known || names.Has(c.Archive.Config().ContextName(from))
	})
	for _, e := range c.Events() {
		topic = topic || e.Topic == from
	}
	switch {
	case !known:
		return fmt.Errorf("no event has the context %q; newsctl contexts lists them", from)
	case page.NotOneLine(to) != "":
		return fmt.Errorf("%q cannot be a context: %s", to, page.NotOneLine(to))
	case to == "" || to != strings.TrimSpace(to):
		return fmt.Errorf("%q cannot be a context: a name is one line without spaces around it", to)
	case !contexts.IsContext(c.Archive.Config(), to):
		return fmt.Errorf("%q cannot be a context: a page would read another name or a link; reword it", to)
	case strings.Contains(to, archive.ContextSeparator) && !c.CommaNames.Has(to) && !topic:
		return fmt.Errorf("%q would be read as several contexts; %s", to, contexts.NameHint(to))
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
