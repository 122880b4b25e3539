package txn

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// The work folder, and what is always in it while the lock is held.
const (
	workFolder = ".newsctl-work"
	lockFile   = workFolder + "/lock"
	holderFile = workFolder + "/holder"
)

// pollInterval is how often a waiting writer looks whether the lock is free.
const pollInterval = 20 * time.Millisecond

// Lock is the right to change the tree below a root. One process has it at a
// time; what it reads meanwhile is what it will write to.
type Lock struct {
	// Recovered tells people what an interrupted command had left and how it
	// was put right, before this lock was given. It is empty if there was nothing.
	Recovered string

	root   string
	hook   hook // of tests
	holder string
	flock  *flock.Flock
}

// Acquire waits for the lock of the tree below root until ctx is done, and
// then says who has it. Who names the command for that message ("newsctl
// relink"). What a killed command left is put right before Acquire returns.
func Acquire(ctx context.Context, root, who string) (*Lock, error) {
	return acquire(ctx, root, who, nil)
}

func acquire(ctx context.Context, root, who string, h hook) (*Lock, error) {
	for {
		l, err := tryAcquire(root, h)
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
			return nil, fmt.Errorf("the archive is being changed by %s; run the command again when that is done", holderOf(root))
		case <-time.After(pollInterval):
		}
	}
}

// Release gives the lock back and leaves nothing of it in the tree.
func (l *Lock) Release() error {
	err := l.remove(holderFile)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	// The file goes before the lock: once unlocked it may be another's.
	if runtime.GOOS != "windows" {
		err = errors.Join(err, l.remove(lockFile))
	}
	err = errors.Join(err, l.flock.Unlock())
	if runtime.GOOS == "windows" {
		// Here no open file can be removed, neither ours nor another's. Who
		// has it open now removes it.
		_ = l.remove(lockFile)
	}
	// It is not empty if another waits with a lock file of its own, or if a
	// change is still to be undone.
	if rmErr := l.rmdir(workFolder); !errors.Is(rmErr, fs.ErrExist) && !errors.Is(rmErr, fs.ErrNotExist) {
		err = errors.Join(err, rmErr)
	}
	return err
}

// errHeld: another process has the lock.
var errHeld = errors.New("the lock is held")

// errSwept: the lock was given back while it was being taken.
var errSwept = errors.New("the lock file was swept away")

// tryAcquire takes the lock and puts right what a killed command left, or
// returns errHeld at once.
func tryAcquire(root string, h hook) (*Lock, error) {
	l := &Lock{root: root, hook: h}
	err := errSwept
	for errors.Is(err, errSwept) {
		err = l.take()
	}
	if err != nil {
		return nil, err
	}
	if l.Recovered, err = l.recover(); err != nil {
		_ = l.Release() // the first error is the one to tell
		return nil, cannotWrite(err)
	}
	return l, nil
}

// take locks the lock file. The holder of a lock removes the file when it is
// done, so what was just locked may be a file that is no longer in the tree
// and keeps nobody out. The file is therefore opened first, which keeps its
// inode from being used again, and compared with the one in the tree last.
func (l *Lock) take() error {
	if err := l.mkdir(workFolder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return cannotWrite(err)
	}
	file, err := l.openLock()
	if errors.Is(err, fs.ErrNotExist) {
		return errSwept
	}
	if err != nil {
		_ = l.rmdir(workFolder) // if it is ours, it is empty
		return cannotWrite(err)
	}
	defer file.Close()

	l.flock = flock.New(l.abs(lockFile), flock.SetFlag(os.O_RDONLY))
	locked, err := l.flock.TryLock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errSwept
	case err != nil:
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

// openLock opens the lock file, and makes it if there is none.
func (l *Lock) openLock() (*os.File, error) {
	if info, err := os.Lstat(l.abs(workFolder)); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is in the way: it is no folder", workFolder)
	}
	if info, err := os.Lstat(l.abs(lockFile)); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is in the way: it is no regular file", lockFile)
	}
	return l.open(lockFile)
}

// sign says who has the lock, or gives it back. A killed process may have left
// its own name.
func (l *Lock) sign(who string) error {
	l.holder = fmt.Sprintf("%s (pid %d, since %s)", who, os.Getpid(), time.Now().Format(time.DateTime))
	err := l.remove(holderFile)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = l.write(holderFile, []byte(l.holder), newMode)
	}
	if err != nil {
		_ = l.Release() // the first error is the one to tell
		return cannotWrite(err)
	}
	return nil
}

// holderOf names who has the lock.
func holderOf(root string) string {
	name, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(holderFile)))
	if err != nil || len(name) == 0 {
		return "another command"
	}
	return string(name)
}

func cannotWrite(err error) error {
	return fmt.Errorf("cannot write to the archive: %w", err)
}
