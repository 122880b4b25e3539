package txn

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

// refusal says why a file is not one to be written.
type refusal string

func (r refusal) Error() string { return string(r) }

func isRefusal(err error) bool {
	var r refusal
	return errors.As(err, &r)
}

func refuse(format string, args ...any) error {
	return refusal(fmt.Sprintf(format, args...))
}

// checkOps refuses ops that no tree could take.
func checkOps(ops []Op) error {
	paths := make(map[string]bool, len(ops))
	for _, op := range ops {
		if err := checkPath(op.Path); err != nil {
			return err
		}
		if name := path.Base(op.Path); len(name) > MaxName {
			return refuse("%s: its name has %d bytes, and file systems take at most %d", op.Path, len(name), MaxName)
		}
		if paths[op.Path] {
			return refuse("%s is changed twice", op.Path)
		}
		if op.Remove && op.Before == Absent {
			return refuse("%s is to be removed, but there must be no such file", op.Path)
		}
		paths[op.Path] = true
	}
	for _, op := range ops {
		for dir := path.Dir(op.Path); dir != "."; dir = path.Dir(dir) {
			if paths[dir] {
				return refuse("%s is changed as a file, and as a directory with %s in it", dir, op.Path)
			}
		}
	}
	return nil
}

// MaxName is the longest name of a file, in bytes, that file systems take.
const MaxName = 255

// isAbsent reports whether an error says that a file is not there. None is at a
// path that no file system takes.
func isAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENAMETOOLONG)
}

// checkPath refuses paths out of the tree, and those that are not the
// archive's: our own, and git's, where a file may be a program.
func checkPath(p string) error {
	if !fs.ValidPath(p) || p == "." || p != filepath.ToSlash(p) || !filepath.IsLocal(filepath.FromSlash(p)) {
		return refuse("%q is not a path of a file in the archive", p)
	}
	for _, name := range strings.Split(p, "/") {
		if strings.EqualFold(name, ".git") || strings.EqualFold(name, workDir) {
			return refuse("%s is not a path of the archive: nothing is written to %s", p, name)
		}
	}
	return nil
}

// check refuses an op if its file is not what the change was made from, and
// returns the mode the new file is to have.
func (l *Lock) check(op Op) (fs.FileMode, error) {
	now, mode, err := l.inspect(op.Path)
	switch {
	case err != nil:
		return 0, err
	case now == op.Before:
		return mode, nil
	case op.Before == Absent:
		return 0, refuse("%s exists already", op.Path)
	case now == Absent:
		return 0, refuse("%s is gone since the change was planned; run the command again", op.Path)
	default:
		return 0, refuse("%s has changed since the change was planned; run the command again", op.Path)
	}
}

// inspect returns the hash and the mode of a file. It refuses what is not a
// regular file or is reached through something that is not a directory.
func (l *Lock) inspect(p string) (Hash, fs.FileMode, error) {
	there, err := l.isDir(path.Dir(p))
	if err != nil {
		return "", 0, err
	}
	if !there {
		return Absent, newMode, nil
	}
	info, err := os.Lstat(l.abs(p))
	switch {
	case isAbsent(err):
		return Absent, newMode, nil
	case err != nil:
		return "", 0, err
	case !info.Mode().IsRegular():
		return "", 0, refuse("%s is %s; only regular files are changed", p, kind(info))
	}
	data, err := os.ReadFile(l.abs(p))
	if err != nil {
		return "", 0, err
	}
	return HashOf(data), info.Mode(), nil
}

// isDir reports whether dir is there. It refuses what is not a directory, be it
// dir itself or on the way to it.
func (l *Lock) isDir(dir string) (bool, error) {
	if dir == "." {
		return true, nil
	}
	if there, err := l.isDir(path.Dir(dir)); !there || err != nil {
		return false, err
	}
	info, err := os.Lstat(l.abs(dir))
	switch {
	case isAbsent(err):
		return false, nil
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, refuse("%s is %s, not a directory", dir, kind(info))
	}
	return true, nil
}

func kind(info fs.FileInfo) string {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return "a symbolic link"
	case info.IsDir():
		return "a directory"
	case info.Mode().IsRegular():
		return "a file"
	default:
		return "a special file"
	}
}
