// Package compare compares two versions of an archive, event by event
// ([Compare]), and pairs the pages that are gone with those that took their place
// ([Pair]).
package compare
