package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/source"
)

type checkSourcesOptions struct {
	sourceOptions
	requestOptions
	dryRun         bool
	failOn, format string
}

func sourcesCheckCommand(e *env) *cli.Command {
	var o checkSourcesOptions
	return &cli.Command{
		Name:      "check",
		Usage:     "check whether sources answer, and record the results",
		ArgsUsage: "[RANGE|PATH...]",
		Description: `Requests each source that is due, and records the answer in the ledger. A source
that answered is due after --max-age; one that failed is due the next day, so run
this every day. Captures in web archives are not requested.

Each host gets one request at a time, at the pace that --pace or its robots.txt
sets, and none until the time in its Retry-After, for at most a day and also in
later runs. Redirects are followed. A redirect to a home page means that the source
is gone, and so does a page whose title says so, which is read after a redirect or a
refused HEAD request; a bot wall, a login or a bad certificate does not. No cookies
or credentials are sent, and no address on a private network is requested unless --allow-private is
given. A proxy in the environment (HTTPS_PROXY) is used: newsctl looks up each host
before it asks the proxy, but cannot see what the proxy connects to.

Ctrl-C ends the check: pending requests have 3 seconds to finish, and all results
are kept. The next check continues from there. A second Ctrl-C ends the check at
once.

Examples:
   newsctl sources check                        check the sources that are due
   newsctl sources check 2018-03 --max-age 0    check all sources of a month
   newsctl sources check --dry-run              list what would be requested
   newsctl sources check --fail-on dead         exit with 1 if sources are dead`,
		Flags: slices.Concat(o.sourceFlags(), []cli.Flag{
			o.maxAgeFlag(),
			&cli.BoolFlag{Name: "dry-run", Destination: &o.dryRun, Aliases: []string{"n"}, Usage: "list the sources that would be requested, and request nothing"},
			choice(&o.failOn, "fail-on", "never", "exit with 1 if a source is in `STATE`, checked now or earlier", []string{"never", "dead", "failing"}, exitsWith1("a source is dead or failing")),
			choice(&o.format, "format", "text", "output format", sourceFormats),
		}, o.requestFlags("1s")),
		Action: func(c *cli.Context) error { return e.checkSources(c.Args().Slice(), &o) },
	}
}

// checkSources asks for the sources that are due.
func (e *env) checkSources(args []string, o *checkSourcesOptions) error {
	e.pager.enable(false) // it takes long, and shows what it does
	if o.dryRun {
		return e.answer(func() error { return e.wouldAsk(args, o) })
	}
	root, err := e.root()
	if err != nil {
		return err
	}
	var set *sourceSet
	var journal *journal
	err = e.answer(func() (err error) {
		set, err = e.sources(args, &o.sourceOptions)
		return err
	})
	if err != nil {
		return err
	}
	if journal, err = openJournal(ownFiles(root), set.archive.Config().Sources.Ledger); err != nil {
		return err
	}
	set.recall(journal.earlier, time.Now())
	check := &checking{env: e, set: set, journal: journal, client: o.client(), now: time.Now, answered: map[string]source.Entry{}, asking: map[string]source.Entry{}}
	if err := check.run(e.running.Context); err != nil {
		return err
	}
	if err := e.reportCheck(check, o.format); err != nil {
		return err
	}
	return failOn(set, o.failOn)
}

// wouldAsk lists what a check would ask.
func (e *env) wouldAsk(args []string, o *checkSourcesOptions) error {
	set, err := e.sources(args, &o.sourceOptions)
	if err != nil {
		return err
	}
	set.all = set.dueOnly()
	if err := e.writeCited(o.format, set, e.listEach); err != nil {
		return err
	}
	_, hosts := set.counts()
	e.stderr.printf("%s on %s due\n", plural(len(set.all), "source"), plural(hosts, "host"))
	return nil
}

func (s *sourceSet) dueOnly() []*cited {
	return slices.DeleteFunc(slices.Clone(s.all), func(one *cited) bool { return !one.due })
}

// recall adds what an earlier check that was ended found out.
func (s *sourceSet) recall(earlier []source.Entry, now time.Time) {
	for _, e := range earlier {
		s.ledger.Add(e)
	}
	s.waiting = s.ledger.Waiting(now)
	for i, one := range s.all {
		by := one.by
		s.all[i] = s.cited(one.url, now)
		s.all[i].by = by
	}
}

// failOn returns the error of a check that found sources in a state.
func failOn(set *sourceSet, state string) error {
	for _, one := range set.all {
		if one.state == "dead" && state != "never" || one.state == "failing" && state == "failing" {
			return errFindings
		}
	}
	return nil
}

// checking is one check of sources.
type checking struct {
	*env
	set     *sourceSet
	journal *journal
	client  *source.Client
	now     func() time.Time

	mu        sync.Mutex
	answered  map[string]source.Entry
	asking    map[string]source.Entry // with no answer yet
	due       int
	postponed int
	stopped   bool // by a signal
	offline   bool
}

// run asks for what is due, and writes the ledger, whatever ends it.
func (k *checking) run(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	saved := make(chan struct{})
	defer onSignal(func() {
		k.mu.Lock()
		k.stopped = true
		k.mu.Unlock()
		cancel()
		<-saved
	})()
	defer close(saved)
	due := k.set.dueOnly()
	k.due = len(due)
	bar := newProgress(k.stderr)
	start := k.now()
	run := &source.Run{
		Client: k.client, Policy: k.set.policy, Alive: k.alive(),
		Asking: func(e source.Entry) error {
			k.asking[e.URL] = e
			return k.journal.add(e)
		},
		Answered: func(e source.Entry) error {
			k.answered[e.URL] = e
			delete(k.asking, e.URL)
			bar.show(func() string { return k.progress(k.now().Sub(start)) })
			return k.journal.add(e)
		},
	}
	entries := make([]source.Entry, len(due))
	for i, one := range due {
		if entries[i] = one.entry; one.entry.FirstSeen == 0 {
			entries[i].FirstSeen = source.At(start)
		}
	}
	k.postponed, err = run.Do(ctx, entries)
	bar.clear()
	if k.offline = errors.Is(err, source.ErrOffline); k.offline {
		clear(k.asking) // it was not they who did not answer
		err = nil
	}
	if err = errors.Join(err, k.save()); err == nil && k.isStopped() {
		k.stderr.printf("stopped: %s\n", k.summary())
	}
	return err
}

func (k *checking) isStopped() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.stopped
}

// progress returns how far the check is, how fast, and how long it will take.
func (k *checking) progress(passed time.Duration) string {
	done := len(k.answered)
	rate := float64(done) / max(passed.Seconds(), 1)
	left := time.Duration(float64(k.due-done)/max(rate, 0.01)) * time.Second
	return fmt.Sprintf("asked %d of %s, %.1f a second, %s left", done, plural(k.due, "source"), rate, left.Round(time.Second))
}

// alive returns sources that answered when they were last asked, the newest first.
func (k *checking) alive() []string {
	entries := k.set.ledger.Entries()
	entries = slices.DeleteFunc(entries, func(e source.Entry) bool { return k.set.policy.State(e) != source.Living })
	slices.SortStableFunc(entries, func(a, b source.Entry) int { return int(b.LastGood - a.LastGood) })
	var out []string
	for _, e := range entries {
		out = append(out, e.URL)
	}
	return out
}

// save writes the ledger, with what was found out, over what it may have become
// meanwhile. Sources that no page cites are removed if all pages were read.
func (k *checking) save() error {
	err := k.journal.save(func(l *source.Ledger) {
		for _, entries := range []map[string]source.Entry{k.asking, k.answered} {
			for _, e := range entries {
				l.Add(e)
			}
		}
		if k.set.whole {
			cited := map[string]bool{}
			for _, one := range k.set.all {
				cited[one.url] = true
			}
			l.Keep(func(key string) bool { return cited[key] })
		}
		for _, e := range l.Entries() {
			k.set.ledger.Put(e)
		}
	})
	if err != nil {
		return fmt.Errorf("the ledger of sources is not written: %w", err)
	}
	k.set.recall(nil, k.now())
	return nil
}

// reportCheck writes what was found out in a format.
func (e *env) reportCheck(k *checking, format string) error {
	shown := *k.set
	shown.all = nil
	for _, one := range k.set.all {
		_, asked := k.answered[one.url]
		if asked || one.state == "dead" {
			shown.all = append(shown.all, one)
		}
	}
	err := e.writeCited(format, &shown, func(all []*cited) error {
		return e.listEach(slices.DeleteFunc(all, func(one *cited) bool { return one.state == "ok" }))
	})
	if err != nil {
		return err
	}
	e.stderr.printf("%s\n", k.summary())
	if k.offline {
		return source.ErrOffline
	}
	return nil
}

// summary says what was asked and what came of it.
func (k *checking) summary() string {
	counts := map[string]int{}
	for _, one := range k.set.all {
		if _, asked := k.answered[one.url]; asked {
			counts[one.state]++
		}
	}
	out := fmt.Sprintf("%s of %d asked", plural(len(k.answered), "source"), len(k.set.all))
	if list := countStates(counts); list != "" {
		out += ": " + list
	}
	if n := k.due - len(k.answered); n > 0 {
		out += fmt.Sprintf("; %d still due", n)
	}
	if k.postponed > 0 {
		out += fmt.Sprintf("; %s asked to come back later", plural(k.postponed, "host"))
	}
	return out
}
