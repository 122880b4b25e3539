package commands

import (
	"strings"
	"unicode/utf8"
)

// helpColumns is how wide help is at most.
const helpColumns = 80

// splitExamples returns the text of a command's description and the examples at
// its end, each as help shows it.
func splitExamples(description string) (text, examples string) {
	text, examples, _ = strings.Cut(description, "Examples:\n")
	return fillText(strings.TrimSpace(text)), layOutExamples(examples)
}

// fillText breaks the lines of paragraphs so that they fit. Lines that are
// indented stay as they are.
func fillText(text string) string {
	var out, paragraph []string
	end := func() {
		out = append(out, wrap(strings.Join(paragraph, " "), helpColumns)...)
		paragraph = nil
	}
	for _, line := range strings.Split(text, "\n") {
		if line != "" && !strings.HasPrefix(line, " ") {
			paragraph = append(paragraph, line)
			continue
		}
		end()
		out = append(out, line)
	}
	end()
	return strings.Join(out, "\n")
}

// exampleGap is between a command and what is said of it.
const exampleGap = "   "

// layOutExamples aligns what is said of commands as closely as fits. What does not
// fit in its line is in the next.
func layOutExamples(examples string) string {
	lines := strings.Split(examples, "\n")
	column := 0
	for _, line := range lines {
		if command, comment := splitExample(line); comment != "" {
			column = max(column, utf8.RuneCountInString(command))
		}
	}
	for i, line := range lines {
		command, comment := splitExample(line)
		if comment == "" {
			continue
		}
		padded := command + strings.Repeat(" ", column-utf8.RuneCountInString(command)) + exampleGap + comment
		for _, fits := range []string{padded, command + exampleGap + comment} {
			if padded = fits; utf8.RuneCountInString(fits) <= helpColumns {
				break
			}
		}
		if utf8.RuneCountInString(padded) > helpColumns {
			padded = command + "\n" + strings.Repeat(" ", 6) + comment
		}
		lines[i] = padded
	}
	return strings.Join(lines, "\n")
}

// splitExample returns the command of an example, indented, and what is said of it.
func splitExample(line string) (command, comment string) {
	command, comment, _ = strings.Cut(strings.TrimLeft(line, " "), exampleGap)
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	return indent + command, strings.TrimSpace(comment)
}
