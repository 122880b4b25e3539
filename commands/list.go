package commands

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/query"
	"newsctl/archive/term"
)

type listOptions struct {
	filterOptions
	sort, countBy     string
	limit             int
	long, paths, null bool
}

func listCommand(e *env) *cli.Command {
	var o listOptions
	return &cli.Command{
		Name:      "list",
		Usage:     "list events by day, context, topic, source or words",
		ArgsUsage: "[RANGE...]",
		Description: `Lists the events of each RANGE of days (2018, 2018-03, 2018-03-14, or two of them as
in 2018-03-01..2018-04), or all events, newest first: one line per event, with its
date and headline. An event is listed if it matches all filters.

Examples:
   newsctl list 2018-03                                list the events of a month
   newsctl list --context "Harbour bridge"             list the events of a context
   newsctl list --match "ferry sails" --paths          print paths for other programs
   newsctl list 2018 --no-source --long                show more of each event
   newsctl list --links-to PAGE                        list the events that link to PAGE
   newsctl list --count-by month                       count events by month
   newsctl list --unlisted --paths -0 | xargs -0 less  read unlisted events`,
		Flags: append(o.filterFlags(),
			choice(&o.sort, "sort", "date", "`ORDER` of events", []string{"date", "headline", "links"}),
			ruled(&cli.IntFlag{Name: "limit", Destination: &o.limit, Value: unlimited, Usage: "list at most `N` events (default: all)"}, positive),
			ruled(&cli.BoolFlag{Name: "long", Destination: &o.long, Aliases: []string{"l"}, Usage: "show the path, topic, contexts, and counts of sources and links"}, excludes("paths", "count-by")),
			ruled(&cli.BoolFlag{Name: "paths", Destination: &o.paths, Usage: "print paths only"}, excludes("count-by")),
			ruled(&cli.BoolFlag{Name: "null", Destination: &o.null, Aliases: []string{"0"}, Usage: "end each path with a NUL byte instead of a newline"}, requires("paths")),
			choice(&o.countBy, "count-by", "", "count events by `GROUP`", query.Groups, excludes("sort")),
		),
		Action: e.reads(func(args []string) error { return e.listEvents(args, &o) }),
	}
}

func (e *env) listEvents(ranges []string, o *listOptions) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	events, _, err := e.events(a, &o.filterOptions, ranges)
	if err != nil {
		return err
	}
	if o.countBy != "" {
		return e.writeGroups(first(o.limit, query.CountBy(events, o.countBy)))
	}
	sortEvents(events, o.sort)
	listed := first(o.limit, events)
	for _, event := range listed {
		if err := e.writeEvent(o, event); err != nil {
			return err
		}
	}
	of := ""
	if len(listed) < len(events) {
		of = fmt.Sprintf("%d of ", len(listed))
	}
	e.stderr.printf("%s%s\n", of, plural(len(events), "event"))
	return nil
}

// first returns the first n of a list.
func first[T any](n int, list []T) []T { return list[:min(len(list), n)] }

// sortEvents orders events that are newest first in another way.
func sortEvents(events []query.Event, by string) {
	switch by {
	case "headline":
		slices.SortStableFunc(events, func(a, b query.Event) int { return cmp.Compare(a.Headline, b.Headline) })
	case "links":
		slices.SortStableFunc(events, func(a, b query.Event) int { return cmp.Compare(b.Links(), a.Links()) })
	}
}

func (e *env) writeGroups(counts []query.Count) error {
	for _, count := range counts {
		if err := e.say("%6d  %s", count.Events, count.Name); err != nil {
			return err
		}
	}
	return nil
}

// writeEvent writes an event in the form that options ask for.
func (e *env) writeEvent(o *listOptions, event query.Event) error {
	switch {
	case o.null:
		_, err := fmt.Fprintf(e.stdout.raw, "%s\x00", event.Path)
		return err
	case o.paths:
		return e.say("%s", event.Path)
	case o.long:
		return e.writeLong(event)
	}
	line := term.Escape(fmt.Sprintf("%-10s  %s", event.Date, event.Headline))
	if width := e.stdout.width(); width > 0 {
		line = term.Head(line, width-1)
	}
	return e.say("%s", line)
}

func (e *env) writeLong(event query.Event) error {
	details := []string{plural(len(event.Sources), "source"), plural(event.Links(), "link") + " to it"}
	if !event.Listed {
		details = append(details, "not on its day page")
	}
	if event.Topic != "" {
		details = append([]string{"topic " + event.Topic}, details...)
	}
	indent := strings.Repeat(" ", 12)
	return errors.Join(
		e.sayRow(fmt.Sprintf("%-10s  ", event.Date), event.Headline),
		e.sayRow(indent, event.Path),
		e.sayRow(indent, strings.Join(details, "; ")),
		e.sayRow(indent, "contexts: "+cmp.Or(strings.Join(event.Contexts(), ", "), "none")))
}
