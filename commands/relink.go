package commands

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
)

func relinkCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "relink",
		Usage:     "rebuild the related lists of events",
		ArgsUsage: "[PATH...]",
		Description: `Rebuilds the related list of each event at PATH, a page, a folder or a day, or
else of the whole archive: the events that share contexts with it, best first.
Only the lines of the lists change. Entries followed by <!-- keep -->, and those
to pages that are no events, stay first. No context is forgotten: where one was
recorded only on an entry that goes, the event's page gets a line that declares
its contexts.

related.rank in the configuration decides what is best:
   shared   more contexts in common first, then the newer event (the default)
   rare     a context counts the more, the fewer events have it; among near-ties
            the event nearer in time first

Examples:
   newsctl relink --dry-run                    what would change, as a diff
   newsctl relink                              change it, all or nothing
   newsctl relink news/2018/03/14 --dry-run    one day
   newsctl relink --staged --dry-run           what the next commit leaves to change
   newsctl relink --explain PAGE               why each entry is there
   newsctl relink --out plan.json              save the plan for newsctl apply`,
		Flags: append(planFlags(),
			ruled(&cli.BoolFlag{Name: "staged", Usage: "rebuild the lists of the events that are staged, using the staged files"}, requires("dry-run"), excludes("PATH")),
			ruled(&cli.StringFlag{Name: "explain", Usage: "explain why each entry of `PAGE` is there, and which came next"}, alone)),
		Action: func(c *cli.Context) error {
			if page := c.String("explain"); page != "" {
				return e.answer(c, func() error { return e.explainRelated(c, page) })
			}
			return e.carryOut(c, func(a *opened) (*proposal, error) { return e.relink(c, a) })
		},
	}
}

// relink plans to rebuild the lists that a command line names.
func (e *env) relink(c *cli.Context, a *opened) (*proposal, error) {
	only, err := e.only(c, a)
	if err != nil {
		return nil, err
	}
	if only = a.EventsAt(only); c.Bool("staged") {
		only = a.stagedEvents()
	}
	var paths []string
	if only == nil || len(only) > 0 {
		if paths, err = e.loadSound(a); err != nil {
			return nil, err
		}
	}
	r, err := a.Relink(paths, only)
	if err != nil {
		return nil, err
	}
	for _, d := range r.Dropped {
		e.stderr.printf("%s:%d: the entry goes, since there is no page %s\n", d.Path, d.Line, d.Target)
	}
	for _, h := range r.Held {
		e.stderr.printf("%s:%d: related list left unchanged, since this line is not read as a part of it; run newsctl lint %s\n", h.Path, h.Line, h.Path)
	}
	if r.Superseded > 0 {
		e.note(plural(r.Superseded, "superseded event") + ", which no day page lists, left out of the lists")
	}
	total := relinkTotal(r.Pages)
	return &proposal{
		plan:  r.Plan,
		pages: func(out *printer) error { return writeRelinked(out, r.Pages) },
		document: struct {
			Version int                    `json:"version"`
			Pages   []archive.RelinkedPage `json:"pages"`
			Summary relinkSummary          `json:"summary"`
		}{1, r.Pages, total},
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

func relinkTotal(pages []archive.RelinkedPage) relinkSummary {
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
	return fmt.Sprintf("%s changed: entries %d added, %d removed, %d moved, %d retitled, %d with other contexts; contexts declared on %s",
		plural(s.Pages, "page"), s.Added, s.Removed, s.Moved, s.Retitled, s.Contexts, plural(s.Declared, "page"))
}

// writeRelinked writes a line a page.
func writeRelinked(out *printer, pages []archive.RelinkedPage) error {
	for _, p := range pages {
		s := relinkTotal([]archive.RelinkedPage{p})
		var parts []string
		for _, part := range []struct {
			n    int
			what string
		}{{s.Added, "added"}, {s.Removed, "removed"}, {s.Moved, "moved"}, {s.Retitled, "retitled"}, {s.Contexts, "with other contexts"}} {
			if part.n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
			}
		}
		if p.Declared != "" {
			parts = append(parts, "contexts declared")
		}
		if err := out.printf("%s: %s\n", p.Path, cmp.Or(strings.Join(parts, ", "), "rewritten")); err != nil {
			return err
		}
	}
	return nil
}

// explainRelated tells why the related list of a page is what it is.
func (e *env) explainRelated(c *cli.Context, arg string) error {
	a, err := e.open(c)
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
	x, err := a.ExplainRelated(paths, p)
	if err != nil {
		return err
	}
	e.say("%s is about %s", p, strings.Join(x.Contexts, ", "))
	for _, k := range x.Kept {
		e.say("\n   kept  %s\n         chosen by hand", cmp.Or(k, "(no page of the archive)"))
	}
	for i, candidate := range x.Found {
		if i == x.Limit {
			e.say("\nNext would come:")
		}
		e.say("\n%7d  %s\n         %s; %s apart", len(x.Kept)+i+1, candidate.Page.Path, sharedBy(candidate.Shared, x.Events), plural(candidate.Days, "day"))
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
