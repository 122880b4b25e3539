package archive

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// growingFS has files that hold more, or less, than they say: somebody writes them.
type growingFS struct {
	fs.FS
	by int64
}

type growingFile struct {
	fs.File
	by int64
}

type growingInfo struct {
	fs.FileInfo
	by int64
}

func (g growingFS) Open(name string) (fs.File, error) {
	f, err := g.FS.Open(name)
	return growingFile{f, g.by}, err
}

func (g growingFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(g.FS, name) }

func (f growingFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return growingInfo{info, f.by}, err
}

func (i growingInfo) Size() int64 { return i.FileInfo.Size() - i.by }

// TestGrowingPage checks that a page which changes while it is read is not cut short.
func TestGrowingPage(t *testing.T) {
	const name = "news/2024/03/5/a.md"
	for _, by := range []int64{1, -1, 0} {
		a := New(growingFS{fstest.MapFS{name: {Data: []byte("# A\n")}}, by}, Config{})
		err := a.Page(name).Err
		if changed := err != nil && strings.Contains(err.Error(), "changed while it was being read"); changed != (by != 0) {
			t.Errorf("%d bytes more: %v", by, err)
		}
	}
}
