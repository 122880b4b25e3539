// Package source is what newsctl knows of the outside sources of an archive:
// their addresses, whether they still answer, and where captures of them are. It
// reads no pages.
//
// [Canonical] is the one form in which two addresses are compared, and [Request]
// the one form in which an address is asked and recorded.
package source
