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
		Description: `Lists each rule with its severity and what it finds. The first word of a rule's name
is its family: wherever newsctl accepts a rule, related stands for
related-order and the other rules of that family.

Examples:
   newsctl rules
   newsctl explain related-title    explain one rule`,
		Action: func(c *cli.Context) error {
			w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
			for _, r := range lint.Rules() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Severity, r.Title)
			}
			return w.Flush()
		},
	}
}

// findRules returns the rules that a name stands for, a rule or a family, or an error
// with the nearest name.
func findRules(name string) ([]*lint.Rule, error) {
	rules := lint.Select(name)
	if len(rules) == 0 {
		return nil, fmt.Errorf("there is no rule %q%s; newsctl rules lists them", name, didYouMean(name, append(ruleNames(), lint.Families()...)))
	}
	return rules, nil
}

func ruleNames() []string {
	var out []string
	for _, r := range lint.Rules() {
		out = append(out, r.Name)
	}
	return out
}
