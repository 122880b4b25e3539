package git

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// workTree returns the files on disk, and those of the index that a sparse
// checkout leaves out.
func (r *Repo) workTree() (fs.FS, error) {
	skipped, err := r.skipped()
	if err != nil || len(skipped) == 0 {
		return os.DirFS(r.root), err
	}
	none := func(dir string) ([]entry, error) {
		if dir == "." {
			return nil, nil
		}
		return nil, fs.ErrNotExist
	}
	return &sparse{os.DirFS(r.root), &files{repo: r, list: overlay(none, skipped)}}, nil
}

// skipped returns the files of the index that are not checked out, named by their
// paths, in byte order.
func (r *Repo) skipped() ([]entry, error) {
	out, err := r.run(r.limited("ls-files", "-s", "-t", "-z")...)
	var skipped []entry
	for len(out) > 0 {
		record, rest, _ := bytes.Cut(out, []byte{0})
		out = rest
		if record[0] != 'S' {
			continue
		}
		// S <mode> <id> <stage><tab><path>
		head, path, _ := strings.Cut(string(record), "\t")
		parts := strings.Fields(head)
		if path, ok := strings.CutPrefix(path, r.prefix); ok && len(parts) == 4 {
			skipped = append(skipped, entry{path, parts[1], parts[2]})
		}
	}
	slices.SortFunc(skipped, byName)
	return skipped, err
}

// sparse is a work tree of which not all is checked out: the disk and, where the
// disk has nothing, the index.
type sparse struct {
	disk    fs.FS
	skipped *files
}

// Open opens a file or a directory.
func (s *sparse) Open(name string) (fs.File, error) {
	f, err := s.disk.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return s.skipped.Open(name)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.IsDir() {
		return f, err
	}
	f.Close()
	entries, err := s.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &dir{info, entries}, nil
}

// ReadDir returns what is in a directory, in byte order of the names.
func (s *sparse) ReadDir(name string) ([]fs.DirEntry, error) {
	out, err := fs.ReadDir(s.disk, name)
	more, missing := s.skipped.ReadDir(name)
	switch {
	case missing != nil:
		return out, err
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return out, err
	}
	there := map[string]bool{}
	for _, e := range out {
		there[e.Name()] = true
	}
	for _, e := range more {
		if !there[e.Name()] {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}
