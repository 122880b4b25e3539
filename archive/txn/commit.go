package txn

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// Commit makes the change that ops are: all of it, or after an error nothing
// of it. It refuses ops whose file is no longer what the change was made from,
// two ops on one path, paths out of the tree, symbolic links and what else is
// no regular file. A replaced file keeps its mode; folders are made as needed,
// and removed when their last file is.
func (l *Lock) Commit(ops []Op) error {
	ops = writesFirst(ops)
	if err := l.attempt(ops); err != nil {
		if _, undoErr := l.recover(); undoErr != nil {
			return fmt.Errorf("%w; and what was written cannot be undone: %w; the next command will try again", err, undoErr)
		}
		return fmt.Errorf("nothing was written: %w", err)
	}
	if err := l.sweep(); err != nil {
		return fmt.Errorf("the change is made, but its temporary files cannot be removed: %w; the next command will try again", err)
	}
	return nil
}

// attempt goes as far as to remove the journal.
func (l *Lock) attempt(ops []Op) error {
	if err := checkOps(ops); err != nil {
		return err
	}
	// A failed commit under this lock may still be waiting to be undone.
	if _, err := l.recover(); err != nil {
		return err
	}
	modes := make([]fs.FileMode, len(ops))
	err := each(len(ops), func(i int) (err error) {
		modes[i], err = l.check(ops[i])
		return err
	})
	if err != nil {
		return err
	}
	j, err := l.newJournal(ops)
	if err != nil {
		return err
	}
	if err := each(len(ops), func(i int) error { return l.stage(i, ops[i], modes[i]) }); err != nil {
		return err
	}
	if err := l.writeJournal(j); err != nil {
		return err
	}
	if err := l.apply(j, ops); err != nil {
		return err
	}
	return l.remove(journalFile)
}

// writesFirst puts the removals last, so that a page that moves is never
// missing at both of its paths.
func writesFirst(ops []Op) []Op {
	ops = slices.Clone(ops)
	slices.SortStableFunc(ops, func(a, b Op) int {
		switch {
		case a.Remove == b.Remove:
			return 0
		case b.Remove:
			return -1
		default:
			return 1
		}
	})
	return ops
}

func (l *Lock) newJournal(ops []Op) (*journal, error) {
	j := &journal{Holder: l.holder}
	paths := make([]string, len(ops))
	for i, op := range ops {
		paths[i] = op.Path
		j.Changes = append(j.Changes, change{Path: op.Path, Before: op.Before, After: op.after()})
	}
	for _, dir := range foldersOf(paths) {
		info, err := os.Lstat(l.abs(dir))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			j.Folders = append(j.Folders, folder{Path: dir, Absent: true})
		case err != nil:
			return nil, err
		default:
			j.Folders = append(j.Folders, folder{Path: dir, Mode: info.Mode()})
		}
	}
	return j, nil
}

// stage puts the new bytes and the old file of an op into the work folder.
func (l *Lock) stage(i int, op Op, mode fs.FileMode) error {
	if op.Before != Absent {
		if err := l.keep(i, op, mode); err != nil {
			return at(op, err)
		}
	}
	if op.Remove {
		return nil
	}
	return at(op, l.write(newFile(i), op.Data, mode))
}

// keep links the old file into the work folder, or copies it where the file
// system has no links.
func (l *Lock) keep(i int, op Op, mode fs.FileMode) error {
	if err := l.link(op.Path, oldFile(i)); err == nil {
		return nil
	}
	data, err := os.ReadFile(l.abs(op.Path))
	if err != nil {
		return err
	}
	return l.write(oldFile(i), data, mode)
}

// apply changes the tree. Each file is checked once more right before: there
// was time since the first check.
func (l *Lock) apply(j *journal, ops []Op) error {
	for _, f := range j.Folders {
		if !f.Absent {
			continue
		}
		if err := l.mkdir(f.Path, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	for i, op := range ops {
		if _, err := l.check(op); err != nil {
			return err
		}
		if err := l.applyOp(i, op); err != nil {
			return at(op, err)
		}
	}
	if err := l.removeEmptied(ops); err != nil {
		return err
	}
	return l.syncFolders(j)
}

func (l *Lock) applyOp(i int, op Op) error {
	if op.Remove {
		return l.remove(op.Path)
	}
	return l.rename(newFile(i), op.Path)
}

// removeEmptied removes the folders that lost their last file.
func (l *Lock) removeEmptied(ops []Op) error {
	var removed []string
	for _, op := range ops {
		if op.Remove {
			removed = append(removed, op.Path)
		}
	}
	dirs := foldersOf(removed)
	slices.Reverse(dirs)
	for _, dir := range dirs {
		entries, err := os.ReadDir(l.abs(dir))
		if err != nil {
			return err
		}
		if len(entries) > 0 {
			continue
		}
		if err := l.rmdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// at says which file of the archive a failure is about, in place of the name
// of a temporary file.
func at(op Op, err error) error {
	var ofPath *fs.PathError
	var ofLink *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ofPath):
		err = ofPath.Err
	case errors.As(err, &ofLink):
		err = ofLink.Err
	}
	return fmt.Errorf("%s: %w", op.Path, err)
}
