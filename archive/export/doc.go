// Package export writes events of an archive for other programs. It begins in
// [Read], which gathers what is known of events, and [Formats], each in a file of its
// own. [Siblings] makes the files that the Formats lines of pages name.
package export
