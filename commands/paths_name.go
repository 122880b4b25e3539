package commands

import (
	"errors"
	"net/url"
	"path"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/query"
)

// errNoPage is the error of an argument that names no page in any way.
var errNoPage = errors.New("no such page")

// named returns the page that an argument names other than by its path: as a link
// in a page, by its published address, or by words of its headline, perhaps after
// the day as in 2018-03-14/ferry. The error is errNoPage if nothing fits.
func (a *opened) named(arg string) (string, error) {
	if p, ok := a.picked[arg]; ok && a.Exists(p) {
		return p, nil
	}
	if p := a.linkedPage(arg); p != "" {
		return p, nil
	}
	words, inDay := arg, func(archive.Date) bool { return true }
	if day, rest, ok := strings.Cut(arg, "/"); ok {
		d, err := parseDay(day, today())
		if err != nil || day == "" || strings.Contains(rest, "/") {
			return "", errNoPage
		}
		words, inDay = rest, func(other archive.Date) bool { return other == d }
	} else if strings.HasSuffix(arg, ".md") {
		return "", errNoPage
	}
	p, err := a.pageWith(words, inDay)
	var several *severalPages
	if errors.As(err, &several) {
		several.arg = arg
	}
	return p, err
}

// linkedPage returns the page that a link points to, or the address of a published
// page, or nothing.
func (a *opened) linkedPage(arg string) string {
	u, err := url.Parse(arg)
	if err != nil || u.Path == "" || u.Host == "" && !strings.HasPrefix(arg, "/") {
		return ""
	}
	t := a.Resolve((&url.URL{Path: u.Path}).EscapedPath())
	p := archive.SourceOf(t.Path)
	if path.Ext(p) == "" {
		p += ".md"
	}
	if t.Kind != archive.Internal || !a.Exists(p) {
		return ""
	}
	return p
}

// maxCandidates is how many pages an error lists that an argument may mean.
const maxCandidates = 10

// pageWith returns the one event whose file name, or else whose headline, has all of
// some words.
func (a *opened) pageWith(words string, inDay func(archive.Date) bool) (string, error) {
	want := query.NewWords(words)
	if want.Empty() {
		return "", errNoPage
	}
	var events, found []string
	for _, p := range a.Paths(".") {
		if kind, d := archive.Classify(p); kind == archive.EventPage && inDay(d) {
			events = append(events, p)
		}
	}
	for _, textOf := range []func(string) string{nameOf, a.headlineOf} {
		for _, p := range events {
			if want.In(textOf(p)) {
				found = append(found, p)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	switch len(found) {
	case 0:
		return "", errNoPage
	case 1:
		return found[0], nil
	}
	return "", &severalPages{words: words, pages: found, headline: a.headlineOf}
}

// nameOf returns the file name of a page without its extension.
func nameOf(p string) string { return strings.TrimSuffix(path.Base(p), archive.Extension) }

// headlineOf returns the headline of an event in one line.
func (a *opened) headlineOf(p string) string {
	f := a.Facts(p)
	if f == nil || !f.IsEvent() {
		return ""
	}
	return strings.TrimSpace(page.OneLine(f.Headline))
}
