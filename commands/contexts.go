package commands

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/contexts"
	"newsctl/archive/edit"
	"newsctl/archive/encode"
	"newsctl/archive/filename"
	"newsctl/archive/query"
	"newsctl/archive/similar"
	"newsctl/archive/term"
)

type renameContextOptions struct {
	planOptions
	newContexts string
}

type contextsOptions struct {
	of, events, sort, format string
	similar                  bool
}

func contextsCommand(e *env) *cli.Command {
	var o contextsOptions
	var declare planOptions
	var rename renameContextOptions
	return &cli.Command{
		Name:  "contexts",
		Usage: "list, declare and rename contexts",
		Description: `Without a subcommand, lists each context with the number of events that have it;
with --of, lists the contexts of one event and where each is recorded.

A list of contexts is split at commas. A name that contains a comma stays whole if
it is the topic of an event, or is listed under contexts.names in the configuration
or in a comment <!-- newsctl-name: Orlando, Florida --> on a page. The names in a
related entry are in byte order, so parts that are out of order belong to one name.
Other names of a context are listed under contexts.aliases in the configuration.

Examples:
   newsctl contexts --sort count                      list all contexts
   newsctl contexts --of PAGE                         list the contexts of an event
   newsctl contexts --events "Port Ellery"            list the events of a context
   newsctl contexts --similar                         list names that may be the same
   newsctl contexts declare news/2018 --dry-run       write context lines
   newsctl contexts rename "U.K." "United Kingdom"    merge two names`,
		Flags: []cli.Flag{
			ruled(&cli.StringFlag{Name: "of", Destination: &o.of, Usage: "list the contexts of the event `PAGE` and where each is recorded"}, excludes("events", "similar", "sort")),
			ruled(&cli.StringFlag{Name: "events", Destination: &o.events, Usage: "list the events that have the context `NAME`, newest first"}, excludes("similar", "sort", "format=json")),
			ruled(&cli.BoolFlag{Name: "similar", Destination: &o.similar, Usage: "list pairs of names that differ only in case, Unicode form, punctuation, accents, plural or one letter"}, excludes("sort")),
			choice(&o.sort, "sort", "name", "order of contexts", []string{"name", "count"}),
			choice(&o.format, "format", "text", "output format", []string{"text", "json"}),
		},
		Action: e.reads(func([]string) error { return e.contexts(&o) }),
		Subcommands: []*cli.Command{
			{
				Name:      "declare",
				Usage:     "write a context line to event pages without one",
				ArgsUsage: "[PATH...]",
				Description: `Writes a context line to the events at PATH (a page, a directory or a day), or to
all events.

Examples:
   newsctl contexts declare news/2018/03/14 --dry-run`,
				Flags: declare.planFlags(),
				Action: func(c *cli.Context) error {
					return e.runPlan(&declare, func(a *opened) (*plannedChange, error) { return e.declare(a, c.Args().Slice()) })
				},
			},
			{
				Name:      "rename",
				Usage:     "rename a context everywhere, or merge it into another",
				ArgsUsage: "OLD NEW",
				Description: `Renames the context OLD to NEW on every page. If NEW exists, the two are merged.

Examples:
   newsctl contexts rename "U.K." "United Kingdom" --dry-run`,
				Flags: append(rename.planFlags(), newContextsFlag(&rename.newContexts)),
				Action: func(c *cli.Context) error {
					return e.runPlan(&rename.planOptions, func(a *opened) (*plannedChange, error) {
						return e.renameContext(a, c.Args().Get(0), c.Args().Get(1), rename.newContexts)
					})
				},
			},
		},
	}
}

// declare plans context lines on the events that arguments name.
func (e *env) declare(a *opened, args []string) (*plannedChange, error) {
	only, err := e.only(a, args, &filterOptions{})
	if err != nil {
		return nil, err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	p, err := edit.DeclareContexts(contexts.OfAll(a.Archive, paths), only)
	if err != nil {
		return nil, err
	}
	return planOnly(p), nil
}

// renameContext plans to rename a context. What --new-contexts says is the policy.
func (e *env) renameContext(a *opened, from, to, policy string) (*plannedChange, error) {
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	all := contexts.OfAll(a.Archive, paths)
	if err := e.checkAliases(a, from, to); err != nil {
		return nil, err
	}
	if err := knownContext(a, all, from); err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(all.Names(), func(name string) bool { return name == from })
	if err := newVocabulary(a.config, others, policy).check(e, edit.ContextField, to); err != nil {
		return nil, err
	}
	p, err := edit.RenameContext(all, from, to)
	if err != nil {
		return nil, err
	}
	return planOnly(p), nil
}

// checkAliases returns an error if a context cannot be renamed because the
// configuration says what a name stands for, and prints what to change there after.
func (e *env) checkAliases(a *opened, from, to string) error {
	switch name := a.config.ContextName(from); {
	case name != from && a.config.ContextName(to) != name:
		return fmt.Errorf("%q is an alias of %q in %s; rename %[2]q, or change contexts.aliases", from, name, configName)
	case name == from && to != name && a.config.ContextName(to) == name:
		return fmt.Errorf("%q is an alias of %q in %s; change contexts.aliases first, to make it the name", to, name, configName)
	}
	var aliases []string
	for alias, name := range a.config.Aliases {
		if name == from {
			aliases = append(aliases, alias)
		}
	}
	if slices.Sort(aliases); len(aliases) > 0 {
		e.note(fmt.Sprintf("warning: contexts.aliases in %s still names %q for %s; change it to %q", configName, from, strings.Join(aliases, ", "), a.config.ContextName(to)))
	}
	return nil
}

// knownContext returns an error if no event has a context.
func knownContext(a *opened, all *contexts.Contexts, name string) error {
	v := &vocabulary{config: a.config, known: similar.NewIndex(all.Names())}
	if near, isNew := v.nearest(name); isNew {
		return fmt.Errorf("no event has the context %q%s", name, cmp.Or(suggestNear(near), "; newsctl contexts lists them"))
	}
	return nil
}

// contexts lists contexts.
func (e *env) contexts(o *contextsOptions) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	var event string
	if o.of != "" {
		if event, _, err = a.locate(o.of); err != nil {
			return err
		}
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return err
	}
	asJSON := o.format == "json"
	if o.events != "" {
		return e.writeEventsOf(a, query.New(a.Archive, paths), o.events)
	}
	all := contexts.OfAll(a.Archive, paths)
	keepNames(a.root, all.Names())
	switch {
	case o.similar:
		return e.writeSimilar(all, asJSON)
	case event == "":
		return e.writeCounts(sortedCounts(all.Counts(), o.sort), asJSON)
	}
	pg, err := a.Event(event)
	if err != nil {
		return err
	}
	return e.writeSources(event, all.Sources(pg), asJSON)
}

// writeEventsOf lists the events of a context.
func (e *env) writeEventsOf(a *opened, x *query.Index, name string) error {
	if err := knownContext(a, x.Contexts(), name); err != nil {
		return err
	}
	events := x.Select(query.Filter{Contexts: []string{name}})
	for _, event := range events {
		if err := e.writeEvent(&listOptions{}, event); err != nil {
			return err
		}
	}
	e.stderr.printf("%s\n", plural(len(events), "event"))
	return nil
}

// sortedCounts returns counts in an order that a flag names.
func sortedCounts(counts []contexts.Count, by string) []contexts.Count {
	if by == "count" {
		slices.SortStableFunc(counts, func(a, b contexts.Count) int { return cmp.Compare(b.Events, a.Events) })
	}
	return counts
}

func (e *env) writeCounts(counts []contexts.Count, asJSON bool) error {
	if asJSON {
		return encode.JSON(e.stdout.raw, counts)
	}
	for _, count := range counts {
		if err := e.say("%6d  %s", count.Events, count.Name); err != nil {
			return err
		}
	}
	return nil
}

// similarPair is two names that are nearly one, the rarer first.
type similarPair struct {
	Rare       contexts.Count `json:"rare"`
	Common     contexts.Count `json:"common"`
	Difference string         `json:"difference"`
}

// writeSimilar lists names that are nearly one.
func (e *env) writeSimilar(all *contexts.Contexts, asJSON bool) error {
	pairs := similarPairs(all)
	if asJSON {
		return encode.JSON(e.stdout.raw, pairs)
	}
	for _, p := range pairs {
		if err := e.say("%s (%d) and %s (%d) differ in %s", p.Rare.Name, p.Rare.Events, p.Common.Name, p.Common.Events, p.Difference); err != nil {
			return err
		}
	}
	e.stderr.printf("%s of similar names\n", plural(len(pairs), "pair"))
	if len(pairs) > 0 {
		e.stderr.printf("hint: newsctl contexts rename OLD NEW merges two names\n")
	}
	return nil
}

// similarPairs returns each two names of the archive that are nearly one.
func similarPairs(all *contexts.Contexts) []similarPair {
	events := map[string]int{} // none has a topic whose event declares other contexts
	for _, count := range all.Counts() {
		events[count.Name] = count.Events
	}
	names := all.Names()
	index := similar.NewIndex(names)
	out := []similarPair{}
	for _, name := range names {
		for _, near := range index.Near(name) {
			if near.Name < name {
				continue
			}
			p := similarPair{contexts.Count{Name: name, Events: events[name]}, contexts.Count{Name: near.Name, Events: events[near.Name]}, near.Difference.String()}
			if near.Difference == similar.Form {
				p.Difference += fmt.Sprintf(" (%s and %s)", filename.UnicodeForm(name), filename.UnicodeForm(near.Name))
			}
			if p.Rare.Events > p.Common.Events {
				p.Rare, p.Common = p.Common, p.Rare
			}
			out = append(out, p)
		}
	}
	return out
}

// writeSources lists the contexts of an event with the first place where each is
// recorded, which is on the event's own page if one is, and the number of others.
func (e *env) writeSources(event string, sources []contexts.Source, asJSON bool) error {
	if asJSON {
		return encode.JSON(e.stdout.raw, sources)
	}
	first, places := map[string]contexts.Source{}, map[string]int{}
	var names []string
	widest := 0
	for _, s := range sources {
		if places[s.Name]++; places[s.Name] == 1 {
			names = append(names, s.Name)
			widest = max(widest, term.Width(term.Escape(s.Name)))
		}
		if places[s.Name] == 1 || s.Path == event && first[s.Name].Path != event {
			first[s.Name] = s
		}
	}
	var err error
	for _, name := range names {
		more := ""
		if n := places[name] - 1; n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		s := first[name]
		err = errors.Join(err, e.sayRow(term.Pad(term.Escape(name), widest)+"  ", fmt.Sprintf("%s:%d%s", s.Path, s.Line, more)))
	}
	return err
}
