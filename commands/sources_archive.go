package commands

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/citation"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/source"
)

type archiveSourcesOptions struct {
	planOptions
	sourceOptions
	requestOptions
	all    bool
	window string
}

func sourcesArchiveCommand(e *env) *cli.Command {
	var o archiveSourcesOptions
	return &cli.Command{
		Name:      "archive",
		Usage:     "link dead sources to captures in a web archive",
		ArgsUsage: "[RANGE|PATH...]",
		Description: `For each dead source, finds the capture in a web archive that is nearest to the day
of the event, and links the page to it. The key sources.archive in the configuration
says how:
   replace   the capture replaces the address (the default)
   append    a link [archive](...) follows the source

The web archive is the Wayback Machine, or the one whose Memento TimeGate is
sources.timegate and whose index (CDX) is sources.cdx. Captures that do not show the
page, such as errors and redirects, are skipped.

Examples:
   newsctl sources archive --dry-run              show what would change as a diff
   newsctl sources archive                        apply it, all or nothing
   newsctl sources archive 2018-03 --all --out plan.json`,
		Flags: slices.Concat(o.planFlags(), []cli.Flag{
			o.hostFlag(),
			&cli.BoolFlag{Name: "all", Destination: &o.all, Usage: "include sources that are not dead"},
			ageValue(&o.window, "window", "90d", "use only captures made at most `AGE` before or after the event"),
		}, o.requestFlags("1s")),
		Action: func(c *cli.Context) error { return e.archiveSources(c.Args().Slice(), &o) },
	}
}

// wantedCapture is a source of which a capture of a day is wanted.
type wantedCapture struct {
	url string
	day archive.Date
}

// archiveSources finds captures, and then plans with them. The network is asked
// before the archive is locked.
func (e *env) archiveSources(args []string, o *archiveSourcesOptions) error {
	e.pager.enable(false) // it takes long, and shows what it does
	var wanted []wantedCapture
	var config source.Config
	err := e.answer(func() (err error) {
		wanted, config, err = e.wantedCaptures(args, o)
		return err
	})
	if err != nil {
		return err
	}
	finder, err := source.NewCaptures(o.client(), config, ageOf(o.window))
	if err != nil {
		return fmt.Errorf("%s: %w", configName, err)
	}
	found, err := e.findCaptures(e.running.Context, finder, wanted)
	if err != nil {
		return err
	}
	return e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) {
		return e.planCitations(a, args, func(cite citation.Citation) (page.Edit, bool) {
			to, ok := found[wantedCapture{source.Key(cite.URL), cite.Event.Date}]
			if !ok || cite.HasCapture() {
				return page.Edit{}, false
			}
			if config.Append {
				return cite.Append(to), true
			}
			return cite.Replace(to), true
		})
	})
}

// wantedCaptures returns the sources of which captures are wanted, each with a day.
func (e *env) wantedCaptures(args []string, o *archiveSourcesOptions) ([]wantedCapture, source.Config, error) {
	set, err := e.sources(args, &o.sourceOptions)
	if err != nil {
		return nil, source.Config{}, err
	}
	var out []wantedCapture
	seen := map[wantedCapture]bool{}
	for _, one := range set.all {
		if one.state == stateCapture || one.state != string(source.Dead) && !o.all {
			continue
		}
		for _, by := range one.by {
			w := wantedCapture{one.url, by.Event.Date}
			if !by.HasCapture() && !seen[w] {
				seen[w] = true
				out = append(out, w)
			}
		}
	}
	return out, set.archive.Config().Sources, nil
}

// maxRefused is how many sources in a row a service may give no answer for.
const maxRefused = 3

// findCaptures asks for captures, and returns the addresses of those that there are.
func (e *env) findCaptures(ctx context.Context, finder *source.Captures, wanted []wantedCapture) (map[wantedCapture]string, error) {
	found := map[wantedCapture]string{}
	bar := newProgress(e.stderr)
	defer bar.clear()
	refused := 0
	for i, w := range wanted {
		bar.show(func() string {
			return fmt.Sprintf("asked for captures of %d of %s", i, plural(len(wanted), "source"))
		})
		capture, ok, err := finder.Find(ctx, w.url, w.day.Start())
		if err != nil {
			if refused++; refused == maxRefused || ctx.Err() != nil || len(wanted) == refused {
				return nil, fmt.Errorf("%w; nothing was written", err)
			}
			e.note(fmt.Sprintf("no answer for %s: %v", w.url, err))
			continue
		}
		if refused = 0; ok {
			found[w] = capture.URL
		} else {
			e.note(fmt.Sprintf("no capture of %s near %s", w.url, w.day))
		}
	}
	return found, nil
}

// planCitations plans an edit of each citation that edit returns one for, on the pages
// that arguments name, or all.
func (e *env) planCitations(a *opened, args []string, edit func(citation.Citation) (page.Edit, bool)) (*plannedChange, error) {
	paths := a.Paths(".")
	if len(args) > 0 {
		var err error
		if paths, err = e.paths(a, args); err != nil {
			return nil, err
		}
	}
	edits := map[string][]page.Edit{}
	n := 0
	for _, cite := range citation.Of(a.Archive, paths) {
		if made, ok := edit(cite); ok {
			edits[cite.Event.Path] = append(edits[cite.Event.Path], made)
			n++
		}
	}
	if err := a.sound(); err != nil {
		return nil, err
	}
	changes, err := a.Edit(edits)
	if err != nil {
		return nil, err
	}
	plan, err := plan.Guard(changes, nil)
	if err != nil {
		return nil, err
	}
	p := planOnly(plan)
	p.summary = fmt.Sprintf("%s on %s changed", plural(n, "source"), plural(plan.Len(), "page"))
	return p, nil
}
