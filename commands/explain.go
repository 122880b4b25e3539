package commands

import (
	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

func explainCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "explain rules, with examples",
		ArgsUsage: "RULE...",
		Description: `Examples:
   newsctl explain related-title
   newsctl explain day-previous front-days`,
		Action: func(c *cli.Context) error {
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
