package txn

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Recover undoes what a killed command left half done below root, and tells
// people so in one line; the line is empty if there was nothing. It is for the
// start of every command, and costs one look at the disk. While a command is
// at work it does nothing and does not wait.
func Recover(root string) (string, error) {
	return recoverRoot(root, nil)
}

func recoverRoot(root string, h hook) (string, error) {
	if _, err := os.Lstat((&Lock{root: root}).abs(workFolder)); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	l, err := tryAcquire(root, h)
	if errors.Is(err, errHeld) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("what an interrupted command left in %s is still there: %w", workFolder, err)
	}
	return l.Recovered, l.Release()
}

// recover undoes the change that is under way, if there is one, empties the
// work folder, and tells people what was done.
func (l *Lock) recover() (string, error) {
	left, err := l.leftovers()
	if err != nil || len(left) == 0 {
		return "", err
	}
	j, err := l.readJournal()
	if err != nil {
		return "", err
	}
	if j == nil {
		return "an interrupted command left temporary files, which were removed; no file is half changed", l.sweep()
	}
	kept, err := l.undo(j)
	if err != nil {
		return "", err
	}
	said := j.Holder + " was interrupted; what it had changed was undone"
	if len(kept) > 0 {
		said += ", but not where somebody changed the file after it: " + strings.Join(kept, ", ")
	}
	return said, l.sweep()
}

// undo makes the tree what it was, and then removes the journal. It goes by
// what each file is now: what the change made of it is put back, what it was
// before is left, and so is what neither of the two is. The latter are
// returned: they are somebody else's work.
func (l *Lock) undo(j *journal) (kept []string, err error) {
	for _, f := range j.Folders {
		if err := l.restoreFolder(f); err != nil {
			return nil, err
		}
	}
	for i, c := range j.Changes {
		undone, err := l.undoChange(i, c)
		if err != nil {
			return nil, err
		}
		if !undone {
			kept = append(kept, c.Path)
		}
	}
	for i := len(j.Folders) - 1; i >= 0; i-- {
		if err := l.removeMade(j.Folders[i]); err != nil {
			return nil, err
		}
	}
	if err := l.syncFolders(j); err != nil {
		return nil, err
	}
	return kept, l.remove(journalFile)
}

// undoChange reports false if the file is neither the old nor the new one.
func (l *Lock) undoChange(i int, c change) (bool, error) {
	now, _, err := l.inspect(c.Path)
	switch {
	case isRefusal(err):
		return false, nil
	case err != nil:
		return false, err
	case now == c.Before:
		return true, nil
	case now != c.After:
		return false, nil
	case c.Before == Absent:
		return true, l.remove(c.Path)
	default:
		return true, l.rename(oldFile(i), c.Path)
	}
}

// restoreFolder makes a folder again that the change removed. It comes into
// the tree with its mode.
func (l *Lock) restoreFolder(f folder) error {
	if f.Absent {
		return nil
	}
	if there, err := l.isFolder(f.Path); there || isRefusal(err) {
		return nil
	} else if err != nil {
		return err
	}
	if err := l.mkdir(spareFolder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := l.chmod(spareFolder, f.Mode); err != nil {
		return err
	}
	return l.rename(spareFolder, f.Path)
}

// removeMade removes a folder that the change made, if nobody uses it now.
func (l *Lock) removeMade(f folder) error {
	if !f.Absent {
		return nil
	}
	if there, err := l.isFolder(f.Path); isRefusal(err) || err == nil && !there {
		return nil
	} else if err != nil {
		return err
	}
	if err := l.rmdir(f.Path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// sweep removes what is left in the work folder. The journal must be gone from
// the disk before what it speaks of is.
func (l *Lock) sweep() error {
	if err := l.syncFolder(workFolder); err != nil {
		return err
	}
	left, err := l.leftovers()
	if err != nil {
		return err
	}
	return each(len(left), func(i int) error { return l.remove(left[i]) })
}

// leftovers returns what is in the work folder and not the lock's.
func (l *Lock) leftovers() ([]string, error) {
	entries, err := os.ReadDir(l.abs(workFolder))
	if err != nil {
		return nil, err
	}
	var left []string
	for _, e := range entries {
		if name := workFolder + "/" + e.Name(); name != lockFile && name != holderFile {
			left = append(left, name)
		}
	}
	return left, nil
}
