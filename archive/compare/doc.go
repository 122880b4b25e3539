// Package compare tells two versions of an archive apart, event by event
// ([Compare]), and pairs the pages that are gone with those that took their place
// ([Pair]).
package compare
