// Package similar finds names of contexts that are nearly one name: they differ in
// case, Unicode form, spaces and punctuation, accents, number, or a typo.
package similar
