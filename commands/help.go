package commands

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// What help shows is laid out when it is shown: each start of the program makes all
// commands, and most starts show no help.
func init() {
	cli.HelpPrinter = func(w io.Writer, template string, data any) {
		cli.HelpPrinterCustom(w, template, data, map[string]any{"flagLine": flagLine, "fill": fillText, "layOut": layOutExamples})
	}
}

// helpColumns is how wide help is at most.
const helpColumns = 80

// splitExamples returns the text of a command's description and the examples at
// its end.
func splitExamples(description string) (text, examples string) {
	text, examples, _ = strings.Cut(description, "Examples:\n")
	return strings.TrimSpace(text), examples
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

// layOutExamples aligns the comments of examples in the widest column in which all
// that begin there fit. The comment of a longer command is in the next line.
func layOutExamples(examples string) string {
	lines := strings.Split(examples, "\n")
	column, room := 0, helpColumns
	for _, line := range lines {
		if command, comment := splitExample(line); comment != "" {
			if n := utf8.RuneCountInString(comment); helpColumns-n < room && utf8.RuneCountInString(command)+n <= helpColumns-len(exampleGap) {
				room = helpColumns - n
			}
		}
	}
	for _, line := range lines {
		if command, comment := splitExample(line); comment != "" && utf8.RuneCountInString(command)+len(exampleGap) <= room {
			column = max(column, utf8.RuneCountInString(command)+len(exampleGap))
		}
	}
	for i, line := range lines {
		command, comment := splitExample(line)
		switch n := utf8.RuneCountInString(command); {
		case comment == "":
		case n+len(exampleGap) <= column && column+utf8.RuneCountInString(comment) <= helpColumns:
			lines[i] = command + strings.Repeat(" ", column-n) + comment
		default:
			lines[i] = command + "\n" + strings.Repeat(" ", 6) + comment
		}
	}
	return strings.Join(lines, "\n")
}

// splitExample returns the command of an example, indented, and what is said of it.
func splitExample(line string) (command, comment string) {
	command, comment, _ = strings.Cut(strings.TrimLeft(line, " "), exampleGap)
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	return indent + command, strings.TrimSpace(comment)
}
