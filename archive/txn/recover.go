package txn

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Recover corrects what a killed command left half done in a tree, and says
// so in one line; the line is empty if there was nothing. It is for the start of
// every command, and costs one access to the disk. While a command is at work it
// does nothing and does not wait.
//
// An error is [errForeign] if what is there is not used; the tree is then what
// its files say. After any other error while [Pending] is true, it is half
// changed.
func Recover(t Tree) (string, error) {
	if _, err := os.Lstat((&Lock{tree: t}).abs(workDir)); err != nil {
		return "", nil
	}
	l, err := tryAcquire(t)
	if errors.Is(err, errHeld) || err != nil && !Pending(t.Root) && !errors.Is(err, errLost) {
		return "", nil // files that are in nobody's way
	}
	if err != nil {
		return "", err
	}
	_ = l.Release() // what is left is in nobody's way
	return l.Recovered, nil
}

// recover corrects what is under way, if anything is, and empties the work
// directory.
func (l *Lock) recover() (recovery, error) {
	left, err := l.leftovers()
	if err != nil || len(left) == 0 {
		return recovery{}, err
	}
	j, err := l.readJournal()
	if err != nil {
		return recovery{}, err
	}
	r := recovery{found: true}
	if j != nil {
		if r, err = l.complete(j); err != nil {
			return r, fmt.Errorf("the change of %s was interrupted and cannot be undone: %w", j.Holder, err)
		}
	}
	return r, l.sweep()
}

// recovery is how a change that was interrupted ended.
type recovery struct {
	found    bool     // there was something
	holder   string   // whose change it was; empty: no file was changed yet
	finished bool     // it was finished, not undone
	kept     []string // files that are neither old nor new: somebody else's work
	lost     []string // files left as the change made them, since their saved copies are lost
}

// errLost: some files could not be undone, and never can be.
var errLost = errors.New("their saved copies are lost")

// line says how the change ended. It is an error if files are left half changed.
func (r recovery) line() (string, error) {
	out := r.holder + " was interrupted; what it had changed was undone"
	switch {
	case !r.found:
		return "", nil
	case r.holder == "":
		return "an interrupted command left temporary files, which were removed; no file is half changed", nil
	case r.finished:
		out = r.holder + " was interrupted; its change was finished, since saved copies that could undo it are lost"
	}
	if len(r.kept) > 0 {
		out += ", but not where somebody changed the file after it: " + strings.Join(r.kept, ", ")
	}
	if len(r.lost) == 0 {
		return out, nil
	}
	return "", fmt.Errorf("%s; these pages are left as it wrote them, since %w: %s; restore them with git checkout", out, errLost, strings.Join(r.lost, ", "))
}

// complete ends the change that is under way, and then removes the journal. The
// change is undone. Where that cannot be, since the saved copy of a file is lost,
// it is finished, so that the tree is the new one; where that cannot be either,
// it is undone but for those files.
//
// All goes by what each file is now, never by how far the change came: what is
// neither the old nor the new file is left alone.
func (l *Lock) complete(j *journal) (recovery, error) {
	r := recovery{found: true, holder: j.Holder}
	canUndo, canFinish, unread := true, true, error(nil)
	for i, c := range j.Changes {
		now, err := l.state(c)
		if err != nil {
			return r, err
		}
		switch now {
		case newState:
			ok, err := l.isStored(oldFile(i), c.Before)
			canUndo, unread = canUndo && ok, errors.Join(unread, err)
		case oldState:
			ok, err := l.isStored(newFile(i), c.After)
			canFinish = canFinish && ok && err == nil
		}
	}
	if !canUndo && canFinish {
		r.finished = true
		return r, l.finish(j, &r)
	}
	if unread != nil {
		return r, unread
	}
	return r, l.undo(j, &r)
}

// state is what a file under change is now.
type state int

const (
	foreignState state = iota // neither the old nor the new file
	oldState
	newState
)

func (l *Lock) state(c change) (state, error) {
	now, _, err := l.inspect(c.Path)
	switch {
	case isRefusal(err):
		return foreignState, nil
	case err != nil:
		return foreignState, err
	case now == c.Before:
		return oldState, nil
	case now == c.After:
		return newState, nil
	}
	return foreignState, nil
}

// isStored reports whether a file of the work directory has a hash, or needs not
// be there. An error is one of reading it.
func (l *Lock) isStored(path string, h Hash) (bool, error) {
	if h == Absent {
		return true, nil
	}
	data, err := l.readWork(path)
	if isAbsent(err) || isRefusal(err) {
		err = nil
	}
	return err == nil && HashOf(data) == h, err
}

// undo makes the tree what it was. The changes are undone in the reverse of the
// order in which they were made.
func (l *Lock) undo(j *journal, r *recovery) error {
	for _, f := range j.Directories {
		if err := l.restoreDir(f); err != nil {
			return err
		}
	}
	for i := len(j.Changes) - 1; i >= 0; i-- {
		c := j.Changes[i]
		switch now, err := l.state(c); {
		case err != nil:
			return err
		case now == foreignState:
			r.kept = append(r.kept, c.Path)
		case now == newState:
			if ok, err := l.isStored(oldFile(i), c.Before); err != nil {
				return err
			} else if !ok {
				r.lost = append(r.lost, c.Path)
				continue
			}
			if err := l.put(c.Path, oldFile(i), c.Before); err != nil {
				return err
			}
			fallthrough
		case now == oldState:
			if err := l.giveName(c.To, c.Path); err != nil {
				return err
			}
		}
	}
	for i := len(j.Directories) - 1; i >= 0; i-- {
		if err := l.removeMade(j.Directories[i]); err != nil {
			return err
		}
	}
	slices.Sort(r.kept)
	slices.Sort(r.lost)
	return l.settle(j)
}

// finish makes the tree what it was to become.
func (l *Lock) finish(j *journal, r *recovery) error {
	if err := l.makeDirs(j); err != nil {
		return err
	}
	var removed []string
	for i, c := range j.Changes {
		switch now, err := l.state(c); {
		case err != nil:
			return err
		case now == foreignState:
			r.kept = append(r.kept, c.Path)
		case now == oldState:
			if err := l.put(c.Path, newFile(i), c.After); err != nil {
				return err
			}
			fallthrough
		case now == newState:
			if err := l.giveName(c.Path, c.To); err != nil {
				return err
			}
		}
		if c.After == Absent {
			removed = append(removed, c.Path)
		}
	}
	if err := l.removeEmptied(removed); err != nil {
		return err
	}
	return l.settle(j)
}

// put makes a file what was stored for it, or removes it.
func (l *Lock) put(path, stored string, h Hash) error {
	if h == Absent {
		return l.remove(path)
	}
	return l.rename(stored, path)
}

// settle ends the change that a journal records: what is in the tree now is
// on the disk before the journal is gone.
func (l *Lock) settle(j *journal) error {
	if err := l.syncDirs(j); err != nil {
		return err
	}
	l.advance()
	return l.remove(JournalFile)
}

// restoreDir makes a directory again that the change removed. It comes into
// the tree with its mode.
func (l *Lock) restoreDir(f directory) error {
	if f.Absent {
		return nil
	}
	if there, err := l.isDir(f.Path); there || isRefusal(err) {
		return nil
	} else if err != nil {
		return err
	}
	if err := l.rmdir(spareDir); err != nil && !isAbsent(err) {
		return err
	}
	if err := l.mkdir(spareDir, 0o777); err != nil {
		return err
	}
	if err := l.chmod(spareDir, f.Mode); err != nil {
		return err
	}
	return l.rename(spareDir, f.Path)
}

// removeMade removes a directory that the change made, if nobody uses it now.
func (l *Lock) removeMade(f directory) error {
	if !f.Absent {
		return nil
	}
	if there, err := l.isDir(f.Path); isRefusal(err) || err == nil && !there {
		return nil
	} else if err != nil {
		return err
	}
	if err := l.rmdir(f.Path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// sweep removes what is left in the work directory. The journal must be gone from
// the disk before what it is about is.
func (l *Lock) sweep() error {
	if err := l.sync(workDir); err != nil {
		return err
	}
	left, err := l.leftovers()
	if err != nil {
		return err
	}
	return each(len(left), func(i int) error { return l.remove(left[i]) })
}

// leftovers returns what is in the work directory and not the lock's.
func (l *Lock) leftovers() ([]string, error) {
	entries, err := os.ReadDir(l.abs(workDir))
	if err != nil {
		return nil, err
	}
	var left []string
	for _, e := range entries {
		if name := workDir + "/" + e.Name(); name != lockFile && name != holderFile && name != ignoreFile && name != unnamedFile {
			left = append(left, name)
		}
	}
	return left, nil
}
