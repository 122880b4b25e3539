//go:build !unix

package txn

// identity distinguishes the tree from its copies; 0 is none.
func (l *Lock) identity() uint64 { return 0 }
