package page

import (
	"fmt"
	"strings"
	"unicode"
)

// Invalid returns why a page would not read a label as what the labels, complete
// with the built-in ones, say that it is, or nothing. The part is what its list is
// called in a configuration.
func (l Labels) Invalid(part, label string) string {
	switch {
	case strings.TrimSpace(label) == "":
		return "it is empty"
	case strings.TrimSpace(label) != label:
		return "it begins or ends with a space, which pages do not keep"
	case strings.ContainsFunc(label, unicode.IsControl):
		return "a label is one line"
	case strings.ContainsAny(label, ":："):
		return "it holds a colon; remove it"
	}
	switch part {
	case "source", "changes", "related":
		return l.invalidHeading(part, label)
	case "current":
		for _, old := range []string{l.First[0], l.Update[0]} {
			if strings.Contains(old, label) {
				return fmt.Sprintf("%q, the mark of a previous version, holds it", old)
			}
		}
	case "first", "update":
		for _, current := range l.Current {
			if strings.Contains(label, current) {
				return fmt.Sprintf("it holds %q, the mark of the current version", current)
			}
		}
	}
	if !l.readsBack(part, label) {
		return "a page would not read it as this label; reword it"
	}
	return ""
}

// invalidHeading returns why the heading of a section is not read as that of its
// kind, or nothing.
func (l Labels) invalidHeading(part, label string) string {
	e := ParseEvent([]byte("# x\n\n### "+label+":\n\n1. [x](/x)\n"), l)
	if len(e.Sections) != 1 || e.Sections[0].Meant != "" || len(e.Sections[0].Entries) != 1 {
		return "a page would not read it as a heading; reword it"
	}
	for _, other := range []string{"source", "changes", "related"} {
		if other != part && isLabel(*l.Lists()[other], label) {
			return "it is a label of " + other + " as well"
		}
	}
	return ""
}

// readsBack reports whether a page with a label that is not a heading shows it.
func (l Labels) readsBack(part, label string) bool {
	switch part {
	case "context":
		e := ParseEvent([]byte("# x\n\n"+FormatContexts(label, "x")+"\n"), l)
		return e.Declared != nil && e.Declared.Word == label && e.Names(e.Declared) == "x"
	case "previous":
		p := ParseListing([]byte("## ["+label+"](/x)\n"), l)
		return len(p.Parts) == 1 && p.Parts[0].Previous && p.Text(p.Parts[0].Link.Text) == label
	case "formats":
		e := ParseEvent([]byte(label+": [x](x.html)\n\n# x\n"), l)
		return len(e.Links) == 1 && e.Links[0].Role == Formats
	}
	e := ParseEvent([]byte("# x\n\n### "+l.Changes[0]+":\n\n1. [x](/x) _("+label+")_\n"), l)
	entries := e.Entries(ChangesSection)
	return len(entries) == 1 && e.Text(entries[0].Note) == "_("+label+")_"
}
