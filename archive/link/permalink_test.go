package link

import "testing"

func TestPermalinks(t *testing.T) {
	news := Permalink{"/{lang}/news/{yyyy}/{mm}/{dd}/{slug}/", "news/{yyyy}/{mm}/{d}/{slug}.md"}
	posts := Permalink{"/{yyyy}/{m}/{d}/{slug}.html", "_posts/{yyyy}-{mm}-{dd}-{slug}.md"}
	for _, tt := range []struct {
		by         Permalink
		link, file string
		to, want   string // the link to another file in the same form
	}{
		{news, "/en/news/2018/03/05/ferry/", "news/2018/03/5/ferry.md", "news/2018/12/31/fog.md", "/en/news/2018/12/31/fog/"},
		{news, "/zh-TW/news/2018/03/15/ferry", "news/2018/03/15/ferry.md", "news/2018/03/4/fog.md", "/zh-TW/news/2018/03/04/fog"},
		{news, "/en/news/2018/03/05/%E6%B8%A1/", "", "news/2018/03/5/灯.md", "/en/news/2018/03/05/%E7%81%AF/"},
		{news, "/en/news/2018/03/05/渡/", "news/2018/03/5/渡.md", "news/2018/03/5/灯.md", "/en/news/2018/03/05/灯/"},
		{news, "/en/news/2018/03/05/a/", "news/2018/03/5/a.md", "faq/b.md", ""},
		{news, "/en/news/2018/3/05/ferry/", "", "news/2018/03/5/fog.md", ""},
		{news, "/en/news/2018/03/05/a/b/", "", "news/2018/03/5/fog.md", ""},
		{news, "/news/news/2018/03/05/a/", "", "news/2018/03/5/fog.md", ""},
		{posts, "/2018/3/5/ferry.html", "_posts/2018-03-05-ferry.md", "_posts/2019-11-12-a-b.md", "/2019/11/12/a-b.html"},
		{Permalink{"/{slug}/{slug}/", "{slug}.md"}, "/a/b/", "", "c.md", ""},
	} {
		if reason := tt.by.Invalid(); reason != "" {
			t.Fatal(reason)
		}
		if got := tt.by.FileOf(tt.link); got != tt.file && tt.file != "" {
			t.Errorf("%s leads to %q, want %q", tt.link, got, tt.file)
		}
		if got := tt.by.To(tt.to, tt.link); got != tt.want {
			t.Errorf("%s to %s is %q, want %q", tt.link, tt.to, got, tt.want)
		}
	}
}

func TestInvalidPermalinks(t *testing.T) {
	for _, p := range []Permalink{
		{"news/{slug}", "a/{slug}.md"}, {"/{slug", "a/{slug}.md"}, {"/{slug}", "a/{slug}"}, {"/{slug}", "/a/{slug}.md"},
		{"/{slug}", "../{slug}.md"}, {"/{slug}", "a//{slug}.md"}, {"/{yyyy}", "{mm}.md"}, {"/{a b}", "c.md"}, {"/{slug}?x", "{slug}.md"}, {"", ""},
	} {
		if p.Invalid() == "" {
			t.Errorf("%+v is valid", p)
		}
	}
}
