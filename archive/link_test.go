package archive_test

import (
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// targetOf returns where the first link of a page leads.
func targetOf(t *testing.T, a *archive.Archive, p string) archive.Target {
	t.Helper()
	pg := a.Page(p)
	if pg == nil || len(pg.Links) == 0 {
		t.Fatalf("no link on %s", p)
	}
	return pg.Target(pg.Links[0])
}

func TestTargets(t *testing.T) {
	internal := func(p string) archive.Target { return archive.Target{Kind: archive.Internal, Path: p} }
	var (
		external = archive.Target{Kind: archive.External}
		outside  = archive.Target{Kind: archive.Outside}
		invalid  = archive.Target{Kind: archive.Invalid}
	)
	const from = "news/2017/07/9/a.md"
	for _, tt := range []struct {
		link string // as it is on the page news/2017/07/9/a.md
		want archive.Target
	}{
		{"/news/2017/07/9/b.md", internal("news/2017/07/9/b.md")},
		{"/index.md", internal("index.md")},
		{"/nowhere/a.md", internal("nowhere/a.md")},
		{"b.md", internal("news/2017/07/9/b.md")},
		{"./b.md", internal("news/2017/07/9/b.md")},
		{"../8/b.md", internal("news/2017/07/8/b.md")},
		{"../../../../faq/a.md", internal("faq/a.md")},
		{"/a//b/./c/../d.md", internal("a/b/d.md")},
		{"/青岚/大桥.md", internal("青岚/大桥.md")},

		{"/faq/", internal("faq/index.md")},
		{"/faq", internal("faq/index.md")},
		{"/nowhere/", internal("nowhere/index.md")},
		{"/nowhere", internal("nowhere")},
		{"/", internal("index.md")},
		{".", internal("news/2017/07/9/index.md")},
		{"./", internal("news/2017/07/9/index.md")},
		{"..", internal("news/2017/07/index.md")},
		{"/faq/..", internal("index.md")},
		{"/folder.md", internal("folder.md")},

		{"/b.md#top", internal("b.md")},
		{"/b.md?a=1", internal("b.md")},
		{"/b.md?a=1#top", internal("b.md")},
		{"/b.md#top?a=/../..", internal("b.md")},
		{"#top", internal(from)},
		{"?a=1", internal(from)},

		{"/{{page.dir}}/b.md", external},
		{"{%link_b.md%}", external},

		{"/b%20c.md", internal("b c.md")},
		{"</b c.md>", internal("b c.md")},
		{"/%E9%9D%92.md", internal("青.md")},
		{"/b%2fc.md", internal("b/c.md")},
		{"/%2Fb.md", internal("b.md")},
		{"/%2f%2fb.md", internal("b.md")},
		{"%2fb.md", internal("b.md")},
		{"/%2f", internal("index.md")},
		{"/%2f..", outside},
		{"/b%23c.md", internal("b#c.md")},
		{"/b%3Fc.md", internal("b?c.md")},
		{"/b+c.md", internal("b+c.md")},
		{"/b%zzc.md", invalid},
		{"/b%", invalid},
		{"/b%00c.md", invalid},
		{`/b\c.md`, invalid},
		{"/b%5cc.md", internal(`b\c.md`)},
		{`/b\_c.md`, internal("b_c.md")}, // an escape of Markdown
		{"/b&amp;c.md", internal("b&c.md")},
		{"", invalid},
		{"<>", invalid},

		{"/..", outside},
		{"/../a.md", outside},
		{"/%2e%2e/a.md", outside},
		{"/faq/../../a.md", outside},
		{"../../../../../a.md", outside},
		{"../../../../..", outside},

		{"http://a.example/news/2017/07/9/b.md", external},
		{"https://a.example", external},
		{"HTTPS://a.example", external},
		{"mailto:editor@a.example", external},
		{"git+ssh://a.example", external},
		{"z39.50r://a.example", external},
		{"//a.example/b.md", external},
		{"tel:1", external},
		{"/b:c.md", internal("b:c.md")},
		{"./b:c.md", internal("news/2017/07/9/b:c.md")},
		{"1:b.md", internal("news/2017/07/9/1:b.md")},
		{":b.md", internal("news/2017/07/9/:b.md")},

		{"/zh/news/2019/05/26/b.md", internal("news/2019/05/26/b.md")},
		{"/zh/index.md", internal("index.md")},
		{"/zh/", internal("index.md")},
		{"/zh-tw/b.md", internal("b.md")},
		{"/pt-BR/b.md", internal("b.md")},
		{"/zh-Hant/b.md", internal("b.md")},
		{"/zh/zh/b.md", internal("zh/b.md")},
		{"/zh/faq/", internal("faq/index.md")},
		{"/zh/faq", internal("faq/index.md")},
		{"/ZH/b.md", internal("ZH/b.md")},
		{"/eng/b.md", internal("eng/b.md")},
		{"/zh-t/b.md", internal("zh-t/b.md")},
		{"/zh-latin/b.md", internal("zh-latin/b.md")},
		{"/zh-/b.md", internal("zh-/b.md")},
		{"/zh-12/b.md", internal("zh-12/b.md")},
		{"/en/b.md", internal("en/b.md")}, // a directory of the tree
	} {
		files := archivetest.Tree(map[string]string{
			from:                 "[a](" + tt.link + ")\n",
			"faq/index.md":       "",
			"folder.md/index.md": "",
			"en/b.md":            "",
		})
		if got := targetOf(t, archive.New(files, archive.Config{}), from); got != tt.want {
			t.Errorf("%q leads to %v, want %v", tt.link, got, tt.want)
		}
	}
}

// Links of a page at the root are relative to the root.
func TestTargetsFromTheRoot(t *testing.T) {
	for link, want := range map[string]archive.Target{
		"b.md":    {Kind: archive.Internal, Path: "b.md"},
		".":       {Kind: archive.Internal, Path: "index.md"},
		"faq/":    {Kind: archive.Internal, Path: "faq/index.md"},
		"../b.md": {Kind: archive.Outside},
	} {
		a := archive.New(archivetest.Tree(map[string]string{"index.md": "[a](" + link + ")\n", "faq/index.md": ""}), archive.Config{})
		if got := targetOf(t, a, "index.md"); got != want {
			t.Errorf("%q leads to %v, want %v", link, got, want)
		}
	}
}

// A directory stands for the page that is shown for it.
func TestDirectories(t *testing.T) {
	files := archivetest.Tree(map[string]string{
		"a/index.md": "", "a/README.md": "", "a/index.html": "", "b/README.md": "", "b/index.html": "", "c/index.html": "", "d/x.md": "",
	})
	for link, want := range map[string]string{
		"/a/": "a/index.md", "/a": "a/index.md", "/b#x": "b/README.md", "/c/": "c/index.html", "/d/": "d/index.md", "/e/": "e/index.md", "/b/index.md": "b/index.md",
	} {
		files["index.md"] = archivetest.Tree(map[string]string{"index.md": "[a](" + link + ")\n"})["index.md"]
		if got := targetOf(t, archive.New(files, archive.Config{}), "index.md"); got.Path != want {
			t.Errorf("%s leads to %s, want %s", link, got.Path, want)
		}
	}
}

func TestConfiguredPrefixes(t *testing.T) {
	for _, tt := range []struct {
		prefixes []string
		link     string
		want     string
	}{
		{[]string{"/zh"}, "/zh/b.md", "b.md"},
		{[]string{"zh/"}, "/zh/b.md", "b.md"},
		{[]string{"/archive/zh"}, "/archive/zh/b.md", "b.md"},
		{[]string{"/archive/zh"}, "/archive/b.md", "archive/b.md"},
		{[]string{"/zh", "/en"}, "/en/b.md", "b.md"}, // though the tree has a directory en
		{[]string{"/zh"}, "/fr/b.md", "fr/b.md"},     // no others then
		{[]string{"/zh"}, "/zhu/b.md", "zhu/b.md"},
		{[]string{}, "/zh/b.md", "zh/b.md"},
		{[]string{"/news"}, "/news/2017/07/9/b.md", "news/2017/07/9/b.md"},
	} {
		files := archivetest.Tree(map[string]string{"index.md": "[a](" + tt.link + ")\n", "en/b.md": ""})
		got := targetOf(t, archive.New(files, archive.Config{Prefixes: tt.prefixes}), "index.md")
		if want := (archive.Target{Kind: archive.Internal, Path: tt.want}); got != want {
			t.Errorf("with prefixes %q, %q leads to %v, want %v", tt.prefixes, tt.link, got, want)
		}
	}
}

// Each link of a page has its own target, also those that Markdown does not see.
func TestTargetsOfAllLinks(t *testing.T) {
	const src = `### [2017-07-9](/news/2017/07/9/index.md)
# A bell. 
See [the note](note.md) and [the map][map].
### Source:
1. [Wire](http://wire.example) [IMG](//wire.example/a.jpg)
### Related:
1. [Bell 18[?. ](/zh/news/2017/07/8/bell-18.md)

[map]: /maps/
`
	a := archive.New(archivetest.Tree(map[string]string{"news/2017/07/9/a.md": src}), archive.Config{})
	want := []archive.Target{
		{Kind: archive.Internal, Path: "news/2017/07/9/index.md"}, {Kind: archive.Internal, Path: "news/2017/07/9/note.md"}, {Kind: archive.Internal, Path: "maps/index.md"},
		{Kind: archive.External}, {Kind: archive.External}, {Kind: archive.Internal, Path: "news/2017/07/8/bell-18.md"},
		{Kind: archive.Internal, Path: "maps/index.md"},
	}
	p := a.Page("news/2017/07/9/a.md")
	if len(p.Links) != len(want) {
		t.Fatalf("%d links, want %d", len(p.Links), len(want))
	}
	for i, l := range p.Links {
		if got := p.Target(l); got != want[i] {
			t.Errorf("%q leads to %v, want %v", p.Text(l.Text), got, want[i])
		}
	}
}

// A path that is written as a link leads back to the path.
func TestDestinationReadsBack(t *testing.T) {
	for _, p := range []string{
		"news/2017/07/9/plain.md", "a b.md", "a%20b.md", "a%b.md", "100%.md", "a#b.md", "a?b.md", "(a).md", "a).md", "<a>.md", "[a].md", "a].md",
		"a&amp;b.md", "a\"b\".md", "a'b.md", "a`b.md", "a*b_c.md", "a\tb.md", "港.md", "a:b.md", "a,b;c.md", "é.md", "\U0001F6A2.md",
		"a\nb.md", "a\x1b[31mb.md", "a\rb\x7f.md",
	} {
		written := "/" + link.Destination(p)
		src := "# [text](" + written + ")\n"
		read := page.ParsePlain([]byte(src))
		if len(read.Links) != 1 || read.Text(read.Links[0].Target) != written {
			t.Errorf("%q is written as %q, which is not a link", p, written)
			continue
		}
		if got := targetOf(t, archive.New(archivetest.Tree(map[string]string{"news/2017/07/9/x.md": src}), archive.Config{}), "news/2017/07/9/x.md"); got != (archive.Target{Kind: archive.Internal, Path: p}) {
			t.Errorf("%q is written as %q, which leads to %v", p, written, got)
		}
	}
	if got := link.Destination("news/2017/07/9/港-é_*'.md"); got != "news/2017/07/9/港-é_*'.md" {
		t.Errorf("a plain path is written as %q", got)
	}
}
