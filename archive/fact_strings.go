package archive

import (
	"strings"
	"sync/atomic"
)

// interner keeps one copy of each of the strings that many pages hold. Nil copies
// each anew.
type interner struct {
	kept table[string]
	ids  atomic.Int32
}

// number returns the next number for facts, or 0 for those of a page of no archive.
func (i *interner) number() int32 {
	if i == nil {
		return 0
	}
	return i.ids.Add(1)
}

// reserve takes so many numbers, and returns the one before the first.
func (i *interner) reserve(n int) int32 { return i.ids.Add(int32(n)) - int32(n) }

func (i *interner) intern(s string) string {
	switch {
	case s == "":
		return ""
	case i == nil:
		return strings.Clone(s)
	}
	if kept, ok := i.kept.load(s); ok {
		return kept
	}
	own := strings.Clone(s)
	return i.kept.keep(own, own)
}
