package archive

import (
	"slices"
	"testing"
)

func TestVersions(t *testing.T) {
	a := New(tree(map[string]string{
		"index.md": "",
		"news/2018/03/14/a.md": `# A
### Changes:
1. [First ](/news/2018/03/14/first.md) _2018-03-14 00:30:05 (First version)_
1. no link
1. [A](/zh/news/2018/03/14/a.md) _(Current version)_
`,
		"news/2018/03/14/b.md": "# B\n",
	}), Config{})
	for p, want := range map[string][]string{
		"news/2018/03/14/a.md": {"news/2018/03/14/first.md", "news/2018/03/14/a.md"},
		"news/2018/03/14/b.md": nil,
		"index.md":             nil,
	} {
		if got := a.Page(p).Versions(); !slices.Equal(got, want) {
			t.Errorf("versions of %s: %q, want %q", p, got, want)
		}
	}
}
