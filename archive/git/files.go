package git

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Files returns the files of the archive in a version: [Index], [WorkTree], or
// a revision, which may be a commit or a tree. Folders and contents are read
// when they are asked for. Symbolic links are not followed, and a submodule is
// an empty folder.
//
// An index with conflicts is an error, and so is a revision that git does not
// know; HEAD before the first commit has no files.
func (r *Repo) Files(version string) (fs.FS, error) {
	switch version {
	case WorkTree:
		return os.DirFS(r.root), nil
	case Index:
		staged, err := r.staged()
		return &files{r, over(r.head(), staged.entries)}, err
	case "HEAD":
		return &files{r, r.head()}, nil
	}
	tree, err := r.treeOf(version)
	if err != nil {
		return nil, err
	}
	return &files{r, r.folders(tree)}, nil
}

// head lists the folders of HEAD. Before the first commit there are none.
func (r *Repo) head() lister {
	r.headOnce.Do(func() {
		list, unborn := r.folders("HEAD^{tree}"), sync.OnceValue(r.unborn)
		r.headLister = func(dir string) ([]entry, error) {
			entries, err := list(dir)
			switch {
			case !errors.Is(err, errMissing) || !unborn():
				return entries, err
			case dir == ".":
				return nil, nil
			}
			return nil, fs.ErrNotExist
		}
	})
	return r.headLister
}

// treeOf returns the id of the tree of a revision: that of the whole work tree,
// also where the archive lies below its top.
func (r *Repo) treeOf(revision string) (string, error) {
	id, err := r.resolve(revision, "tree")
	if err != nil && revision == "HEAD" && r.unborn() {
		id, err = r.emptyTree()
	}
	return id, err
}

// resolve returns the id of what a revision names, a commit or a tree.
func (r *Repo) resolve(revision, kind string) (string, error) {
	out, err := r.run("rev-parse", "--quiet", "--verify", "--end-of-options", revision+"^{"+kind+"}")
	if status(err) == 1 || status(err) == 128 {
		return "", fmt.Errorf("git knows no revision %q; git branch -a and git log name what there is", revision)
	}
	return strings.TrimSpace(string(out)), err
}

// unborn reports whether there is no commit yet on the branch that is checked
// out.
func (r *Repo) unborn() bool {
	if _, err := r.run("rev-parse", "--quiet", "--verify", "HEAD"); err == nil {
		return false
	}
	_, err := r.run("symbolic-ref", "--quiet", "HEAD")
	return err == nil
}

func (r *Repo) emptyTree() (string, error) {
	out, err := r.run("hash-object", "-t", "tree", "--stdin")
	return strings.TrimSpace(string(out)), err
}

// entry is a name in a folder, and the object that is there.
type entry struct {
	name string
	mode string // as git writes it; empty if nothing is there any more
	id   string
}

// The modes of what is no regular file.
const (
	folderMode    = "40000"
	symlinkMode   = "120000"
	submoduleMode = "160000"
)

// lister returns what is in a folder, in byte order of the names.
type lister func(dir string) ([]entry, error)

// folders lists the folders of a tree, whatever names it, each read at most once.
func (r *Repo) folders(tree string) lister {
	var read sync.Map // path from the top -> []entry
	var list lister
	list = func(dir string) ([]entry, error) {
		if kept, ok := read.Load(dir); ok {
			return kept.([]entry), nil
		}
		id := tree
		if dir != "." {
			above, err := list(path.Dir(dir))
			if err != nil {
				return nil, err
			}
			e, ok := find(above, path.Base(dir))
			switch {
			case !ok || e.mode != folderMode && e.mode != submoduleMode:
				return nil, fs.ErrNotExist
			case e.mode == submoduleMode:
				return nil, nil
			}
			id = e.id
		}
		id, raw, err := r.object(id)
		if err != nil {
			return nil, err
		}
		entries, err := parseTree(raw, len(id)/2)
		if err != nil {
			return nil, err
		}
		read.Store(dir, entries)
		return entries, nil
	}
	return func(dir string) ([]entry, error) {
		entries, err := list(path.Join(r.prefix, dir))
		if errors.Is(err, fs.ErrNotExist) && dir == "." {
			return nil, nil // the archive was not there yet
		}
		return entries, err
	}
}

// parseTree reads a tree object: mode, space, name, NUL, and an id of so many
// bytes, again and again.
func parseTree(raw []byte, idSize int) ([]entry, error) {
	var out []entry
	for len(raw) > 0 {
		mode, rest, ok1 := bytes.Cut(raw, []byte{' '})
		name, rest, ok2 := bytes.Cut(rest, []byte{0})
		if !ok1 || !ok2 || len(rest) < idSize {
			return nil, errors.New("git: a tree cannot be read; the repository may be damaged, see git fsck")
		}
		out = append(out, entry{string(name), string(mode), hex.EncodeToString(rest[:idSize])})
		raw = rest[idSize:]
	}
	slices.SortFunc(out, byName) // git sorts a folder as if a slash were at its end
	return out, nil
}

func byName(a, b entry) int { return strings.Compare(a.name, b.name) }

func find(entries []entry, name string) (entry, bool) {
	i, ok := slices.BinarySearchFunc(entries, entry{name: name}, byName)
	if !ok {
		return entry{}, false
	}
	return entries[i], true
}

// over lists the folders of a tree with changed entries, which are in byte order
// of their paths, in place of those it has.
func over(base lister, changed []entry) lister {
	var list lister
	list = func(dir string) ([]entry, error) {
		entries, err := base(dir)
		here := below(changed, dir)
		if len(here) == 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return entries, err
		}
		named := map[string]bool{}
		var out []entry
		for _, e := range here {
			named[e.name] = true
			if e.mode == folderMode {
				inside, err := list(path.Join(dir, e.name))
				if err != nil && !errors.Is(err, fs.ErrNotExist) {
					return nil, err
				}
				if len(inside) == 0 {
					e.mode = ""
				}
			}
			if e.mode != "" {
				out = append(out, e)
			}
		}
		for _, e := range entries {
			if !named[e.name] {
				out = append(out, e)
			}
		}
		if len(out) == 0 && dir != "." {
			return nil, fs.ErrNotExist
		}
		slices.SortFunc(out, byName)
		return out, nil
	}
	return list
}

// below returns what is in a folder of entries that are in byte order of their
// paths. Where a file gave way to a folder, both are returned.
func below(all []entry, dir string) []entry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	i, _ := slices.BinarySearchFunc(all, entry{name: prefix}, byName)
	var out []entry
	for i < len(all) && strings.HasPrefix(all[i].name, prefix) {
		e := all[i]
		name, _, isFolder := strings.Cut(e.name[len(prefix):], "/")
		if !isFolder {
			out = append(out, entry{name, e.mode, e.id})
			i++
			continue
		}
		out = append(out, entry{name: name, mode: folderMode})
		n, _ := slices.BinarySearchFunc(all[i:], entry{name: prefix + name + "0"}, byName) // 0 is behind the slash
		i += n
	}
	return out
}

// files is a version of the archive as git keeps it.
type files struct {
	repo *Repo
	list lister
}

// Open opens a file, whose contents are read, or a folder.
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
		return &folder{info: info{e, 0}, entries: entries}, nil
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
		err = errors.New("is no regular file")
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

// ReadDir returns what is in a folder, in byte order of the names.
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
		return entry{name: ".", mode: folderMode}, nil
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
	case folderMode, submoduleMode:
		return fs.ModeDir
	case symlinkMode:
		return fs.ModeSymlink
	}
	return 0
}

func (e entry) IsDir() bool  { return e.Type().IsDir() }
func (e entry) Name() string { return e.name }

// dirEntry is an entry of a folder that is listed.
type dirEntry struct {
	entry
	files *files
}

// Info returns the entry's size; for that, a file is read.
func (d dirEntry) Info() (fs.FileInfo, error) {
	if !d.Type().IsRegular() {
		return info{d.entry, 0}, nil
	}
	_, data, err := d.files.repo.object(d.id)
	return info{d.entry, int64(len(data))}, err
}

// info is what is known of a file or folder. Git keeps no times.
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

// folder is an open folder.
type folder struct {
	info
	entries []fs.DirEntry
}

func (f *folder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *folder) Close() error               { return nil }

func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: errors.New("is a folder")}
}

// ReadDir returns the next n entries, or the rest if n is not positive.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.entries) {
		if n > 0 && len(f.entries) == 0 {
			return nil, io.EOF
		}
		n = len(f.entries)
	}
	out := f.entries[:n]
	f.entries = f.entries[n:]
	return out, nil
}
