package catalog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// Size returns how many archives a directory of catalogs knows, and how many bytes
// are kept. A directory that is not there has none.
func Size(dir string) (archives int, size int64, err error) {
	err = each(dir, func(name string) error {
		archives++
		return filepath.WalkDir(name, func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil {
				size += info.Size()
			}
			return err
		})
	})
	return archives, size, err
}

// Clear removes what is kept in a directory of catalogs, and nothing else.
func Clear(dir string) error { return each(dir, os.RemoveAll) }

// maxAge is how long what no run has used or written is kept.
const maxAge = 90 * 24 * time.Hour

// sweep removes what has not been written for long.
func sweep(dir string) error {
	return each(dir, func(name string) error {
		info, err := os.Lstat(name)
		if err != nil || time.Since(info.ModTime()) < maxAge {
			return err
		}
		return os.RemoveAll(name)
	})
}

// catalogName matches the names that [Open] gives.
var catalogName = regexp.MustCompile(`^[0-9a-f]{16}$`)

// each calls do for each catalog in a directory.
func each(dir string, do func(name string) error) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && catalogName.MatchString(e.Name()) {
			err = errors.Join(err, do(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
