package git

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// OnDisk returns the files of an archive on disk and, if it is in a git repository
// of which not all is checked out, the rest as the index has it. Of a file that is
// not there, [CheckedOut] is false.
//
// With an error, which says why git does not answer, the files are those on disk.
func OnDisk(root string) (fs.FS, error) {
	disk := os.DirFS(root)
	if !maySkip(root) {
		return disk, nil
	}
	r, err := Open(root)
	if err != nil {
		return disk, err
	}
	return r.workTree()
}

// AllCheckedOut reports whether files are those on disk, and no others. They may be
// wrapped.
func AllCheckedOut(files fs.FS) bool {
	_, isSparse := unwrap(files).(*sparse)
	return !isSparse
}

func unwrap(files fs.FS) fs.FS {
	for {
		w, ok := files.(interface{ Unwrap() fs.FS })
		if !ok {
			return files
		}
		files = w.Unwrap()
	}
}

// CheckedOut reports whether a file is on disk, and not only in the index. Files may
// be wrapped.
func CheckedOut(files fs.FS, path string) bool {
	s, ok := unwrap(files).(*sparse)
	if !ok {
		return true
	}
	_, err := fs.Stat(s.disk, path)
	_, skippedErr := s.skipped.entry(path)
	return err == nil || skippedErr != nil
}

// maySkip reports whether some files of the work tree that a directory lies in may
// not be checked out. A repository whose index is of version 2, as nearly all are,
// has none: only later versions can say so.
func maySkip(root string) bool {
	gitDir, ok := gitDirAbove(root)
	if !ok {
		return false
	}
	shared, err := filepath.Glob(filepath.Join(gitDir, "sharedindex.*"))
	if err != nil || len(shared) > 0 || os.Getenv("GIT_INDEX_FILE") != "" || os.Getenv("GIT_DIR") != "" {
		return true
	}
	f, err := os.Open(filepath.Join(gitDir, "index"))
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	defer f.Close()
	header := make([]byte, len("DIRC")+4)
	_, err = io.ReadFull(f, header)
	return err != nil || string(header) != "DIRC\x00\x00\x00\x02"
}

// gitDirAbove returns the directory of the repository that a directory lies in.
func gitDirAbove(dir string) (string, bool) {
	for at := dir; ; at = filepath.Dir(at) {
		file := filepath.Join(at, ".git")
		info, err := os.Stat(file)
		switch {
		case err == nil && info.IsDir():
			return file, true
		case err == nil && info.Mode().IsRegular():
			text, err := os.ReadFile(file)
			to := strings.TrimSpace(strings.TrimPrefix(string(text), "gitdir:"))
			return absolute(at, to), err == nil
		case at == filepath.Dir(at):
			return "", os.Getenv("GIT_DIR") != ""
		}
	}
}

// workTree returns the files on disk, and those of the index that are not checked
// out.
func (r *Repo) workTree() (fs.FS, error) {
	disk := os.DirFS(r.root)
	if !maySkip(r.top) {
		return disk, nil
	}
	skipped, err := r.skipped()
	if err != nil || len(skipped) == 0 {
		return disk, err
	}
	none := func(dir string) ([]entry, error) {
		if dir == "." {
			return nil, nil
		}
		return nil, fs.ErrNotExist
	}
	return &sparse{disk, &files{repo: r, list: overlay(none, skipped)}}, nil
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
