// Package archivetest has what tests of the archive packages share: archives in
// memory, random archives, and an independent reader of pages to compare with.
package archivetest
