package lsp

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/page"
)

// stamps are what the file system said of files and directories when they were read,
// by their absolute paths.
type stamps map[string]stamp

// stamp is what the file system says of one file or directory.
type stamp struct {
	stat catalog.Stat
	key  catalog.Key // what is there in the archive; none for another file

	// racy says that the file changed so shortly before that it may have changed again
	// without another time.
	racy bool
}

// raceTime is longer than the steps of any file system's clock, in nanoseconds.
const raceTime = int64(2500 * time.Millisecond)

func stampOf(file string, key catalog.Key) stamp {
	out := stamp{key: key}
	if out.stat = catalog.StatOf(file); out.stat != (catalog.Stat{}) {
		out.racy = time.Now().UnixNano()-out.stat.ModTime < raceTime
	}
	return out
}

// files notes files that an archive depends on and that are not pages.
func (s stamps) files(root string, names []string) {
	for _, name := range append([]string{filepath.Join(root, ".newsctl.yaml")}, names...) {
		s[name] = stampOf(name, catalog.Key{})
	}
}

// note notes what was read to check a page.
func (f *fileTree) note(a *archive.Archive, keys []catalog.Key) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, k := range keys {
		if k.Kind == catalog.Day {
			for _, name := range a.Siblings(k.Path + "/.") {
				f.noteOne(catalog.Key{Kind: catalog.Page, Path: path.Join(k.Path, name)})
			}
		}
		switch {
		case k.Kind.IsOfPath() || k.Kind == catalog.Absent:
			k.Kind = catalog.Page
		case k.Kind == catalog.Day:
			k.Kind = catalog.Names
		}
		f.noteOne(k)
	}
}

func (f *fileTree) noteOne(k catalog.Key) {
	file := filepath.Join(f.root, filepath.FromSlash(k.Path))
	if _, known := f.stamps[file]; !known {
		f.stamps[file] = stampOf(file, k)
	}
}

// poll looks whether what was read changed on disk.
func (f *fileTree) poll() {
	f.mu.Lock()
	known, near := maps.Clone(f.stamps), f.near
	f.mu.Unlock()
	var touched []string
	for file, was := range known {
		now := stampOf(file, was.key)
		if now.stat == was.stat && !was.racy {
			continue
		}
		switch {
		case was.key == catalog.Key{}:
			if now.stat != was.stat {
				f.reopen()
				return
			}
		case near == nil:
		case was.key.Kind == catalog.Page:
			touched = append(touched, was.key.Path)
		default:
			names, ok := otherNames(near.onDisk(), was.key.Path)
			if !ok {
				f.renew()
			}
			touched = append(touched, names...)
		}
		f.mu.Lock()
		if _, still := f.stamps[file]; still {
			f.stamps[file] = now
		}
		f.mu.Unlock()
	}
	f.touch(touched)
}

// renew makes what is read of the archive be read again.
func (f *fileTree) renew() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.near == nil {
		return
	}
	f.near = f.archive.near()
	f.checks.forget()
}

// touch notes that pages may have changed on disk.
func (f *fileTree) touch(paths []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.touched == nil && len(paths) > 0 {
		f.touched = map[string]bool{}
	}
	for _, p := range paths {
		f.touched[p] = true
	}
}

// otherNames returns the paths of the pages that came into a directory or left it. It
// returns false if something else did.
func otherNames(a *archive.Archive, dir string) (paths []string, ok bool) {
	entries, err := fs.ReadDir(a.FS(), dir)
	if err != nil {
		return nil, false
	}
	was := a.Siblings(dir + "/.")
	var is []string
	for _, e := range entries {
		if archive.IsHidden(e.Name()) {
			continue
		}
		is = append(is, e.Name())
		if _, known := slices.BinarySearch(was, e.Name()); !known {
			paths = append(paths, path.Join(dir, e.Name()))
			ok = ok || !e.Type().IsRegular()
		}
	}
	slices.Sort(is)
	for _, name := range was {
		if _, still := slices.BinarySearch(is, name); !still {
			paths = append(paths, path.Join(dir, name))
		}
	}
	return paths, !ok && !slices.ContainsFunc(paths, func(p string) bool { return !archive.IsPage(p) })
}

// catchUp makes what is kept of the archive what the disk says of the pages that may
// have changed. It returns false if it has to be opened anew.
func (f *fileTree) catchUp() bool {
	f.mu.Lock()
	touched, near, w := f.touched, f.near, f.whole
	f.touched = nil
	f.mu.Unlock()
	if near == nil {
		return false // somebody else found that it has to be
	}
	if len(touched) == 0 {
		return true
	}
	changes, ok := (*archive.Changes)(nil), false
	if len(touched) <= maxTouched {
		changes, ok = near.differences(f.root, touched)
	}
	switch {
	case !ok:
		f.renew()
	case len(changes.All) > 0:
		f.checks.outdate(near.move(changes))
	}
	if w != nil {
		w.follow(touched)
	}
	return true
}

// differences returns what the disk has other than what was read from it, at paths. It
// returns false if that cannot be said page by page.
func (l *layer) differences(root string, paths map[string]bool) (*archive.Changes, bool) {
	l.mu.Lock()
	read, laid := l.disk, l.laid
	if l.live != nil {
		read = l.live
	}
	l.mu.Unlock()
	out := read.NewChanges()
	for p := range paths {
		info, err := os.Lstat(filepath.Join(root, filepath.FromSlash(p)))
		was := read.Page(p)
		if _, open := laid[p]; open {
			was = nil // the buffer, which says nothing of the disk
		} else if err != nil && was == nil {
			continue
		}
		switch {
		case err != nil:
			out.All = append(out.All, archive.Change{Path: p, Gone: true})
		case !info.Mode().IsRegular() || info.Size() > page.MaxSize || was != nil && was.Fault != "":
			return nil, false
		default:
			src, err := fs.ReadFile(read.FS(), p)
			if err != nil {
				return nil, false
			}
			if was == nil || was.Err != nil || string(was.Source) != string(src) {
				out.All = append(out.All, archive.Change{Path: p, After: archive.Held(src)})
			}
		}
	}
	return out, true
}
