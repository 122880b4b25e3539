package contexts

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

// ReadPages reads pages with all cores.
func (c *Contexts) ReadPages(pages []*archive.Facts) {
	archive.Parallel(len(pages), func(i int) { c.Archive.Page(pages[i].Path) })
}

// Declaration returns the edits that make an event declare a list of contexts, in
// the line that it has or in one below its description or else its headline. Below
// it, comments make names with a comma known.
func (c *Contexts) Declaration(e *archive.Page, list string, names []string, usual func() archive.Habits) ([]page.Edit, error) {
	eol := page.LineEnd(e.Source)
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
		line = eol + page.FormatContexts(c.Archive.HabitsOf(e, usual).Label, list) + eol
	}
	for i, name := range names {
		if i == 0 {
			line += eol
		}
		line += "<!-- " + archive.NameMark + " " + name + " -->" + eol
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

// List returns contexts of an event as one list that reads back as the same. It is
// in byte order, but lists that are not stay as they are: nothing says where their
// names end.
func (c *Contexts) List(event string, contexts NameList, names CommaNames) (string, error) {
	if err := c.doubt(event, contexts); err != nil {
		return "", err
	}
	var out []string
	written := NameSet{}
	for _, loose := range c.loose()[event] {
		if !slices.ContainsFunc(loose, func(name string) bool { return !contexts.Has(name) || written.has(name) }) {
			out = append(out, loose...)
			written.Add(loose...)
		}
	}
	for _, name := range contexts {
		if !written.has(name) {
			out = append(out, name)
		}
	}
	if names.reads(out) {
		return strings.Join(out, archive.ContextSeparator), nil
	}
	return names.Join(contexts)
}

// doubt returns an error if a damaged page says that an event has other contexts
// than these: once the event declares its own, they would be lost.
func (c *Contexts) doubt(event string, contexts NameList) error {
	for _, d := range c.doubted()[event] {
		if !contexts.Has(d.name) {
			return fmt.Errorf("the context %q would be lost: %w", d.name, c.Archive.Page(d.page).Damaged())
		}
	}
	return nil
}

// Doubts returns what damaged pages say of an event that does not declare its own
// contexts.
func (c *Contexts) Doubts(event string) []string {
	doubted := c.doubted()[event]
	if len(doubted) == 0 {
		return nil
	}
	if e := c.Archive.EventFacts(event); e == nil || e.Contexts.There {
		return nil
	}
	var out []string
	for _, d := range doubted {
		out = append(out, d.name)
	}
	return out
}

// doubt is a context that a damaged page says that an event has.
type doubt struct{ page, name string }

// doubted returns what damaged pages say of events, in the order of the paths of these
// pages.
func (c *Contexts) doubted() map[string][]doubt {
	c.doubtsOnce.Do(func() {
		var damaged []string
		c.eachKept(func(page int) {
			if c.columns.has(page, isDamaged) {
				damaged = append(damaged, c.columns.pages.Path(page))
			}
		})
		for p, h := range c.now {
			if h.isDamaged {
				damaged = append(damaged, p)
			}
		}
		slices.Sort(damaged)
		c.doubts = map[string][]doubt{}
		for _, page := range damaged {
			c.mentioned(page, func(event string, names []string) {
				for _, name := range names {
					c.doubts[event] = append(c.doubts[event], doubt{page, name})
				}
			})
		}
	})
	return c.doubts
}

// loose returns the lists that mention events and are not in byte order.
func (c *Contexts) loose() map[string][][]string {
	c.looseOnce.Do(func() {
		c.looseLists = map[string][][]string{}
		loose := make([]bool, c.columns.lists.Len())
		for i := range loose {
			loose[i] = !slices.IsSorted(c.columns.list(int32(i)))
		}
		var pages []string
		c.eachKept(func(page int) {
			is := false
			c.columns.each(page, func(_ int, list int32) { is = is || loose[list] })
			if is && !c.columns.has(page, isDamaged) {
				pages = append(pages, c.columns.pages.Path(page))
			}
		})
		for p, h := range c.now {
			if h.isPage && !h.isDamaged {
				pages = append(pages, p)
			}
		}
		slices.Sort(pages)
		for _, p := range pages {
			c.mentioned(p, func(event string, names []string) {
				if !slices.IsSorted(names) {
					c.looseLists[event] = append(c.looseLists[event], names)
				}
			})
		}
	})
	return c.looseLists
}

// Rewrite returns a list of names in place of others. One in byte order stays so.
func (n CommaNames) Rewrite(was, names []string) (string, error) {
	if !slices.IsSorted(was) && n.reads(names) {
		return strings.Join(names, archive.ContextSeparator), nil
	}
	return n.Join(names)
}

// SortedPaths returns the keys of m in byte order.
func SortedPaths[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for p := range m {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
