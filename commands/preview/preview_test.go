package preview

import (
	"context"
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"newsctl/archive"
)

const host = "127.0.0.1:8080"

// serve returns a server of the archive that is made of some files, with its index.
func serve(t *testing.T, files map[string]string) *Server {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return serveDir(t, root)
}

func serveDir(t *testing.T, root string) *Server {
	t.Helper()
	s := New(Options{Root: root, Open: func() State {
		return State{New: func() *archive.Archive { return archive.New(os.DirFS(root), archive.Config{}) }}
	}}, host)
	s.gather(t)
	return s
}

// gather makes the index, and checks all directories, as [Server.Run] does.
func (s *Server) gather(t *testing.T) {
	t.Helper()
	w := newReader(s)
	if !w.read(context.Background(), changedDirs(nil, s.stamps(context.Background()))) {
		t.Fatal("the index was not made")
	}
	s.index.Store(w.index())
	for {
		dir, ok := s.findings.next(s.index.Load())
		if !ok {
			return
		}
		s.findings.set(dir, s.checkDir(dir))
	}
}

// get asks a server for an address, with headers in pairs.
func (s *Server) get(address string, headers ...string) (status int, body string, h http.Header) {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "Method":
			r.Method = headers[i+1]
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	text, _ := io.ReadAll(w.Result().Body)
	return w.Code, string(text), w.Header()
}

// fjord is a small archive with most of what a page can have.
var fjord = map[string]string{
	"index.md":                 "## [2024-03-6](/news/2024/03/6/index.md)\n\n##### Harbor\n### [Fog lifts](/news/2024/03/6/fog-lifts.md)\n",
	"news/2024/03/5/index.md":  "## [2024-03-5](/news/2024/03/5/index.md)\n\n### [Ferry sails.](/news/2024/03/5/ferry-sails.md)\n_Context: Ferry, Harbor_\n",
	"news/2024/03/6/index.md":  "## [2024-03-6](/news/2024/03/6/index.md)\n\n##### Harbor\n### [Fog lifts](/news/2024/03/6/fog-lifts.md)\n\n## [Previous Day...](/news/2024/03/5/index.md)\n",
	"news/2024/03/6/README.md": "another page\n",
	"news/2024/03/5/ferry-sails.md": "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Ferry sails.\n\nIt *sails* to [the bank](https://bank.example/a).\n\n### Source:\n\n1. [Post](https://post.example/1)\n\n" +
		"### Related:\n\n1. [Fog lifts](/news/2024/03/6/fog-lifts.md) _Context: Harbor_\n2. [Gone](/news/2024/03/5/gone.md) _Context: Ferry_\n",
	"news/2024/03/6/fog-lifts.md": "### [2024-03-6](/news/2024/03/6/index.md)\n\n##### Harbor\n# Fog lifts\n\n\n\n### Source:\n\n1. [Post](https://post.example/2)\n\n" +
		"### Changes:\n\n1. [Fog lifts](/news/2024/03/6/fog-lifts.md) _2024-03-06 10:00:00 (Current version)_\n2. [Fog](/news/2024/03/6/fog.md) _2024-03-06 09:00:00 (First version)_\n\n### Related:\n\n1. [Ferry sails.](/news/2024/03/5/ferry-sails.md) _Context: Harbor_\n",
	"news/2024/03/6/fog.md": "### [2024-03-6](/news/2024/03/6/index.md)\n\n# Fog\n",
	"faq/index.md":          "# Questions\n\nSee [the ferry](/news/2024/03/5/ferry-sails.md).\n",
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := serve(t, fjord)
	for _, test := range []struct {
		address string
		has     []string
	}{
		{"/", []string{`<h2 id="2024-03-6"><a href="/news/2024/03/6/index.md">2024-03-6</a></h2>`, "<b>3</b> events", `>Fog lifts</a>`, `<p class="topic">Harbor</p>`, "Events by year"}},
		{"/news/2024/03/5/ferry-sails.md", []string{
			`<p class="dateline"><a href="/news/2024/03/5/index.md">2024-03-5</a></p>`, `<h1 id="ferry-sails">Ferry sails.</h1>`, "<em>sails</em>",
			`<a href="https://bank.example/a" class="outside" rel="noopener noreferrer">the bank</a>`,
			"shares Harbor (2 events) · 1 day later · links back",
			`class="broken"`, `<div class="notes" id="L14">`, `<b>error</b>`, "related-broken",
			`<a href="/context?name=Ferry">Ferry</a> <span class="count">1 event</span> · <span class="where">recorded on 1 other page</span>`,
			`>Day page of 2024-03-5</a>`, `>faq/index.md</a>`, `>2024-03-6 →</a>`,
		}},
		{"/news/2024/03/6/fog-lifts.md", []string{"<h2>Versions</h2>", `<a href="/news/2024/03/6/fog.md">Fog</a>`, `recorded here and on`}},
		{"/news/2024/03/6/index.md", []string{`<h1 id="2024-03-6">`, `<p class="previous">`, "Unlisted events", "README.md differs from this page", `>← 2024-03-5</a>`}},
		{"/faq/index.md", []string{`<h1 id="questions">Questions</h1>`, `<a href="/news/2024/03/5/ferry-sails.md">the ferry</a>`}},
		{"/contexts", []string{`<a href="/context?name=Harbor">Harbor</a>`, ">2<", "2 contexts"}},
		{"/contexts?filter=FERR", []string{"1 context with", `name=Ferry`}},
		{"/context?name=Harbor", []string{"<h1>Harbor</h1>", "2 events, 2024-03-5 to 2024-03-6", "<svg", "Events of each day", "Shares events with", `name=Ferry`, "<title>2024-03-6: 1 event</title>"}},
		{"/calendar", []string{"Calendar of 2024", "3 events on 2 days", `<a href="/news/2024/03/5/index.md" title="2024-03-5: 1 event, `, "has-error"}},
		{"/calendar?shade=findings&year=2024", []string{"shade-findings"}},
		{"/findings", []string{"related-broken", `href="/news/2024/03/5/ferry-sails.md#L14"`}},
		{"/findings?rule=related-broken", []string{`class="selected"`}},
		{"/search?q=fog", []string{`<span class="count">2</span>`, `href="/news/2024/03/6/fog-lifts.md"`}},
		{"/search?q=hArB", []string{`name=Harbor`}},
		{"/search", []string{"Type words"}},
	} {
		status, body, h := s.get(test.address)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", test.address, status)
		}
		for _, want := range test.has {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s\n%s", test.address, want, body)
			}
		}
		if got := h.Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: policy %q", test.address, got)
		}
		if strings.Count(body, "<h1") != 1 {
			t.Errorf("%s has %d headings of level 1", test.address, strings.Count(body, "<h1"))
		}
	}
}

// TestMoved follows what stands for a page: a directory, a day, a path that was typed.
func TestMoved(t *testing.T) {
	t.Parallel()
	s := serve(t, fjord)
	for address, to := range map[string]string{
		"/news/2024/03/5":      "/news/2024/03/5/index.md",
		"/news/2024/03/5/":     "/news/2024/03/5/index.md",
		"/faq/":                "/faq/index.md",
		"/search?q=2024-03-5":  "/news/2024/03/5/index.md",
		"/search?q=2024/03/05": "/news/2024/03/5/index.md",
		"/search?q=news/2024/03/5/ferry-sails.md": "/news/2024/03/5/ferry-sails.md",
	} {
		status, _, h := s.get(address)
		if got := h.Get("Location"); status != http.StatusFound || got != to {
			t.Errorf("%s: status %d to %q, want %q", address, status, got, to)
		}
	}
	status, body, _ := s.get("/news/2024/03/5/ferry-sail.md")
	if status != http.StatusNotFound || !strings.Contains(body, `Did you mean this page? <a href="/news/2024/03/5/ferry-sails.md">`) {
		t.Errorf("status %d\n%s", status, body)
	}
}

// TestDirectories opens directories that no page stands for.
func TestDirectories(t *testing.T) {
	t.Parallel()
	files := maps.Clone(fjord)
	files["news/2023/12/31/eve.md"] = "# Eve\n"
	files["news/2022/02/1/index.md"] = "## [2022-02-1](/news/2022/02/1/index.md)\n"
	files["opinion/ferry.md"] = "# The ferry is late\n"
	s := serve(t, files)
	for address, to := range map[string]string{
		"/news/":               "/calendar?year=2024",
		"/news":                "/calendar?year=2024",
		"/news/2023/":          "/calendar?year=2023#2023-12",
		"/news/2024/03/":       "/calendar?year=2024#2024-03",
		"/context":             "/contexts",
		"/context?name=":       "/contexts",
		"/search?q=2023-12-31": "/news/2023/12/31/",
	} {
		status, _, h := s.get(address)
		if got := h.Get("Location"); status != http.StatusFound || got != to {
			t.Errorf("%s: status %d to %q, want %q", address, status, got, to)
		}
	}
	for address, want := range map[string]string{
		"/opinion/":           `<a href="/opinion/ferry.md">`,
		"/opinion":            "1 page in this directory",
		"/news/2023/12/31/":   `<a href="/news/2023/12/31/eve.md">Eve</a>`,
		"/calendar?year=2023": `<table id="2023-12">`,
	} {
		if status, body, _ := s.get(address); status != http.StatusOK && want != "" || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, lacks %s\n%s", address, status, want, body)
		}
	}
}

// TestInvalid asks for what there is not: an answer says so, and shows nothing else
// in its place.
func TestInvalid(t *testing.T) {
	t.Parallel()
	files := maps.Clone(fjord)
	files["news/2022/02/1/index.md"] = "## [2022-02-1](/news/2022/02/1/index.md)\n"
	s := serve(t, files)
	for _, test := range []struct {
		address string
		status  int
		want    string
	}{
		{"/findings?rule=nope", 404, "There is no rule &#34;nope&#34;"},
		{"/findings?rule=source-dead", 200, "No findings of source-dead."},
		{"/findings?rule=source-shared", 200, "source-shared is checked only by"},
		{"/findings", 200, "source-shared is checked only by <code>newsctl lint</code>."},
		{"/calendar?year=abc", 404, "Invalid year &#34;abc&#34;"},
		{"/calendar?year=1900", 404, "The archive has no days in 1900"},
		{"/calendar?year=2025", 404, "Its days are of 2022 to 2024."},
		{"/calendar?year=2023", 200, "Calendar of 2023"},
		{"/calendar?shade=nope", 404, "Use events or findings."},
		{"/contexts?sort=nope", 404, "Invalid sort &#34;nope&#34;"},
		{"/findings?page=x", 404, "Invalid page &#34;x&#34;"},
		{"/contexts?page=0", 404, "Use a number from 1."},
		{"/contexts?page=99", 200, "2 contexts"},
		{"/context?name=Nope", 404, "No event has the context &#34;Nope&#34;"},
		{"/search?q=2018-03-99", 200, "Invalid date &#34;2018-03-99&#34;; use YYYY-MM-DD."},
		{"/search?q=2018-03-9", 200, "The archive has no events on 2018-03-9."},
		{"/search?q=nope", 200, "No headline has these words."},
		{"/faq/index.json", 404, "Published formats are not part of the preview"},
		{"/news/2024/03/5/ferry-sails.html", 404, `<a href="/news/2024/03/5/ferry-sails.md">`},
		{"/nope.json", 404, "Page nope.json does not exist"},
		{"/nope/", 404, "Page nope does not exist"},
	} {
		if status, body, _ := s.get(test.address); status != test.status || strings.Contains(body, "No findings of source-shared") || !strings.Contains(body, test.want) || strings.Contains(body, "see its day") {
			t.Errorf("%s: status %d, lacks %s\n%s", test.address, status, test.want, body)
		}
	}
}

// TestFormats shows links to published files as text, and versions that do not exist.
func TestFormats(t *testing.T) {
	t.Parallel()
	files := maps.Clone(fjord)
	files["news/2024/03/6/fog-lifts.md"] = "Formats: [JSON](/news/2024/03/6/fog-lifts.json) [XML](2024/fog.xml)\n\n" + strings.Replace(fjord["news/2024/03/6/fog-lifts.md"], "fog.md", "mist.md", 1)
	_, body, _ := serve(t, files).get("/news/2024/03/6/fog-lifts.md")
	for _, want := range []string{`Formats: <span title="published formats are not part of the preview">JSON</span> <span title="published formats are not part of the preview">XML</span>`, "news/2024/03/6/mist.md (does not exist)</li>"} {
		if !strings.Contains(body, want) {
			t.Errorf("lacks %s\n%s", want, body)
		}
	}
}

// TestBeside places a finding beside its own entry, whose reason is below it.
func TestBeside(t *testing.T) {
	t.Parallel()
	_, body, _ := serve(t, fjord).get("/news/2024/03/5/ferry-sails.md")
	entry := regexp.MustCompile(`(?s)<li>\s*<div class="noted"><div>[^\n]*>Gone</a>.*?</div><div class="beside"><div class="notes" id="L14">.*?related-broken.*?</li>`)
	if !entry.MatchString(body) || strings.Contains(entry.FindString(body), "Fog lifts") {
		t.Errorf("no finding is beside its entry\n%s", body)
	}
	files := maps.Clone(fjord)
	files["news/2024/03/5/ferry-sails.md"] = strings.Replace(fjord["news/2024/03/5/ferry-sails.md"], "Fog lifts", "Fog", 1)
	_, body, _ = serve(t, files).get("/news/2024/03/5/ferry-sails.md")
	if !regexp.MustCompile(`(?s)<li>\s*<div class="noted"><div>[^\n]*>Fog</a>.*?<div class="why">.*?</div><div class="beside"><div class="notes" id="L13">`).MatchString(body) {
		t.Errorf("no reason is below an entry with a finding\n%s", body)
	}
}

// TestMalformed shows an entry that Markdown reads otherwise than people as what it is.
func TestMalformed(t *testing.T) {
	t.Parallel()
	files := maps.Clone(fjord)
	files["news/2024/03/6/fog.md"] += "\n### Related:\n\n1. [Ferry 18[?] sails [again.](/news/2024/03/5/ferry-sails.md) _Context: Harbor_\n"
	_, body, _ := serve(t, files).get("/news/2024/03/6/fog.md")
	for _, want := range []string{`<a href="/news/2024/03/5/ferry-sails.md">again.</a>`, "[Ferry 18[?] sails", "related-malformed"} {
		if !strings.Contains(body, want) {
			t.Errorf("lacks %s\n%s", want, body)
		}
	}
}

// TestBeforeIndex reads pages while nothing is known of the archive.
func TestBeforeIndex(t *testing.T) {
	t.Parallel()
	s := serve(t, fjord)
	s.index.Store(nil)
	for _, address := range []string{"/", "/news/2024/03/5/ferry-sails.md", "/news/2024/03/6/index.md", "/contexts", "/context?name=Harbor", "/calendar", "/findings", "/search?q=fog"} {
		if status, body, _ := s.get(address); status != http.StatusOK || !strings.Contains(body, "Reading the archive") {
			t.Errorf("%s: status %d\n%s", address, status, body)
		}
	}
}

// TestLinksResolve follows the links of every page to pages.
func TestLinksResolve(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"clean", "chinese"} {
		root, err := filepath.Abs("../../fixtures/" + dir)
		if err != nil {
			t.Fatal(err)
		}
		s := serveDir(t, root)
		seen := map[string]bool{}
		for todo := []string{"/", "/contexts", "/calendar", "/findings", "/search?q=a"}; len(todo) > 0; todo = todo[1:] {
			status, body, h := s.get(todo[0])
			if status == http.StatusFound {
				body = `href="` + h.Get("Location") + `"`
			} else if status != http.StatusOK {
				t.Errorf("%s: %s: status %d", dir, todo[0], status)
			}
			for _, m := range regexp.MustCompile(`<a [^>]*href="(/[^"]*)[^>]*>`).FindAllStringSubmatch(body, -1) {
				u, err := url.Parse(html.UnescapeString(m[1]))
				if err != nil {
					t.Errorf("%s: %v", todo[0], err)
					continue
				}
				u.Fragment = ""
				if at := u.String(); !seen[at] && !strings.Contains(m[0], `class="broken"`) {
					seen[at] = true
					todo = append(todo, at)
				}
			}
		}
		if len(seen) < 20 {
			t.Errorf("%s: %d links", dir, len(seen))
		}
	}
}

// TestWatch changes files while the archive is shown.
func TestWatch(t *testing.T) {
	t.Parallel()
	s := serve(t, fjord)
	s.index.Store(nil)
	s.rest = 10 * time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Run(ctx)
	}()
	until := func(address, text string, has bool) {
		t.Helper()
		for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
			_, body, _ := s.get(address)
			if strings.Contains(body, text) == has {
				return
			}
			if time.Since(start) > time.Minute {
				t.Fatalf("%s: %q: %v\n%s", address, text, !has, body)
			}
		}
	}
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(s.options.Root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	until("/contexts", "2 contexts", true)
	_, version, _ := s.get(versionPath + "?path=news/2024/03/5/ferry-sails.md")
	write("news/2024/03/7/gulls.md", "# Gulls meet\n\n_Context: Gull, Harbor_\n")
	until("/context?name=Gull", "Gulls meet", true)
	until("/findings", "Gulls meet", true)
	if _, now, _ := s.get(versionPath + "?path=news/2024/03/5/ferry-sails.md"); now == version {
		t.Error("a page is not loaded again when another comes")
	}
	write("news/2024/03/7/gulls.md", "# Gulls leave\n\n_Context: Harbor_\n")
	until("/contexts", ">Gull<", false)
	until("/search?q=gulls", "Gulls leave", true)
	write("news/2024/03/5/gone.md", "# Gone\n")
	until("/findings?rule=related-broken", "class=\"selected\"", false)
	if err := os.RemoveAll(filepath.Join(s.options.Root, "news/2024/03/7")); err != nil {
		t.Fatal(err)
	}
	until("/search?q=gulls", "No headline has these words", true)
	until("/findings", "Gulls leave", false)
	cancel()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("the server does not end")
	}
}
