package source

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw answers a GET and a HEAD with bytes, and asks nothing in robots.txt.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" {
			hijacked(w, text)
		}
	}
}

// rawGet is raw for GET. HEAD is refused.
func rawGet(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "HEAD" {
			w.WriteHeader(405)
			return
		}
		raw(text)(w, r)
	}
}

// located redirects to what a Location header says, byte for byte.
func located(to string) http.HandlerFunc {
	return raw("HTTP/1.1 301 Moved\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n")
}

// TestOddAnswers holds what comes of answers that no server should give: each has
// an outcome, none takes long, and none counts as a failure of the network here.
func TestOddAnswers(t *testing.T) {
	t.Parallel()
	const ok = "HTTP/1.1 200 OK\r\n"
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		kind   Kind
		to     string
	}{
		"no-location":        {raw("HTTP/1.1 302 Found\r\n\r\n"), Malformed, ""},
		"empty-location":     {located(""), Malformed, ""},
		"two-locations":      {located("http://ok.example/new\r\nLocation: http://gone.example/"), Moved, "http://ok.example/new"},
		"space-location":     {located("/new page"), Moved, "http://space-location.example/new%20page"},
		"utf8-location":      {located("/\xe6\x96\xb0"), Moved, "http://utf8-location.example/%E6%96%B0"},
		"broken-location":    {located("/new\xff\xfe"), Moved, "http://broken-location.example/new%FF%FE"},
		"user-location":      {located("http://ada:secret@ok.example/new"), Moved, "http://ok.example/new"},
		"fragment-location":  {located("/new#top"), Moved, "http://fragment-location.example/new"},
		"scheme-location":    {located("//ok.example/new"), Moved, "http://ok.example/new"},
		"upper-location":     {located("HTTP://OK.Example:80/new"), Moved, "http://ok.example/new"},
		"mail-location":      {located("mailto:ada@ok.example"), Malformed, ""},
		"data-location":      {located("data:text/html,hi"), Malformed, ""},
		"hostless-location":  {located("http:///new"), Malformed, ""},
		"port-location":      {located("http://ok.example:0x50/new"), Malformed, ""},
		"control-location":   {located("/new\x01"), Malformed, ""},
		"to-own-fragment":    {located("/a#top"), RedirectLoop, ""},
		"long-location":      {located("/" + strings.Repeat("x", 20<<10)), Moved, "http://long-location.example/" + strings.Repeat("x", 20<<10)},
		"informational":      {raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 3) + ok + "\r\n"), OK, ""},
		"informational-many": {raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 5000)), Malformed, ""},
		"informational-big":  {raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: "+strings.Repeat("x", 60<<10)+"\r\n\r\n", 50)), Malformed, ""},
		"switching":          {raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), Malformed, ""},
		"http-0.9":           {raw("<html>hello</html>\r\n"), Malformed, ""},
		"status-words":       {raw("HTTP/1.1 OK\r\n\r\n"), Malformed, ""},
		"status-000":         {raw("HTTP/1.1 000 None\r\n\r\n"), Malformed, ""},
		"status-600":         {raw("HTTP/1.1 600 More\r\n\r\n"), Malformed, ""},
		"status-1000":        {raw("HTTP/1.1 1000 More\r\n\r\n"), Malformed, ""},
		"version":            {raw("HTTP/7.0 200 OK\r\n\r\n"), OK, ""},
		"negative-length":    {raw(ok + "Content-Length: -5\r\n\r\n"), Malformed, ""},
		"two-lengths":        {raw(ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"), Malformed, ""},
		"bad-header":         {raw(ok + "no colon here\r\n\r\n"), Malformed, ""},
		"nul-header":         {raw(ok + "X: a\x00b\r\n\r\n"), Malformed, ""},
		"many-headers":       {raw(ok + strings.Repeat("X: y\r\n", 100_000) + "\r\n"), Malformed, ""},
		"head-with-body":     {raw(ok + "Content-Length: 5\r\n\r\nhello"), OK, ""},
		"cut-header":         {raw(ok + "X: y"), Unreachable, ""},
		"short-body":         {rawGet(ok + "Content-Length: 500\r\n\r\nhi"), OK, ""},
		"bad-chunk":          {rawGet(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhi"), OK, ""},
		"huge-chunk":         {rawGet(ok + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nhi"), OK, ""},
		"cut-chunk":          {rawGet(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"), OK, ""},
		"odd-coding":         {rawGet(ok + "Transfer-Encoding: rot13\r\n\r\nhi"), Malformed, ""},
		"odd-encoding":       {rawGet(ok + "Content-Encoding: br\r\n\r\n\x01\x02\x03"), OK, ""},
		"binary-title":       {rawGet(ok + "\r\n<title>\xff\xfe404 Not Found</title>"), OK, ""},
		"title-not-closed":   {rawGet(ok + "\r\n<title>404 Not Found"), OK, ""},
		"no-title":           {rawGet(ok + "\r\n<title></title>"), OK, ""},
		"retry-odd":          {raw("HTTP/1.1 503 Down\r\nRetry-After: -7\r\n\r\n"), ServerError, ""},
		"retry-nan":          {raw("HTTP/1.1 503 Down\r\nRetry-After: NaN\r\n\r\n"), ServerError, ""},
		"retry-past":         {raw("HTTP/1.1 503 Down\r\nRetry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n"), ServerError, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/robots.txt":
					rw.WriteHeader(404)
				default:
					c.answer(rw, r)
				}
			})
			w.options.Timeout = 10 * time.Second
			o, err := NewClient(w.options).check(context.Background(), "http://"+name+".example/a", false)
			if err != nil || o.Kind != c.kind || o.To != c.to || isSuspect(o.Kind, o.Note) {
				t.Errorf("%+v %v, want %s %s", o, err, c.kind, c.to)
			}
		})
	}
}

// TestSchemeLoop holds that redirects from http to https and back are a loop.
func TestSchemeLoop(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		to := "https://"
		if r.TLS != nil {
			to = "http://"
		}
		http.Redirect(rw, r, to+r.Host+r.URL.Path, http.StatusMovedPermanently)
	})
	o, err := NewClient(w.options).check(context.Background(), "http://example.com/a", false)
	if err != nil || o.Kind != RedirectLoop {
		t.Errorf("%+v %v", o, err)
	}
	w.check(t)
}

// TestOddAddresses holds that an address that is odd is asked as it should be, or
// refused, and never makes two keys of one.
func TestOddAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://news.example/\xff\xfe":          "http://news.example/%FF%FE",
		"http://news.example/a\x00b":            "",
		"http://news.example/a\nb":              "",
		"http://news.example/a b?c d":           "http://news.example/a%20b?c%20d",
		"http://news.example?a=b":               "http://news.example/?a=b",
		"http://news.example:/a":                "http://news.example/a",
		"http://news.example:08080/a":           "http://news.example:08080/a",
		"http://news.example:port/a":            "",
		"http://news.example:-1/a":              "",
		"http://user@/a":                        "",
		"http://[::1]:80/a":                     "http://[::1]/a",
		"http://[::1%25lo]/a":                   "http://[::1%25lo]/a",
		"http://news.example\\@evil.example/":   "",
		"http://a@b@news.example/":              "http://news.example/",
		"http://BÜCHER.example/a":               "http://b%C3%BCcher.example/a",
		"http://\xff.example/":                  "",
		"http://news.example/a#b#c":             "http://news.example/a",
		"http://news.example/(a)'[b]|\"c\"":     "http://news.example/%28a%29%27%5Bb%5D%7C%22c%22",
		"http://news.example/?q=新闻&r=\"<>`{}|^": "http://news.example/?q=%E6%96%B0%E9%97%BB&r=%22%3C%3E%60{}|^",
		"http:news.example/a":                   "",
		"http:/news.example/a":                  "",
		"https://https://news.example/a":        "https://https//news.example/a",
		"\u200bhttp://news.example/":            "",
		"http://" + strings.Repeat("a/", 1<<16): "http://" + strings.Repeat("a/", 1<<16),
	} {
		got := Key(address)
		if got != want {
			t.Errorf("%.60q: %.60q, want %q", address, got, want)
		}
		if again := Key(got); got != "" && again != got {
			t.Errorf("%.60q: the key of its key %q is %q", address, got, again)
		}
	}
}

// TestOddLedgers holds that a ledger that people or tools spoiled is an error that
// names its line, or read as it is meant.
func TestOddLedgers(t *testing.T) {
	t.Parallel()
	const header, a = "{\"newsctlSources\":1}\n", `{"url":"http://a.example/","kind":"gone","failures":9,"failingSince":"2026-01-01T00:00:00Z","lastFailed":"2026-02-01T00:00:00Z"}`
	for name, c := range map[string]struct {
		src  string
		line int // 0: it is read
		text string
	}{
		"crlf":            {strings.ReplaceAll(header+a+"\n", "\n", "\r\n"), 0, ""},
		"no-last-newline": {header + a, 0, ""},
		"empty-lines":     {"\n\n" + header + "\n" + a + "\n\n", 0, ""},
		"header-last":     {a + "\n" + header, 0, ""},
		"two-headers":     {header + a + "\n" + header, 0, ""},
		"spaces":          {header + "  " + a + "  \n", 0, ""},
		"bom":             {"\xef\xbb\xbf" + header + a, 1, "is not an entry"},
		"no-header":       {a, 1, "begins with"},
		"other-version":   {"{\"newsctlSources\":2}\n" + a, 1, "another version"},
		"marker":          {header + "<<<<<<< HEAD\n" + a + "\n=======\n" + a + "\n>>>>>>> other\n", 2, "conflict marker"},
		"base-marker":     {header + a + "\n||||||| base\n", 3, "conflict marker"},
		"unknown-key":     {header + strings.Replace(a, `"kind"`, `"sort"`, 1), 2, "unknown field"},
		"unknown-kind":    {header + strings.Replace(a, `gone`, `lost`, 1), 2, "kind"},
		"wrong-type":      {header + strings.Replace(a, `9`, `"9"`, 1), 2, "is not an entry"},
		"negative":        {header + strings.Replace(a, `9`, `-9`, 1), 2, "failures"},
		"huge-number":     {header + strings.Replace(a, `9`, `99999999999999999999`, 1), 2, "is not an entry"},
		"bad-time":        {header + strings.Replace(a, `2026-01-01T`, `yesterday`, 1), 2, "is not a time"},
		"no-url":          {header + `{"kind":"gone","failures":9}`, 2, "url"},
		"other-url":       {header + strings.Replace(a, "http://a.example/", "http://A.example/#x", 1), 2, "url"},
		"file-url":        {header + strings.Replace(a, "http://a.example/", "file:///etc/passwd", 1), 2, "url"},
		"array":           {header + "[" + a + "]", 2, "is not an entry"},
		"two-on-a-line":   {header + a + a, 2, "is not an entry"},
		"cut":             {header + a[:60], 2, "is not an entry"},
		"binary":          {header + "\x00\xff\xfe\x01", 2, "is not an entry"},
		"huge-line":       {header + `{"url":"http://a.example/` + strings.Repeat("x", 8<<20), 2, "is not an entry"},
		"deep":            {header + strings.Repeat("[", 1<<20), 2, "is not an entry"},
		"utf16":           {"\xff\xfe{\x00\"\x00", 1, ""},
	} {
		l, err := ReadLedger([]byte(c.src))
		dead, deadErr := ReadDead([]byte(c.src), Policy{Failures: 3, Over: DefaultOver})
		if c.line == 0 {
			if err != nil || deadErr != nil || l.Len() != 1 || len(dead) != 1 {
				t.Errorf("%s: %v %v, %d read", name, err, deadErr, l.Len())
			}
			continue
		}
		for _, err := range []error{err, deadErr} {
			var at LineError
			if !errors.As(err, &at) || at.Line != c.line || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%s: %.200v, want line %d with %q", name, err, c.line, c.text)
			} else if len(at.Message) > 1000 {
				t.Errorf("%s: an error of %d bytes", name, len(at.Message))
			}
		}
	}
}
