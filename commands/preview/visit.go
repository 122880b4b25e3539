package preview

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsctl/archive"
	"newsctl/archive/term"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// templates returns the templates, read when the first page is shown: no other command
// needs them.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"plural": plural,
		"number": term.Number,
		"page":   pageLink,
		"named":  contextLink,
		"top":    func(height int) int { return 100 - height },
	}).ParseFS(templateFiles, "templates/*.html"))
})

// visit is one request with the archive as it is now.
type visit struct {
	*Server
	*http.Request
	archive *archive.Archive
	index   *index // nil until the archive was read once
}

// reply is a page as its template has it.
type reply struct {
	status   int    // 0: OK
	template string // empty: a redirection
	to       string // of a redirection
	title    string
	section  string // the part of the site that the page is in
	path     string // of the page of the archive that is shown
	data     any

	raw  []byte // in place of a page: a picture
	mime string
}

// layoutData is what every page shows around its own content.
type layoutData struct {
	Title, Archive, Section, Path, Version, Query string
	Trouble                                       []string // what is wrong with the archive as a whole
	Reading                                       string   // how far the first reading is, or empty
	Content                                       template.HTML
}

// write answers with a page.
func (v *visit) write(w http.ResponseWriter, out reply) {
	switch {
	case out.mime != "":
		w.Header().Set("Content-Type", out.mime)
		http.ServeContent(w, v.Request, "", time.Time{}, bytes.NewReader(out.raw))
		return
	case out.template == "":
		http.Redirect(w, v.Request, out.to, http.StatusFound)
		return
	}
	var content, all bytes.Buffer
	err := templates().ExecuteTemplate(&content, out.template, out.data)
	if err == nil {
		d := layoutData{Title: out.title, Archive: v.name, Section: out.section, Path: out.path, Version: v.versionOf(out.path), Query: v.FormValue("q"), Reading: v.reading(), Content: template.HTML(content.String())}
		if v.state.Err != nil {
			d.Trouble = append(d.Trouble, v.state.Err.Error()+"; the pages are shown with the default configuration")
		}
		err = templates().ExecuteTemplate(&all, "layout.html", d)
	}
	if err != nil {
		http.Error(w, "newsctl: "+err.Error(), http.StatusInternalServerError)
		return
	}
	text := visible(all.String())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	if out.status != 0 {
		w.WriteHeader(out.status)
	}
	if v.Method != http.MethodHead {
		_, _ = w.Write([]byte(text)) // the browser may be gone
	}
}

// reading says how far the first reading of the archive is, or is empty.
func (v *visit) reading() string {
	if v.index != nil {
		return ""
	}
	if total := v.total.Load(); total > 0 {
		return "Reading the archive: " + term.Number(int(v.progress.Load())) + " of " + term.Number(int(total)) + " pages. Contexts, backlinks and reasons follow."
	}
	return "Reading the archive. Contexts, backlinks and reasons follow."
}

// troubleData is a page that says why there is no other.
type troubleData struct{ What, Hint, Link, LinkText string }

func (v *visit) trouble(status int, what, hint string) reply {
	return reply{status: status, template: "trouble.html", title: what, data: troubleData{What: what, Hint: hint}}
}

// invalid is a page that says what is wrong with a request, and where to go on.
func (v *visit) invalid(section, what, hint, link, linkText string) reply {
	return reply{status: http.StatusNotFound, template: "trouble.html", title: what, section: section, data: troubleData{what, hint, link, linkText}}
}

// choices are the values of the parameters that have few.
var choices = map[string][]string{"shade": {"events", "findings"}, "sort": {"events", "name"}}

// checkQuery returns a page that says which parameter of a request has a value that it
// cannot have, or nil.
func (v *visit) checkQuery() *reply {
	for _, name := range []string{"shade", "sort", "page"} {
		value, hint := v.FormValue(name), "Use a number from 1."
		at, err := strconv.Atoi(value)
		valid := err == nil && at > 0
		if list := choices[name]; list != nil {
			valid, hint = slices.Contains(list, value), "Use "+strings.Join(list, " or ")+"."
		}
		if value != "" && !valid {
			out := v.invalid("", fmt.Sprintf("Invalid %s %q", name, value), hint, v.URL.Path, "Show the page without it")
			return &out
		}
	}
	return nil
}

// note notes that somebody reads.
func (s *Server) note() { s.asked.Store(time.Now().UnixNano()) }

// staticPath is where the style and the script are. No page has a path there.
const staticPath = "/static/"

// staticName returns the name of a file that is part of the program.
func staticName(p string) (string, bool) {
	name, ok := strings.CutPrefix(p, staticPath)
	return name, ok && (name == "style.css" || name == "live.js" || name == "icon.svg")
}

func serveStatic(w http.ResponseWriter, r *http.Request, name string) {
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeFileFS(w, r, staticFiles, "static/"+name)
}

// pageLink returns the address of a page of the archive.
func pageLink(p string) string {
	return "/" + (&url.URL{Path: strings.TrimLeft(p, "/")}).EscapedPath()
}

// contextLink returns the address of a context.
func contextLink(name string) string { return "/context?name=" + url.QueryEscape(name) }

// plural returns a number with what it counts: 1 page, 2 pages.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return term.Number(n) + " " + what + "s"
}
