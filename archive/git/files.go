package git

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
)

// Files returns the files of the archive in a version: [Index], [WorkTree], or
// a revision, which may be a commit or a tree. Directories and contents are read
// when they are asked for. Symbolic links are not followed, and a submodule is
// an empty directory. The work tree has also the files that a sparse checkout
// omits, as the index has them.
//
// An index with conflicts is an error, and so is a revision that git does not
// know; HEAD before the first commit has no files.
func (r *Repo) Files(version string) (fs.FS, error) {
	switch version {
	case WorkTree:
		return r.workTree()
	case Index:
		staged, err := r.staged()
		return &files{r, overlay(r.head(), staged.entries)}, err
	case "HEAD":
		return &files{r, r.head()}, nil
	}
	tree, err := r.treeOf(version)
	if err != nil {
		return nil, err
	}
	return &files{r, r.tree(tree)}, nil
}

// limited returns a command of git with the arguments that limit it to the archive.
func (r *Repo) limited(args ...string) []string {
	if r.prefix == "" {
		return append(args, "--")
	}
	return append(args, "--", strings.TrimSuffix(r.prefix, "/"))
}

// files is a version of the archive as git keeps it.
type files struct {
	repo *Repo
	list lister
}

// Open opens a file, whose contents are read, or a directory.
func (f *files) Open(name string) (fs.File, error) {
	e, err := f.entry(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if e.IsDir() {
		entries, err := f.ReadDir(name)
		if err != nil {
			return nil, err
		}
		return &dir{info{e, 0}, entries}, nil
	}
	data, err := f.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &file{info{e, int64(len(data))}, bytes.NewReader(data)}, nil
}

// ReadFile returns the contents of a file.
func (f *files) ReadFile(name string) ([]byte, error) {
	e, err := f.entry(name)
	if err == nil && !e.Type().IsRegular() {
		err = errors.New("is not a regular file")
	}
	var data []byte
	if err == nil {
		_, data, err = f.repo.object(e.id)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, nil
}

// ReadDir returns what is in a directory, in byte order of the names.
func (f *files) ReadDir(name string) ([]fs.DirEntry, error) {
	err := error(fs.ErrInvalid)
	var entries []entry
	if fs.ValidPath(name) {
		entries, err = f.list(name)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	out := make([]fs.DirEntry, len(entries))
	for i, e := range entries {
		out[i] = dirEntry{e, f}
	}
	return out, nil
}

// entry returns what is at a path.
func (f *files) entry(name string) (entry, error) {
	switch {
	case !fs.ValidPath(name):
		return entry{}, fs.ErrInvalid
	case name == ".":
		return entry{name: ".", mode: dirMode}, nil
	}
	entries, err := f.list(path.Dir(name))
	if err != nil {
		return entry{}, err
	}
	e, ok := find(entries, path.Base(name))
	if !ok {
		return entry{}, fs.ErrNotExist
	}
	return e, nil
}

// Type returns the type of what an entry names.
func (e entry) Type() fs.FileMode {
	switch e.mode {
	case dirMode, submoduleMode:
		return fs.ModeDir
	case symlinkMode:
		return fs.ModeSymlink
	}
	return 0
}

func (e entry) IsDir() bool  { return e.Type().IsDir() }
func (e entry) Name() string { return e.name }

// dirEntry is an entry of a directory that is listed.
type dirEntry struct {
	entry
	files *files
}

// ObjectID returns the id of what an entry names, as git writes it.
func (d dirEntry) ObjectID() string { return d.id }

// Info returns the entry's size; for that, a file is read.
func (d dirEntry) Info() (fs.FileInfo, error) {
	if !d.Type().IsRegular() {
		return info{d.entry, 0}, nil
	}
	_, data, err := d.files.repo.object(d.id)
	return info{d.entry, int64(len(data))}, err
}

// info is what is known of a file or directory. Git keeps no times.
type info struct {
	entry
	size int64
}

func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.Type() | 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) Sys() any           { return nil }

// file is a file that is read.
type file struct {
	info
	*bytes.Reader
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Size() int64                { return f.info.size }
func (f *file) Close() error               { return nil }

// dir is an open directory.
type dir struct {
	fs.FileInfo
	entries []fs.DirEntry
}

func (d *dir) Stat() (fs.FileInfo, error) { return d.FileInfo, nil }
func (d *dir) Close() error               { return nil }

func (d *dir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.Name(), Err: errors.New("is a directory")}
}

// ReadDir returns the next n entries, or the rest if n is not positive.
func (d *dir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.entries) {
		if n > 0 && len(d.entries) == 0 {
			return nil, io.EOF
		}
		n = len(d.entries)
	}
	out := d.entries[:n]
	d.entries = d.entries[n:]
	return out, nil
}
