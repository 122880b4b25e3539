package archive_test

import (
	"slices"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// Of two events that name each other as versions neither is the older one.
func TestIsPreviousVersion(t *testing.T) {
	t.Parallel()
	const a, b = "news/2018/03/14/a.md", "news/2018/03/14/b.md"
	naming := func(others ...string) string {
		src := "# X\n\n### Changes:\n\n"
		for _, p := range others {
			src += "1. [X](/" + p + ") _(Update)_\n"
		}
		return src
	}
	for _, test := range []struct {
		a, b           string
		aOlder, bOlder bool
	}{
		{"# X\n", "# X\n", false, false},
		{naming(b), "# X\n", false, true},
		{naming(a, b), naming(b), false, true},
		{naming(a, b), naming(a, b), false, false},
	} {
		x, _ := archivetest.Files{a: test.a, b: test.b}.Archive(archive.Config{})
		if got := x.IsPreviousVersion(x.Page(a)); got != test.aOlder {
			t.Errorf("a is the older version: %v\n%s\n%s", got, test.a, test.b)
		}
		if got := x.IsPreviousVersion(x.Page(b)); got != test.bOlder {
			t.Errorf("b is the older version: %v\n%s\n%s", got, test.a, test.b)
		}
	}
}

func TestVersions(t *testing.T) {
	a := archive.New(archivetest.Tree(map[string]string{
		"index.md": "",
		"news/2018/03/14/a.md": `# A
### Changes:
1. [First ](/news/2018/03/14/first.md) _2018-03-14 00:30:05 (First version)_
1. no link
1. [A](/zh/news/2018/03/14/a.md) _(Current version)_
`,
		"news/2018/03/14/b.md": "# B\n",
	}), archive.Config{})
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
