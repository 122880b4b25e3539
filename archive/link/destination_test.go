package link

import "testing"

func TestRedirected(t *testing.T) {
	const from, at = "news/2024/03/5/港 a.md", "news/2024/03/4/fog.md"
	for _, tt := range []struct{ written, from, to, want string }{
		{"/news/2024/03/5/a.md", "news/2024/03/5/a.md", "news/2024/04/1/港.md", "/news/2024/04/1/港.md"},
		{"/zh/news/2024/03/5/a.md", "news/2024/03/5/a.md", "news/2024/03/5/b.md", "/zh/news/2024/03/5/b.md"},
		{"../5/a.md", "news/2024/03/5/a.md", "news/2024/03/4/b.md", "b.md"},
		{"./../5/a.md", "news/2024/03/5/a.md", "news/2024/04/1/b.md", "./../../04/1/b.md"},
		{"/news/2024/03/5/%E6%B8%AF%20a.md", from, "news/2024/03/5/b c.md", "/news/2024/03/5/b%20c.md"},
		{"/news/2024/03/5/%E6%B8%AF%20a.md", from, "news/2024/03/5/雾.md", "/news/2024/03/5/%E9%9B%BE.md"},
		{"/news/2024/03/5/港%20a.md", from, "news/2024/03/5/雾 b.md", "/news/2024/03/5/雾%20b.md"},
		{"/news//2024/./03/5/a.md", "news/2024/03/5/a.md", "news/2024/03/5/b.md", "/news//2024/./03/5/b.md"},
		{"../5/a.md", "news/2024/03/5/a.md", "news/2024/03/5/b.md", "../5/b.md"},
	} {
		if got := Redirect(tt.written, tt.from, at, at, tt.to); got != tt.want {
			t.Errorf("%s made to lead to %s is %s, want %s", tt.written, tt.to, got, tt.want)
		}
	}
}
