package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/export"
	"newsctl/archive/source"
)

type exportOptions struct {
	filterOptions
	format, baseURL, title, siblings string
}

func exportCommand(e *env) *cli.Command {
	var o exportOptions
	filters := o.filterFlags()
	var selecting []string
	for _, f := range filters {
		selecting = append(selecting, f.Names()[0])
	}
	return &cli.Command{
		Name:      "export",
		Usage:     "export events for other programs",
		ArgsUsage: "[RANGE...]",
		Description: `Prints the events that newsctl list would list, in a format for other programs:
   jsonl       lines for newsctl new --from
   csv         date, headline, topic, description, contexts, sources, path
   json-feed   a JSON Feed, version 1.1
   atom        an Atom feed
   json-ld     articles in the vocabulary of schema.org

From jsonl, newsctl new recreates the events in another archive, with day, headline,
topic, description, contexts, sources and file name. jsonl omits the configuration,
other pages, versions of headlines, pinned related entries, descriptions after the
first paragraph, other sections, topics that only a day page shows, and whether a
day page lists the event. Events that newsctl new would refuse are reported and
omitted.

In csv, a cell that a spreadsheet would take for a formula begins with '. The formats
other than jsonl omit control characters, and sources that are not valid URLs.

With --siblings, writes the .json and .xml files that the Formats lines of pages
name to a directory, all or none: for an event an article and an Atom entry, for a
day a JSON Feed and an Atom feed.

Examples:
   newsctl export > events.jsonl                           export all events
   newsctl export 2018-03 --format csv                     export a month as a table
   newsctl export --context Ferry --format atom \
      --base-url https://news.example                      export a feed of a context
   newsctl -C archive export | newsctl -C copy new --from -   copy the events`,
		Flags: append(filters,
			choice(&o.format, "format", export.Formats[0].Name, "output `FORMAT`", export.Names()),
			&cli.StringFlag{Name: "base-url", Destination: &o.baseURL, Usage: "`URL` at which the archive is published, for links to events; links.permalinks in the configuration applies"},
			&cli.StringFlag{Name: "title", Destination: &o.title, Usage: "use `TEXT` as the title of the feed (default: the host of the URL, or the name of the archive's directory)"},
			ruled(&cli.StringFlag{Name: "siblings", Destination: &o.siblings, Usage: "write the files that Formats lines name to `DIR`"}, excludes(append(selecting, "format")...)),
		),
		Action: e.reads(func(args []string) error { return e.export(args, &o) }),
	}
}

func (e *env) export(ranges []string, o *exportOptions) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	site, err := o.site(a)
	if err != nil {
		return err
	}
	selected, x, err := e.events(a, &o.filterOptions, ranges)
	if err != nil {
		return err
	}
	events, lost := export.Read(a.Archive, x, selected)
	if o.siblings != "" {
		return e.writeSiblings(a, o.siblings, site, events, len(ranges) == 0)
	}
	if o.format == export.Formats[0].Name {
		for _, line := range lost {
			e.note("warning: " + line)
		}
	}
	i := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Name == o.format })
	if err := export.Formats[i].Write(e.stdout.raw, site, events); err != nil {
		return err
	}
	e.stderr.printf("%s\n", plural(len(events), "event"))
	return nil
}

// site returns where the archive is published.
func (o *exportOptions) site(a *opened) (export.Site, error) {
	base := o.baseURL
	u, err := url.Parse(base)
	if base != "" && (err != nil || !source.IsWebAddress(base) || u.RawQuery != "" || u.Fragment != "") {
		return export.Site{}, fmt.Errorf("invalid value %q for --base-url: use an address such as https://news.example/archive", base)
	}
	title := filepath.Base(a.root)
	if u != nil && u.Host != "" {
		title = u.Host
	}
	return export.Site{Title: cmp.Or(o.title, title), BaseURL: strings.TrimRight(base, "/"), PublishedAt: a.PublishedAt}, nil
}

// writeSiblings writes the files that are published beside pages to a directory.
func (e *env) writeSiblings(a *opened, dir string, site export.Site, events []export.Event, all bool) error {
	if err := a.noPagesIn(dir); err != nil {
		return fmt.Errorf("--siblings: %s %w", dir, err)
	}
	files, err := export.Siblings(a.Archive, site, events, all)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		e.note("no page has a Formats line that names .json or .xml files; nothing was written")
		return nil
	}
	if err := e.reading.settle(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(e.running.Context, lockWait)
	defer cancel()
	changed, err := export.WriteFiles(ctx, dir, files)
	if err != nil {
		return fmt.Errorf("--siblings: %w", err)
	}
	e.stderr.printf("%s in %s, %d of them changed\n", plural(len(files), "file"), dir, changed)
	return nil
}

// noPagesIn returns an error if a directory is the archive, is in its news, or holds
// pages of it: what is published never lies among them.
func (a *opened) noPagesIn(dir string) error {
	abs, err := filepath.Abs(dir)
	if err == nil {
		abs, err = resolveExisting(abs)
	}
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(a.root, abs)
	inside := err == nil && filepath.IsLocal(rel)
	above, err := filepath.Rel(abs, a.root)
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	switch {
	case err == nil && filepath.IsLocal(above) && above != ".":
		return errors.New("holds the archive; name another directory")
	case inside && (rel == "." || first == "news" || len(a.Paths(filepath.ToSlash(rel))) > 0):
		return errors.New("holds pages of the archive; name another directory")
	case inside:
		return notPrivate(rel)
	}
	return nil
}
