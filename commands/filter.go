package commands

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/query"
	"newsctl/archive/similar"
)

// filterOptions select events. They are the same for every command.
type filterOptions struct {
	contexts, topics, hosts       cli.StringSlice
	words, linkedBy, linksTo      string
	unlisted, noSource, noContext bool
}

func (o *filterOptions) filterFlags() []cli.Flag {
	return group("Filters",
		repeatable(&o.contexts, "context", "only events with the context `NAME` (repeatable; all must match)"),
		repeatable(&o.topics, "topic", "only events with the topic `NAME` (repeatable; any may match)"),
		repeatable(&o.hosts, "source", "only events with a source on `HOST` or a subdomain (repeatable; any may match)"),
		&cli.StringFlag{Name: "match", Destination: &o.words, Usage: "only events with all `WORDS` in the headline, topic or file name"},
		&cli.StringFlag{Name: "linked-by", Destination: &o.linkedBy, Usage: "only events that `PAGE` links to"},
		&cli.StringFlag{Name: "links-to", Destination: &o.linksTo, Usage: "only events that link to `PAGE`"},
		&cli.BoolFlag{Name: "unlisted", Destination: &o.unlisted, Usage: "only events that are not on their day page"},
		&cli.BoolFlag{Name: "no-source", Destination: &o.noSource, Usage: "only events without a source"},
		&cli.BoolFlag{Name: "no-context", Destination: &o.noContext, Usage: "only events without a context"},
	)
}

// any reports whether there is a filter.
func (o *filterOptions) any() bool {
	return len(o.contexts.Value())+len(o.topics.Value())+len(o.hosts.Value()) > 0 || o.words+o.linkedBy+o.linksTo != "" ||
		o.unlisted || o.noSource || o.noContext
}

// filter returns what options select.
func (a *opened) filter(o *filterOptions) (f query.Filter, err error) {
	f = query.Filter{
		Contexts: o.contexts.Value(), Topics: o.topics.Value(), Hosts: o.hosts.Value(),
		Words: o.words, Unlisted: o.unlisted, NoSource: o.noSource, NoContext: o.noContext,
	}
	for _, page := range []struct {
		flag, arg string
		to        *string
	}{{"linked-by", o.linkedBy, &f.LinkedBy}, {"links-to", o.linksTo, &f.LinksTo}} {
		if page.arg == "" {
			continue
		}
		if *page.to, _, err = a.locate(page.arg); err != nil {
			return f, fmt.Errorf("--%s: %w", page.flag, err)
		}
	}
	return f, nil
}

// events returns the events in ranges of days, all of them without any, that options
// select, newest first.
func (e *env) events(a *opened, o *filterOptions, ranges []string) ([]query.Event, *query.Index, error) {
	f, err := a.filter(o)
	if err != nil {
		return nil, nil, err
	}
	for _, arg := range ranges {
		days, err := parseDays(arg)
		if err != nil {
			return nil, nil, err
		}
		f.Days = append(f.Days, days)
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, nil, err
	}
	x := query.New(a.Archive, paths)
	refreshNames(a.root, x.Contexts)
	if err := a.knownNames(x, f); err != nil {
		return nil, nil, err
	}
	return x.Select(f), x, nil
}

// knownNames returns an error if no event of the archive has a context, a topic or a
// host that a filter asks for.
func (a *opened) knownNames(x *query.Index, f query.Filter) error {
	for _, name := range f.Contexts {
		if err := knownContext(a, x.Contexts(), name); err != nil {
			return fmt.Errorf("--context: %w", err)
		}
	}
	if len(f.Topics) > 0 {
		v := &vocabulary{config: a.config, known: similar.NewIndex(x.Names("topic"))}
		for _, name := range f.Topics {
			if near, isNew := v.nearest(name); isNew {
				return fmt.Errorf("--topic: no event has the topic %q%s", name, cmp.Or(suggestNear(near), "; newsctl list --count-by topic lists them"))
			}
		}
	}
	if len(f.Hosts) > 0 {
		hosts := x.Names("source")
		for _, host := range f.Hosts {
			if err := knownHost(hosts, host); err != nil {
				return fmt.Errorf("--source: %w", err)
			}
		}
	}
	return nil
}

// knownHost returns an error if none of the hosts of an archive is the wanted one, or
// below it.
func knownHost(hosts []string, want string) error {
	if slices.ContainsFunc(hosts, func(h string) bool { return isBelow(h, want) }) {
		return nil
	}
	return noHost(hosts, want)
}

// noHost is the error of a host that none of the sources of an archive is on.
func noHost(hosts []string, want string) error {
	suggestion := "; newsctl sources lists them"
	if near := similar.NewIndex(hosts).Near(want); len(near) > 0 {
		suggestion = suggestNear(near[0])
	}
	return fmt.Errorf("no source is on the host %q%s", want, suggestion)
}

// filtered returns those of paths, in byte order, or of all pages if paths is nil,
// that are events and that options select. Without a filter it returns paths.
func (e *env) filtered(a *opened, o *filterOptions, paths []string) ([]string, error) {
	if !o.any() {
		return paths, nil
	}
	events, _, err := e.events(a, o, nil)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, event := range events {
		if _, named := slices.BinarySearch(paths, event.Path); named || paths == nil {
			out = append(out, event.Path)
		}
	}
	slices.Sort(out)
	return out, nil
}

// hintNoEvents says where events would be, of an archive that has pages, and no event.
func (e *env) hintNoEvents(a *opened) {
	isEvent := func(p string) bool { kind, _ := archive.Classify(p); return kind == archive.EventPage }
	if d, ok := a.DayBefore(archive.Date{Year: 10_000}); ok && slices.ContainsFunc(a.Paths(d.Dir()), isEvent) {
		return
	}
	isOther := func(p string) bool { kind, _ := archive.Classify(p); return kind == archive.OtherPage }
	if all := a.Paths("."); slices.ContainsFunc(all, isOther) && !slices.ContainsFunc(all, isEvent) {
		e.stderr.printf("hint: 0 events in %s: days are directories like %s\n", plural(len(all), "page"), archive.Date{Year: 2018, Month: 3, Day: 14}.Dir())
	}
}
