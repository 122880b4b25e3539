package commands

import (
	"errors"
	"fmt"
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
// the day as in 2018-03-14/ferry. The error is errNoPage if nothing
// fits and the argument names no day.
func (a *opened) named(arg string) (string, error) {
	if p, ok := a.picked[arg]; ok && a.Exists(p) {
		return p, nil
	}
	if p := a.linkedPage(arg); p != "" {
		return p, nil
	}
	day, words, ofDay := strings.Cut(arg, "/")
	if strings.HasSuffix(arg, ".md") {
		return "", errNoPage
	}
	if !ofDay {
		return a.pageWith(arg, arg, func(archive.Date) bool { return true })
	}
	d, err := parseDay(day, today())
	switch {
	case err != nil && !errors.Is(err, archive.ErrDate):
		return "", fmt.Errorf("%s is not a date", day)
	case err != nil || day == "" || strings.Contains(words, "/"):
		return "", errNoPage
	}
	p, err := a.pageWith(arg, words, func(other archive.Date) bool { return other == d })
	if errors.Is(err, errNoPage) && !query.NewWords(words).Empty() {
		err = a.noSuchEvent(d, words)
	}
	return p, err
}

// noSuchEvent says that no event of a day has some words, and which word may have been
// meant.
func (a *opened) noSuchEvent(day archive.Date, words string) error {
	var known []string
	for _, p := range a.Paths(day.Dir()) {
		known = append(known, query.WordsOf(a.headlineOf(p))...)
	}
	if len(known) == 0 {
		return fmt.Errorf("no events in %s", day)
	}
	for _, word := range query.WordsOf(words) {
		if near := nearest(word, known); near != "" && near != word {
			return fmt.Errorf("no event of %s has %q in its headline; did you mean %q?", day, words, near)
		}
	}
	return fmt.Errorf("no event of %s has %q in its headline; run \"newsctl list %[1]s\"", day, words)
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
// the words of an argument.
func (a *opened) pageWith(arg, words string, inDay func(archive.Date) bool) (string, error) {
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
		a.Recall()
		if found = archive.Filter(events, func(p string) bool { return want.In(textOf(p)) }); len(found) > 0 {
			break
		}
	}
	switch len(found) {
	case 0:
		return "", errNoPage
	case 1:
		return found[0], nil
	}
	return "", &severalPages{arg: arg, words: words, pages: found, headline: a.headlineOf}
}

// nameOf returns the file name of a page without its extension.
func nameOf(p string) string { return strings.TrimSuffix(path.Base(p), archive.Extension) }

// headlineOf returns the headline of an event in one line.
func (a *opened) headlineOf(p string) string {
	return strings.TrimSpace(page.OneLine(a.Headline(p)))
}
