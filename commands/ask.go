package commands

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ergochat/readline"
	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/term"
)

// ask asks at the terminal for each field of an event. What the command line has
// of it is proposed.
func (e *env) ask(c *cli.Context, f form) (form, error) {
	var names []string
	var config archive.Config
	err := e.answer(c, func() error {
		a, err := e.open(c)
		if err != nil {
			return err
		}
		config = a.config
		names = a.Contexts(e.loadAny(a)).Names()
		return a.sound()
	})
	if err != nil {
		return f, err
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		return term.Escape(name) != name // the dialogue would print it as it is
	})
	line, err := readline.NewFromConfig(&readline.Config{HistoryLimit: -1, Stdin: e.stdin, Stdout: e.direct(e.stderr)})
	if err != nil {
		return f, err
	}
	defer line.Close()
	e.stderr.printf("A new event. Tab completes, Enter goes on, Ctrl-C breaks off.\n")
	d := &dialogue{line: line}
	if f.Headline = d.ask(question{text: "Headline"}, f.Headline); strings.TrimSpace(f.Headline) == "" {
		return f, d.err
	}
	f.Date = d.ask(question{text: "Date", check: isDay}, f.Date)
	f.Topic = d.ask(question{text: "Topic", names: names}, f.Topic)
	f.Description = d.ask(question{text: "Description"}, f.Description)
	f.Sources = d.askAll(question{text: "Source, OUTLET=URL or URL", check: isSource}, f.Sources)
	if !c.Bool("no-suggest") && d.err == nil {
		f.Contexts = withFound(config, f, names)
	}
	f.Contexts = d.askAll(question{text: "Context", names: names}, f.Contexts)
	return f, d.err
}

// question is what is asked for one field.
type question struct {
	text  string
	names []string           // complete the answer
	check func(string) error // what is wrong with an answer; nil: nothing
}

func isDay(answer string) error {
	if _, err := parseDay(answer, today()); err != nil {
		return fmt.Errorf("invalid date %q: %w", answer, err)
	}
	return nil
}

func isSource(answer string) error {
	if _, address := splitSource(answer); answer != "" && !archive.IsWebAddress(address) {
		return fmt.Errorf("%q is no web address; write it as https://host/path", address)
	}
	return nil
}

// withFound returns the contexts of a form and those that are found in its text.
func withFound(config archive.Config, f form, names []string) []string {
	out := slices.Clone(f.Contexts)
	for _, name := range config.FindNames(names, f.Headline, f.Description) {
		if name != f.Topic && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// dialogue asks questions until one is not answered; then err says why.
type dialogue struct {
	line *readline.Instance
	err  error
}

// ask returns the answer to a question, asked until it is a good one.
func (d *dialogue) ask(q question, proposed string) string {
	for d.err == nil {
		answer := d.read(q, proposed)
		if d.err != nil || q.check == nil {
			return answer
		}
		wrong := q.check(answer)
		if wrong == nil {
			return answer
		}
		fmt.Fprintln(d.line, term.Escape(wrong.Error()))
		proposed = answer
	}
	return ""
}

// read reads the answer to a question.
func (d *dialogue) read(q question, proposed string) string {
	config := d.line.GetConfig()
	config.Prompt = q.text + ": "
	config.AutoComplete = completer(q.names)
	if d.err = d.line.SetConfig(config); d.err != nil {
		return ""
	}
	answer, err := d.line.ReadLineWithDefault(proposed)
	if errors.Is(err, readline.ErrInterrupt) || errors.Is(err, io.EOF) {
		err = errors.New("broken off; nothing was written")
	}
	d.err = err
	return answer
}

// askAll asks a question again and again until the answer is empty. Each of the
// answers that are proposed may be changed, or emptied.
func (d *dialogue) askAll(q question, proposed []string) []string {
	var out []string
	for i := 0; d.err == nil; i++ {
		proposal := ""
		if i < len(proposed) {
			proposal = proposed[i]
		}
		answer := strings.TrimSpace(d.ask(q, proposal))
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
