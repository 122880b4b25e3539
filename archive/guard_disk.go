package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"newsctl/archive/page"
	"newsctl/archive/txn"
)

// sizeError says that a page would be too large.
type sizeError struct {
	path string
	size int
}

func (e *sizeError) Error() string {
	return fmt.Sprintf("%s would have %d bytes, and a page has at most %d", e.path, e.size, page.MaxSize)
}

// sizeCheck refuses a page that would be too large to be read again.
func sizeCheck(_ *Archive, c planned) error {
	if len(c.after) > page.MaxSize {
		return &sizeError{c.end(), len(c.after)}
	}
	return nil
}

// diskCheck refuses a new page where no disk takes one.
func diskCheck(a *Archive, c planned) error {
	p := c.end()
	if c.gone || c.from != nil && c.to == "" {
		return nil
	}
	if reason := longName(p); reason != "" {
		return fmt.Errorf("%s: %s", p, reason)
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if t, ok := a.typeOf(dir); ok && !t.IsDir() {
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
	if reason := CheckName(path.Base(p)); reason != "" {
		return fmt.Sprintf("the file name would be %s, which %s; reword the headline", path.Base(p), reason)
	}
	return ""
}

// blame returns an error of the guard as one of the draft that makes a page too
// large: one that is most of it, or else the last one of the page's day.
func (ad *adder) blame(err error) error {
	var tooLarge *sizeError
	if !errors.As(err, &tooLarge) {
		return err
	}
	_, day := Classify(tooLarge.path)
	out := wrong(DateField, "with this event, %v; choose another day", tooLarge)
	for i, e := range ad.events {
		if e.Date != day && day != (Date{}) {
			continue
		}
		if field, size := ad.drafts[i].longest(); e.Path == tooLarge.path || size > tooLarge.size*3/4 {
			out = wrong(field, "%v; shorten it", tooLarge)
			out.Draft = i
			return out
		}
		out.Draft = i
	}
	return out
}

// longest returns the field of a draft that is longest, and its size in bytes.
func (d *Draft) longest() (field string, size int) {
	sources, contexts := 0, 0
	for _, s := range d.Sources {
		sources += len(s.Outlet) + len(s.URL)
	}
	for _, name := range d.Contexts {
		contexts += len(name)
	}
	for _, f := range []struct {
		name string
		size int
	}{{HeadlineField, len(d.Headline)}, {TopicField, len(d.Topic)}, {DescriptionField, len(d.Description)}, {SourceField, sources}, {ContextField, contexts}} {
		if f.size > size {
			field, size = f.name, f.size
		}
	}
	return field, size
}
