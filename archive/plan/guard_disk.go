package plan

import (
	"fmt"
	"io/fs"
	"path"

	"newsctl/archive"
	"newsctl/archive/filename"
	"newsctl/archive/page"
	"newsctl/archive/txn"
)

// SizeError says that a page would be too large.
type SizeError struct {
	Path string
	Size int
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("%s would have %d bytes, and a page has at most %d", e.Path, e.Size, page.MaxSize)
}

// sizeCheck refuses a page that would be too large to be read again.
func sizeCheck(_ *archive.Archive, c archive.Change) error {
	if size := c.After.Len(); size > page.MaxSize {
		return &SizeError{c.End(), size}
	}
	return nil
}

// diskCheck refuses a new page where no disk takes one.
func diskCheck(a *archive.Archive, c archive.Change) error {
	p := c.End()
	if c.Gone || !c.From.IsNone() && c.To == "" {
		return nil
	}
	if reason := longName(p); reason != "" {
		return fmt.Errorf("%s: %s", p, reason)
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if t, ok := a.TypeOf(dir); ok && !t.IsDir() {
			return fmt.Errorf("%s cannot be written: %s is %s, not a directory", p, dir, typeName(t))
		}
	}
	return nil
}

// typeName returns what is at a path that is not a directory.
func typeName(t fs.FileMode) string {
	switch {
	case t.IsRegular():
		return "a file"
	case t&fs.ModeSymlink != 0:
		return "a symbolic link"
	}
	return "a special file"
}

// longName returns why no file system takes the name of a new page, or nothing.
func longName(p string) string {
	if n := len(path.Base(p)); n > txn.MaxName {
		return fmt.Sprintf("its file name would have %d bytes, and file systems take at most %d; reword the headline, or set slug.length or slug.style in the configuration", n, txn.MaxName)
	}
	return ""
}

// Unusable returns why a file of an event cannot have the name that a path ends
// with, or nothing.
func Unusable(p string) string {
	if reason := longName(p); reason != "" {
		return reason
	}
	if reason := filename.Invalid(path.Base(p)); reason != "" {
		return fmt.Sprintf("the file name would be %s, which %s; reword the headline", path.Base(p), reason)
	}
	return ""
}
