package source

import (
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	t.Parallel()
	const want = "p.example/news/1?id=7"
	for _, address := range []string{
		"https://p.example/news/1?id=7",
		"http://www.p.example/news/1/?id=7",
		"HTTPS://M.P.Example:443/news/1?id=7&utm_source=x&fbclid=y",
		"https://web.archive.org/web/20180314000000/http://p.example/news/1?id=7#top",
		"https://web.archive.org/web/2018/p.example/news/1?id=7",
		"https://archive.is/20180314000000/http:/p.example/news/1?id=7",
		"https://web.archive.org/web/20180314000000id_/https://web.archive.org/web/2018/https://p.example/news/1?id=7",
	} {
		if got := Canonical(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	if a, b := Canonical("http://p.example/?ref=7"), Canonical("http://p.example/?ref=8"); a == b {
		t.Errorf("ref may name the page, but %s is both", a)
	}
	for _, odd := range []string{"", "://", "http://[", "%zz", "mailto:a@b", "//", "http:///x"} {
		Canonical(odd)
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"HTTP://News.Example:80#top":               "http://news.example/",
		"https://ada:secret@news.example:443/a#b":  "https://news.example/a",
		"http://news.example:8080/a?b=1":           "http://news.example:8080/a?b=1",
		"http://news.example/新闻 1":                 "http://news.example/%E6%96%B0%E9%97%BB%201",
		"http://news.example/%E6%96%B0%E9%97%BB+1": "http://news.example/%E6%96%B0%E9%97%BB+1",
		"http://news.example/a%":                   "http://news.example/a%25",
		"http://news.example/a%%4%zz%4g%41":        "http://news.example/a%25%254%25zz%254g%41",
		"//news.example/a":                         "",
		"ftp://news.example/a":                     "",
		"http://":                                  "",
		"http://[::1":                              "",
	} {
		if got := Key(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
		if got := Key(Key(address)); got != want {
			t.Errorf("%s: the key of its key is %q, want %q", address, got, want)
		}
	}
}

func TestParseCapture(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://web.archive.org/web/20140704052535/http://news.example/a?b=c":    "http://news.example/a?b=c 2014-07-04",
		"http://web.archive.org/web/20140704052535id_/https://news.example/":      "https://news.example/ 2014-07-04",
		"http://web.archive.org/20140704052535/http://news.example/":              "http://news.example/ 2014-07-04",
		"https://web.archive.org/web/2014*/http://news.example/":                  "http://news.example/ 2014-01-01",
		"https://web.archive.org/web/20140704/news.example/":                      "http://news.example/ 2014-07-04",
		"https://web.archive.org/web/20140732000000/http://news.example/":         "http://news.example/ 0001-01-01",
		"https://web.archive.org/web/http://news.example/":                        "http://news.example/ 0001-01-01",
		"https://web.archive.org/web/*/http://news.example/":                      "http://news.example/ 0001-01-01",
		"https://archive.is/20120714000000/http://news.example/":                  "http://news.example/ 2012-07-14",
		"http://archive.is/AbCd":                                                  " 0001-01-01",
		"https://www.webcitation.org/5xyz?url=http://news.example/":               "http://news.example/ 0001-01-01",
		"https://perma.cc/AB12-CD34":                                              " 0001-01-01",
		"https://arquivo.pt/wayback/20140704052535/http://news.example/":          "http://news.example/ 2014-07-04",
		"http://localhost:8080/all/20140704052535/http://news.example/":           "http://news.example/ 2014-07-04",
		"https://wayback.archive-it.org/123/20140704052535/https://news.example/": "https://news.example/ 2014-07-04",
		"https://news.example/20140704052535/story":                               "",
		"https://news.example/2014/07/04/http://x.example/":                       "",
		"https://web.archive.org/":                                                "",
		"https://web.archive.org/web/":                                            "",
		"//web.archive.org/web/20140704052535/http://news.example/":               "",
		"http://news.example/?u=https://web.archive.org/web/2014/http://x.test/":  "",
	} {
		c, ok := ParseCapture(address)
		got := ""
		if ok {
			got = c.Of + " " + c.At.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestUntracked(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://n.example/a?utm_source=x":                  "http://n.example/a",
		"http://n.example/a?utm_source=x#top":              "http://n.example/a#top",
		"http://n.example/a?id=1&utm_source=x&UTM_medium=": "http://n.example/a?id=1",
		"http://n.example/a?fbclid=x&id=1#utm_source=y":    "http://n.example/a?id=1#utm_source=y",
		"http://n.example/a?ref=x&utm=1":                   "http://n.example/a?ref=x&utm=1",
		"http://n.example/a?":                              "http://n.example/a?",
		"http://n.example/a#?utm_source=x":                 "http://n.example/a#?utm_source=x",
		"http://n.example/a?id=1&&b&gclid":                 "http://n.example/a?id=1&&b",
	} {
		for _, separator := range []string{"&", "&amp;"} {
			written, expected := strings.ReplaceAll(address, "&", separator), strings.ReplaceAll(want, "&", separator)
			got, names := Untracked(written, separator)
			if got != expected || (len(names) > 0) != (got != written) {
				t.Errorf("%s: %s without %v, want %s", written, got, names, expected)
			}
			if again, _ := Untracked(got, separator); again != got {
				t.Errorf("%s: a second run makes it %s", got, again)
			}
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://web.archive.org/web/20140704052535/http://news.example/a?b=c&utm_source=x#d")
	f.Fuzz(func(t *testing.T, address string) {
		Canonical(address)
		ParseCapture(address)
		if key := Key(address); key != Key(key) {
			t.Errorf("%q: the key %q has the key %q", address, key, Key(key))
		}
		once, _ := Untracked(address, "&")
		if twice, _ := Untracked(once, "&"); twice != once {
			t.Errorf("%q: %q, and then %q", address, once, twice)
		}
	})
}

// FuzzKey holds that an address that is taken for its own key without parsing is.
func FuzzKey(f *testing.F) {
	for _, seed := range []string{"http://a.example/", "https://a.example/b?c=d&e", "http://a.example/a:b@c", "http://./", "http://a..example//.?/?", "http://a.example/+!$,;"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if !isKey(address) {
			return
		}
		if u, err := Request(address); err != nil || u.String() != address {
			t.Errorf("%q is taken for its key, but that is %v %v", address, u, err)
		}
	})
}
