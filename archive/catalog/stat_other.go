//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package catalog

import (
	"os"
	"path/filepath"
)

// statOf returns the stat data of what has a name, or zero if nothing has, and whether
// it is a regular file. The system does not say when the inode changed.
func statOf(name string) (s Stat, regular bool) {
	info, err := os.Lstat(name)
	if err != nil {
		return Stat{}, false
	}
	return Stat{Size: info.Size(), ModTime: info.ModTime().UnixNano(), Mode: uint32(info.Mode())}, info.Mode().IsRegular()
}

// statNames returns the stat data of the regular files of names in a directory, and
// zero for other names.
func statNames(dir string, names []string) []Stat {
	out := make([]Stat, len(names))
	for i, name := range names {
		if s, regular := statOf(filepath.Join(dir, name)); regular {
			out[i] = s
		}
	}
	return out
}
