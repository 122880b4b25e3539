package preview

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsctl/archive"
)

// TestRefused answers nobody but the browser of this machine that opened the preview.
func TestRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, fjord)
	for _, test := range []struct {
		status  int
		headers []string
	}{
		{200, nil},
		{200, []string{"Host", "localhost:8080"}},
		{200, []string{"Host", "LOCALHOST:8080"}},
		{403, []string{"Host", "evil.example:8080"}},
		{403, []string{"Host", "evil.example"}},
		{403, []string{"Host", "127.0.0.1"}},
		{403, []string{"Host", "127.0.0.1:80"}},
		{403, []string{"Host", "127.0.0.1.evil.example:8080"}},
		{403, []string{"Host", "localhost.evil.example:8080"}},
		{403, []string{"Host", "localhost:8080@evil.example"}},
		{403, []string{"Host", ""}},
		{200, []string{"Origin", "http://127.0.0.1:8080"}},
		{200, []string{"Origin", "http://localhost:8080"}},
		{403, []string{"Origin", "https://127.0.0.1:8080"}},
		{403, []string{"Origin", "http://127.0.0.1:8081"}},
		{403, []string{"Origin", "http://evil.example"}},
		{403, []string{"Origin", "null"}},
		{403, []string{"Origin", ""}},
		{200, []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate"}},
		{200, []string{"Sec-Fetch-Site", "same-origin"}},
		{200, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}},
		{403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}},
		{403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}},
		{403, []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors"}},
		{200, []string{"Method", "HEAD"}},
		{405, []string{"Method", "POST"}},
		{405, []string{"Method", "PUT"}},
		{405, []string{"Method", "DELETE"}},
		{405, []string{"Method", "OPTIONS"}},
		{405, []string{"Method", "CONNECT"}},
	} {
		for _, address := range []string{"/", "/news/2024/03/5/ferry-sails.md", "/static/style.css", versionPath + "?path=index.md", "/search?q=2024-03-5"} {
			status, body, h := s.get(address, test.headers...)
			if status == http.StatusFound {
				status = http.StatusOK
			}
			if status != test.status {
				t.Errorf("%s %q: status %d, want %d", address, test.headers, status, test.status)
			}
			if test.status != 200 && strings.Contains(body, "Ferry") {
				t.Errorf("%s %q: refused, with %s", address, test.headers, body)
			}
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY"} {
				if h.Get(name) != want {
					t.Errorf("%s: %s is %q", address, name, h.Get(name))
				}
			}
		}
	}
	if _, body, _ := s.get("/", "Method", "HEAD"); body != "" {
		t.Errorf("HEAD is answered with %q", body)
	}
}

// TestOutside asks for files that are not the archive's.
func TestOutside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root := filepath.Join(dir, "archive")
	for name, text := range map[string]string{
		"secret.md":                    "# secret words\n",
		"secret.png":                   "secret words",
		"outside/index.md":             "# secret words\n",
		"archive/.git/config.md":       "secret words",
		"archive/.hidden/page.md":      "secret words",
		"archive/script.svg":           "secret words",
		"archive/notes.txt":            "secret words",
		"archive/page.html":            "secret words",
		"archive/news/2024/03/5/x.md":  "# Ferry\n",
		"archive/pictures/ferry.png":   "\x89PNG",
		"archive/pictures/.secret.png": "secret words",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"link.md": "../secret.md", "link": "../outside", "link.png": "../secret.png", "news/2024/03/5/y.md": "../../../../../secret.md"} {
		if err := os.Symlink(to, filepath.Join(root, filepath.FromSlash(link))); err != nil {
			t.Skip(err)
		}
	}
	s := serveDir(t, root)
	for _, p := range []string{
		"/../secret.md", "/%2e%2e/secret.md", "/..%2fsecret.md", "/%2e%2e%2fsecret.md", "/news/../../secret.md", "/news/%2e%2e/%2e%2e/secret.md", "//secret.md", "/./../secret.md", "/..%5csecret.md", `/..\secret.md`,
		"/news/2024/..%2f..%2f..%2fsecret.md", "/%252e%252e/secret.md", "/secret.md%00", "/%00", "/../secret.png", "/%2e%2e/secret.png", "/static/../../secret.md", "/static/%2e%2e/server.go", "/static/", "/static/live.js/..",
		"/link.md", "/link", "/link/", "/link/index.md", "/link.png", "/news/2024/03/5/y.md",
		"/.git/config.md", "/.hidden/page.md", "/pictures/.secret.png", "/script.svg", "/notes.txt", "/page.html", "/etc/passwd", "/" + filepath.ToSlash(dir) + "/secret.md", "/" + url.PathEscape(filepath.ToSlash(dir)+"/secret.md"),
		versionPath + "?path=../secret.md", "/search?q=../secret.md", "/search?q=" + url.QueryEscape("link.md"),
	} {
		status, body, h := s.get(p)
		if strings.Contains(body, "secret words") || status == http.StatusOK && !strings.HasPrefix(p, versionPath) && !strings.HasPrefix(p, "/search") && !strings.Contains(body, "symbolic link") {
			t.Errorf("%s: status %d\n%s", p, status, body)
		}
		if to := h.Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "..") {
			t.Errorf("%s leads to %s", p, to)
		}
	}
	if status, body, h := s.get("/pictures/ferry.png"); status != http.StatusOK || body != "\x89PNG" || h.Get("Content-Type") != "image/png" {
		t.Errorf("a picture: status %d, %q", status, body)
	}
}

// TestPageLink makes no address that names a host.
func TestPageLink(t *testing.T) {
	t.Parallel()
	for p, want := range map[string]string{"//evil.example/x": "/evil.example/x", "/x": "/x", "a b/c?d#e.md": "/a%20b/c%3Fd%23e.md", `\\evil.example`: "/%5C%5Cevil.example", "a:b": "/a:b", "日.md": "/%E6%97%A5.md"} {
		if got := pageLink(p); got != want {
			t.Errorf("%q: %q, want %q", p, got, want)
		}
	}
}

// hostile are texts that a page may hold where a headline, a topic, a context, a
// description or a link is.
var hostile = []string{
	`<script>alert(1)</script>`, `</script><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`, `' onmouseover='alert(1)`, `" autofocus onfocus="alert(1)`,
	`<a href="javascript:alert(1)">x</a>`, `<iframe srcdoc="<script>alert(1)</script>">`, `<style>body{display:none}</style>`, `<link rel=stylesheet href=//evil.example/x.css>`, `<meta http-equiv=refresh content=0;url=//evil.example>`,
	`<base href=//evil.example/>`, `<form action=//evil.example><input name=q>`, `<!--><script>alert(1)</script>-->`, `<![CDATA[<script>alert(1)</script>]]>`, `<?php echo 1 ?>`, `<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>`,
	`{{.Root}} {{template "layout.html"}}`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)`, `\u003cscript\u003e`, "`<script>`", `<details open ontoggle=alert(1)>`, `<x style=animation-name:x onanimationstart=alert(1)>`, "\u202egnp.exe", "a\u2066b\u2069\u200fc", "\ufeffx\u00ad\u2028y",
	"\x1b[31mred", "\x00\x01", "\xff\xfe\xc0\xaf", `]]>`, `</title><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`, strings.Repeat("<b>", 40), `<p id="Content">`, `<input name=dataset>`,
}

// hostileTargets are destinations of links that are not to be opened.
var hostileTargets = []string{
	`javascript:alert(1)`, `JavaScript:alert(1)`, `java&#115;cript:alert(1)`, `javascript&colon;alert(1)`, `data:text/html,<script>alert(1)</script>`, `data:image/svg+xml;base64,PHN2Zz4=`, `data:image/png;base64,AAAA`, `vbscript:x`, `file:///etc/passwd`,
	`blob:http://127.0.0.1/x`, `about:blank`, `view-source:http://x.example`, `ftp://x.example/`, `x:y`, ` javascript:alert(1)`, `%6aavascript:alert(1)`, `javascript%3aalert(1)`, `//evil.example/x`, `/\evil.example`, `\\evil.example\x`, `/../../secret.md`, `http://x.example/"onmouseover="alert(1)`, `?"><script>alert(1)</script>`, `#"><script>alert(1)</script>`, `{{ site.url }}`, ``,
}

var (
	tagPattern       = regexp.MustCompile(`<[a-zA-Z/!?][^>]*>`)
	attributePattern = regexp.MustCompile(`\s([a-zA-Z-]+)(?:="([^"]*)")?`)
)

// ownTags are the elements that pages of the preview have.
var ownTags = map[string]bool{}

func init() {
	for _, tag := range strings.Fields("a article b blockquote body br caption code details div em figcaption figure form h1 h2 h3 head header hr html img input label li link main meta nav ol p pre rect script section span strong summary svg table tbody td th thead time title tr ul") {
		ownTags[tag] = true
	}
}

// checkTags fails the test if a page has an element, an attribute or an address that is
// not the preview's own.
func checkTags(t *testing.T, at, body string) {
	t.Helper()
	scripts := 0
	for _, tag := range tagPattern.FindAllString(body, -1) {
		name := strings.ToLower(strings.Trim(strings.Fields(strings.Trim(tag, "</>"))[0], "/>"))
		if tag != "<!DOCTYPE html>" && !ownTags[name] {
			t.Errorf("%s: element %s", at, tag)
		}
		if name == "script" && tag != "</script>" {
			scripts++
		}
		for _, m := range attributePattern.FindAllStringSubmatch(tag, -1) {
			attribute, value := strings.ToLower(m[1]), m[2]
			switch {
			case strings.HasPrefix(attribute, "on"), attribute == "style", attribute == "srcdoc", attribute == "formaction":
				t.Errorf("%s: attribute %s in %s", at, attribute, tag)
			case attribute == "src" || attribute == "action":
				if !strings.HasPrefix(value, "/") || strings.HasPrefix(value, "//") || strings.HasPrefix(value, `/\`) {
					t.Errorf("%s: loads %s", at, tag)
				}
			case attribute == "href":
				if !regexp.MustCompile(`^(/([^/\\]|$)|#|https?://|mailto:)`).MatchString(value) {
					t.Errorf("%s: leads to %s", at, tag)
				}
			}
		}
	}
	if scripts != 1 {
		t.Errorf("%s: %d scripts", at, scripts)
	}
	for _, r := range body {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == '\ufeff' || r == 0x2028 {
			t.Errorf("%s: character %U", at, r)
		}
	}
}

// TestHostile shows pages of an archive that does not mean well. All of it is text.
func TestHostile(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	entries := ""
	for i, text := range hostile {
		name := fmt.Sprintf("news/2024/03/5/event-%d.md", i)
		files[name] = "### [2024-03-5](/news/2024/03/5/index.md)\n\n##### " + text + "\n# " + text + "\n\n" + text + "\n\n" + text + " *" + text + "* [" + text + "](https://a.example/ \"" + text + "\") ![" + text + "](https://a.example/x.png)\n\n" +
			"### Source:\n\n1. [" + text + "](" + text + ")\n\n### " + text + "\n\n### Related:\n\n1. [" + text + "](/news/2024/03/5/event-0.md) _Context: " + text + "_\n2. [x](/news/2024/03/5/event-1.md) _Context: a, " + text + "_ <!-- keep -->\n"
		entries += "##### " + text + "\n### [" + text + "](/" + name + ")\n_Context: " + text + "_\n\n"
	}
	for i, target := range hostileTargets {
		files[fmt.Sprintf("faq/link-%d.md", i)] = "# Links\n\n[a](" + target + ") [b](<" + target + ">) ![c](" + target + ") <" + target + "> [d][ref]\n\n[ref]: " + target + "\n\n[ref2]: <" + target + ">\n\n[e][ref2] ![f][ref2] [![g](" + target + ")](" + target + ")\n\n<a href=\"" + target + "\">h</a>\n"
	}
	files["news/2024/03/5/index.md"] = "## [2024-03-5](/news/2024/03/5/index.md)\n\n" + entries
	files["index.md"] = files["news/2024/03/5/index.md"]
	s := serve(t, files)
	addresses := []string{"/", "/contexts", "/calendar", "/findings", "/news/2024/03/5/index.md"}
	for name := range files {
		addresses = append(addresses, "/"+name)
	}
	for _, name := range s.index.Load().names {
		addresses = append(addresses, contextLink(name))
	}
	for i, text := range append(hostile, hostileTargets...) { // each in some of the places
		q := url.QueryEscape(text)
		places := []string{"/search?q=" + q, "/contexts?filter=" + q + "&sort=" + q, "/context?name=" + q, "/findings?rule=" + q + "&page=" + q, "/calendar?year=" + q + "&shade=" + q, "/" + url.PathEscape(text), "/news/2024/03/5/" + url.PathEscape(text) + ".md"}
		addresses = append(addresses, places[0], places[1+i%(len(places)-1)])
	}
	for _, address := range addresses {
		status, body, _ := s.get(address)
		if status == http.StatusFound {
			continue
		}
		if status != http.StatusOK && status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, status)
		}
		checkTags(t, address, body)
	}
	_, body, _ := s.get("/news/2024/03/5/event-0.md")
	for _, want := range []string{`&lt;script&gt;`, "alert(1)"} {
		if !strings.Contains(body, want) {
			t.Errorf("the text %s is not shown\n%s", want, body)
		}
	}
	if _, body, _ = s.get("/news/2024/03/5/event-24.md"); !strings.Contains(body, `\u202egnp.exe`) {
		t.Errorf("a mark that turns text around is not shown\n%s", body)
	}
}

// TestBroken shows an archive with whatever can be wrong with it.
func TestBroken(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for name, text := range fjord {
		files[name] = text
	}
	for name, text := range map[string]string{
		"news/2024/03/5/empty.md":     "",
		"news/2024/03/5/bytes.md":     "# \xff\xfe\x00\n\n\xc3\x28",
		"news/2024/03/5/utf-16.md":    "\xff\xfe#\x00 \x00F\x00",
		"news/2024/03/5/conflict.md":  "<<<<<<< HEAD\n# A\n=======\n# B\n>>>>>>> topic\n",
		"news/2024/03/5/open.md":      "# A\n\n```\n### Related:\n",
		"news/2024/03/5/twice.md":     "# A\n\n# B\n",
		"news/2024/03/5/large.md":     "# A\n\n" + strings.Repeat("x", 300<<10),
		"news/2024/03/5/deep.md":      "# A\n\n" + strings.Repeat("> ", 5000) + "x\n",
		"news/2024/03/5/brackets.md":  "# A\n\n" + strings.Repeat("[", 20000) + "\n",
		"news/2024/03/5/matter.md":    "---\ntitle: <b>x\n---\n# Matter\n",
		"news/2024/03/5/crlf.md":      "# A\r\n\r\ntext\r\n\r\n### Related:\r\n\r\n1. [x](/nowhere.md)\r\n",
		"news/2024/02/30/x.md":        "# No such day\n",
		"news/2024/02/30/index.md":    "## x\n",
		"news/2024/03/05/padded.md":   "# Padded\n",
		"news/2024/03/7/index.md":     "no heading\n",
		"news/2024/13/45/x.md":        "# A\n",
		"news/0001/01/1/first.md":     "# A\n",
		"news/9999/12/31/last.md":     "# A\n",
		"odd name %2e #1?&.md":        "# Odd\n\n[x](odd%20name)\n",
		"news/2024/03/5/日本語 \"q\".md": "# 日本\n",
	} {
		files[name] = text
	}
	s := serve(t, files)
	s.state.Err = fmt.Errorf(".newsctl.yaml:3: unknown key %q", "<b>limit")
	if err := os.MkdirAll(filepath.Join(s.options.Root, "news/2024/03/5/directory.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	addresses := []string{"/", "/calendar", "/calendar?year=1", "/calendar?year=9999", "/contexts", "/findings", "/search?q=a", "/news/2024/03/5/directory.md"}
	for name := range files {
		addresses = append(addresses, pageLink(name))
	}
	for _, address := range addresses {
		status, body, _ := s.get(address)
		if status != http.StatusOK && status != http.StatusFound {
			t.Errorf("%s: status %d\n%s", address, status, body)
		}
		if status == http.StatusOK {
			checkTags(t, address, body)
			if !strings.Contains(body, `.newsctl.yaml:3: unknown key &#34;&lt;b&gt;limit&#34;; the pages are shown with the default configuration`) {
				t.Errorf("%s does not say what is wrong with the configuration", address)
			}
		}
	}
	for name, want := range map[string]string{
		"news/2024/03/5/large.md":     "news/2024/03/5/large.md is larger than 256 KiB",
		"news/2024/03/5/directory.md": "is a directory, not a page",
		"news/2024/03/5/deep.md":      "is not read",
		"news/2024/03/5/conflict.md":  "merge-conflict",
		"news/2024/03/5/bytes.md":     "text-encoding",
		"news/2024/03/5/matter.md":    "<h1 id=\"matter\">Matter</h1>",
	} {
		if _, body, _ := s.get("/" + name); !strings.Contains(body, want) {
			t.Errorf("%s lacks %q\n%s", name, want, body)
		}
	}
	if err := os.RemoveAll(filepath.Join(s.options.Root, "news")); err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses {
		if status, body, _ := s.get(address); status >= 500 {
			t.Errorf("%s, removed: status %d\n%s", address, status, body)
		}
	}
	s.gather(t)
	if _, body, _ := s.get("/calendar"); !strings.Contains(body, "The archive has no days yet.") {
		t.Errorf("the calendar of nothing\n%s", body)
	}
	if kind, _ := archive.Classify("news/2024/03/5/x.md"); kind != archive.EventPage {
		t.Error("the layout changed")
	}
}
