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

// step calls the hook of the tree, if it has one.
func (l *Lock) step(what, path string) error {
	if l.tree.hook == nil {
		return nil
	}
	return l.tree.hook(what, path)
}

// abs returns the path of a file of the tree as the system has it.
func (l *Lock) abs(path string) string {
	return filepath.Join(l.tree.Root, filepath.FromSlash(path))
}

// open opens a file to lock it; with flags of os.OpenFile it makes it.
func (l *Lock) open(path string, flags int) (*os.File, error) {
	if err := l.step("open", path); err != nil {
		return nil, err
	}
	return os.OpenFile(l.abs(path), os.O_RDONLY|flags, 0o666)
}

// newMode is the mode of a file that is made: what the umask leaves.
const newMode = fs.ModeIrregular

// write makes a file that must not be there yet. When it returns, the bytes
// are on the disk; the name is once the directory is synced too.
func (l *Lock) write(path string, data []byte, mode fs.FileMode) (err error) {
	f, err := l.create(path, data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
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

// note makes a file that must not be there yet and that nobody needs after a
// crash.
func (l *Lock) note(path, text string) error {
	f, err := l.create(path, []byte(text))
	if err != nil {
		return err
	}
	return f.Close()
}

// create makes a file that must not be there yet, and returns it open.
func (l *Lock) create(path string, data []byte) (*os.File, error) {
	if err := l.step("create", path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(l.abs(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if err = l.step("write", path); err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
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

// removeIfThere removes a file, be it there or not.
func (l *Lock) removeIfThere(path string) error {
	if err := l.remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
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

// rmdir removes an empty directory, and never a file. The error is fs.ErrExist if
// the directory is not empty.
func (l *Lock) rmdir(path string) error {
	if err := l.step("rmdir", path); err != nil {
		return err
	}
	if err := syscall.Rmdir(l.abs(path)); err != nil {
		return &fs.PathError{Op: "rmdir", Path: l.abs(path), Err: err}
	}
	return nil
}

// sync brings a file's bytes, or the names in a directory, to the disk. What is
// gone needs nothing; Windows offers no way to do it to what is not open to be
// written.
func (l *Lock) sync(path string) error {
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

// maxWork is the largest file of the work directory that is read: the journal of
// a million pages is smaller.
const maxWork = 256 << 20

// readWork returns the bytes of a file in the work directory, which anybody may
// have put there. It is an error if it is not a regular file.
func (l *Lock) readWork(path string) ([]byte, error) {
	info, err := os.Lstat(l.abs(path))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, refuse("%s is %s, not a regular file", path, kind(info))
	}
	if info.Size() > maxWork {
		return nil, refuse("%s is larger than %d bytes", path, maxWork)
	}
	return os.ReadFile(l.abs(path))
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
