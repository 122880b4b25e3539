package lint

import (
	"slices"
	"strings"
)

// Rules returns all rules, in the order in which they are documented.
func Rules() []*Rule {
	return []*Rule{
		// What makes uncertain what a page says.
		&mergeConflict,

		// The related list of an event.
		&relatedBroken,
		&relatedSelf,
		&relatedDuplicate,
		&relatedTitle,
		&relatedOrder,
		&relatedLimit,
		&relatedContext,
		&contextAlias,
		&relatedNumber,
		&relatedMalformed,

		// An event page, and pages in general.
		&pageStructure,
		&dateMismatch,
		&dateLink,
		&slugMismatch,
		&sourceMissing,
		&sourceURL,
		&sourceDuplicate,
		&sourceNumber,
		&sourceDead,
		&sourceTracking,
		&sourceShared,
		&changesCurrent,
		&linkBroken,
		&linkScheme,
		&linkAnchor,
		&textEncoding,
		&textEntity,
		&textMarkup,

		// Day pages and the front page.
		&dayMissing,
		&dayUnlisted,
		&dayBroken,
		&dayTitle,
		&dayDuplicate,
		&dayCopy,
		&dayPrevious,
		&dayDate,
		&frontDays,
		&frontBroken,
		&frontTitle,

		// The archive as a whole.
		&eventDuplicate,
		&slugCase,
		&slugReserved,
		&ignoreUnused,
	}
}

// Select returns the rules that a name stands for: the rule of that name, or all
// rules of a family, which is what their names begin with. related, or related-*, is
// related-order and its like.
func Select(name string) []*Rule {
	if r := Lookup(name); r != nil {
		return []*Rule{r}
	}
	name = strings.TrimSuffix(name, "-*")
	return slices.DeleteFunc(Rules(), func(r *Rule) bool { return r.Family() != name })
}

// Families returns the names of the families of several rules, in the order of their
// rules.
func Families() []string {
	var out []string
	for _, r := range Rules() {
		if name := r.Family(); !slices.Contains(out, name) && len(Select(name)) > 1 {
			out = append(out, name)
		}
	}
	return out
}

// Lookup returns the rule of a name, or nil.
func Lookup(name string) *Rule {
	for _, r := range Rules() {
		if r.Name == name {
			return r
		}
	}
	return nil
}
