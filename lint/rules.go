package lint

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

// Lookup returns the rule of a name, or nil.
func Lookup(name string) *Rule {
	for _, r := range Rules() {
		if r.Name == name {
			return r
		}
	}
	return nil
}
