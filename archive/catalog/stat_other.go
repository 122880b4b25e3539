//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package catalog

import "io/fs"

// StatOf returns the stat data of a file. The system does not say when the
// inode changed.
func StatOf(info fs.FileInfo) Stat {
	return Stat{Size: info.Size(), ModTime: info.ModTime().UnixNano(), Mode: info.Mode()}
}
