package lint

import (
	"fmt"
	"io"
	"strings"
)

// WriteExplanation writes what a rule finds, why it matters, and an example of
// a fault and of its mending.
func WriteExplanation(w io.Writer, r *Rule) {
	fmt.Fprintf(w, "%s (%s): %s\n\n%s\n\nWrong:\n\n%s\n\nRight:\n\n%s\n",
		r.Name, r.Severity, r.Title, r.Why, indent(r.Wrong), indent(r.Right))
}

func indent(example string) string {
	lines := strings.Split(strings.Trim(example, "\n"), "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "    " + l
		}
	}
	return strings.Join(lines, "\n")
}
