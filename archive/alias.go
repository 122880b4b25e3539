package archive

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive/page"
)

// ContextName returns what the archive calls a context: the name that an alias in
// the configuration stands for, or else the name itself. The Unicode form of an
// alias does not matter.
func (c Config) ContextName(name string) string {
	if len(c.Aliases) == 0 {
		return name
	}
	if to, ok := c.Aliases[norm.NFC.String(name)]; ok {
		return to
	}
	return name
}

// ContextNames returns names with aliases replaced, in their order, each once.
func (c Config) ContextNames(names []string) []string {
	if len(c.Aliases) == 0 {
		return names
	}
	var out []string
	for _, name := range names {
		if name = c.ContextName(name); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// listed returns the names that the configuration itself has: those with a comma
// are one name in every list.
func (c Config) listed() []string {
	out := slices.Clone(c.Names)
	for alias, name := range c.Aliases {
		out = append(out, alias, name)
	}
	return out
}

// InvalidAlias returns why an alias cannot stand for a name, or nothing.
func InvalidAlias(alias, name string) string {
	for _, s := range []string{alias, name} {
		switch {
		case s == "" || s != strings.TrimSpace(s) || notOneLine(s) != "":
			return "a name is one line without spaces around it"
		case strings.Count(s, contextSeparator) > maxCommas:
			return fmt.Sprintf("a name has at most %d commas", maxCommas)
		}
	}
	if norm.NFC.String(alias) == norm.NFC.String(name) {
		return "the two are one name"
	}
	return ""
}

// normalAliases returns aliases by their NFC.
func normalAliases(aliases map[string]string) map[string]string {
	out := make(map[string]string, len(aliases))
	for alias, name := range aliases {
		out[norm.NFC.String(alias)] = name
	}
	return out
}

// AliasUse is where a page calls a context by an alias.
type AliasUse struct {
	Span        page.Span // the topic, or the list of contexts
	Alias, Name string
	Edits       []page.Edit // what writes the name, for all aliases of the span; nil where that would be read as something else
}

// AliasUses returns where a page uses aliases, in the order of the page.
func (a *Archive) AliasUses(p *Page) []AliasUse {
	if len(a.config.Aliases) == 0 {
		return nil
	}
	var out []AliasUse
	for _, span := range p.topicSpans(func(topic string) bool { return a.config.ContextName(topic) != topic }) {
		alias := page.PlainName(p.Text(span))
		name := a.config.ContextName(alias)
		out = append(out, AliasUse{span, alias, name, []page.Edit{{Span: span, New: page.RawName(name)}}})
	}
	known := a.CommaNames(p)
	for _, list := range p.contextLists() {
		was := known.Split(p.Names(list))
		var edits []page.Edit
		if text, err := known.rewrite(was, a.config.ContextNames(was)); err == nil {
			edits = []page.Edit{p.Rewritten(list, text)}
		}
		for _, name := range was {
			if to := a.config.ContextName(name); to != name {
				out = append(out, AliasUse{list.Names, name, to, edits})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y AliasUse) int { return x.Span.Start - y.Span.Start })
	return out
}

// drafts returns drafts with aliases replaced.
func (c Config) drafts(drafts []Draft) []Draft {
	out := slices.Clone(drafts)
	for i := range out {
		d := &out[i]
		if name := strings.TrimSpace(d.Topic); c.ContextName(name) != name {
			d.Topic = c.ContextName(name)
		}
		var names []string
		for _, name := range d.Contexts {
			if to := c.ContextName(strings.TrimSpace(name)); to != strings.TrimSpace(name) {
				name = to
			}
			names = append(names, name)
		}
		d.Contexts = names
	}
	return out
}
