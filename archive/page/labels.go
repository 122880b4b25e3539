package page

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Labels are the words an edition uses for the parts of its pages. Each is a
// list: all of it is recognized, the first item is what is written where
// neither the page nor its archive shows a habit. A colon at the end is not
// part of a label.
type Labels struct {
	Source   []string // heading of the sources
	Changes  []string // heading of the headline's versions
	Related  []string // heading of the related entries
	Context  []string // the word in `_Context: A, B_`
	Previous []string // text of a day page's link to the day before
	Current  []string // the mark of the current version among the changes
	First    []string // the mark of the first version; only written
	Update   []string // the mark of those between; only written
	Formats  []string // the word before the links to published siblings
}

// DefaultLabels returns the built-in labels: those of the English editions of
// 1999 to 2018, then those of the Chinese one.
func DefaultLabels() Labels {
	return Labels{
		Source:   []string{"Source", "Sources", "信息来源"},
		Changes:  []string{"Changes"},
		Related:  []string{"Related", "有关"},
		Context:  []string{"Context", "消息", "上下文"},
		Previous: []string{"Previous Day...", "前一天..."},
		Current:  []string{"Current version"},
		First:    []string{"First version"},
		Update:   []string{"Update"},
		Formats:  []string{"Formats"},
	}
}

// WithDefaults returns labels with the built-in ones after those that are set: the
// first is what is written, and all are read.
func (l Labels) WithDefaults() Labels {
	d := DefaultLabels()
	defaults := d.Lists()
	for part, list := range l.Lists() {
		*list = slices.Concat(*list, *defaults[part])
	}
	return l
}

// Lists returns the lists of labels by what they are called in a configuration.
func (l *Labels) Lists() map[string]*[]string {
	return map[string]*[]string{
		"source": &l.Source, "changes": &l.Changes, "related": &l.Related, "context": &l.Context,
		"previous": &l.Previous, "current": &l.Current, "first": &l.First, "update": &l.Update,
		"formats": &l.Formats,
	}
}

// isLabel reports whether text is one of the labels, with or without a colon.
func isLabel(labels []string, text string) bool {
	text = strings.TrimSpace(text)
	text = strings.TrimSuffix(strings.TrimSuffix(text, ":"), "：")
	return slices.Contains(labels, text)
}

// section returns what a section with a heading of this text holds. If the text is
// not written as a label, since its case or marks differ, it returns the label that
// is meant.
func (l Labels) section(text string) (kind SectionKind, meant string) {
	for _, k := range sectionKinds {
		if isLabel(l.of(k), text) {
			return k, ""
		}
	}
	bare := bareLabel(text)
	_, size := utf8.DecodeLastRuneInString(bare)
	singular, last := bare[:len(bare)-size], bare[len(bare)-size:]
	if kind, meant = l.folded(bare); kind == OtherSection && strings.EqualFold(last, "s") {
		kind, meant = l.folded(singular)
	}
	return kind, meant
}

// folded returns the kind of section that a word in any case is a label of, and
// the label.
func (l Labels) folded(word string) (kind SectionKind, label string) {
	for _, k := range sectionKinds {
		for _, label := range l.of(k) {
			if strings.EqualFold(word, label) {
				return k, label
			}
		}
	}
	return OtherSection, ""
}

var sectionKinds = []SectionKind{SourceSection, ChangesSection, RelatedSection}

// of returns the labels of a kind of section.
func (l Labels) of(kind SectionKind) []string {
	switch kind {
	case SourceSection:
		return l.Source
	case ChangesSection:
		return l.Changes
	case RelatedSection:
		return l.Related
	default:
		return nil
	}
}

// isContext reports whether text is a label of contexts in any case, or begins
// with one.
func (l Labels) isContext(text string) bool {
	return slices.ContainsFunc(l.Context, func(label string) bool {
		return len(text) >= len(label) && strings.EqualFold(text[:len(label)], label)
	})
}

// like returns the kind of section that a heading may be meant to begin: one
// whose label is a letter away, or that of related entries with more after it.
func (l Labels) like(text string) (kind SectionKind, meant string) {
	bare := bareLabel(text)
	for _, k := range sectionKinds {
		for _, label := range l.of(k) {
			if len(label) >= minTypo && oneEditApart(strings.ToLower(bare), strings.ToLower(label)) {
				return k, label
			}
		}
	}
	for _, label := range l.Related {
		if len(bare) <= len(label) || !strings.EqualFold(bare[:len(label)], label) {
			continue
		}
		rest := bare[len(label):]
		if r, _ := utf8.DecodeRuneInString(rest); !isWordRune(r) && len(strings.Fields(rest)) <= moreWords || r > unicode.MaxLatin1 && utf8.RuneCountInString(rest) <= moreLetters {
			return RelatedSection, label
		}
	}
	return OtherSection, ""
}

const (
	// minTypo is how many bytes a label has at least for a slip in it to be
	// noticed: shorter words are too near to others.
	minTypo = 5

	// moreWords is how many words, and moreLetters how many letters of a script
	// without spaces, may follow the label: "Related events".
	moreWords   = 2
	moreLetters = 4
)

var (
	tags       = regexp.MustCompile(`<[^<>]*>`)
	attributes = regexp.MustCompile(`\{[^{}]*\}\s*$`)
)

// bareLabel returns the text of a heading without marks, attributes, and colon.
func bareLabel(text string) string {
	if strings.ContainsAny(text, "<{") {
		text = attributes.ReplaceAllString(tags.ReplaceAllString(text, ""), "")
	}
	return strings.Trim(text, "#*_`:： \t\r\n\u00a0\u3000")
}

// oneEditApart reports whether one letter is exchanged, missing or too many, or
// two neighbors changed places.
func oneEditApart(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	x, y := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	return max(x, y) == 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

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
