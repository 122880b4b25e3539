package commands

import (
	"errors"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/edit"
)

func removeCommand(e *env) *cli.Command {
	var o planOptions
	return &cli.Command{
		Name:      "remove",
		Usage:     "remove events and update every page that mentions them",
		ArgsUsage: "PAGE...",
		Description: `Removes the event at PAGE, and its entries on its day page and the front page. A day
that is left without events is removed, unless a page links to it. Related lists
that named the event are rebuilt, as by newsctl relink. A link in text becomes plain
text; other mentions of the page are reported.

Contexts are preserved: if the removed event was the only record of a context of
another event, the context is written to the page of that event.

If the page no longer exists, it is removed from the pages that mention it. To
combine two events, use newsctl merge.

Examples:
   newsctl remove PAGE --dry-run     show what would change as a diff
   newsctl remove PAGE PAGE          remove two events, all or nothing`,
		Flags: o.planFlags(),
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return errors.New("PAGE is missing; name the events to remove")
			}
			return e.runPlan(&o, func(a *opened) (*plannedChange, error) { return e.remove(a, c.Args().Slice()) })
		},
	}
}

// remove plans to remove the events that arguments name.
func (e *env) remove(a *opened, args []string) (*plannedChange, error) {
	var events []string
	for _, arg := range args {
		p, err := a.locateEvent(arg)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(events, p) {
			events = append(events, p)
		}
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return nil, err
	}
	r, err := edit.Remove(a.Archive, paths, events)
	if err != nil {
		return nil, err
	}
	return e.removed(r, plural(len(events), "event")+" removed"), nil
}

// locateEvent returns the path of an event that an argument names, which may be gone.
func (a *opened) locateEvent(arg string) (string, error) {
	p, _, err := a.locate(arg)
	gone := strings.TrimPrefix(arg, "/")
	if kind, _ := archive.Classify(gone); err != nil && kind == archive.EventPage {
		return gone, nil
	}
	return p, err
}

// removed returns the planned removal.
func (e *env) removed(r *edit.Removed, what string) *plannedChange {
	for _, place := range r.Left {
		e.stderr.printf("%s:%d: still mentions a removed page, and not in a link that newsctl can change\n", place.Path, place.Line)
	}
	for _, d := range r.Descriptions {
		e.stderr.printf("%s:%d: description is removed, as %s: %s\n", d.Path, d.Line, d.Reason, d.Text)
	}
	p := planOnly(r.Plan)
	p.document = struct {
		Version      int                    `json:"version"`
		Pages        []string               `json:"pages"`
		Left         []archive.Place        `json:"left"`
		Descriptions []edit.LostDescription `json:"descriptions,omitempty"`
	}{1, r.Plan.Paths(), r.Left, r.Descriptions}
	p.summary = what + ": " + p.summary
	if r.Entries > 0 {
		p.summary += ", " + plural(r.Entries, "mention") + " removed"
	}
	if r.Links > 0 {
		p.summary += ", " + plural(r.Links, "link") + " in text removed"
	}
	return p
}
