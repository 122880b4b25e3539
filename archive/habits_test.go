package archive

import (
	"maps"
	"strings"
	"testing"

	"newsctl/archive/page"
)

// What is written where a page, or else the archive, shows how it writes.
func TestHabits(t *testing.T) {
	const head = "# X\n\n_Context: A_\n"
	chinese := files{
		"news/2017/07/1/a.md": "# A\n\n### 有关:\n\n1. [O](/zh/faq.md) _消息: B_\n2. [O](/zh/faq.md) _上下文: B_\n3. [O](/zh/faq.md) _消息: B_\n",
		"news/2017/07/1/b.md": "# B\n\n### 有关:\n\n1. [O](/faq.md)\n",
		"news/2017/07/1/c.md": "# C\n\n### Related:\n",
		"faq.md":              "# FAQ\n",
	}
	tests := []struct {
		what   string
		x      string
		more   files
		config Config
		want   string
	}{
		{
			"an archive that shows nothing",
			"##### A\n# X\n", nil, Config{},
			"##### A\n# X\n\n### Related:\n\n1. [Y](/" + pageY + ") _Context: A_\n",
		},
		{
			"an archive that shows nothing, with labels of its own",
			"##### A\n# X\n", nil, Config{Labels: page.Labels{Related: []string{"See also"}, Context: []string{"Shared"}}},
			"##### A\n# X\n\n### See also:\n\n1. [Y](/" + pageY + ") _Shared: A_\n",
		},
		{
			"as most of the archive",
			"##### A\n# X\n", chinese, Config{},
			"##### A\n# X\n\n### 有关:\n\n1. [Y](/zh/" + pageY + ") _消息: A_\n",
		},
		{
			"as most of the archive, whatever the configuration says",
			"##### A\n# X\n", chinese, Config{Labels: page.Labels{Related: []string{"See also"}, Context: []string{"Shared"}}},
			"##### A\n# X\n\n### 有关:\n\n1. [Y](/zh/" + pageY + ") _消息: A_\n",
		},
		{
			"as the page, not as the archive",
			head + "\n### Related:\n\n1. [O](/faq.md) _上下文: B_\n2. [Y](/news/2017/07/8/yy.md) _上下文: A_\n", chinese, Config{},
			head + "\n### Related:\n\n1. [O](/faq.md) _上下文: B_\n2. [Y](/" + pageY + ") _上下文: A_\n",
		},
		{
			"as the chosen entries of the page, where there are no others",
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _上下文: A_\n", chinese, Config{},
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _上下文: A_\n2. [Y](/" + pageY + ") _上下文: A_\n",
		},
		{
			"a link that is there stays",
			head + "\n### Related:\n\n1. [O](/zh/faq.md) _Context: B_\n2. [Why](/" + pageY + ") _Context: A_\n", chinese, Config{},
			head + "\n### Related:\n\n1. [O](/zh/faq.md) _Context: B_\n2. [Y](/" + pageY + ") _Context: A_\n",
		},
		{
			"the label that declares, where the list shows none",
			"# X\n\n_上下文: A_\n\n### Related:\n", chinese, Config{},
			"# X\n\n_上下文: A_\n\n### Related:\n\n1. [Y](/zh/" + pageY + ") _上下文: A_\n",
		},
		{
			"as many of one as of the other: the first in byte order",
			head + "\n### Related:\n\n1. [G](/zh/news/2017/07/2/gone.md) _消息: B_\n2. [G](/news/2017/07/2/gone.md) _Context: B_\n", chinese, Config{},
			head + "\n### Related:\n\n1. [Y](/" + pageY + ") _Context: A_\n",
		},
		{
			"entries that stay and entries that go differ in their label",
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _消息: A_\n2. [O](/faq.md) _消息: A_\n3. [Y](/" + pageY + ") _Context: A_\n4. [Y](/" + pageY + ") _Context: A_\n5. [Y](/" + pageY + ") _Context: A_\n", nil, Config{},
			"##### A\n# X\n\n### Related:\n\n1. [O](/faq.md) _消息: A_\n2. [O](/faq.md) _消息: A_\n3. [Y](/" + pageY + ") _Context: A_\n",
		},
		{
			"the declaration and entries that go differ in their label",
			"# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + pageY + ") _消息: A_\n2. [Y](/" + pageY + ") _消息: A_\n", nil, Config{},
			"# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + pageY + ") _消息: A_\n",
		},
	}
	for _, test := range tests {
		f := files{pageX: test.x, pageY: "# Y\n\n_Context: A_\n", "faq.md": "# FAQ\n"}
		maps.Copy(f, test.more)
		if test.config.Labels.Context != nil {
			f[pageY] = strings.Replace(f[pageY], "Context", test.config.Labels.Context[0], 1)
		}
		_, after := relink(t, f, test.config, []string{pageX})
		if after[pageX] != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, after[pageX], test.want)
		}
		if again, twice := relink(t, after, test.config, []string{pageX}); again.Plan.Len() > 0 {
			t.Errorf("%s: a second time\n%s\nbecomes\n%s", test.what, after[pageX], twice[pageX])
		}
	}
}

// A path that is written as a link leads back to the path.
func TestDestinationReadsBack(t *testing.T) {
	a, _ := files{"index.md": ""}.archive(Config{})
	for _, p := range []string{
		"news/2017/07/9/plain.md", "a b.md", "a%20b.md", "a%b.md", "100%.md", "a#b.md", "a?b.md", "(a).md", "a).md", "<a>.md", "[a].md", "a].md",
		"a&amp;b.md", "a\"b\".md", "a'b.md", "a`b.md", "a*b_c.md", "a\tb.md", "港.md", "a:b.md", "a,b;c.md", "é.md", "\U0001F6A2.md",
		"a\nb.md", "a\x1b[31mb.md", "a\rb\x7f.md",
	} {
		link := "/" + destination(p)
		src := "# [text](" + link + ")\n"
		read := page.ParsePlain([]byte(src))
		if len(read.Links) != 1 || read.Text(read.Links[0].Target) != link {
			t.Errorf("%q is written as %q, which is no link", p, link)
			continue
		}
		if got := a.resolve("news/2017/07/9/x.md", read.Destination(read.Links[0])); got != (Target{Kind: Internal, Path: p}) {
			t.Errorf("%q is written as %q, which leads to %v", p, link, got)
		}
	}
	if got := destination("news/2017/07/9/港-é_*'.md"); got != "news/2017/07/9/港-é_*'.md" {
		t.Errorf("a plain path is written as %q", got)
	}
}
