// Package importer reads events that other programs keep: posts of Jekyll, Hugo,
// Pelican and Zola, and feeds. What it reads are lines that newsctl new takes. It
// begins in [Reader.Read].
package importer
