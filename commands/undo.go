package commands

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"newsctl/archive/plan"
)

func undoCommand(e *env) *cli.Command {
	var o planOptions
	return &cli.Command{
		Name:  "undo",
		Usage: "undo the last change that newsctl made here",
		Description: `Undoes the last change that a newsctl command made to the archive, byte for byte;
run it again to undo the change before that. If a page has changed since, it is
reported and nothing is written.

The last 20 changes are kept in git's directory or, if the archive is not in git, in
$XDG_STATE_HOME; newsctl log lists them. Commits stay as they are.

Examples:
   newsctl undo --dry-run
   newsctl undo`,
		Flags: o.previewFlags(),
		Action: func(c *cli.Context) error {
			return e.runPlan(&o, e.undo)
		},
	}
}

// undo plans to take back the last change.
func (e *env) undo(a *opened) (*plannedChange, error) {
	h, err := plan.HistoryOf(a.root)
	if err != nil {
		return nil, err
	}
	changes, err := h.Changes()
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		return nil, errors.New("nothing to undo")
	}
	last := changes[0]
	p, err := plan.Undo(a.Archive, h, last)
	if err != nil {
		return nil, err
	}
	out := planOnly(p)
	out.summary = fmt.Sprintf("%s of %s undone: %s restored", last.Command, last.Time.Format(timeFormat), plural(p.Len(), "page"))
	return out, nil
}
