package commands

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/git"
	"newsctl/archive/listing"
	"newsctl/archive/plan"
)

// edition is what a new archive of a language is configured as.
type edition struct {
	language, slug string
	labels         string // in the form of the configuration; empty: the built-in ones
}

var editions = []edition{
	{"en", "ascii", ""},
	{"zh", "unicode", `  source: [信息来源]
  related: [有关]
  context: [消息]
  previous: [前一天...]
`},
	{"de", "ascii", `  source: [Quellen]
  changes: [Änderungen]
  related: [Verwandte Ereignisse]
  context: [Kontext]
  previous: [Vorheriger Tag...]
  current: [Aktuelle Fassung]
  first: [Erste Fassung]
  update: [Aktualisierung]
`},
	{"es", "ascii", `  source: [Fuentes]
  changes: [Cambios]
  related: [Relacionado]
  context: [Contexto]
  previous: [Día anterior...]
  current: [Versión actual]
  first: [Primera versión]
  update: [Actualización]
`},
	{"fr", "ascii", `  source: [Sources]
  changes: [Modifications]
  related: [Voir aussi]
  context: [Contexte]
  previous: [Jour précédent...]
  current: [Version actuelle]
  first: [Première version]
  update: [Mise à jour]
`},
}

func languages() []string {
	var out []string
	for _, ed := range editions {
		out = append(out, ed.language)
	}
	return out
}

var slugStyles = []string{"ascii", "unicode"}

type initOptions struct {
	language, slug         string
	layoutRoot, layoutDays string
	layoutPages            cli.StringSlice
	hook, noInput          bool
}

func initCommand(e *env) *cli.Command {
	var o initOptions
	return &cli.Command{
		Name:      "init",
		Usage:     "create an archive",
		ArgsUsage: "[DIR]",
		Description: `Creates an archive in DIR, or in the current directory: the configuration
.newsctl.yaml, and a front page with its copy, which newsctl new fills. An existing
home page is kept, and no front page is created. On a terminal, asks for the
language and for the letters in file names. The --layout flags set other names for
directories and pages.

Examples:
   newsctl init
   newsctl init harbor-news --language de --hook
   newsctl init log --layout-root events --layout-page README.md`,
		Flags: []cli.Flag{
			choice(&o.language, "language", "", "`LANG` of the labels on pages", languages()),
			choice(&o.slug, "slug", "", "letters in file names", slugStyles),
			&cli.StringFlag{Name: "layout-root", Destination: &o.layoutRoot, Usage: "`NAME` of the directory that holds the years (default: news)"},
			choice(&o.layoutDays, "layout-days", "", "`FORM` of the directories of days, 03/09 or 03/9", []string{"padded", "unpadded"}),
			repeatable(&o.layoutPages, "layout-page", "`NAME` of the page of a day; given twice, the second is its copy (default: index.md, README.md)"),
			&cli.BoolFlag{Name: "hook", Destination: &o.hook, Usage: "also run newsctl hook install"},
			&cli.BoolFlag{Name: "no-input", Destination: &o.noInput, Usage: "ask nothing, even on a terminal"},
		},
		Action: func(c *cli.Context) error { return e.init(c, &o) },
	}
}

func (e *env) init(c *cli.Context, o *initOptions) error {
	if e.global.archive != "" {
		return errors.New("init creates an archive in DIR; --archive names one that exists")
	}
	dir := cmp.Or(c.Args().First(), ".")
	file := filepath.Join(dir, configName)
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s already exists; edit it, or remove it first", file)
	}
	if o.hook {
		if err := inGit(dir); err != nil {
			return fmt.Errorf("--hook: %w; nothing was created", err)
		}
	}
	language, slug, err := e.askEdition(o)
	if err != nil {
		return err
	}
	text := configText(language, slug) + o.layout()
	if _, _, faults := checkConfigText(text); len(faults) > 0 {
		return fmt.Errorf("%w; nothing was created", faults[0])
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := writeNew(file, text); err != nil {
		return err
	}
	e.global.archive = dir
	if err := e.say("created %s", file); err != nil {
		return err
	}
	err = e.locked(c, func(lock *plan.Lock) error { return e.initFront(c, lock, dir) })
	if err != nil || !o.hook {
		return err
	}
	return e.withHooks(&hookOptions{}, e.install)(c)
}

// initFront creates the front page of a new archive.
func (e *env) initFront(c *cli.Context, lock *plan.Lock, dir string) error {
	a, err := e.open(c)
	if err != nil {
		return err
	}
	p, err := listing.Init(a.Archive)
	if err == nil && p.Len() > 0 {
		lock.Subject = "front page created"
		err = lock.Commit(p)
	}
	if err != nil {
		return err
	}
	for _, page := range p.Paths() {
		if err := e.say("created %s", filepath.Join(dir, page)); err != nil {
			return err
		}
	}
	e.note(noFront(p.After()))
	return nil
}

// noFront returns a note on an archive whose home page is not a front page, or nothing.
func noFront(a *archive.Archive) string {
	home := archive.IndexName()
	if _, there := a.TypeOf(home); !there {
		home = archive.CopyName()
	}
	if p := a.Page(home); p == nil || !listing.IsHomePage(a, p) {
		return ""
	}
	return fmt.Sprintf("no front page was created, because %s exists; rename it, and newsctl new or newsctl index creates one", home)
}

// inGit returns an error if a directory is not in a git repository.
func inGit(dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	repo, err := git.Open(abs)
	if err != nil {
		return err
	}
	return repo.Close()
}

// writeNew writes a file that must not exist yet.
func writeNew(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// configText returns the configuration of a new archive.
func configText(language, slug string) string {
	ed := editions[slices.IndexFunc(editions, func(ed edition) bool { return ed.language == language })]
	text := "# Configuration of newsctl; the manual page lists all keys (newsctl man).\nslug:\n  style: " + slug + "\n"
	if ed.labels != "" {
		text += "labels:\n" + ed.labels
	}
	return text
}

// layout returns the layout that flags give, as configuration.
func (o *initOptions) layout() string {
	text := ""
	if o.layoutRoot != "" {
		text += fmt.Sprintf("  root: %q\n", o.layoutRoot)
	}
	if o.layoutDays != "" {
		text += "  days: " + o.layoutDays + "\n"
	}
	var pages []string
	for _, name := range o.layoutPages.Value() {
		pages = append(pages, strconv.Quote(name))
	}
	if len(pages) > 0 {
		text += "  pages: [" + strings.Join(pages, ", ") + "]\n"
	}
	if text == "" {
		return ""
	}
	return "layout:\n" + text
}

// askEdition returns the language and the slug style of a new archive: as flags give
// them, as somebody answers at the terminal, or the defaults.
func (e *env) askEdition(o *initOptions) (language, slug string, err error) {
	language, slug = o.language, o.slug
	fallback := func() string {
		i := slices.IndexFunc(editions, func(ed edition) bool { return ed.language == language })
		return cmp.Or(slug, editions[i].slug)
	}
	if language != "" && slug != "" || o.noInput || !isTerminal(e.stdin) {
		language = cmp.Or(language, editions[0].language)
		return language, fallback(), nil
	}
	d, err := e.newDialogue()
	if err != nil {
		return "", "", err
	}
	defer d.close()
	e.stderr.printf("A new archive. Tab completes, Enter accepts, Ctrl-C cancels.\n")
	if language == "" {
		language = d.choose("Language of the labels on pages", languages(), editions[0].language)
	}
	if slug == "" && d.err == nil {
		slug = d.choose("Letters in file names", slugStyles, fallback())
	}
	return language, slug, d.err
}

// choose asks for one of some words. An empty answer is the fallback.
func (d *dialogue) choose(text string, words []string, fallback string) string {
	answer, _ := d.ask(question{
		text:  fmt.Sprintf("%s: %s [%s]", text, orList(words), fallback),
		names: words,
		short: true,
		check: func(answer string) error {
			if answer == "" || slices.Contains(words, answer) {
				return nil
			}
			return fmt.Errorf("%q is not one of %s", answer, strings.Join(words, ", "))
		},
	}, "")
	return cmp.Or(answer, fallback)
}
