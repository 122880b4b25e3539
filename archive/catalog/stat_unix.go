//go:build linux || darwin || freebsd || netbsd || openbsd

package catalog

import (
	"io/fs"
	"syscall"
)

// StatOf returns the stat data of a file.
func StatOf(info fs.FileInfo) Stat {
	s := Stat{Size: info.Size(), ModTime: info.ModTime().UnixNano(), Mode: info.Mode()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Inode = uint64(sys.Ino)
		s.Changed = changed(sys)
	}
	return s
}
