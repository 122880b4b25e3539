package archive_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/page"
)

// bulkFS is files that can be read in one go, all but one.
type bulkFS struct {
	fstest.MapFS
	broken string
}

func (f bulkFS) ReadEach(paths []string, do func(i int, data []byte)) error {
	for i, p := range paths {
		if p == f.broken {
			return fmt.Errorf("cannot read %s", p)
		}
		do(i, []byte(string(f.MapFS[p].Data)))
	}
	return nil
}

// Pages that are read in one go have the facts that they have one by one, and each is
// visited once.
func TestGatherBulk(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"news/2018/03/14/large.md": {Data: []byte(strings.Repeat("#", page.MaxSize+1))}}
	for i := range 300 {
		p := fmt.Sprintf("news/2018/03/%d/ferry-%d.md", i%20+1, i)
		files[p] = &fstest.MapFile{Data: []byte(fmt.Sprintf("# Ferry %d\n\n### Related:\n\n1. [Ferry](/news/2018/03/1/ferry-20.md) _Context: Ferry, Sea_\n", i))}
	}
	want := archive.New(files, archive.Config{})
	paths := want.Load(nil)
	for _, broken := range []string{"", "news/2018/03/3/ferry-2.md"} {
		a := archive.New(bulkFS{files, broken}, archive.Config{})
		var mu sync.Mutex
		visits := map[string]int{}
		a.Gather(nil, func(p *archive.Page) {
			mu.Lock()
			defer mu.Unlock()
			visits[p.Path]++
		})
		for _, p := range paths {
			f, g := a.Facts(p), want.Facts(p)
			if visits[p] != 1 || f.Head != g.Head || !reflect.DeepEqual(f.Related, g.Related) || !reflect.DeepEqual(f.Days, g.Days) {
				t.Errorf("%s, visited %d times: %+v, want %+v", p, visits[p], f, g)
			}
		}
	}
}
