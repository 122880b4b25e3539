package txn

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// workDir is the work directory. The rest is always in it while the lock is held.
const (
	workDir     = ".newsctl-work"
	ignoreFile  = workDir + "/.gitignore"
	unnamedFile = workDir + "/.git" // the same, before it is complete
	lockFile    = workDir + "/lock"
	holderFile  = workDir + "/holder"
)

// pollInterval is how often a waiting command tries again.
const pollInterval = 20 * time.Millisecond

// Lock is the right to change the tree below a root. One process has it at a
// time; what it reads meanwhile is what it will write to.
type Lock struct {
	// Recovered says in one line what an interrupted command had left and how it
	// was corrected, before this lock was given. It is empty if there was nothing.
	Recovered string

	tree   Tree
	holder string
	flock  *flock.Flock

	mu       sync.Mutex // a command that is asked to end releases its lock between commits
	released bool
	swept    error // why temporary files of a commit are still there
}

// Acquire waits for the lock of a tree until ctx is done, and
// then says who has it. Who names the command for that message ("newsctl
// relink"). What a killed command left is corrected before Acquire returns.
func Acquire(ctx context.Context, t Tree, who string) (*Lock, error) {
	for {
		l, err := tryAcquire(t)
		if err == nil {
			if err := l.sign(who); err != nil {
				return nil, err
			}
			return l, nil
		}
		if !errors.Is(err, errHeld) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, beingChanged(t.Root)
		case <-time.After(pollInterval):
		}
	}
}

// Release gives the lock back, once a commit has ended, and leaves nothing of it in the tree. An error
// says that files in the work directory are left; the next command removes them.
func (l *Lock) Release() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.released {
		return nil
	}
	l.released = true
	err := errors.Join(l.swept, l.removeIfThere(holderFile))
	// The file goes before the lock: once unlocked it may be another's.
	if runtime.GOOS != "windows" {
		err = errors.Join(err, l.removeIfThere(lockFile))
	}
	err = errors.Join(err, l.flock.Unlock())
	if runtime.GOOS == "windows" {
		// Here no open file can be removed, neither ours nor another's. Who
		// has it open now removes it.
		_ = l.remove(lockFile)
	}
	if err = errors.Join(err, l.removeWorkDir()); err != nil {
		return fmt.Errorf("temporary files are left in %s (%w); the next command removes them", workDir, err)
	}
	return nil
}

// removeWorkDir removes the work directory, unless another command waits in it
// with a lock file of its own, or a change is still to be undone: then what
// hides it from git stays as well.
func (l *Lock) removeWorkDir() error {
	entries, err := os.ReadDir(l.abs(workDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	files := []string{ignoreFile}
	for _, e := range entries {
		switch name := workDir + "/" + e.Name(); name {
		case ignoreFile:
		case unnamedFile:
			files = append(files, name)
		default:
			return nil
		}
	}
	for _, file := range files {
		if err := l.removeIfThere(file); err != nil {
			return err
		}
	}
	if err := l.rmdir(workDir); !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// errHeld: another process has the lock.
var errHeld = errors.New("the lock is held")

// errSwept: the lock was given back while it was being taken.
var errSwept = errors.New("the lock file was swept away")

// tryAcquire takes the lock and corrects what a killed command left, or
// returns errHeld at once.
func tryAcquire(t Tree) (*Lock, error) {
	l := &Lock{tree: t}
	err := errSwept
	for errors.Is(err, errSwept) {
		err = l.take()
	}
	if err != nil {
		return nil, err
	}
	r, err := l.recover()
	switch {
	case err == nil:
		l.Recovered, err = r.line()
	case !errors.Is(err, errForeign):
		err = cannotWrite(err)
	}
	if err == nil && r.found {
		err = l.hide()
	}
	if err != nil {
		_ = l.Release() // the first error is the one to report
		return nil, err
	}
	return l, nil
}

// take locks the lock file. The holder of a lock removes the file when it is
// done, so what was just locked may be a file that is no longer in the tree
// and keeps nobody out. The file is therefore opened first, which keeps its
// inode from being used again, and compared with the one in the tree last.
func (l *Lock) take() error {
	if err := l.mkdir(workDir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return cannotWrite(err)
	}
	file, made, err := l.openLock()
	if errors.Is(err, fs.ErrNotExist) {
		return errSwept
	}
	if err != nil {
		_ = l.removeWorkDir()
		return cannotWrite(err)
	}
	defer file.Close()

	l.flock = flock.New(l.abs(lockFile), flock.SetFlag(os.O_RDONLY))
	locked, err := l.flock.TryLock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errSwept
	case err != nil:
		if made { // nobody else can have locked it
			_ = l.remove(lockFile)
			_ = l.removeWorkDir()
		}
		return fmt.Errorf("cannot lock the archive: %w", err)
	case !locked:
		return errHeld
	}
	mine, err := file.Stat()
	if err != nil {
		return errors.Join(err, l.flock.Unlock())
	}
	inTree, err := os.Lstat(l.abs(lockFile))
	if err != nil || !os.SameFile(mine, inTree) {
		return errors.Join(errSwept, l.flock.Unlock())
	}
	return nil
}

// openLock opens the lock file, and reports whether it had to make it. The
// work directory is hidden from git before that.
func (l *Lock) openLock() (file *os.File, made bool, err error) {
	if info, err := os.Lstat(l.abs(workDir)); err == nil && !info.IsDir() {
		return nil, false, fmt.Errorf("%s is in the way: it is not a directory", workDir)
	}
	if info, err := os.Lstat(l.abs(lockFile)); err == nil && !info.Mode().IsRegular() {
		return nil, false, fmt.Errorf("%s is in the way: it is not a regular file", lockFile)
	}
	if !Pending(l.tree.Root) { // or who left that has hidden it, or is a stranger
		if err := l.hide(); err != nil {
			return nil, false, err
		}
	}
	file, err = l.open(lockFile, os.O_CREATE|os.O_EXCL)
	if !errors.Is(err, fs.ErrExist) {
		return file, true, err
	}
	file, err = l.open(lockFile, 0)
	return file, false, err
}

// ignoreAll makes git ignore a directory and all that is in it.
const ignoreAll = "*\n"

// hideTries is how often hide makes its file, while others that wait for the lock make
// or remove theirs.
const hideTries = 100

// hide makes git ignore the work directory. A command that releases its lock may
// remove the file under one that waits, so this is repeated before a commit. The file
// is filled under a name that git never reads: whoever is killed meanwhile leaves
// nothing that git shows.
func (l *Lock) hide() error {
	err := error(nil)
	for range hideTries {
		if data, err := l.readWork(ignoreFile); err == nil && string(data) == ignoreAll {
			return nil
		}
		if err = l.removeIfThere(unnamedFile); err == nil {
			err = l.note(unnamedFile, ignoreAll)
		}
		if err == nil {
			err = l.rename(unnamedFile, ignoreFile)
		}
		if !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if _, gone := os.Lstat(l.abs(workDir)); gone != nil {
			return err
		}
	}
	return err
}

// sign says who has the lock, or gives it back. A killed process may have left
// its own name.
func (l *Lock) sign(who string) error {
	l.holder = fmt.Sprintf("%s (pid %d, since %s)", who, os.Getpid(), time.Now().Format(time.DateTime))
	err := l.removeIfThere(holderFile)
	if err == nil {
		err = l.note(holderFile, l.holder)
	}
	if err != nil {
		_ = l.Release() // the first error is the one to report
		return cannotWrite(err)
	}
	return nil
}

// beingChanged says who has the lock.
func beingChanged(root string) error {
	l := &Lock{tree: Tree{Root: root}}
	who, err := l.readWork(holderFile)
	if err != nil || len(who) == 0 {
		who = []byte("another command")
	}
	return fmt.Errorf("the archive is being changed by %s; run the command again when that is done", who)
}

func cannotWrite(err error) error {
	return fmt.Errorf("cannot write to the archive: %w", err)
}
