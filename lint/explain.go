package lint

import (
	"fmt"
	"io"
	"strings"
)

// WriteExplanations writes of each rule what it finds, why it matters, and an
// example of a fault and of its fixing.
func WriteExplanations(w io.Writer, rules []*Rule) error {
	for i, r := range rules {
		if i > 0 {
			fmt.Fprintln(w)
		}
		_, err := fmt.Fprintf(w, "%s (%s): %s\n\n%s\n\nWrong:\n\n%s\n\nRight:\n\n%s\n",
			r.Name, r.Severity, r.Title, reason(r), indent(r.Wrong), indent(r.Right))
		if err != nil {
			return err
		}
	}
	return nil
}

// reason returns why a rule matters, and whether its findings can be fixed.
func reason(r *Rule) string {
	if r.Fixes {
		return r.Why + "\n\nnewsctl lint --fix fixes this when only one fix is possible."
	}
	return r.Why
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
