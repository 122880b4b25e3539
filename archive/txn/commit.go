package txn

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// Commit makes the change that ops are: all of it, or after an error nothing
// of it. It refuses ops whose file is no longer what the change was made from,
// two ops on one path, paths out of the tree, symbolic links and what else is
// not a regular file. A replaced file keeps its mode; directories are made as
// needed, and removed when their last file is.
func (l *Lock) Commit(ops []Op) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.released {
		return errors.New("nothing was written: the lock is released")
	}
	ops = inOrder(ops)
	if err := l.attempt(ops); err != nil {
		r, undoErr := l.recover()
		switch {
		case undoErr != nil:
			return fmt.Errorf("%w; and what was written cannot be undone: %w; the next command will try again", err, undoErr)
		case r.finished:
			return nil
		case len(r.lost) > 0:
			_, undoErr = r.line()
			return fmt.Errorf("%w; %w", err, undoErr)
		}
		return fmt.Errorf("nothing was written: %w", err)
	}
	// The change is made: what is left of it is for Release to report.
	l.swept = l.sweep()
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
	ops, err := l.inPlace(ops)
	if err != nil {
		return err
	}
	modes := make([]fs.FileMode, len(ops))
	err = each(len(ops), func(i int) (err error) {
		modes[i], err = l.check(ops[i])
		return err
	})
	if err != nil {
		return err
	}
	keepModes(ops, modes)
	j, err := l.newJournal(ops)
	if err != nil {
		return err
	}
	if err := l.hide(); err != nil {
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
	return l.settle(j)
}

// keepModes gives the files that move or come back the modes that they had.
func keepModes(ops []Op, modes []fs.FileMode) {
	of := map[string]fs.FileMode{}
	for i, op := range ops {
		of[op.Path] = modes[i]
	}
	for i, op := range ops {
		if mode, ok := of[op.From]; ok {
			modes[i] = mode
		} else if op.Before == Absent && op.Mode != 0 {
			modes[i] = op.Mode
		}
	}
}

// inOrder puts new files first, so that what links to them is never there before
// them, and removals last, so that a page that moves is never missing at both of
// its paths.
func inOrder(ops []Op) []Op {
	rank := func(op Op) int {
		switch {
		case op.Remove:
			return 2
		case op.Before != Absent:
			return 1
		}
		return 0
	}
	ops = slices.Clone(ops)
	slices.SortStableFunc(ops, func(a, b Op) int { return cmp.Compare(rank(a), rank(b)) })
	return ops
}

func (l *Lock) newJournal(ops []Op) (*journal, error) {
	j := &journal{Holder: l.holder, Root: l.identity()}
	paths := make([]string, len(ops))
	for i, op := range ops {
		paths[i] = op.Path
		j.Changes = append(j.Changes, change{Path: op.Path, To: op.to, Before: op.Before, After: op.after()})
	}
	for _, dir := range dirsOf(paths) {
		info, err := os.Lstat(l.abs(dir))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			j.Directories = append(j.Directories, directory{Path: dir, Absent: true})
		case err != nil:
			return nil, err
		default:
			j.Directories = append(j.Directories, directory{Path: dir, Mode: info.Mode()})
		}
	}
	return j, nil
}

// stage puts the new bytes and the old file of an op into the work directory.
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

// keep links the old file into the work directory, or copies it where the file
// system has no links. Nobody may have synced it yet.
func (l *Lock) keep(i int, op Op, mode fs.FileMode) error {
	if err := l.link(op.Path, oldFile(i)); err == nil {
		return l.sync(oldFile(i))
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
	if err := l.makeDirs(j); err != nil {
		return err
	}
	var removed []string
	for i, op := range ops {
		if _, err := l.check(op); err != nil {
			return err
		}
		if err := l.put(op.Path, newFile(i), op.after()); err != nil {
			return at(op, err)
		}
		if err := l.giveName(op.Path, op.to); err != nil {
			return at(op, err)
		}
		if op.Remove {
			removed = append(removed, op.Path)
		}
	}
	return l.removeEmptied(removed)
}

// makeDirs makes the directories that a change needs.
func (l *Lock) makeDirs(j *journal) error {
	for _, f := range j.Directories {
		if !f.Absent {
			continue
		}
		if err := l.mkdir(f.Path, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// removeEmptied removes the directories that lost their last file, which are
// on the way to paths.
func (l *Lock) removeEmptied(paths []string) error {
	dirs := dirsOf(paths)
	slices.Reverse(dirs)
	for _, dir := range dirs {
		entries, err := os.ReadDir(l.abs(dir))
		if isAbsent(err) || len(entries) > 0 {
			continue
		}
		if err != nil {
			return err
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
