// Package sorted has what is needed of lists in order.
package sorted

import (
	"cmp"
	"slices"
)

// Keys returns the keys of a map in order.
func Keys[K cmp.Ordered, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Common returns what two lists in order both have.
func Common[T cmp.Ordered](a, b []T) []T {
	var out []T
	EachCommon(a, b, func(x T) { out = append(out, x) })
	return out
}

// EachCommon calls do for what two lists in order both have.
func EachCommon[T cmp.Ordered](a, b []T, do func(T)) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			do(a[0])
			a, b = a[1:], b[1:]
		}
	}
}
