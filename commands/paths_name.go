package commands

import (
	"errors"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"newsctl/archive"
	"newsctl/archive/page"
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

// pageWith returns the one event whose file name has all of some words.
func (a *opened) pageWith(words string, inDay func(archive.Date) bool) (string, error) {
	want := nameWords(words)
	if len(want) == 0 {
		return "", errNoPage
	}
	var found []string
	for _, p := range a.Paths(".") {
		if kind, d := archive.Classify(p); kind == archive.EventPage && inDay(d) && hasAll(strings.Join(nameWords(path.Base(p)), " "), want) {
			found = append(found, p)
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

// headlineOf returns the headline of an event in one line.
func (a *opened) headlineOf(p string) string {
	pg := a.Page(p)
	if pg == nil || pg.Event == nil {
		return ""
	}
	headline, _ := pg.Event.Headline()
	return strings.TrimSpace(page.OneLine(headline))
}

// nameWords returns the words of a headline or a file name, folded.
func nameWords(s string) []string {
	s = strings.TrimSuffix(cases.Fold().String(norm.NFC.String(s)), ".md")
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -_.,:;!?'\"&()[]", r) })
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
