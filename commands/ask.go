package commands

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/ergochat/readline"
	"github.com/urfave/cli/v2"

	"newsctl/archive"
)

// isTerminalInput reports whether somebody can answer on a stream.
func isTerminalInput(r io.Reader) bool {
	f, ok := r.(*os.File)
	return ok && isTerminal(f)
}

// ask asks at the terminal for each field of an event. What the command line has
// of it is proposed.
func (e *env) ask(c *cli.Context, f form) (form, error) {
	a, err := e.open(c)
	if err != nil {
		return f, err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return f, err
	}
	names := a.Contexts(paths).Names()
	line, err := readline.NewFromConfig(&readline.Config{HistoryLimit: -1, Stdin: e.stdin, Stdout: e.stderr})
	if err != nil {
		return f, err
	}
	defer line.Close()
	fmt.Fprintln(e.stderr, "A new event. Tab completes, Enter goes on, Ctrl-C breaks off.")
	s := &session{line: line}
	f.Headline = s.ask(question{text: "Headline"}, f.Headline)
	f.Date = s.ask(question{text: "Date", check: isDay}, f.Date)
	f.Topic = s.ask(question{text: "Topic", names: names}, f.Topic)
	f.Description = s.ask(question{text: "Description"}, f.Description)
	f.Sources = s.askAll(question{text: "Source, OUTLET=URL or URL", check: isSource}, f.Sources)
	if !c.Bool("no-suggest") && s.err == nil {
		f.Contexts = withFound(f, names)
	}
	f.Contexts = s.askAll(question{text: "Context", names: names}, f.Contexts)
	return f, s.err
}

// question is what is asked for one field.
type question struct {
	text  string
	names []string           // complete the answer
	check func(string) error // what is wrong with an answer; nil: nothing
}

func isDay(answer string) error {
	_, err := parseDay(answer, today())
	return err
}

func isSource(answer string) error {
	if _, address := splitSource(answer); answer != "" && !archive.IsWebAddress(address) {
		return fmt.Errorf("%q is no web address; write it as https://host/path", address)
	}
	return nil
}

// withFound returns the contexts of a form and those that are found in its text.
func withFound(f form, names []string) []string {
	out := slices.Clone(f.Contexts)
	for _, name := range archive.FindNames(names, f.Headline, f.Description) {
		if name != f.Topic && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// session asks questions until one is not answered; then err says why.
type session struct {
	line *readline.Instance
	err  error
}

// ask returns the answer to a question, asked until it is a good one.
func (s *session) ask(q question, proposed string) string {
	for s.err == nil {
		answer := s.read(q, proposed)
		if s.err != nil || q.check == nil {
			return answer
		}
		wrong := q.check(answer)
		if wrong == nil {
			return answer
		}
		fmt.Fprintln(s.line, wrong)
		proposed = answer
	}
	return ""
}

// read reads the answer to a question.
func (s *session) read(q question, proposed string) string {
	config := s.line.GetConfig()
	config.Prompt = q.text + ": "
	config.AutoComplete = completer(q.names)
	if s.err = s.line.SetConfig(config); s.err != nil {
		return ""
	}
	answer, err := s.line.ReadLineWithDefault(proposed)
	if errors.Is(err, readline.ErrInterrupt) || errors.Is(err, io.EOF) {
		err = errors.New("broken off; nothing was written")
	}
	s.err = err
	return answer
}

// askAll asks a question again and again until the answer is empty. Each of the
// answers that are proposed may be changed, or emptied.
func (s *session) askAll(q question, proposed []string) []string {
	var out []string
	for i := 0; s.err == nil; i++ {
		proposal := ""
		if i < len(proposed) {
			proposal = proposed[i]
		}
		answer := strings.TrimSpace(s.ask(q, proposal))
		if answer != "" {
			out = append(out, answer)
		} else if i >= len(proposed) {
			break
		}
	}
	return out
}

// completer completes a line to names that begin with it.
type completer []string

// Do returns what completes the line up to the cursor.
func (names completer) Do(line []rune, at int) (rest [][]rune, length int) {
	typed := string(line[:at])
	for _, name := range names {
		if after, ok := strings.CutPrefix(name, typed); ok && typed != "" {
			rest = append(rest, []rune(after))
		}
	}
	return rest, at
}

// fields are the labels of a form in an editor, in order.
const (
	headlineLabel    = "Headline"
	dateLabel        = "Date"
	topicLabel       = "Topic"
	descriptionLabel = "Description"
	sourceLabel      = "Source"
	contextLabel     = "Context"
)

const formHelp = `# One field a line. Source and Context may be repeated; a source is
# OUTLET=URL, or URL alone. Without a headline nothing is added.
# Lines that begin with # are left out.
`

// edit lets the user write a form in an editor.
func (e *env) edit(f form) (form, error) {
	file, err := os.CreateTemp("", "newsctl-*.txt")
	if err != nil {
		return f, err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(f.text())
	if err = errors.Join(err, file.Close()); err != nil {
		return f, err
	}
	if err := e.runEditor(file.Name()); err != nil {
		return f, err
	}
	text, err := os.ReadFile(file.Name())
	if err != nil {
		return f, err
	}
	return readForm(string(text))
}

// runEditor runs the user's editor, which may be a command with arguments.
func (e *env) runEditor(file string) error {
	editor := os.Getenv("VISUAL")
	if editor == "" {
		editor = os.Getenv("EDITOR")
	}
	if editor == "" {
		return errors.New("--edit needs an editor: set VISUAL or EDITOR")
	}
	cmd := exec.Command("sh", "-c", editor+` "$1"`, "sh", file)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = e.stdin, e.stdout, e.stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the editor %s failed, and nothing was written: %w", editor, err)
	}
	return nil
}

// text returns a form as it stands in an editor.
func (f form) text() string {
	var b strings.Builder
	b.WriteString(formHelp)
	write := func(label string, values ...string) {
		for _, v := range values {
			b.WriteString(label + ": " + v + "\n")
		}
	}
	write(headlineLabel, f.Headline)
	write(dateLabel, f.Date)
	write(topicLabel, f.Topic)
	write(descriptionLabel, f.Description)
	write(sourceLabel, append(f.Sources, "")...)
	write(contextLabel, append(f.Contexts, "")...)
	return b.String()
}

// readForm reads a form from an editor.
func readForm(text string) (form, error) {
	var f form
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		label, value, ok := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "":
		case !ok:
			return f, fmt.Errorf("line %d is no field: %s; nothing was written", n+1, line)
		case label == headlineLabel:
			f.Headline = value
		case label == dateLabel:
			f.Date = value
		case label == topicLabel:
			f.Topic = value
		case label == descriptionLabel:
			f.Description = value
		case label == sourceLabel && strings.TrimSpace(value) != "":
			f.Sources = append(f.Sources, value)
		case label == contextLabel && strings.TrimSpace(value) != "":
			f.Contexts = append(f.Contexts, value)
		case label != sourceLabel && label != contextLabel:
			return f, fmt.Errorf("line %d: there is no field %q; nothing was written", n+1, label)
		}
	}
	return f, nil
}
