package commands

import (
	"fmt"
	"io/fs"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/compare"
	"newsctl/archive/git"
	"newsctl/lint"
)

// opened is a version of an archive with the configuration that holds for it.
type opened struct {
	*archive.Archive
	picked map[string]string // what [env.pick] has
	files  fs.FS
	root   string // absolute, symbolic links resolved
	config archive.Config
	lint   lint.Config
	staged []git.Change // if it is opened as it is staged
}

// open finds the archive that a command line means and reads its configuration.
// It is called within [env.answer] or [env.locked] only.
func (e *env) open() (*opened, error) {
	if e.reading == nil && e.lock == nil {
		panic("an archive is opened outside of answer and locked")
	}
	root, err := e.root()
	if err != nil {
		return nil, err
	}
	a, doubt, err := e.openRoot(root, e.reading.files)
	if doubt != nil {
		e.doubt = doubt
	}
	if err != nil {
		return nil, err
	}
	e.opened, a.picked = a, e.picked
	e.hintNoEvents(e.opened)
	return e.opened, nil
}

// openRoot opens the archive in a root on disk, its files through what a function
// returns. Doubt is why git does not say which of them are checked out.
func (e *env) openRoot(root string, through func(fs.FS) fs.FS) (out *opened, doubt, err error) {
	files, doubt := git.OnDisk(root)
	config, lintConfig, err := readConfig(configSource(root, files))
	if err != nil {
		return nil, doubt, err
	}
	out = &opened{files: files, root: root, config: config, lint: lintConfig}
	out.Archive = e.fresh(out, through)
	return out, doubt, nil
}

// fresh returns the archive with nothing read yet.
func (e *env) fresh(a *opened, through func(fs.FS) fs.FS) *archive.Archive {
	out := archive.New(through(a.files), a.config)
	history := compare.NewPageHistory(a.root, a.config)
	out.History = func(p string) (string, bool) { return history.Of(out, p) }
	out.CRLF = git.CRLF(a.root)
	if c := e.catalog(a, out.FactState); c != nil {
		out.Keep(c, catalog.Disk(a.root), worthSaving)
	}
	return out
}

// configSource returns where the configuration of an archive on disk is read: in
// the index, if it is not checked out.
func configSource(root string, files fs.FS) fs.FS {
	if git.CheckedOut(files, configName) {
		return ownFiles(root)
	}
	return files
}

// load reads the pages of the whole archive, which must hold something.
func (e *env) load(a *opened) ([]string, error) {
	e.readPages(a)
	return e.list(a)
}

// readPages reads the pages of the whole archive, be it empty.
func (e *env) readPages(a *opened) {
	p := newProgress(e.stderr)
	defer p.clear()
	a.LoadPages(p.report)
}

// list returns the paths of all pages of the archive, which must hold something.
func (e *env) list(a *opened) ([]string, error) {
	paths := a.Paths(".")
	if len(paths) == 0 && len(a.Errors()) == 0 {
		return nil, fmt.Errorf("the archive in %s has no pages; run \"newsctl new\" to add the first event", a.root)
	}
	return paths, nil
}

// loadFacts makes known the facts of the whole archive, be it empty.
func (e *env) loadFacts(a *opened) []string {
	p := newProgress(e.stderr)
	defer p.clear()
	return a.Load(p.report)
}

// loadSound makes known the facts of the whole archive, which must hold something. A
// page that cannot be read is an error.
func (e *env) loadSound(a *opened) ([]string, error) {
	e.loadFacts(a)
	return e.sound(a)
}

// loadPages reads the whole archive, which must hold something. A page that cannot
// be read is an error.
func (e *env) loadPages(a *opened) ([]string, error) {
	if _, err := e.load(a); err != nil {
		return nil, err
	}
	return e.sound(a)
}

// sound returns the paths of an archive that is loaded: it must hold something, and
// all of it can be read.
func (e *env) sound(a *opened) ([]string, error) {
	paths, err := e.list(a)
	if err != nil {
		return nil, err
	}
	return paths, a.sound()
}

// sound returns an error if a page could not be read: what it says would be
// forgotten.
func (a *opened) sound() error {
	if errs := a.Errors(); len(errs) > 0 {
		return fmt.Errorf("%w; nothing was written, because what the page says would be lost", errs[0])
	}
	return nil
}
