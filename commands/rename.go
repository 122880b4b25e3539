package commands

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/git"
	"newsctl/archive/page"
)

type renameOptions struct {
	planOptions
	date                    string
	redirect, edit, fromGit bool
}

func renameCommand(e *env) *cli.Command {
	var o renameOptions
	return &cli.Command{
		Name:      "rename",
		Usage:     "rename or move an event and update every page that mentions it",
		ArgsUsage: "PAGE [HEADLINE] | --edit PAGE | --from-git [REV]",
		Description: `Gives the event at PAGE a new headline, a new day, or both; with neither, renames
the file after its headline. The date line and the Formats line of the page are
updated, and its Changes section records the previous version. Every link to the
page is updated and keeps its form; one that quotes the old headline quotes the new
one. The event keeps its place on its day page; on another day it is added last. A
day that is left without events is removed, unless a page links to it. The old page
is removed unless --redirect keeps it. Related lists keep their order; newsctl lint
--fix sorts them by date.

For short pages git may not detect the rename; use git log --follow -M5% PAGE.

With --from-git, finds the events that were moved or reworded by hand since this
branch forked from REV (REV..: since REV itself) or since the last commit, renames
their files after their headlines, and updates all other pages.

Examples:
   newsctl rename PAGE "Ferry sails again" --dry-run   print the changes as a diff
   newsctl rename PAGE "Ferry sails again"             apply them, all or nothing
   newsctl rename --edit PAGE                          correct the headline in an editor
   newsctl rename PAGE                                 rename the file after its headline
   newsctl rename PAGE --date 2024-03-6                move it to another day
   newsctl rename --from-git main                      follow changes made by hand`,
		Flags: append(o.planFlags(),
			dayFlag(&o.date, "move the event to `DAY`", excludes("from-git")),
			ruled(&cli.BoolFlag{Name: "redirect", Destination: &o.redirect, Usage: "keep the old page as a previous version of the event"}, excludes("from-git")),
			ruled(&cli.BoolFlag{Name: "edit", Destination: &o.edit, Aliases: []string{"e"}, Usage: "change the headline in the editor that git uses"}, excludes("from-git")),
			&cli.BoolFlag{Name: "from-git", Destination: &o.fromGit, Usage: "follow the events that were moved or reworded by hand since REV (default: HEAD)"}),
		Action: func(c *cli.Context) error {
			if o.fromGit {
				return e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) { return e.renameFromGit(a, c.Args().First()) })
			}
			p, headline := c.Args().First(), c.Args().Get(1)
			switch {
			case o.edit && headline != "":
				return errors.New("--edit cannot be combined with HEADLINE")
			case o.edit:
				var err error
				if p, headline, err = e.editHeadline(p); err != nil {
					return err
				}
			}
			return e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) { return e.rename(a, p, headline, &o) })
		},
	}
}

// editHeadline lets the user change the headline of the event that a command line
// names, and returns its page and the new headline.
func (e *env) editHeadline(arg string) (p, headline string, err error) {
	root, text := "", ""
	err = e.answer(func() error {
		a, err := e.open()
		if err != nil {
			return err
		}
		if p, _, err = a.locate(arg); err != nil {
			return err
		}
		event, err := a.Event(p)
		if err != nil {
			return err
		}
		raw, _ := event.Event.Headline()
		root, text = a.root, page.Unescape(strings.TrimSpace(raw))
		return nil
	})
	if err != nil {
		return "", "", err
	}
	edited, err := e.edit(root, text+"\n")
	switch headline = strings.TrimSpace(edited); {
	case err != nil:
		return "", "", err
	case headline == "":
		return "", "", errors.New("the headline is empty; nothing was written")
	case strings.Contains(headline, "\n"):
		return "", "", keep(edited, errors.New("a headline is one line; nothing was written"))
	}
	return p, headline, nil
}

// rename plans to rename the event at a page, to a headline if that is not empty.
func (e *env) rename(a *opened, named, headline string, o *renameOptions) (*plannedChange, error) {
	options := edit.RenameOptions{Headline: headline, KeepPage: o.redirect, Now: time.Now()}
	if o.date != "" {
		var err error
		if options.Date, err = parseDay(o.date, today()); err != nil {
			return nil, fmt.Errorf("--date: %w", err)
		}
	}
	p, _, err := a.locate(named)
	if err != nil {
		return nil, err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	r, err := edit.Rename(a.Archive, paths, p, options)
	var blamed *edit.DraftError
	if errors.As(err, &blamed) {
		return nil, fmt.Errorf("%s; nothing was written", blamed.In(flagOf(blamed.Field)))
	}
	if err != nil {
		return nil, err
	}
	return e.renamed(r), nil
}

// renameFromGit plans to follow the events that were renamed by hand since a revision,
// or HEAD if that is empty.
func (e *env) renameFromGit(a *opened, since string) (*plannedChange, error) {
	repo, err := git.Open(a.root)
	if err != nil {
		return nil, fmt.Errorf("--from-git: %w", err)
	}
	defer repo.Close()
	v := parseSince(cmp.Or(since, "HEAD"))
	if v.to != git.WorkTree {
		return nil, fmt.Errorf("invalid revision %q for --from-git, which follows what is on disk: use REV, or REV.. for the revision itself", since)
	}
	rev, err := v.start(repo)
	if err != nil {
		return nil, err
	}
	changes, err := repo.Changes(rev, git.WorkTree)
	if err != nil {
		return nil, err
	}
	files, err := repo.Files(rev)
	if err != nil {
		return nil, err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	r, err := edit.Follow(a.Archive, paths, archive.New(files, a.config), changes, time.Now())
	if err != nil {
		return nil, err
	}
	return e.renamed(r), nil
}

// renamed lists events that are renamed.
func (e *env) renamed(r *edit.Renamed) *plannedChange {
	for _, place := range r.Left {
		e.stderr.printf("%s:%d: still mentions the old page, and not in a link that newsctl can update\n", place.Path, place.Line)
	}
	links, texts := 0, 0
	for _, p := range r.Pages {
		links += p.Links
		texts += p.Texts
	}
	return &plannedChange{
		plan:    r.Plan,
		changes: renameChanges(r),
		document: struct {
			Version int                 `json:"version"`
			Events  []edit.RenamedEvent `json:"events"`
			Pages   []edit.RenamedPage  `json:"pages"`
			Left    []archive.Place     `json:"left"`
		}{1, r.Events, r.Pages, r.Left},
		summary: strings.Join(append([]string{plural(len(r.Events), "event") + " renamed: " + plural(r.Plan.Len(), "page") + " changed"},
			linkCounts(links, texts)...), ", "),
	}
}

// renameChanges says what changes on each page where nothing but links to a renamed
// event does.
func renameChanges(r *edit.Renamed) map[string]string {
	out := map[string]string{}
	for _, p := range r.Pages {
		out[p.Path] = strings.Join(linkCounts(p.Links, p.Texts), ", ")
	}
	for _, s := range r.Plan.Stats() {
		if added, removed := s.Lines(); added != removed {
			delete(out, s.Path)
		}
	}
	return out
}

// linkCounts says how many links, and texts of links, are updated.
func linkCounts(links, texts int) []string {
	return counts(counted{links, "link", "updated"}, counted{texts, "link text", "updated"})
}
