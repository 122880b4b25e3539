package lsp

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive"
	"newsctl/archive/layout"
	"newsctl/lint"
)

// Archive is an archive as it is on disk, with what says how it is checked.
type Archive struct {
	Fresh    func() *archive.Archive // returns the archive with nothing read yet
	Lint     lint.Config
	Baseline lint.Baseline
	Files    []string // absolute paths of the files, besides pages, that these depend on
}

// fileTree is the root of an archive with what is kept of it.
type fileTree struct {
	root  string // symbolic links resolved
	shown string // as the client names it
	o     *Options

	opening sync.Mutex // held while the archive is opened, before the gate

	mu      sync.Mutex
	archive *Archive // nil: it is not opened. It changes only when nobody is in the gate
	err     error    // why it cannot be opened
	again   bool     // it has to be opened anew
	layout  layout.Layout
	near    *layer
	stamps  stamps
	touched map[string]bool // paths of pages that may have changed on disk
	whole   *whole          // nil: it was not asked for

	warming bool // somebody reads it

	checks checks
}

// use runs do, which works on the archive. Nothing is done if it cannot be opened.
func (f *fileTree) use(do func() error) error {
	for range attempts {
		l, err := f.open()
		if err != nil {
			return failf("%s: %v", f.root, err)
		}
		leave := doors.enter(l)
		if f.catchUp() {
			defer leave()
			return do()
		}
		leave()
	}
	return archive.ErrChanged
}

// open opens the archive unless it is open, and returns its layout. If it cannot be
// opened, that is logged once.
func (f *fileTree) open() (layout.Layout, error) {
	f.opening.Lock()
	defer f.opening.Unlock()
	f.mu.Lock()
	isOpen := (f.archive != nil || f.err != nil) && !f.again
	f.mu.Unlock()
	if !isOpen {
		doors.alone(func() layout.Layout {
			a, err := f.o.Open(f.root)
			f.mu.Lock()
			defer f.mu.Unlock()
			f.set(a, err)
			return f.layout
		})
		f.checks.forget()
		if f.err != nil {
			f.o.Log("%s: %v", f.root, f.err)
		}
	}
	return f.layout, f.err
}

// set makes an archive the one that is kept, or none.
func (f *fileTree) set(a *Archive, err error) {
	f.archive, f.err, f.again, f.near, f.whole, f.touched, f.stamps = nil, err, false, nil, nil, nil, stamps{}
	f.warming = false
	f.layout = layout.Current()
	if err != nil {
		f.stamps.files(f.root, nil)
		return
	}
	f.stamps.files(f.root, a.Files)
	f.archive, f.near = a, a.near()
}

// reopen makes the archive be opened anew, with its configuration.
func (f *fileTree) reopen() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.again = true
}

// near returns the archive for what an editor asks at each keystroke.
func (a *Archive) near() *layer {
	fresh := a.Fresh()
	fresh.History = nil // whether a link is broken does not depend on it
	return &layer{disk: fresh}
}

// live returns the archive with the documents of a call laid over it. Of the pages,
// those are read that are asked for.
func (f *fileTree) live(docs documents) *archive.Archive {
	near := f.nearest()
	return near.with(f.texts(near.onDisk(), docs))
}

// nearest returns what is kept for what an editor asks at each keystroke.
func (f *fileTree) nearest() *layer {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.near
}

// texts returns the texts of the documents that are pages of the archive.
func (f *fileTree) texts(a *archive.Archive, docs documents) map[string]string {
	out := map[string]string{}
	for p, d := range docs.in(f) {
		if d.isPage() && isPageOf(a, p) {
			out[p] = d.text
		}
	}
	return out
}

// isPageOf reports whether a path is one that the archive reads, if a page is there.
func isPageOf(a *archive.Archive, p string) bool {
	return archive.IsPage(p) && a.Holds(p) && a.OwnRepo(p) == ""
}

// file returns the absolute path of a page as the client names it.
func (f *fileTree) file(p string) string { return filepath.Join(f.shown, filepath.FromSlash(p)) }

// find returns the root that a file is below and its path from there, or false if it
// is in no archive, or is reached only by a symbolic link.
func find(file string, o *Options) (root, shown, path string, ok bool) {
	for dir := filepath.Dir(file); ; dir = filepath.Dir(dir) {
		if o.IsRoot(dir) {
			root, err := filepath.EvalSymlinks(dir)
			rel, relErr := filepath.Rel(dir, file)
			if err != nil || relErr != nil || o.Root != "" && root != o.Root {
				return "", "", "", false
			}
			path, ok = spelled(root, filepath.ToSlash(rel))
			return root, dir, path, ok
		}
		if dir == filepath.Dir(dir) {
			return "", "", "", false
		}
	}
}

// spelled returns a path as the names on disk spell it, where these differ from the
// client's in their Unicode form, or in case that the disk does not mind. It returns
// false if a part of it is a symbolic link.
func spelled(root, p string) (string, bool) {
	dir := root
	parts := strings.Split(p, "/")
	for i, name := range parts {
		entries, err := os.ReadDir(dir)
		if err != nil {
			break
		}
		at, info := -1, os.FileInfo(nil)
		for j, e := range entries {
			if e.Name() == name {
				at = j
				break
			}
			if at < 0 && norm.NFC.String(e.Name()) == norm.NFC.String(name) {
				at = j
			}
			if at < 0 && strings.EqualFold(e.Name(), name) {
				if info == nil {
					info, _ = os.Lstat(filepath.Join(dir, name))
				}
				if other, err := e.Info(); err == nil && info != nil && os.SameFile(info, other) {
					at = j
				}
			}
		}
		if at < 0 {
			break
		}
		if entries[at].Type()&os.ModeSymlink != 0 {
			return "", false
		}
		parts[i] = entries[at].Name()
		dir = filepath.Join(dir, parts[i])
	}
	return strings.Join(parts, "/"), true
}
