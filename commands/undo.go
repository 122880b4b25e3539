package commands

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"newsctl/archive/plan"
)

func undoCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "undo",
		Usage: "take back the last change that newsctl made here",
		Description: `Makes every page what it was before the last change of the archive by a command
of newsctl, byte for byte; again, and the change before it is taken back. Where a
page is no longer as the command left it, it is named and nothing is written.

The last 20 changes are kept, in git's directory or, where the archive is not in
git, in $XDG_STATE_HOME; newsctl log lists them. What git has recorded stays.

Examples:
   newsctl undo --dry-run
   newsctl undo`,
		Flags: previewFlags(),
		Action: func(c *cli.Context) error {
			return e.runPlan(c, e.undo)
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
		return nil, errors.New("nothing to undo: newsctl has changed nothing here, or every change that it keeps was undone")
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
