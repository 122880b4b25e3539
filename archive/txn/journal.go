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

const (
	journalFile = workFolder + "/journal"
	journalNew  = workFolder + "/journal.new"
	spareFolder = workFolder + "/folder"
)

// newFile and oldFile are the names of what is staged for a change.
func newFile(i int) string { return fmt.Sprintf("%s/%d.new", workFolder, i) }
func oldFile(i int) string { return fmt.Sprintf("%s/%d.old", workFolder, i) }

// journal is a change of the tree that is under way, and all that is needed to
// undo it, but for the old files.
type journal struct {
	Holder  string
	Changes []change
	Folders []folder // all folders on the way to the files, a parent before its children
}

// change is one file's part of a change.
type change struct {
	Path          string
	Before, After Hash
}

// folder is a folder of the tree as it was before the change.
type folder struct {
	Path   string
	Mode   fs.FileMode
	Absent bool
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
	if err := l.rename(journalNew, journalFile); err != nil {
		return err
	}
	if err := l.syncFolder(workFolder); err != nil {
		return err
	}
	return l.syncFolder(".")
}

// readJournal returns the change that is under way, or nil. A journal came
// into the tree whole or not at all: one that cannot be read is none of ours,
// and nothing is done by it.
func (l *Lock) readJournal() (*journal, error) {
	info, err := os.Lstat(l.abs(journalFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, foreign("it is no regular file")
	}
	data, err := os.ReadFile(l.abs(journalFile))
	if err != nil {
		return nil, err
	}
	j := &journal{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(j); err != nil {
		return nil, foreign(err.Error())
	}
	for _, c := range j.Changes {
		if err := checkPath(c.Path); err != nil {
			return nil, foreign(err.Error())
		}
	}
	for _, f := range j.Folders {
		if err := checkPath(f.Path); err != nil {
			return nil, foreign(err.Error())
		}
	}
	return j, nil
}

func foreign(why string) error {
	return fmt.Errorf("%s was not written by this program (%s); make sure that the archive's files are as they should be, then delete the folder %s", journalFile, why, workFolder)
}

// foldersOf returns the folders on the way to each path, without the root, a
// parent before its children.
func foldersOf(paths []string) []string {
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

// syncFolders brings all that a change did in the tree to the disk.
func (l *Lock) syncFolders(j *journal) error {
	if err := l.syncFolder("."); err != nil {
		return err
	}
	return each(len(j.Folders), func(i int) error { return l.syncFolder(j.Folders[i].Path) })
}
