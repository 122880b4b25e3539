package commands

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

func rulesCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "rules",
		Usage: "list the rules of lint",
		Description: `Lists each rule with its severity and what it finds.

Examples:
   newsctl rules
   newsctl explain related-title    more of one rule`,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return fmt.Errorf("rules takes no arguments; newsctl explain %s tells of one rule", c.Args().First())
			}
			w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
			for _, r := range lint.Rules() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Severity, r.Title)
			}
			return w.Flush()
		},
	}
}

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
				r := lint.Lookup(name)
				if r == nil {
					return fmt.Errorf("there is no rule %q%s; newsctl rules lists them", name, didYouMean(name, ruleNames()))
				}
				rules = append(rules, r)
			}
			return lint.WriteExplanations(e.stdout, rules)
		},
	}
}
