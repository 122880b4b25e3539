package commands

import (
	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/term"
)

func contextsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "contexts",
		Usage: "list, declare and rename contexts",
		Description: `Without a subcommand, lists each context with the number of events that have it;
with --of, lists the contexts of one event and where each is recorded.

A list of contexts is split at commas. A name that contains a comma stays whole if
it is the topic of an event, or is listed under contexts.names in the
configuration or in a comment <!-- newsctl-name: Orlando, Florida --> on a page.
Names in a related entry are in byte order: parts out of order are one name.

Examples:
   newsctl contexts                                   list all contexts
   newsctl contexts --of PAGE                         list the contexts of an event
   newsctl contexts declare news/2018 --dry-run       write context lines
   newsctl contexts rename "U.K." "United Kingdom"    merge two names`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "of", Usage: "list the contexts of the event `PAGE` and where each is recorded"},
			choice("format", "text", "output `FORMAT`", []string{"text", "json"}),
		},
		Action: e.reads(e.contexts),
		Subcommands: []*cli.Command{
			{
				Name:      "declare",
				Usage:     "declare contexts on the pages of events that do not",
				ArgsUsage: "[PATH...]",
				Description: `Writes a context line to the events at PATH (a page, a directory or a day), or to
all events.

Examples:
   newsctl contexts declare news/2018/03/14 --dry-run`,
				Flags: planFlags(),
				Action: func(c *cli.Context) error {
					return e.carryOut(c, func(a *opened) (*proposal, error) { return e.declare(c, a) })
				},
			},
			{
				Name:      "rename",
				Usage:     "rename a context everywhere, or merge it into another",
				ArgsUsage: "OLD NEW",
				Description: `Examples:
   newsctl contexts rename "U.K." "United Kingdom" --dry-run`,
				Flags: planFlags(),
				Action: func(c *cli.Context) error {
					return e.carryOut(c, func(a *opened) (*proposal, error) {
						paths, err := e.loadSound(a)
						if err != nil {
							return nil, err
						}
						p, err := a.Contexts(paths).Rename(c.Args().Get(0), c.Args().Get(1))
						if err != nil {
							return nil, err
						}
						return planOnly(p), nil
					})
				},
			},
		},
	}
}

// declare plans context lines on the events that a command line names.
func (e *env) declare(c *cli.Context, a *opened) (*proposal, error) {
	only, err := e.only(c, a)
	if err != nil {
		return nil, err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	p, err := a.Contexts(paths).Declare(only)
	if err != nil {
		return nil, err
	}
	return planOnly(p), nil
}

// contexts lists contexts.
func (e *env) contexts(c *cli.Context) error {
	a, err := e.open(c)
	if err != nil {
		return err
	}
	var event string
	if of := c.String("of"); of != "" {
		if event, _, err = a.locate(of); err != nil {
			return err
		}
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return err
	}
	contexts := a.Contexts(paths)
	if event == "" {
		return e.writeCounts(contexts.Counts(), c.String("format") == "json")
	}
	pg, err := a.Event(event)
	if err != nil {
		return err
	}
	return e.writeSources(contexts.Sources(pg), c.String("format") == "json")
}

func (e *env) writeCounts(counts []archive.Count, asJSON bool) error {
	if asJSON {
		return writeJSON(e.stdout.raw, counts)
	}
	for _, count := range counts {
		if err := e.say("%6d  %s", count.Events, count.Name); err != nil {
			return err
		}
	}
	return nil
}

func (e *env) writeSources(sources []archive.Source, asJSON bool) error {
	if asJSON {
		return writeJSON(e.stdout.raw, sources)
	}
	widest := 0
	for _, s := range sources {
		widest = max(widest, term.Width(term.Escape(s.Name)))
	}
	for _, s := range sources {
		if err := e.say("%s  %s:%d", term.Pad(term.Escape(s.Name), widest), s.Path, s.Line); err != nil {
			return err
		}
	}
	return nil
}
