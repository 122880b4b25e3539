package catalog

import (
	"io"
	"os"
	"path/filepath"
)

// Disk is the directory on disk that an archive's files are in.
type Disk string

// maxSize is how large a page is at most whose bytes are checked.
const maxSize = 1 << 20

// Stat returns the stat data of a regular file, or zero.
func (d Disk) Stat(path string) Stat {
	if s, ok := statOf(d.name(path)); ok {
		return s
	}
	return Stat{}
}

// Stats returns the stat data of the regular files of names in a directory, and zero
// for other names.
func (d Disk) Stats(dir string, names []string) []Stat { return statNames(d.name(dir), names) }

// ID returns the id of the bytes of a regular file of the size of a page, or false
// if it cannot be read.
func (d Disk) ID(path string) (ID, bool) {
	name := d.name(path)
	if s := d.Stat(path); s == (Stat{}) || s.Size > maxSize {
		return ID{}, false
	}
	f, err := os.Open(name)
	if err != nil {
		return ID{}, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize))
	return IDOf(data), err == nil
}

func (d Disk) name(path string) string { return filepath.Join(string(d), filepath.FromSlash(path)) }
