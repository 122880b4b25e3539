package commands

import (
	"strings"

	"github.com/urfave/cli/v2"
)

const (
	statusHeading = "Exit status:\n"
	onSuccess     = "success"
	onFailure     = "usage, configuration or runtime error"
)

// exitStatuses are those of the program. Some commands never end with 1.
const exitStatuses = "   0  " + onSuccess + "\n   1  findings, or with --dry-run, something would change\n   2  " + onFailure

// exitsWith1 says in the help of a command when a flag makes it end with exit status 1.
func exitsWith1(when string) rule { return func(r *ruledFlag) { r.exitsWith1 = when } }

// exitStatusHelp returns the part of a command's help that shows its exit statuses. Own
// are the lines of those that are particular to it: of 1, to which its flags add, and of
// another status than 2 for errors.
func exitStatusHelp(c *cli.Command, own string) string {
	if c.Action == nil {
		return "\n" + statusHeading + "   that of the subcommand; 2 without one\n"
	}
	failure, onFailure := "2", onFailure
	var findings []string
	for _, line := range strings.Split(strings.TrimSpace(own), "\n") {
		switch status, when, _ := strings.Cut(strings.TrimSpace(line), "  "); status {
		case "":
		case "1":
			findings = append(findings, when)
		default:
			failure, onFailure = status, when
		}
	}
	for _, f := range c.Flags {
		if r, ok := f.(*ruledFlag); ok && r.exitsWith1 != "" {
			findings = append(findings, "with "+dashed(r.Names()[0])+": "+r.exitsWith1)
		}
	}
	out := "\n" + statusHeading + "   0\t" + onSuccess + "\n"
	if len(findings) > 0 {
		out += "   1\t" + strings.Join(wrap(strings.Join(findings, "; "), helpColumns-len("   129  ")), "\n   \t") + "\n"
	}
	return out + "   " + failure + "\t" + strings.TrimSpace(onFailure) + "\n"
}
