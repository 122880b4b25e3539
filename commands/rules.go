package commands

import (
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
			w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
			for _, r := range lint.Rules() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Severity, r.Title)
			}
			return w.Flush()
		},
	}
}

// findRule returns the rule of a name, or an error with the nearest name.
func findRule(name string) (*lint.Rule, error) {
	r := lint.Lookup(name)
	if r == nil {
		return nil, fmt.Errorf("there is no rule %q%s; newsctl rules lists them", name, didYouMean(name, ruleNames()))
	}
	return r, nil
}

func ruleNames() []string {
	var out []string
	for _, r := range lint.Rules() {
		out = append(out, r.Name)
	}
	return out
}
