package archive

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"newsctl/archive/catalog"
	"newsctl/archive/match"
	"newsctl/archive/page"
)

// directory is the listing of one directory: its names in byte order and the type of
// each. Hidden names are omitted. A repository of its own (a submodule, a work
// tree or clone in a directory of the archive) is empty: its pages are not the
// archive's.
type directory struct {
	names []string
	types []fs.FileMode // of each name
	ids   []catalog.ID  // of each name, where git has them, or nil
	repo  bool          // it is a repository of its own
	err   error

	numbers    once[[]numberedDir]
	keys       once[map[string][]string] // names by what a file system takes them for
	eventNames once[[]*match.Event]
	day        once[*match.Day] // of these
}

// directory returns the listing of a directory, read once. A directory that is not
// there, or that only a symbolic link points to, is empty: nothing outside the
// root is ever part of an archive, and no circle of links can trap a reader.
func (a *Archive) directory(dir string) *directory {
	a.reads.add(catalog.Names, dir)
	return a.listing(dir)
}

// listing returns the listing of a directory without recording it.
func (a *Archive) listing(dir string) *directory {
	if f, ok := a.directories.load(dir); ok {
		return f
	}
	f := &directory{}
	if t, ok := a.lookup(dir); ok && t.IsDir() {
		if f = readDirectory(a.fsys, dir); f.err != nil {
			a.incomplete.Store(true)
		}
	}
	return a.directories.keep(dir, f)
}

func readDirectory(fsys fs.FS, dir string) *directory {
	entries, err := fs.ReadDir(fsys, dir)
	f := &directory{err: err, names: make([]string, 0, len(entries)), types: make([]fs.FileMode, 0, len(entries))}
	for _, e := range entries {
		if e.Name() == ".git" && dir != "." {
			return &directory{repo: true, err: err}
		}
		if !IsHidden(e.Name()) {
			f.names = append(f.names, e.Name())
			f.types = append(f.types, e.Type())
			if known, ok := e.(interface{ ObjectID() string }); ok {
				id, _ := catalog.ParseID(known.ObjectID())
				f.ids = append(f.ids, id)
			}
		}
	}
	return f
}

// TypeOf returns the type of what is at a path, and whether anything is.
func (a *Archive) TypeOf(p string) (fs.FileMode, bool) {
	a.reads.add(catalog.There, p)
	return a.lookup(p)
}

// lookup returns the type of what is at a path without recording it.
func (a *Archive) lookup(p string) (fs.FileMode, bool) {
	if p == "." {
		return fs.ModeDir, true
	}
	if path.IsAbs(p) {
		return 0, false
	}
	dir, name := path.Split(p)
	return a.listing(path.Clean(dir)).typeOf(name)
}

// typeOf returns the type of what has a name, and whether anything has.
func (f *directory) typeOf(name string) (fs.FileMode, bool) {
	if at, ok := slices.BinarySearch(f.names, name); ok {
		return f.types[at], true
	}
	return 0, false
}

func (a *Archive) isDir(p string) bool {
	t, ok := a.TypeOf(p)
	return ok && t.IsDir()
}

// Exists reports whether a file is at a path. Names are compared byte by byte,
// whatever the disk thinks of upper and lower case. Of what lies in a directory
// that cannot be read nothing is known: it counts as being there.
func (a *Archive) Exists(p string) bool {
	a.reads.add(catalog.There, p)
	return a.isFile(p) || !a.exists(p) && a.unreadable(path.Dir(p))
}

// isFile reports whether a file is at a path. The rules for a page ask for the same
// files, in the order of its links.
func (a *Archive) isFile(p string) bool {
	e := a.early
	if e == nil {
		return a.isFileNow(p)
	}
	if e.next == len(e.there) {
		e.next = 0
	}
	if e.next < len(e.there) && e.there[e.next] == p {
		e.next++
		return true
	}
	if !a.isFileNow(p) {
		return false
	}
	e.there = append(e.there, p)
	e.next = len(e.there)
	return true
}

func (a *Archive) isFileNow(p string) bool {
	t, ok := a.lookup(p)
	return ok && t.IsRegular()
}

// unreadable reports whether a directory, or one above it, cannot be read.
func (a *Archive) unreadable(dir string) bool {
	if !a.incomplete.Load() {
		return false
	}
	for ; ; dir = path.Dir(dir) {
		if a.listing(dir).err != nil {
			return true
		}
		if dir == "." {
			return false
		}
	}
}

// OwnRepo returns the nearest directory above a path that is a repository of its
// own, or nothing.
func (a *Archive) OwnRepo(p string) string {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if a.directory(dir).repo {
			return dir
		}
	}
	return ""
}

// Complete reports whether all directories could be read.
func (a *Archive) Complete() bool {
	if a.early != nil {
		a.early.complete = true
		return true
	}
	return !a.incomplete.Load()
}

// Siblings returns the names in the directory of a path, in byte order.
func (a *Archive) Siblings(p string) []string {
	return a.directory(path.Dir(p)).names
}

// subdirectories returns the directories of dir whose names are numbers of a length
// between lo and hi digits, as numbers: in ascending order if order is 1, in
// descending order if it is -1.
func (a *Archive) subdirectories(dir string, lo, hi, order int) []int {
	f := a.directory(dir)
	all := f.numbers.get(f.findNumbers)
	out := make([]int, 0, len(all))
	for _, n := range all {
		if lo <= n.digits && n.digits <= hi {
			out = append(out, n.number)
		}
	}
	if order < 0 {
		slices.Reverse(out)
	}
	return out
}

// numberedDir is a directory whose name is a number.
type numberedDir struct{ number, digits int }

// findNumbers returns the directories whose names are numbers, in ascending order.
func (f *directory) findNumbers() []numberedDir {
	var out []numberedDir
	for i, name := range f.names {
		if n, ok := ParseNumber(name); ok && f.types[i].IsDir() {
			out = append(out, numberedDir{n, len(name)})
		}
	}
	slices.SortFunc(out, func(x, y numberedDir) int { return cmp.Compare(x.number, y.number) })
	return out
}

// Holds reports whether a path is one that the archive reads: neither the
// path nor a directory above it is hidden, ignored, or named like a page.
func (a *Archive) Holds(p string) bool {
	for at := p; at != "." && at != "/"; at = path.Dir(at) {
		if IsHidden(path.Base(at)) || a.config.ignores(at) || at != p && IsPage(at) {
			return false
		}
	}
	return true
}

// Paths returns the paths of all pages below dir, a directory of the archive, in
// byte order, directories and whatever else is named like a page among them. The
// directories are read, those of one depth at a time, with all cores; the pages are
// not.
func (a *Archive) Paths(dir string) []string {
	all := dir == "." && a.reads == nil // so that no reading of directories is to be recorded
	if known := a.paths.Load(); all && known != nil {
		return slices.Clone(*known)
	}
	for level := []string{dir}; len(level) > 0; {
		directories := make([]*directory, len(level))
		Parallel(len(level), func(i int) { directories[i] = a.directory(level[i]) })
		var next []string
		for i, f := range directories {
			for j, name := range f.names {
				if f.types[j].IsDir() && !IsPage(name) {
					if p := inDirectory(level[i], name); !a.config.ignores(p) {
						next = append(next, p)
					}
				}
			}
		}
		level = next
	}
	out := a.appendPaths(nil, dir)
	if all {
		a.paths.Store(&out)
		return slices.Clone(out)
	}
	return out
}

// appendPaths appends the paths of all pages below a directory, in byte order.
func (a *Archive) appendPaths(out []string, dir string) []string {
	f := a.listing(dir)
	keys := f.names // those of directories as they are in paths
	if slices.ContainsFunc(f.types, fs.FileMode.IsDir) {
		keys = slices.Clone(f.names)
		for i, name := range f.names {
			if f.types[i].IsDir() && !IsPage(name) {
				keys[i] += "/"
			}
		}
		slices.Sort(keys)
	}
	for _, key := range keys {
		name, isDir := strings.CutSuffix(key, "/")
		if !isDir && !IsPage(name) {
			continue
		}
		switch p := inDirectory(dir, name); {
		case a.config.ignores(p):
		case isDir:
			out = a.appendPaths(out, p)
		default:
			out = append(out, p)
		}
	}
	return out
}

// inDirectory returns the path of a name in a directory.
func inDirectory(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// fault says why what is at a path cannot be a page, or is empty.
func fault(p string, t fs.FileMode) string {
	switch {
	case !fs.ValidPath(p):
		return "has a name that is not UTF-8; rename it"
	case t.IsRegular():
		return ""
	case t.IsDir():
		return "is a directory, not a page"
	case t&fs.ModeSymlink != 0:
		return "is a symbolic link; a page is a file of its own"
	default:
		return "is not a regular file"
	}
}

// Source returns the bytes of a page, or why what is at its path is not one.
func (a *Archive) Source(p string) (src []byte, reason string, err error) {
	t, _ := a.lookup(p)
	if reason := fault(p, t); reason != "" {
		return nil, reason, nil
	}
	f, err := a.fsys.Open(p)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, "", err
	}
	if info.Size() > page.MaxSize {
		return nil, TooLarge, nil
	}
	src = make([]byte, info.Size()+1) // so that the end is seen
	switch n, err := io.ReadFull(f, src); {
	case err != nil && err != io.EOF && err != io.ErrUnexpectedEOF:
		return nil, "", err
	case n != int(info.Size()):
		return nil, "", &fs.PathError{Op: "read", Path: p, Err: errors.New("the file changed while it was being read; run the command again")}
	default:
		return src[:n], "", nil
	}
}

// TooLarge is the [Page.Fault] of a page of more than [page.MaxSize] bytes.
const TooLarge = "is larger than 256 KiB; pages of an archive are a few KiB"
