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
				found, err := findRules(name)
				if err != nil {
					return err
				}
				rules = append(rules, found...)
			}
			return lint.WriteExplanations(e.stdout, rules)
		},
	}
}
