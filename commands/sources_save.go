package commands

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/source"
)

type saveSourcesOptions struct {
	sourceOptions
	requestOptions
	dryRun bool
	max    int
}

func sourcesSaveCommand(e *env) *cli.Command {
	var o saveSourcesOptions
	return &cli.Command{
		Name:      "save",
		Usage:     "ask a web archive to capture the sources that answer",
		ArgsUsage: "[RANGE|PATH...]",
		Description: `Asks the Wayback Machine, or the service that sources.save in the configuration
names, to capture each source that answered the last check, and records the date in
the ledger. Each source is captured once. Ctrl-C ends the command, and
all results are kept.

Examples:
   newsctl sources save yesterday --dry-run    list what would be captured
   newsctl sources save 2018-03`,
		Flags: slices.Concat([]cli.Flag{
			o.hostFlag(),
			&cli.BoolFlag{Name: "dry-run", Destination: &o.dryRun, Aliases: []string{"n"}, Usage: "list the sources that would be captured, and request nothing"},
			&cli.IntFlag{Name: "max", Destination: &o.max, Value: 100, Usage: "ask for at most `N` captures"},
		}, o.requestFlags("5s")),
		Action: func(c *cli.Context) error { return e.saveSources(c.Args().Slice(), &o) },
	}
}

// saveSources asks for captures of living sources.
func (e *env) saveSources(args []string, o *saveSourcesOptions) error {
	e.pager.enable(false) // it takes long, and shows what it does
	var set *sourceSet
	err := e.answer(func() (err error) {
		if set, err = e.sources(args, &o.sourceOptions); err != nil || !o.dryRun {
			return err
		}
		set.keepUnsaved(o.max)
		return e.listEach(set.all)
	})
	if err != nil || o.dryRun {
		return err
	}
	root, err := e.root()
	if err != nil {
		return err
	}
	config := set.archive.Config().Sources
	journal, err := openJournal(ownFiles(root), config.Ledger)
	if err != nil {
		return err
	}
	set.recall(journal.earlier, time.Now())
	set.keepUnsaved(o.max)
	ctx, stop := context.WithCancel(e.running.Context)
	defer stop()
	written := make(chan struct{})
	defer onSignal(func() { stop(); <-written })()
	defer close(written)
	saved, failed := e.save(ctx, o.client(), config, set.all, journal)
	err = journal.save(func(l *source.Ledger) {
		for _, entry := range saved {
			l.Add(entry)
		}
	})
	if err != nil {
		return fmt.Errorf("the ledger of sources is not written: %w", err)
	}
	e.stderr.printf("%s of %d saved\n", plural(len(saved), "source"), len(set.all))
	return failed
}

// keepUnsaved keeps the living sources of which no capture was asked for, up to a
// number.
func (s *sourceSet) keepUnsaved(limit int) {
	s.all = slices.DeleteFunc(s.all, func(one *cited) bool { return one.state != string(source.Living) || one.entry.Saved != 0 })
	s.all = s.all[:min(len(s.all), limit)]
}

// save asks for captures until the service gives no answer, or ctx is done.
func (e *env) save(ctx context.Context, client *source.Client, config source.Config, all []*cited, journal *journal) (saved []source.Entry, err error) {
	service := config.Save
	if service == "" {
		service = source.DefaultSave
	}
	bar := newProgress(e.stderr)
	defer bar.clear()
	requests, cancel := source.Draining(ctx)
	defer cancel()
	refused := 0
	for i, one := range all {
		if ctx.Err() != nil {
			break
		}
		bar.show(func() string { return fmt.Sprintf("asked to save %d of %s", i, plural(len(all), "source")) })
		if err := client.Save(requests, service, one.url); err != nil {
			if refused++; refused == maxRefused {
				return saved, fmt.Errorf("the service for captures does not answer: %w", err)
			}
			e.note(fmt.Sprintf("not saved: %s: %v", one.url, err))
			continue
		}
		refused = 0
		one.entry.Saved = source.At(time.Now())
		saved = append(saved, one.entry)
		if err := journal.add(one.entry); err != nil {
			return saved, err
		}
	}
	return saved, nil
}
