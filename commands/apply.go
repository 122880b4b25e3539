package commands

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/urfave/cli/v2"

	"newsctl/archive/plan"
)

type applyOptions struct {
	planOptions
	reverse bool
}

func applyCommand(e *env) *cli.Command {
	var o applyOptions
	return &cli.Command{
		Name:      "apply",
		Usage:     "apply a saved plan",
		ArgsUsage: "FILE",
		Description: `Applies the plan in FILE, saved with --out: all of it, or nothing if a page has
changed since.

Examples:
   newsctl relink --out plan.json --format html:review.html
   newsctl apply plan.json --dry-run
   newsctl apply plan.json
   newsctl apply plan.json --plan-hash HASH   only if it is the plan of review.html
   newsctl apply plan.json --reverse          revert the plan`,
		Flags: append(o.planFlags(),
			&cli.BoolFlag{Name: "reverse", Destination: &o.reverse, Aliases: []string{"R"}, Usage: "revert the plan"}),
		Action: func(c *cli.Context) error {
			saved, err := readPlan(c.Args().First())
			if err != nil {
				return err
			}
			if o.reverse {
				if saved, err = saved.Reverse(); err != nil {
					return fmt.Errorf("%s: %w", c.Args().First(), err)
				}
			}
			return e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) {
				p, err := plan.Resume(a.Archive, saved)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", c.Args().First(), err)
				}
				return planOnly(p), nil
			})
		},
	}
}

// maxPlan is more than a plan that rewrites the largest archive needs, in bytes.
const maxPlan = 4 << 30

func readPlan(file string) (*plan.SavedPlan, error) {
	f, err := openGiven(file, maxPlan)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s does not exist; save a plan with --out, as in newsctl relink --out %s", file, file)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %w", file, err)
	}
	defer f.Close()
	saved, err := plan.ReadPlan(f)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", file, err)
	}
	return saved, nil
}
