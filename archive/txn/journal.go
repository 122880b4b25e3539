package txn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
)

// JournalFile is where the journal is while a change is under way.
const JournalFile = workDir + "/journal"

const (
	journalNew = workDir + "/journal.new"
	spareDir   = workDir + "/directory"
)

// newFile and oldFile are the names of what is staged for a change.
func newFile(i int) string { return fmt.Sprintf("%s/%d.new", workDir, i) }
func oldFile(i int) string { return fmt.Sprintf("%s/%d.old", workDir, i) }

// journal is a change of the tree that is under way, and all that is needed to
// undo it, but for the old files.
type journal struct {
	Holder      string
	Root        uint64 `json:",omitempty"` // identity of the tree, if the system has one
	Changes     []change
	Directories []directory // all directories on the way to the files, a parent before its children
}

// change is one file's part of a change.
type change struct {
	Path          string
	To            string `json:",omitempty"` // the other case of its name that it moves to
	Before, After Hash
}

// directory is a directory of the tree as it was before the change.
type directory struct {
	Path   string
	Mode   fs.FileMode
	Absent bool
}

// Pending reports whether a change of the tree below root is under way, or was
// interrupted.
func Pending(root string) bool {
	_, err := os.Lstat((&Lock{tree: Tree{Root: root}}).abs(JournalFile))
	return err == nil
}

// writeJournal makes the change one that is under way, all at once.
func (l *Lock) writeJournal(j *journal) error {
	data, err := json.Marshal(j)
	if err != nil {
		return err
	}
	if err := l.write(journalNew, data, newMode); err != nil {
		return err
	}
	if err := l.rename(journalNew, JournalFile); err != nil {
		return err
	}
	if err := l.sync(workDir); err != nil {
		return err
	}
	return l.sync(".")
}

// readJournal returns the change that is under way, or nil. A journal came into
// the tree whole or not at all, and is of that tree only: one that cannot be
// read, is of another tree, or leads through what no commit would write through
// is refused, and nothing is done by it.
func (l *Lock) readJournal() (*journal, error) {
	data, err := l.readWork(JournalFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case isRefusal(err):
		return nil, foreign(err.Error())
	case err != nil:
		return nil, err
	}
	if l.tree.Distrust != nil {
		if why := l.tree.Distrust(); why != "" {
			return nil, foreign(why)
		}
	}
	j := &journal{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(j); err != nil {
		return nil, foreign("it cannot be read: " + err.Error())
	}
	if j.Root != 0 && j.Root != l.identity() {
		return nil, foreign("it was left in another tree, of which this one holds a copy")
	}
	if err := l.checkJournal(j); isRefusal(err) {
		return nil, foreign(err.Error())
	} else if err != nil {
		return nil, err
	}
	return j, nil
}

// checkJournal refuses a journal with paths out of the tree or through
// links, and one beside which there is what no commit makes.
func (l *Lock) checkJournal(j *journal) error {
	dirs := map[string]bool{}
	for _, c := range j.Changes {
		if err := checkPath(c.Path); err != nil {
			return err
		}
		if c.To != "" && (checkPath(c.To) != nil || path.Dir(c.To) != path.Dir(c.Path)) {
			return refuse("%q is not another name of %s", c.To, c.Path)
		}
		dirs[path.Dir(c.Path)] = true
	}
	for _, f := range j.Directories {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		dirs[f.Path] = true
	}
	for dir := range dirs {
		if link, ok := l.linkIn(dir); ok {
			return refuse("it passes through the symbolic link %s", link)
		}
	}
	entries, err := os.ReadDir(l.abs(workDir))
	for _, e := range entries {
		name := workDir + "/" + e.Name()
		if !e.Type().IsRegular() && !(name == spareDir && e.IsDir()) {
			return refuse("%s is not a regular file", name)
		}
	}
	return err
}

// linkIn returns the symbolic link that a path leads through, if there is one.
func (l *Lock) linkIn(p string) (link string, ok bool) {
	for ; p != "."; p = path.Dir(p) {
		info, err := os.Lstat(l.abs(p))
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return p, true
		}
	}
	return "", false
}

// errForeign is why a journal is refused: nothing shows that a command of this
// tree left it, so that the tree is what its files say.
var errForeign = errors.New(JournalFile + " is not used")

// foreign returns an [errForeign] that says why, and what to do.
func foreign(why string) error {
	return fmt.Errorf("%w: %s; check the pages with git status, then remove it with: rm -r %s", errForeign, why, workDir)
}

// dirsOf returns the directories on the way to each path, without the root, a
// parent before its children.
func dirsOf(paths []string) []string {
	seen := map[string]bool{".": true}
	var dirs []string
	for _, p := range paths {
		for dir := path.Dir(p); !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			dirs = append(dirs, dir)
		}
	}
	sort.Strings(dirs)
	return dirs
}

// syncDirs brings all that a change did in the tree to the disk.
func (l *Lock) syncDirs(j *journal) error {
	if err := l.sync("."); err != nil {
		return err
	}
	return each(len(j.Directories), func(i int) error { return l.sync(j.Directories[i].Path) })
}
