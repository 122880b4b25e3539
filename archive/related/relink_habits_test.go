package related

import (
	"maps"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/page"
)

// What is written where a page, or else the archive, shows how it writes.
func TestHabits(t *testing.T) {
	const head = "# X\n\n_Context: A_\n"
	chinese := archivetest.Files{
		"news/2017/07/1/a.md": "# A\n\n### 有关:\n\n1. [O](/zh/faq.md) _消息: B_\n2. [O](/zh/faq.md) _上下文: B_\n3. [O](/zh/faq.md) _消息: B_\n",
		"news/2017/07/1/b.md": "# B\n\n### 有关:\n\n1. [O](/faq.md)\n",
		"news/2017/07/1/c.md": "# C\n\n### Related:\n",
		"faq.md":              "# FAQ\n",
	}
	tests := []struct {
		what   string
		x      string
		more   archivetest.Files
		config archive.Config
		want   string
	}{
		{
			"an archive that shows nothing",
			"##### A\n# X\n", nil, archive.Config{},
			"##### A\n# X\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: A_\n",
		},
		{
			"an archive that shows nothing, with labels of its own",
			"##### A\n# X\n", nil, archive.Config{Labels: page.Labels{Related: []string{"See also"}, Context: []string{"Shared"}}},
			"##### A\n# X\n\n### See also:\n\n1. [Y](/" + archivetest.PageY + ") _Shared: A_\n",
		},
		{
			"as most of the archive",
			"##### A\n# X\n", chinese, archive.Config{},
			"##### A\n# X\n\n### 有关:\n\n1. [Y](/zh/" + archivetest.PageY + ") _消息: A_\n",
		},
		{
			"as most of the archive, whatever the configuration says",
			"##### A\n# X\n", chinese, archive.Config{Labels: page.Labels{Related: []string{"See also"}, Context: []string{"Shared"}}},
			"##### A\n# X\n\n### 有关:\n\n1. [Y](/zh/" + archivetest.PageY + ") _消息: A_\n",
		},
		{
			"as the page, not as the archive",
			head + "\n### Related:\n\n1. [O](/faq.md) _上下文: B_\n2. [Y](/news/2017/07/8/yy.md) _上下文: A_\n", chinese, archive.Config{},
			head + "\n### Related:\n\n1. [O](/faq.md) _上下文: B_\n2. [Y](/" + archivetest.PageY + ") _上下文: A_\n",
		},
		{
			"as the chosen entries of the page, where there are no others",
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _上下文: A_\n", chinese, archive.Config{},
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _上下文: A_\n2. [Y](/" + archivetest.PageY + ") _上下文: A_\n",
		},
		{
			"a link that is there stays",
			head + "\n### Related:\n\n1. [O](/zh/faq.md) _Context: B_\n2. [Why](/" + archivetest.PageY + ") _Context: A_\n", chinese, archive.Config{},
			head + "\n### Related:\n\n1. [O](/zh/faq.md) _Context: B_\n2. [Y](/" + archivetest.PageY + ") _Context: A_\n",
		},
		{
			"the label that declares, where the list shows none",
			"# X\n\n_上下文: A_\n\n### Related:\n", chinese, archive.Config{},
			"# X\n\n_上下文: A_\n\n### Related:\n\n1. [Y](/zh/" + archivetest.PageY + ") _上下文: A_\n",
		},
		{
			"as many of one as of the other: the first in byte order",
			head + "\n### Related:\n\n1. [G](/zh/news/2017/07/2/gone.md) _消息: B_\n2. [G](/news/2017/07/2/gone.md) _Context: B_\n", chinese, archive.Config{},
			head + "\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: A_\n",
		},
		{
			"entries that stay and entries that go differ in their label",
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _消息: A_\n2. [O](/faq.md) _消息: A_\n3. [Y](/" + archivetest.PageY + ") _Context: A_\n4. [Y](/" + archivetest.PageY + ") _Context: A_\n5. [Y](/" + archivetest.PageY + ") _Context: A_\n", nil, archive.Config{},
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _消息: A_\n2. [O](/faq.md) _消息: A_\n3. [Y](/" + archivetest.PageY + ") _Context: A_\n",
		},
		{
			"the declaration and entries that go differ in their label",
			"# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _消息: A_\n2. [Y](/" + archivetest.PageY + ") _消息: A_\n", nil, archive.Config{},
			"# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _消息: A_\n",
		},
	}
	for _, test := range tests {
		f := archivetest.Files{archivetest.PageX: test.x, archivetest.PageY: "# Y\n\n_Context: A_\n", "faq.md": "# FAQ\n"}
		maps.Copy(f, test.more)
		if test.config.Labels.Context != nil {
			f[archivetest.PageY] = strings.Replace(f[archivetest.PageY], "Context", test.config.Labels.Context[0], 1)
		}
		_, after := relink(t, f, test.config, []string{archivetest.PageX})
		if after[archivetest.PageX] != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, after[archivetest.PageX], test.want)
		}
		if again, twice := relink(t, after, test.config, []string{archivetest.PageX}); again.Plan.Len() > 0 {
			t.Errorf("%s: a second time\n%s\nbecomes\n%s", test.what, after[archivetest.PageX], twice[archivetest.PageX])
		}
	}
}
