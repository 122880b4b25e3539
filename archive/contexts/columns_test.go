package contexts

import (
	"testing"
	"testing/fstest"

	"newsctl/archive"
)

// columnPages are the pages of the columns that FuzzColumns reads.
var columnPages = map[string]string{
	"index.md":               "## [2018-03-14](/news/2018/03/14/index.md)\n",
	"news/2018/03/14/a.md":   "##### Ferry\n# A\n\n### Related:\n\n1. [B](/news/2018/03/14/b.md) _Context: Orlando, Florida, Sea_\n",
	"news/2018/03/14/b.md":   "# B\n\n_Context: Sea_\n\n<!-- newsctl-name: Orlando, Florida -->\n\n### Related:\n\n1. [gone](/news/2018/03/9/c.md) _Context: Sea_\n",
	"news/2018/03/14/bad.md": "# Bad\n# Bad\n\n### Related:\n\n1. [A](/news/2018/03/14/a.md) _Context: Fog_\n",
}

// FuzzColumns opens any bytes as columns without a panic, and reads all of what is
// opened.
func FuzzColumns(f *testing.F) {
	files := fstest.MapFS{}
	for p, text := range columnPages {
		files[p] = &fstest.MapFile{Data: []byte(text)}
	}
	a := archive.New(files, archive.Config{})
	paths := a.Load(nil)
	pages := archive.NumberingOf(paths)
	f.Add(readText(&Contexts{Archive: a}, pages))
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		x := openColumns(text, pages)
		if x == nil {
			return
		}
		for page := range pages.Len() {
			x.contexts(page)
			x.each(page, func(event int, list int32) {
				_ = pages.Path(event)
				x.list(list)
			})
		}
		c := &Contexts{Archive: a, columns: x}
		c.Each(func(string, NameList) {})
		c.Counts()
		c.Names()
		c.stale(map[string]*Heard{paths[1]: {}}, true)
		c.readCommaNames()
	})
}
