// Package match decides whether two pages are the same event. It is the one
// place where that is decided: for an event that is added, for a page that its
// day does not list, for a link whose page is gone, and for two versions of an
// archive.
//
// An [Event] is what a page says of an event; the package reads no pages. Two
// events are compared by signals ([Compare], [CompareNew]), and a page of which
// only the name is left is compared with the events of its day ([Day.Nearest],
// [NearIdentical]). A veto outweighs every signal: headlines that name other
// numbers, dates, or ordinals are of two events. The one exception is a toll that
// rose, on a page that its day no longer lists.
//
// All signals, vetoes, and thresholds are in signals.go, with what they were
// measured on: a Chinese edition of 8,925 events, of which 308 are not listed,
// 115 rewordings of an English edition, and 27 pairs of similar events of one day.
package match
