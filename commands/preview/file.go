package preview

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"newsctl/archive"
)

// file shows the page of the archive at the path of the request.
func (v *visit) file() reply {
	p := strings.TrimPrefix(v.URL.Path, "/")
	if dir, ok := strings.CutSuffix(p, "/"); ok || !archive.IsPage(p) && v.isDirectory(p) {
		return v.directory(dir)
	}
	if !fs.ValidPath(p) {
		return v.missing(p)
	}
	if !v.archive.Holds(p) && v.archive.Exists(p) {
		return v.trouble(http.StatusNotFound, p+" is not a page of the archive", "The configuration ignores it.")
	}
	if isImage(p) {
		return v.image(p)
	}
	if source := archive.SourceOf(p); source != p && (v.archive.Exists(source) || v.archive.Exists(p)) {
		return v.published(p, source)
	}
	pg := v.archive.Page(p)
	switch {
	case pg == nil:
		return v.missing(p)
	case pg.Err != nil || pg.Fault != "":
		return v.unreadable(pg)
	case pg.Event != nil:
		return v.event(pg)
	case pg.Kind == archive.DayPage:
		return v.day(pg)
	}
	return v.other(pg)
}

func (v *visit) isDirectory(p string) bool {
	t, ok := v.archive.TypeOf(p)
	return fs.ValidPath(p) && ok && t.IsDir()
}

// directory redirects to the page that stands for a directory.
func (v *visit) directory(dir string) reply {
	for _, name := range []string{archive.IndexName(), archive.CopyName(), "index.md", "README.md"} {
		p := path.Join(dir, name)
		if fs.ValidPath(dir) && v.archive.Holds(p) && v.archive.Page(p) != nil {
			return reply{to: pageLink(p)}
		}
	}
	if !fs.ValidPath(dir) || !v.isDirectory(dir) || !v.archive.Holds(dir) {
		return v.missing(dir)
	}
	paths := v.archive.Paths(dir)
	if _, day := archive.Classify(path.Join(dir, archive.IndexName())); !day.Exists() {
		if to := calendarOf(paths); to != "" {
			return reply{to: to}
		}
	}
	return v.pagesIn(dir, paths)
}

// calendarOf returns the address of the newest year in which paths have days, and of the
// month if all are of one, or nothing if none has a day.
func calendarOf(paths []string) string {
	var first, last archive.Date
	for _, p := range paths {
		if _, day := archive.Classify(p); day.Exists() {
			if last == (archive.Date{}) || day.Compare(last) > 0 {
				last = day
			}
			if first == (archive.Date{}) || day.Compare(first) < 0 {
				first = day
			}
		}
	}
	switch {
	case last == (archive.Date{}):
		return ""
	case first.Year == last.Year && first.Month == last.Month:
		return fmt.Sprintf("/calendar?year=%d#%s", last.Year, monthID(last.Year, last.Month))
	}
	return fmt.Sprintf("/calendar?year=%d", last.Year)
}

// directoryData is the list of the pages in a directory.
type directoryData struct {
	Name             string
	Pages            []eventLink
	Number, From, To int
	Next, Previous   string
}

// pagesIn lists the pages in a directory that no page stands for.
func (v *visit) pagesIn(dir string, paths []string) reply {
	if len(paths) == 0 {
		return v.trouble(http.StatusNotFound, dir+" is a directory without pages", "Open a page of another directory.")
	}
	page := pageOf(v.Request, len(paths), eventsAtOnce)
	d := directoryData{Name: dir + "/", Number: len(paths), From: page.start + 1, To: page.end, Next: page.next, Previous: page.previous}
	for _, p := range paths[page.start:page.end] {
		d.Pages = append(d.Pages, v.eventLink(p))
	}
	return reply{template: "directory.html", title: d.Name, data: d}
}

// noFormats says why a published file is not shown.
const noFormats = "published formats are not part of the preview"

// published says that a file that is published beside a page is not shown.
func (v *visit) published(p, source string) reply {
	d := troubleData{What: p + " is not shown", Hint: noFormats + "."}
	if v.archive.Exists(source) {
		d.Hint, d.Link, d.LinkText = noFormats+"; see the page:", pageLink(source), source
	}
	d.Hint = strings.ToUpper(d.Hint[:1]) + d.Hint[1:]
	return reply{status: http.StatusNotFound, template: "trouble.html", title: "Page not found", data: d}
}

// missing says that a page does not exist, and which one may be meant.
func (v *visit) missing(p string) reply {
	d := troubleData{What: "Page " + p + " does not exist", Hint: "It may have been renamed or removed. Search for its headline."}
	if kind, day := archive.Classify(p); fs.ValidPath(p) && kind == archive.EventPage {
		if to, _ := v.archive.Suggest(p); to != "" {
			d.Hint, d.Link, d.LinkText = "Did you mean this page?", pageLink(to), to
		} else if v.archive.HasDay(day) {
			d.Hint, d.Link, d.LinkText = "It may have been renamed or removed. Search for its headline, or see its day:", pageLink(day.Page()), "Events of "+day.String()
		}
	}
	return reply{status: http.StatusNotFound, template: "trouble.html", title: "Page not found", data: d}
}

// unreadable says why a page cannot be read.
func (v *visit) unreadable(pg *archive.Page) reply {
	d := troubleData{What: pg.Path + " " + pg.Fault, Hint: "newsctl does not read this page; its neighbors are shown as usual."}
	if pg.Err != nil {
		d.What = pg.Path + " cannot be read: " + reasonOf(pg.Err)
	}
	if day := pg.Date; day.Exists() && v.archive.HasDay(day) && pg.Kind == archive.EventPage {
		d.Link, d.LinkText = pageLink(day.Page()), "Events of "+day.String()
	}
	return reply{template: "trouble.html", title: "Page cannot be read", path: pg.Path, data: d}
}

// reasonOf returns an error of the file system without what was being done.
func reasonOf(err error) string {
	if e, ok := err.(*fs.PathError); ok {
		return e.Err.Error()
	}
	return err.Error()
}

// other shows a page that is neither an event nor that of a day.
func (v *visit) other(pg *archive.Page) reply {
	r := v.render(pg)
	d := pageData{Article: r.article, Path: pg.Path, Findings: r.findings}
	d.Title = r.title
	if d.Title == "" {
		d.Title = pg.Path
	}
	d.NoHeading = r.title == ""
	d.LinkedFrom = v.linkedFrom(pg.Path)
	return reply{template: "other.html", title: d.Title, path: pg.Path, data: d}
}

// images are the types of pictures that are shown, by extension: those that no browser
// runs anything of.
var images = map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif"}

func isImage(p string) bool { return images[strings.ToLower(path.Ext(p))] != "" }

// maxImage is the largest picture that is shown, in bytes.
const maxImage = 16 << 20

// image sends a picture of the archive.
func (v *visit) image(p string) reply {
	t, ok := v.archive.TypeOf(p)
	if !ok || !t.IsRegular() {
		return v.missing(p)
	}
	f, err := v.archive.FS().Open(p)
	if err != nil {
		return v.missing(p)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxImage+1))
	if err != nil || len(data) > maxImage {
		return v.missing(p)
	}
	return reply{raw: data, mime: images[strings.ToLower(path.Ext(p))]}
}
