package commands

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/edit"
	"newsctl/archive/encode"
)

type mergeOptions struct {
	planOptions
	redirect, suggest, all bool
}

func mergeCommand(e *env) *cli.Command {
	var o mergeOptions
	return &cli.Command{
		Name:      "merge",
		Usage:     "merge two events and update every page that mentions them",
		ArgsUsage: "OLD INTO | --suggest | --all",
		Description: `Merges the event at OLD into the event at INTO, which keeps its page. INTO gets what
only OLD has: sources, contexts, previous versions of the headline, pinned related
entries, and the description if INTO has none. A description that is not taken over
is printed. The headline of OLD becomes an entry of the Changes section. Links to
OLD are updated to INTO, and quote its headline if they quoted that of OLD. The day
page and the front page no longer list OLD, and related lists that named either
event are rebuilt, as by newsctl relink. The page of OLD is removed unless
--redirect keeps it.

With --suggest, lists the pairs that lint reports (event-duplicate), OLD and INTO,
and what they have in common; exits with 1 if there are any. With --all, merges the
pairs that are certain: those with the same headline and a common source.

Examples:
   newsctl merge OLD INTO --dry-run     show what would change as a diff
   newsctl merge --suggest              list events that seem to be the same
   newsctl merge --suggest --format json | jq '.pairs[] | select(.certain)'
   newsctl merge --all --dry-run        show what merging the certain pairs would change`,
		Flags: append(o.planFlags("suggest"),
			ruled(&cli.BoolFlag{Name: "redirect", Destination: &o.redirect, Usage: "keep the page of OLD as a previous version of the event"}, excludes("suggest")),
			ruled(&cli.BoolFlag{Name: "suggest", Destination: &o.suggest, Usage: "list events that seem to be the same, and change nothing"}, excludes("all", "dry-run", "out", "output", "format=html", "max-changed", "plan-hash", "OLD"), exitsWith1("pairs were found")),
			ruled(&cli.BoolFlag{Name: "all", Destination: &o.all, Usage: "merge all events that are certainly the same"}, excludes("OLD"))),
		Action: func(c *cli.Context) error {
			switch {
			case o.suggest:
				return e.answer(func() error { return e.suggestMerges(&o) })
			case !o.all && c.Args().Len() != 2:
				return errors.New("OLD and INTO are needed; name two pages, or use --suggest or --all")
			}
			return e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) { return e.merge(a, c.Args().Slice(), &o) })
		},
	}
}

// suggestMerges lists the events that seem to be the same.
func (e *env) suggestMerges(o *mergeOptions) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return err
	}
	pairs := edit.Duplicates(a.Archive, paths)
	if err := e.writeSuggestions(pairs, o.hasFormat("json")); err != nil {
		return err
	}
	certain := len(slices.DeleteFunc(slices.Clone(pairs), func(m edit.Merging) bool { return !m.Certain }))
	if len(pairs) == 0 {
		e.stderr.printf("no events seem to be the same\n")
		return nil
	}
	found := plural(len(pairs), "pair") + " of events that seem to be the same"
	if certain > 0 {
		found += fmt.Sprintf("; newsctl merge --all merges %d of them", certain)
	}
	e.stderr.printf("%s\n", found)
	return errFindings
}

// writeSuggestions writes pairs of events that seem to be the same.
func (e *env) writeSuggestions(pairs []edit.Merging, asJSON bool) error {
	type suggestion struct {
		edit.Merging
		Signal string `json:"signal"`
	}
	document := struct {
		Version int          `json:"version"`
		Pairs   []suggestion `json:"pairs"`
	}{1, []suggestion{}}
	for _, m := range pairs {
		document.Pairs = append(document.Pairs, suggestion{m, m.Signal.String()})
	}
	if asJSON {
		return encode.JSON(e.stdout.raw, document)
	}
	for _, m := range document.Pairs {
		if err := e.stdout.printf("%s %s (%s)\n", m.Old, m.Into, m.Signal); err != nil {
			return err
		}
	}
	return nil
}

// merge plans to merge the events that arguments name, or all that are certainly the
// same.
func (e *env) merge(a *opened, args []string, o *mergeOptions) (*plannedChange, error) {
	var pairs []edit.Merging
	for i := 0; i+1 < len(args); i += 2 {
		var ends [2]string
		for k := range ends {
			p, _, err := a.locate(args[i+k])
			if err != nil {
				return nil, err
			}
			ends[k] = p
		}
		pairs = append(pairs, edit.Merging{Old: ends[0], Into: ends[1]})
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	if o.all {
		pairs = slices.DeleteFunc(edit.Duplicates(a.Archive, paths), func(m edit.Merging) bool { return !m.Certain })
	}
	r, err := edit.Merge(a.Archive, paths, pairs, edit.MergeOptions{KeepPage: o.redirect, Now: time.Now()})
	if err != nil {
		return nil, err
	}
	return e.removed(r, fmt.Sprintf("%s merged", plural(len(pairs), "event"))), nil
}
