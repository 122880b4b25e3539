package commands

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// readRegular reads a file of at most limit bytes. A pipe or a device, which
// might never answer or never end, is refused.
func readRegular(name string, limit int64) ([]byte, error) {
	f, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBounded(f, limit)
}

// openRegular opens a regular file, and nothing else.
func openRegular(name string) (*os.File, error) {
	info, err := os.Stat(name) // opening some devices has an effect
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, reason(err)
	}
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // it may have become a pipe
	if err != nil {
		return nil, reason(err)
	}
	if info, err = f.Stat(); err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, errors.Join(reason(err), f.Close())
	}
	return f, nil
}

// regular returns an error if a file is not a regular one.
func regular(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errors.New("is a directory, not a file")
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New("is a symbolic link, which is not followed here")
	case !info.Mode().IsRegular():
		return errors.New("is not a regular file")
	}
	return nil
}

// reason returns an error of the file system without the name of the file,
// which the caller knows by the name that the user gave.
func reason(err error) error {
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return notThere{}
	case errors.As(err, &at) && strings.HasPrefix(at.Err.Error(), "is "): // not a regular file
		return at.Err
	case errors.As(err, &at):
		return fmt.Errorf("cannot be read: %w", at.Err)
	}
	return err
}

// notThere is fs.ErrNotExist in the words of a message.
type notThere struct{}

func (notThere) Error() string        { return "does not exist" }
func (notThere) Is(target error) bool { return target == fs.ErrNotExist }

// readBounded reads at most limit bytes; more are an error.
func readBounded(r io.Reader, limit int64) ([]byte, error) {
	return io.ReadAll(&boundedReader{r, limit, limit})
}

// boundedReader is a reader of which more than limit bytes are an error.
type boundedReader struct {
	io.Reader
	left, limit int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("is larger than %s", bytesOf(b.limit))
	}
	return n, err
}

// bytesOf returns a size in the unit that people read.
func bytesOf(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

// givenFile is a file that the command line names. It may be anywhere, and may be a
// pipe, as in --from <(program).
type givenFile struct {
	boundedReader
	io.Closer
}

// openGiven opens a file that the command line names, of at most limit bytes.
func openGiven(name string, limit int64) (*givenFile, error) {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		err = regular(info)
	}
	if err != nil {
		return nil, reason(err)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, reason(err)
	}
	return &givenFile{boundedReader{f, limit, limit}, f}, nil
}

// ownFiles opens files that belong to an archive and are not pages, such as its
// configuration. It is the path of the archive's root.
type ownFiles string

// Open opens a regular file below the root.
func (root ownFiles) Open(name string) (fs.File, error) {
	file, err := root.locate(name)
	if err != nil {
		return nil, err
	}
	return openRegular(file)
}

// locate returns the absolute path of a file, which need not exist, from its
// path relative to the root. Symbolic links are followed within the archive
// only. What git or newsctl keeps for itself is out of bounds.
func (root ownFiles) locate(name string) (string, error) {
	name = filepath.FromSlash(name)
	if !filepath.IsLocal(name) {
		return "", errors.New("is outside the archive; give a path relative to its root")
	}
	if err := notPrivate(name); err != nil {
		return "", err
	}
	target, err := resolve(filepath.Join(string(root), name))
	if err != nil {
		return "", reason(err)
	}
	rel, err := filepath.Rel(string(root), target)
	if err != nil || !filepath.IsLocal(rel) {
		return "", errors.New("is a symbolic link out of the archive, which is not followed")
	}
	return target, notPrivate(rel)
}

// resolve follows the symbolic links of a path, of which the last part need not
// exist.
func resolve(file string) (string, error) {
	target, err := filepath.EvalSymlinks(file)
	switch {
	case err != nil && strings.Contains(err.Error(), "too many links"): // the library's own
		return "", errors.New("is a symbolic link to itself")
	case !errors.Is(err, fs.ErrNotExist):
		return target, err
	}
	if _, err := os.Lstat(file); err == nil {
		return "", errors.New("is a symbolic link to nothing")
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(file))
	if errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("is in a directory that does not exist")
	}
	return filepath.Join(dir, filepath.Base(file)), err
}

// notPrivate returns an error if a path leads into a directory that git or
// newsctl keeps for itself.
func notPrivate(name string) error {
	for _, part := range strings.Split(name, string(filepath.Separator)) {
		if slices.ContainsFunc(privateDirs, func(dir string) bool { return strings.EqualFold(part, dir) }) {
			return fmt.Errorf("is in %s; put it elsewhere", part)
		}
	}
	return nil
}

// privateDirs are the directories of git and of newsctl; git~1 is .git to Windows.
var privateDirs = []string{".git", "git~1", ".newsctl-work"}

// replaceFile writes a file anew, be it there or not: all of it, or nothing.
func replaceFile(file string, data []byte, mode fs.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".newsctl-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}

// maxLine is the longest line that is read, in bytes.
const maxLine = 1 << 20

// inputLine is a line of what is read line by line.
type inputLine struct {
	text string
	at   string // where it is: stdin:3
	err  error  // why it cannot be used
}

// lines calls do for each line of r, until do returns an error. A byte order mark at
// the start counts for nothing. Errors of reading begin with the name.
func lines(name string, r io.Reader, do func(inputLine) error) error {
	in := bufio.NewReader(r)
	for n := 1; ; n++ {
		text, long, err := readLine(in)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s %w", name, reason(err))
		}
		if n == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		line := inputLine{text: text, at: fmt.Sprintf("%s:%d", name, n)}
		if long {
			line.err = fmt.Errorf("%s: the line is longer than %s", line.at, bytesOf(maxLine))
		}
		if err := do(line); err != nil {
			return err
		}
	}
}

// readLine reads a line without its end. Of a line that is too long it returns the
// start, and skips the rest.
func readLine(in *bufio.Reader) (text string, long bool, err error) {
	var b []byte
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(b)+len(part) > maxLine+len("\r\n"); !long {
			b = append(b, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(b) == 0 && !long:
			return "", false, io.EOF
		case err != nil && err != io.EOF:
			return "", false, err
		}
		line := strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r")
		return line, long || len(line) > maxLine, nil
	}
}
