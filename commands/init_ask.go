package commands

import (
	"cmp"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive/layout"
)

// setup is how a new archive is configured.
type setup struct {
	given          *initOptions
	language, slug string   // a slug style that is empty is that of the language
	root           string   // the directory of the years
	days           string   // the form of the directories of days
	pages          []string // the page of a day, and perhaps its copy
	found          int      // the days that are there already
}

// bothPages are the page of a day and its copy, unless flags or answers name others.
var bothPages = []string{layout.DefaultIndex, layout.DefaultCopy}

// defaultSetup is that of the English edition.
var defaultSetup = setup{language: editions[0].language, root: layout.DefaultRoot, days: string(unpaddedDays), pages: bothPages}

// setupOf returns how an archive in a directory is configured: as flags say, else as
// the days that are there show, or as somebody answers at the terminal.
func (e *env) setupOf(o *initOptions, dir string) (setup, error) {
	s := defaultSetup
	l, found := layout.Guess(pagePaths(dir))
	s.given, s.found, s.root = o, found, cmp.Or(o.layoutRoot, l.Years())
	if l.Padded {
		s.days = string(paddedDays)
	}
	for _, pages := range [][]string{l.Pages, o.layoutPages.Value()} {
		if len(pages) > 0 {
			s.pages = pages
		}
	}
	s.language, s.slug, s.days = cmp.Or(o.language, s.language), o.slug, cmp.Or(o.layoutDays, s.days)
	if o.noInput || !isTerminal(e.stdin) {
		if found > 0 {
			e.note(s.foundNote())
		}
		return s, nil
	}
	d, err := e.newDialogue()
	if err != nil {
		return s, err
	}
	defer d.close()
	e.stderr.printf("A new archive. Tab completes, Enter accepts, Up or Esc goes back, Ctrl-C cancels.\n")
	if found > 0 {
		d.say("%s", s.foundNote())
	}
	d.run(s.steps, 0)
	return s, d.err
}

// foundNote says which days are there already.
func (s *setup) foundNote() string {
	day := map[string]string{string(paddedDays): "09", string(unpaddedDays): "9"}[s.days]
	return fmt.Sprintf("%s found, like %s/2018/03/%s with %s", plural(s.found, "day"), s.root, day, strings.Join(s.pages, " and "))
}

// steps returns the questions for what no flag says.
func (s *setup) steps() []step {
	edition := editions[slices.IndexFunc(editions, func(ed edition) bool { return ed.language == s.language })]
	pages := "both"
	if len(s.pages) == 1 {
		pages = s.pages[0]
	}
	all := []struct {
		given bool
		step
	}{
		{s.given.language != "", choiceStep("Language of the labels on pages", languages(), s.language, func(answer string) { s.language = answer })},
		{s.given.slug != "", choiceStep("Letters in file names", slugStyles, cmp.Or(s.slug, edition.slug), func(answer string) { s.slug = answer })},
		{s.given.layoutRoot != "", step{set: func(answer string) { s.root = cmp.Or(strings.TrimSpace(answer), s.root) },
			question: question{text: "Directory that holds the years [" + s.root + "]", check: checkRoot}}},
		{s.given.layoutDays != "", choiceStep("Directories of days, 03/9 or 03/09", []string{string(unpaddedDays), string(paddedDays)}, s.days, func(answer string) { s.days = answer })},
		{len(s.given.layoutPages.Value()) > 0, choiceStep("Page that lists the events of a day", append(slices.Clone(bothPages), "both"), pages, func(answer string) {
			if s.pages = []string{answer}; answer == "both" {
				s.pages = bothPages
			}
		})},
	}
	var out []step
	for _, one := range all {
		if !one.given {
			out = append(out, one.step)
		}
	}
	return out
}

// checkRoot reports why an answer cannot be the directory of the years.
func checkRoot(answer string) error {
	if answer = strings.TrimSpace(answer); answer == "" {
		return nil
	}
	if reason := layout.Invalid(answer); reason != "" {
		return fmt.Errorf("invalid name %q: %s", answer, reason)
	}
	return nil
}

// choiceStep asks for one of some words. An empty answer is the current one.
func choiceStep(text string, words []string, current string, set func(string)) step {
	return step{
		set: func(answer string) { set(cmp.Or(answer, current)) },
		question: question{
			text:  fmt.Sprintf("%s: %s [%s]", text, orList(words), current),
			names: words,
			short: true,
			check: func(answer string) error {
				if answer == "" || slices.Contains(words, answer) {
					return nil
				}
				return fmt.Errorf("%q is not one of %s", answer, strings.Join(words, ", "))
			},
		},
	}
}

// pagePaths returns the paths of the files below a directory that may be pages.
// Directories that begin with a dot are omitted, and so is what cannot be read.
func pagePaths(dir string) []string {
	var out []string
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		switch rel, _ := filepath.Rel(dir, p); {
		case err != nil && d != nil && d.IsDir(), err == nil && d.IsDir() && rel != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case err == nil && d.Type().IsRegular() && filepath.Ext(p) == ".md":
			out = append(out, filepath.ToSlash(rel))
		}
		return nil
	})
	return out
}

// config returns the configuration of the archive. Of its layout it has what flags
// give, and what is not the default.
func (s *setup) config() string {
	ed := editions[slices.IndexFunc(editions, func(ed edition) bool { return ed.language == s.language })]
	text := "# Configuration of newsctl; the manual page lists all keys (newsctl man).\nslug:\n  style: " + cmp.Or(s.slug, ed.slug) + "\n"
	if ed.labels != "" {
		text += "labels:\n" + ed.labels
	}
	var rows string
	if s.given.layoutRoot != "" || s.root != defaultSetup.root {
		rows += fmt.Sprintf("  root: %q\n", s.root)
	}
	if s.given.layoutDays != "" || s.days != defaultSetup.days {
		rows += "  days: " + s.days + "\n"
	}
	if len(s.given.layoutPages.Value()) > 0 || !slices.Equal(s.pages, defaultSetup.pages) {
		var quoted []string
		for _, name := range s.pages {
			quoted = append(quoted, strconv.Quote(name))
		}
		rows += "  pages: [" + strings.Join(quoted, ", ") + "]\n"
	}
	if rows != "" {
		text += "layout:\n" + rows
	}
	return text
}
