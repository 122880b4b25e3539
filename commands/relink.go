package commands

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/related"
)

type relinkOptions struct {
	planOptions
	filterOptions
	explain  string
	exitZero bool
}

func relinkCommand(e *env) *cli.Command {
	var o relinkOptions
	return &cli.Command{
		Name:      "relink",
		Usage:     "rebuild the related lists of events",
		ArgsUsage: "[PATH...]",
		Description: `Rebuilds the related list of each event at PATH (a page, a directory or a day) that
matches all filters, or of all events. A related list names the events with shared
contexts, best matches first. Only the lists change. Pinned entries stay at the top:
those followed by <!-- keep -->, and those that point to a page other than an event.
Contexts are preserved: if a removed entry was the only record of a context, that
context is written to the event page.

The key related.rank in the configuration sets the order:
   shared   more shared contexts first, then newer events (the default)
   rare     rare contexts count more; in near-ties, events closer in time first

Examples:
   newsctl relink --dry-run                    print the changes as a diff
   newsctl relink                              apply them, all or nothing
   newsctl relink news/2018/03/14 --dry-run    rebuild the lists of one day
   newsctl relink 2018-03 --context Ferry      rebuild the lists of the selected events
   newsctl relink --staged --dry-run           show what the next commit leaves outdated
   newsctl relink --explain PAGE               explain each entry
   newsctl relink --out plan.json              save the plan for newsctl apply
   newsctl relink -n --format html:page.html   write a page to review the changes`,
		Flags: append(slices.Concat(o.planFlags(), o.filterFlags()),
			exitZeroFlag(&o.exitZero, "something would change"),
			ruled(&cli.BoolFlag{Name: "staged", Destination: &o.staged, Usage: "rebuild the lists of staged events, using the staged files"}, requires("dry-run"), excludes("PATH")),
			ruled(&cli.StringFlag{Name: "explain", Destination: &o.explain, Usage: "explain each related entry of `PAGE`, and show the runners-up"}, alone)),
		Action: func(c *cli.Context) error {
			collectAt(relinkMemory)
			if o.explain != "" {
				return e.answer(func() error { return e.explainRelated(o.explain) })
			}
			err := e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) { return e.relink(a, c.Args().Slice(), &o) })
			if err = excused(err, o.exitZero); o.staged {
				e.hintBlocked(err, "newsctl relink rebuilds the lists")
			}
			return err
		},
	}
}

// relinkMemory is the size of the heap, in bytes, that relink may take before garbage is
// collected more often: what it holds of an archive of 100,000 pages takes two thirds of
// that.
const relinkMemory = 448 << 20

// relink plans to rebuild the lists that arguments and filters select.
func (e *env) relink(a *opened, args []string, o *relinkOptions) (*plannedChange, error) {
	only, err := e.only(a, args, &o.filterOptions)
	if err != nil {
		return nil, err
	}
	if only = a.EventsAt(only); o.staged {
		staged := a.stagedEvents()
		slices.Sort(staged)
		if only, err = e.filtered(a, &o.filterOptions, staged); err != nil {
			return nil, err
		}
	}
	var paths []string
	if only == nil || len(only) > 0 {
		if paths, err = e.loadSound(a); err != nil {
			return nil, err
		}
	}
	r, err := related.Relink(a.Archive, paths, only)
	if err != nil {
		return nil, err
	}
	for _, d := range r.Dropped {
		e.stderr.printf("%s:%d: removed: %s does not exist\n", d.Path, d.Line, d.Target)
	}
	for _, h := range r.Held {
		e.stderr.printf("%s:%d: related list left unchanged because this line is not read as part of it; run \"newsctl lint %s\"\n", h.Path, h.Line, h.Path)
	}
	switch n := len(r.Unlisted); {
	case n == 1:
		e.note("skipped 1 unlisted event (not on its day page): " + r.Unlisted[0])
	case n > 1:
		e.note("skipped " + plural(n, "unlisted event") + " (not on their day pages); \"newsctl list --unlisted\" lists such events")
	}
	total := relinkTotal(r.Pages)
	return &plannedChange{
		plan:    r.Plan,
		changes: relinkChanges(r.Pages),
		document: struct {
			Version int                    `json:"version"`
			Pages   []related.RelinkedPage `json:"pages"`
			Summary relinkSummary          `json:"summary"`
		}{1, r.Pages, total},
		reasons: r.Reasons,
		summary: total.String(),
	}, nil
}

// relinkSummary counts what a relink changes.
type relinkSummary struct {
	Pages    int `json:"pages"`
	Added    int `json:"added"`
	Removed  int `json:"removed"`
	Moved    int `json:"moved"`
	Retitled int `json:"retitled"`
	Contexts int `json:"contexts"`
	Declared int `json:"declared"`
}

func relinkTotal(pages []related.RelinkedPage) relinkSummary {
	s := relinkSummary{Pages: len(pages)}
	for _, p := range pages {
		s.Added += len(p.Added)
		s.Removed += len(p.Removed)
		s.Moved += p.Moved
		s.Retitled += p.Retitled
		s.Contexts += p.Contexts
		if p.Declared != "" {
			s.Declared++
		}
	}
	return s
}

func (s relinkSummary) String() string {
	return strings.Join(append([]string{plural(s.Pages, "page") + " changed"}, s.parts()...), ", ")
}

// parts returns the counts of a summary in words, without zeros.
func (s relinkSummary) parts() []string {
	const entry = "entry"
	out := counts(counted{s.Added, entry, "added"}, counted{s.Removed, entry, "removed"}, counted{s.Moved, entry, "moved"},
		counted{s.Retitled, entry, "retitled"}, counted{s.Contexts, entry, "with changed contexts"})
	if s.Declared > 0 {
		out = append(out, "contexts declared on "+plural(s.Declared, "page"))
	}
	return out
}

// relinkChanges says what changes on each page.
func relinkChanges(pages []related.RelinkedPage) map[string]string {
	out := map[string]string{}
	for _, p := range pages {
		out[p.Path] = strings.Join(relinkTotal([]related.RelinkedPage{p}).parts(), ", ")
	}
	return out
}

// explainRelated explains the related list of a page.
func (e *env) explainRelated(arg string) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	p, _, err := a.locate(arg)
	if err != nil {
		return err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return err
	}
	x, err := related.ExplainRelated(a.Archive, paths, p)
	if err != nil {
		return err
	}
	if len(x.Contexts) == 0 {
		e.say("%s has no contexts, so no event is related to it", p)
	} else {
		e.say("%s is about %s", p, strings.Join(x.Contexts, ", "))
	}
	for _, k := range x.Kept {
		e.say("\n   kept  %s\n         chosen by hand", cmp.Or(k, "(no page of the archive)"))
	}
	if len(x.Found) == 0 && len(x.Contexts) > 0 {
		e.say("No other listed event has one of these contexts.")
	}
	for i, candidate := range x.Found {
		if i == x.Limit {
			e.say("\nRunners-up:")
		}
		e.say("\n%7d  %s\n         %s; %s apart", len(x.Kept)+i+1, candidate.Event.Path, sharedBy(candidate.Shared, x.Events), plural(candidate.Days, "day"))
	}
	return nil
}

// sharedBy lists contexts with the number of events that have each.
func sharedBy(names []string, events map[string]int) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = fmt.Sprintf("%s (%s)", name, plural(events[name], "event"))
	}
	return strings.Join(out, ", ")
}
