//go:build unix

package txn

import (
	"os"
	"syscall"
)

// identity distinguishes the tree from its copies: the inode of its root. It stays the
// same when the tree is moved or the system is started again, as the number of
// a device may not. 0 is none.
func (l *Lock) identity() uint64 {
	info, err := os.Stat(l.tree.Root)
	if err != nil {
		return 0
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Ino)
	}
	return 0
}
