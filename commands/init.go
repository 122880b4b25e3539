package commands

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
language, the letters in file names, and the layout of directories and pages.
Elsewhere, uses the layout of the days in DIR, if there are any.

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
		Action: func(c *cli.Context) error { return e.init(cmp.Or(c.Args().First(), "."), &o) },
	}
}

func (e *env) init(dir string, o *initOptions) error {
	if e.global.archive != "" {
		return errors.New("init creates an archive in DIR; --archive names one that exists")
	}
	file := filepath.Join(dir, configName)
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s already exists; edit it, or remove it first", file)
	}
	if o.hook {
		if err := inGit(dir); err != nil {
			return fmt.Errorf("--hook: %w; nothing was created", err)
		}
	}
	s, err := e.setupOf(o, dir)
	if err != nil {
		return err
	}
	text := s.config()
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
	err = e.locked(func(lock *plan.Lock) error { return e.initFront(lock, dir) })
	if err != nil || !o.hook {
		return err
	}
	return e.withHooks(&hookOptions{}, e.install)
}

// initFront creates the front page of a new archive.
func (e *env) initFront(lock *plan.Lock, dir string) error {
	a, err := e.open()
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
