package txn

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
)

// hook is called before each change of the disk. Only tests set one: they fail a
// step, or play dead from it on.
type hook func(what, path string) error

// step calls the hook of the lock, if it has one.
func (l *Lock) step(what, path string) error {
	if l.hook == nil {
		return nil
	}
	return l.hook(what, path)
}

// abs returns the path of a file of the tree as the system has it.
func (l *Lock) abs(path string) string {
	return filepath.Join(l.root, filepath.FromSlash(path))
}

// open opens a file to lock it, and makes it if there is none.
func (l *Lock) open(path string) (*os.File, error) {
	if err := l.step("open", path); err != nil {
		return nil, err
	}
	return os.OpenFile(l.abs(path), os.O_RDONLY|os.O_CREATE, 0o666)
}

// newMode is the mode of a file that is made: what the umask leaves.
const newMode = fs.ModeIrregular

// write makes a file that must not be there yet. When it returns, the bytes
// are on the disk; the name is once the folder is synced too.
func (l *Lock) write(path string, data []byte, mode fs.FileMode) (err error) {
	if err := l.step("create", path); err != nil {
		return err
	}
	f, err := os.OpenFile(l.abs(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := l.step("write", path); err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if mode != newMode {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := l.step("sync", path); err != nil {
		return err
	}
	return f.Sync()
}

func (l *Lock) link(from, to string) error {
	if err := l.step("link", to); err != nil {
		return err
	}
	return os.Link(l.abs(from), l.abs(to))
}

func (l *Lock) rename(from, to string) error {
	if err := l.step("rename", to); err != nil {
		return err
	}
	return os.Rename(l.abs(from), l.abs(to))
}

func (l *Lock) remove(path string) error {
	if err := l.step("remove", path); err != nil {
		return err
	}
	return os.Remove(l.abs(path))
}

func (l *Lock) mkdir(path string, mode fs.FileMode) error {
	if err := l.step("mkdir", path); err != nil {
		return err
	}
	return os.Mkdir(l.abs(path), mode)
}

func (l *Lock) chmod(path string, mode fs.FileMode) error {
	if err := l.step("chmod", path); err != nil {
		return err
	}
	return os.Chmod(l.abs(path), mode)
}

// rmdir removes an empty folder, and never a file. The error is fs.ErrExist if
// the folder is not empty.
func (l *Lock) rmdir(path string) error {
	if err := l.step("rmdir", path); err != nil {
		return err
	}
	if err := syscall.Rmdir(l.abs(path)); err != nil {
		return &fs.PathError{Op: "rmdir", Path: l.abs(path), Err: err}
	}
	return nil
}

// syncFolder brings the names in a folder to the disk. A folder that is gone
// has none; Windows offers no way to do it.
func (l *Lock) syncFolder(path string) error {
	if err := l.step("sync", path); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(l.abs(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// workers is how many files are synced at once. Disks take many syncs in
// little more than the time of one, so this is not the number of cores.
const workers = 16

// each calls do for 0 to n-1, several at a time, and returns the first error.
func each(n int, do func(i int) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, min(n, workers))
	for w := range errs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for errs[w] == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				errs[w] = do(i)
			}
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
