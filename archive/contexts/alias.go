package contexts

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive"
	"newsctl/archive/page"
)

// InvalidAlias returns why an alias cannot stand for a name, or nothing.
func InvalidAlias(alias, name string) string {
	for _, s := range []string{alias, name} {
		switch {
		case s == "" || s != strings.TrimSpace(s) || page.NotOneLine(s) != "":
			return "a name is one line without spaces around it"
		case strings.Count(s, archive.ContextSeparator) > archive.MaxCommas:
			return fmt.Sprintf("a name has at most %d commas", archive.MaxCommas)
		}
	}
	if norm.NFC.String(alias) == norm.NFC.String(name) {
		return "the two are one name"
	}
	return ""
}

// AliasUse is where a page calls a context by an alias.
type AliasUse struct {
	Span        page.Span // the topic, or the list of contexts
	Alias, Name string
	Edits       []page.Edit // what writes the name, for all aliases of the span; nil where that would be read as something else
}

// AliasUses returns where a page uses aliases, in the order of the page.
func AliasUses(a *archive.Archive, p *archive.Page) []AliasUse {
	if len(a.Config().Aliases) == 0 {
		return nil
	}
	var out []AliasUse
	for _, span := range p.TopicSpans(func(topic string) bool { return a.Config().ContextName(topic) != topic }) {
		alias := page.PlainName(p.Text(span))
		name := a.Config().ContextName(alias)
		out = append(out, AliasUse{span, alias, name, []page.Edit{{Span: span, New: page.RawName(name)}}})
	}
	known := CommaNamesAt(a, p)
	for _, list := range p.ContextLists() {
		was := known.Split(p.Names(list))
		var edits []page.Edit
		if text, err := known.Rewrite(was, a.Config().ContextNames(was)); err == nil {
			edits = []page.Edit{p.Rewritten(list, text)}
		}
		for _, name := range was {
			if to := a.Config().ContextName(name); to != name {
				out = append(out, AliasUse{list.Names, name, to, edits})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y AliasUse) int { return x.Span.Start - y.Span.Start })
	return out
}
