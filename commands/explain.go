package commands

import (
	"errors"

	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

func explainCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "tell why a rule matters, with an example",
		ArgsUsage: "RULE...",
		Description: `Examples:
   newsctl explain related-title
   newsctl explain day-previous front-days`,
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return errors.New("explain needs the name of a rule; newsctl rules lists them")
			}
			var rules []*lint.Rule
			for _, name := range c.Args().Slice() {
				r, err := findRule(name)
				if err != nil {
					return err
				}
				rules = append(rules, r)
			}
			return lint.WriteExplanations(e.stdout, rules)
		},
	}
}
