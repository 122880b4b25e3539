package source

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

var discard = log.New(io.Discard, "", 0)

func noProxy(*http.Request) (*url.URL, error) { return nil, nil }

// hijacked answers with bytes, and closes the connection.
func hijacked(w http.ResponseWriter, text string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		io.WriteString(conn, text)
		conn.Close()
	}
}

func page(title string) string {
	return "<html><head><title>" + title + "</title></head><body>" + strings.Repeat("News of the day. ", 40) + "</body></html>"
}

// answers are servers, by the first part of their hosts.
var answers = map[string]http.HandlerFunc{
	"ok":        func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, page("Ferry sails")) },
	"head-only": func(w http.ResponseWriter, r *http.Request) { status(w, r.Method == "HEAD", 405, 200) },
	"head-404":  func(w http.ResponseWriter, r *http.Request) { status(w, r.Method == "HEAD", 404, 200) },
	"head-cut":  func(w http.ResponseWriter, r *http.Request) { cutHead(w, r) },
	"gzip": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		if r.Method == "HEAD" {
			w.WriteHeader(403)
			return
		}
		z := gzip.NewWriter(w)
		io.WriteString(z, page("Page not found - Gazette"))
		z.Close()
	},
	"bad-gzip": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		status(w, r.Method == "HEAD", 403, 200)
		io.WriteString(w, "no gzip")
	},
	"bomb": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		if r.Method == "HEAD" {
			w.WriteHeader(500)
			return
		}
		z := gzip.NewWriter(w)
		for zeros := make([]byte, 1<<16); ; z.Flush() {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
	},
	"endless": func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "HEAD" {
			w.WriteHeader(501)
			return
		}
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, "more and more "); err != nil {
				return
			}
		}
	},
	"header":    func(w http.ResponseWriter, r *http.Request) { w.Header().Set("X", strings.Repeat("x", 1<<20)) },
	"slow":      func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"cut":       func(w http.ResponseWriter, r *http.Request) { hijacked(w, "") },
	"garbage":   func(w http.ResponseWriter, r *http.Request) { hijacked(w, "SSH-2.0-OpenSSH\r\n\r\n") },
	"notfound":  func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404) },
	"gone":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(410) },
	"teapot":    func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(418) },
	"bad":       func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(400) },
	"noaccept":  func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(406) },
	"method":    func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(405) },
	"long":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(414) },
	"legal":     func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(451) },
	"login":     func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) },
	"pay":       func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(402) },
	"forbidden": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(403) },
	"linkedin":  func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(999) },
	"late":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(408) },
	"error":     func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) },
	"gateway":   func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(502) },
	"down":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) },
	"origin":    func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(522) },
	"limit":     func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Retry-After", "9"); w.WriteHeader(429) },
	"cloudflare": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cf-Mitigated", "challenge")
		w.WriteHeader(503)
	},
	"challenge": func(w http.ResponseWriter, r *http.Request) {
		status(w, r.Method == "HEAD", 503, 503)
		io.WriteString(w, page("Just a moment..."))
	},
	"amazon": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amzn-Waf-Action", "challenge")
		w.WriteHeader(202)
	},
	"soft": func(w http.ResponseWriter, r *http.Request) {
		status(w, r.Method == "HEAD", 405, 200)
		io.WriteString(w, page("404 Not Found"))
	},
	"news-of-404": func(w http.ResponseWriter, r *http.Request) {
		status(w, r.Method == "HEAD", 405, 200)
		io.WriteString(w, page("Boeing 404 not found after storm"))
	},
	"elsewhere": func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/search" {
			http.Redirect(w, r, "/search", http.StatusFound)
			return
		}
		io.WriteString(w, page("Page not found"))
	},
	"elsewhere-cut": func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/new":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case r.Method != "HEAD":
			hijacked(w, "")
		}
	},
	"tohome":    redirect(301, "/"),
	"tohome-ad": redirect(302, "/index.php?utm_source=dead"),
	"toother":   redirect(301, "http://ok.example/"),
	"tomissing": redirect(302, "/errors/404.html"),
	"tologin":   redirect(302, "/login?next=/a"),
	"moved":     redirect(301, "https://ok.example/new"),
	"moved-308": redirect(308, "http://moved.example/a"),
	"found":     redirect(302, "http://ok.example/b"),
	"mixed":     redirect(301, "http://found.example/a"),
	"togone":    redirect(301, "http://gone.example/a"),
	"loop":      func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
	"cookie": func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	},
	"growing":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"a", http.StatusFound) },
	"nowhere":  func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(302) },
	"tofile":   redirect(301, "file:///etc/passwd"),
	"toscript": redirect(301, "javascript:alert(1)"),
	"tobad":    redirect(301, "http://[::1"),
	"http2": func(w http.ResponseWriter, r *http.Request) {
		status(w, r.ProtoMajor == 2, 200, 404)
	},
}

func status(w http.ResponseWriter, first bool, a, b int) {
	if !first {
		a = b
	}
	w.WriteHeader(a)
}

func cutHead(w http.ResponseWriter, r *http.Request) {
	if r.Method == "HEAD" {
		hijacked(w, "")
	}
}

func redirect(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" {
			w.Header().Set("Location", to)
			w.WriteHeader(status)
		}
	}
}

// answer answers for all hosts. Their robots.txt asks for nothing.
func answer(w http.ResponseWriter, r *http.Request) {
	name, _, _ := strings.Cut(strings.TrimPrefix(r.Host, "www."), ".")
	switch {
	case r.URL.Path == "/robots.txt" && name == "norobots":
		io.WriteString(w, "User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow:\n")
	case r.URL.Path == "/robots.txt" && name == "robots-500":
		w.WriteHeader(500)
	case r.URL.Path == "/robots.txt":
		w.WriteHeader(404)
	case answers[name] != nil:
		answers[name](w, r)
	}
}

// intended is what comes of each of the answers.
var intended = map[string]Outcome{
	"ok": {Kind: OK, Status: 200}, "head-only": {Kind: OK, Status: 200}, "head-404": {Kind: OK, Status: 200}, "head-cut": {Kind: OK, Status: 200},
	"gzip": {Kind: SoftNotFound, Status: 200}, "bad-gzip": {Kind: OK, Status: 200}, "bomb": {Kind: OK, Status: 200}, "endless": {Kind: OK, Status: 200},
	"header": {Kind: Malformed}, "slow": {Kind: Timeout}, "cut": {Kind: Unreachable}, "garbage": {Kind: Malformed},
	"notfound": {Kind: NotFound, Status: 404}, "gone": {Kind: Gone, Status: 410}, "teapot": {Kind: Blocked, Status: 418},
	"bad": {Kind: Blocked, Status: 400}, "noaccept": {Kind: Blocked, Status: 406},
	"method": {Kind: ClientError, Status: 405}, "long": {Kind: ClientError, Status: 414}, "legal": {Kind: Blocked, Status: 451},
	"login": {Kind: Blocked, Status: 401}, "pay": {Kind: Blocked, Status: 402}, "forbidden": {Kind: Blocked, Status: 403}, "linkedin": {Kind: Blocked, Status: 999},
	"late": {Kind: Timeout, Status: 408}, "error": {Kind: ServerError, Status: 500}, "gateway": {Kind: ServerError, Status: 502},
	"down": {Kind: ServerError, Status: 503}, "origin": {Kind: ServerError, Status: 522}, "limit": {Kind: Blocked, Status: 429},
	"cloudflare": {Kind: Blocked, Status: 503}, "challenge": {Kind: Blocked, Status: 503}, "amazon": {Kind: Blocked, Status: 202},
	"soft": {Kind: SoftNotFound, Status: 200}, "news-of-404": {Kind: OK, Status: 200},
	"tohome": {Kind: SoftNotFound, Status: 200, To: "http://tohome.example/"}, "tohome-ad": {Kind: SoftNotFound, Status: 200, To: "http://tohome-ad.example/index.php?utm_source=dead"},
	"toother":   {Kind: SoftNotFound, Status: 200, To: "http://ok.example/"},
	"tomissing": {Kind: SoftNotFound, Status: 200, To: "http://tomissing.example/errors/404.html"}, "tologin": {Kind: Blocked, Status: 200, To: "http://tologin.example/login?next=/a"},
	"moved": {Kind: Moved, Status: 200, To: "https://ok.example/new"}, "moved-308": {Kind: Moved, Status: 200, To: "https://ok.example/new"},
	"found": {Kind: Redirected, Status: 200, To: "http://ok.example/b"}, "mixed": {Kind: Redirected, Status: 200, To: "http://ok.example/b"},
	"elsewhere":     {Kind: SoftNotFound, Status: 200, To: "http://elsewhere.example/search"},
	"elsewhere-cut": {Kind: Moved, Status: 200, To: "http://elsewhere-cut.example/new"},
	"togone":        {Kind: Gone, Status: 410, To: "http://gone.example/a"},
	"loop":          {Kind: RedirectLoop}, "cookie": {Kind: Blocked}, "growing": {Kind: RedirectLoop},
	"nowhere": {Kind: Malformed, Status: 302}, "tofile": {Kind: Malformed, Status: 301}, "toscript": {Kind: Malformed, Status: 301}, "tobad": {Kind: Malformed, Status: 301},
	"norobots": {Kind: Robots}, "robots-500": {Kind: ServerError, Status: 500},
}

func TestCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t, answer)
	w.options.Timeout = 3 * time.Second // more than any of the others takes on a busy machine
	c := NewClient(w.options)
	for name, want := range intended {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.check(context.Background(), "http://ada:secret@"+name+".example/a#b", false)
			if got.Note = ""; err != nil || got != want {
				t.Errorf("%+v %v, want %+v", got, err, want)
			}
		})
	}
	t.Run("http2.example", func(t *testing.T) {
		got, err := c.check(context.Background(), "https://http2.example/a", false)
		if err != nil || got.Kind != OK {
			t.Errorf("%+v %v", got, err)
		}
	})
	t.Cleanup(func() { w.check(t) })
}

// TestRobotsInsist holds that a page is asked before its source is called dead
// because robots.txt cannot be read.
func TestRobotsInsist(t *testing.T) {
	t.Parallel()
	w := newWorld(t, answer)
	got, err := NewClient(w.options).check(context.Background(), "http://robots-500.example/a", true)
	if err != nil || got.Kind != OK {
		t.Errorf("%+v %v, want ok", got, err)
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt" && strings.HasPrefix(r.Host, "h3"):
			io.WriteString(rw, "User-agent: *\nCrawl-delay: 5\n")
		case r.URL.Path == "/3" && strings.HasPrefix(r.Host, "h0"):
			http.Redirect(rw, r, "http://www.h1.example/from", http.StatusFound)
		case r.URL.Path == "/2" && r.Method == "HEAD":
			rw.WriteHeader(404)
		}
	})
	var sources []Entry
	for host := range 5 {
		for n := range 6 {
			sources = append(sources, Entry{URL: fmt.Sprintf("http://h%d.example/%d", host, n)})
		}
	}
	answered := map[string]Entry{}
	run := &Run{Client: NewClient(w.options), Answered: func(e Entry) error { answered[e.URL] = e; return nil }}
	if n, err := run.Do(context.Background(), sources); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	for _, e := range sources {
		if kinds[answered[e.URL].Kind] != Living {
			t.Errorf("%s: %+v", e.URL, answered[e.URL])
		}
	}
	for request, n := range w.asked {
		if n != 1 {
			t.Errorf("%s: %d times", request, n)
		}
	}
	w.check(t)
}

// TestRetryAfter holds that a host that asks for it is left alone so long, and in
// this run for good if that is long.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	var w *world
	times := map[string][]time.Time{}
	w = newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		defer w.mu.Unlock()
		times[r.Host] = append(times[r.Host], w.clock.Now())
		wait, _, _ := strings.Cut(r.Host, ".")
		n, _ := strconv.Atoi(wait)
		switch {
		case r.URL.Path == "/robots.txt":
			rw.WriteHeader(404)
		case n == 90 && len(times[r.Host]) > 2:
		case n == 91:
			rw.Header().Set("Retry-After", w.clock.Now().Add(91*time.Second).Format(http.TimeFormat))
			rw.WriteHeader(503)
		default:
			rw.Header().Set("Retry-After", wait)
			rw.WriteHeader(429)
		}
	})
	for _, c := range []struct {
		host              string
		gap               time.Duration
		requests, waiting int
		kind              Kind
	}{
		{"90.example", 90 * time.Second, 5, 0, OK},
		{"91.example", 90 * time.Second, 4, 1, ServerError},
		{"3600.example", 0, 2, 1, Unknown},
		{"none.example", limitedWait, 4, 1, Blocked},
	} {
		answered := map[string]Entry{}
		run := &Run{Client: NewClient(w.options), Answered: func(e Entry) error { answered[e.URL] = e; return nil }}
		sources := []Entry{{URL: "http://" + c.host + "/1"}, {URL: "http://" + c.host + "/2"}, {URL: "http://" + c.host + "/3"}}
		n, err := run.Do(context.Background(), sources)
		if err != nil || n != c.waiting {
			t.Errorf("%s: %d hosts postponed, %v; want %d", c.host, n, err, c.waiting)
		}
		if got := answered[sources[0].URL].Kind; got != c.kind {
			t.Errorf("%s: the first source is %q, want %q", c.host, got, c.kind)
		}
		at := times[c.host]
		if len(at) != c.requests || len(at) > 2 && at[2].Sub(at[1]) < c.gap {
			t.Errorf("%s is asked at %v, want %d times with %v after the second", c.host, at, c.requests, c.gap)
		}
	}
}
