package commands

import (
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/git"
	"newsctl/archive/listing"
)

type indexOptions struct {
	planOptions
	exitZero, resolve, prune bool
}

func indexCommand(e *env) *cli.Command {
	var o indexOptions
	return &cli.Command{
		Name:      "index",
		Usage:     "rebuild day pages and the front page from the event pages",
		ArgsUsage: "[DAY|PAGE...]",
		Description: `Rebuilds the page of each DAY (2018-03-14 or news/2018/03/14), or of all days, and
the front page. Entries keep their order and get the current headline, topic, and
description or contexts of their event. Duplicate entries, and entries without an
event, are removed. Missing day pages and a missing front page are created.
Everything else stays as it is. A README.md that was identical to its index.md stays
identical; newsctl lint reports one that differs.

With --resolve, completes a merge, even one that is already committed: day pages and
the front page list what either side lists, links follow what either side renamed,
and what either side removed is removed from the pages of the other.

An event that is not on its day page is nearly always a previous version, so it is
not added; name its PAGE to list it.

Examples:
   newsctl index --dry-run                               print the changes as a diff
   newsctl index 2018-03-14                              rebuild one day
   newsctl index news/2018/03/14/ferry-sails-again.md    add an event to its day page
   newsctl index --resolve                               complete a git merge, even one with conflicts
   newsctl index --prune                                 remove the entries of previous versions`,
		Flags: append(o.planFlags(),
			exitZeroFlag(&o.exitZero, "something would change, or conflicts remain"),
			ruled(&cli.BoolFlag{Name: "resolve", Destination: &o.resolve, Usage: "complete a merge: resolve conflicts in day pages and the front page, and follow what either side renamed or removed; exit with 1 if conflicts remain"}, excludes("prune"), exitsWith1("conflicts remain")),
			&cli.BoolFlag{Name: "prune", Destination: &o.prune, Usage: "remove the entries of events that another event names as its previous version"}),
		Action: func(c *cli.Context) error {
			err := e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) { return e.index(a, c.Args().Slice(), &o) })
			return excused(err, o.exitZero)
		},
	}
}

// index plans to rebuild the listings that arguments name.
func (e *env) index(a *opened, args []string, o *indexOptions) (*plannedChange, error) {
	options := listing.IndexOptions{Prune: o.prune, Resolve: o.resolve}
	for _, arg := range args {
		if err := a.indexArgument(arg, &options); err != nil {
			return nil, err
		}
	}
	load := e.loadSound
	if len(args) == 0 {
		load = e.loadPages // those of all days are read
	}
	paths, err := load(a)
	if err != nil {
		return nil, err
	}
	x, err := e.indexed(a, paths, options)
	if err != nil {
		return nil, err
	}
	if n := len(x.Unlisted); n > 0 {
		e.note("skipped " + plural(n, "unlisted event") + "; \"newsctl index PAGE\" lists one")
	}
	out := planOnly(x.Plan)
	if len(x.Conflicts) > 0 {
		out.left = errFindings
	}
	for _, conflict := range x.Conflicts {
		e.stderr.printf("%s\n", conflict)
	}
	return out, nil
}

// indexed plans to rebuild listings, and to complete the merge at hand, if there is one
// and that is asked for.
func (e *env) indexed(a *opened, paths []string, options listing.IndexOptions) (*listing.Indexed, error) {
	if !options.Resolve {
		return listing.Index(a.Archive, paths, options)
	}
	repo, err := git.Open(a.root)
	if err != nil { // what is not in git has no merges
		return listing.Index(a.Archive, paths, options)
	}
	defer repo.Close()
	base, changes, err := repo.MergedSince()
	if err != nil {
		return nil, err
	}
	if base == "" {
		return listing.Index(a.Archive, paths, options)
	}
	files, err := repo.Files(base)
	if err != nil {
		return nil, err
	}
	merged := &edit.Merged{Before: archive.New(files, a.config), Changes: changes, Now: time.Now()}
	if merged.Disputed, err = repo.RemovedInConflict(); err != nil {
		return nil, err
	}
	options.Complete = merged.Steps()
	x, err := listing.Index(a.Archive, paths, options)
	if err == nil {
		x.Conflicts = append(x.Conflicts, otherConflicts(x.Plan.After(), merged.Disputed)...)
	}
	return x, err
}

// otherConflicts says which conflicts of pages other than listings are left after a
// merge is completed.
func otherConflicts(after *archive.Archive, disputed []string) []string {
	var out []string
	for _, p := range after.Paths(".") {
		pg := after.Page(p)
		switch {
		case pg == nil || pg.Kind != archive.EventPage && pg.Kind != archive.OtherPage:
		case len(pg.Conflicts) > 0:
			line, _ := pg.Position(pg.Conflicts[0].Start)
			out = append(out, fmt.Sprintf("%s:%d: the conflict involves more than related entries; resolve it by hand", p, line))
		case slices.Contains(disputed, p):
			out = append(out, fmt.Sprintf("%s: one side removed the event, and the other changed it; keep it with git add, or run \"newsctl remove\" with its path", p))
		}
	}
	return out
}

// indexArgument reads an argument as a day to rebuild or an event to list.
func (a *opened) indexArgument(arg string, options *listing.IndexOptions) error {
	if d, err := archive.ParseTypedDate(arg); err == nil {
		options.Days = append(options.Days, d)
		return a.hasPages(d)
	}
	p, dir, err := a.locate(arg)
	if err != nil {
		return fmt.Errorf("%s is neither a day nor a page; write a day as YYYY-MM-DD", arg)
	}
	if dir {
		p += "/" + archive.IndexName()
	}
	kind, d := archive.Classify(p)
	switch {
	case kind == archive.EventPage && !dir:
		options.List = append(options.List, p)
		options.Days = append(options.Days, d)
		return nil
	case d == archive.Date{}:
		return fmt.Errorf("%s is not a day: pages of days are in directories like %s", arg, archive.Date{Year: 2018, Month: 3, Day: 14}.Dir())
	}
	options.Days = append(options.Days, d)
	return a.hasPages(d)
}

func (a *opened) hasPages(d archive.Date) error {
	if len(a.Paths(d.Dir())) == 0 {
		return fmt.Errorf("there are no pages of %s; newsctl new --date %s adds an event", d, d)
	}
	return nil
}
