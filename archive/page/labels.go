package page

import (
	"slices"
	"strings"
)

// Labels are the words an edition uses for the parts of its pages. Each is a
// list: all of it is recognised, the first item is what is written where
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

// isLabel reports whether text is one of the labels, with or without a colon.
func isLabel(labels []string, text string) bool {
	text = strings.TrimSpace(text)
	text = strings.TrimSuffix(strings.TrimSuffix(text, ":"), "：")
	return slices.Contains(labels, text)
}

// sectionKind returns what a section with a heading of this text holds.
func (l Labels) sectionKind(text string) SectionKind {
	switch {
	case isLabel(l.Source, text):
		return SourceSection
	case isLabel(l.Changes, text):
		return ChangesSection
	case isLabel(l.Related, text):
		return RelatedSection
	default:
		return OtherSection
	}
}
