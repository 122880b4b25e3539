package commands

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ergochat/readline"

	"newsctl/archive/term"
)

// dialogue asks questions at the terminal. Once one is not answered, err says why.
type dialogue struct {
	env  *env
	line *readline.Instance
	back bool // the last line ended with Up or Esc
	jump int  // the step to go to next, or -1
	out  io.Writer
	err  error
}

// question is what is asked for one field.
type question struct {
	text  string
	names []string            // complete the answer
	check func(string) error  // what is wrong with an answer; nil: nothing
	short bool                // an answer that is refused is not worth correcting
	meant func(string) string // what a refused answer means; it is proposed
}

// errCancelled is the error of a question that somebody does not answer.
var errCancelled = errors.New("cancelled; nothing was written")

// newDialogue returns a dialogue, which must be closed.
func (e *env) newDialogue() (*dialogue, error) {
	d := &dialogue{env: e, jump: -1, out: e.direct(e.stderr)}
	var err error
	d.line, err = readline.NewFromConfig(&readline.Config{HistoryLimit: -1, Stdin: newKeys(e.stdin), Stdout: d.out, FuncFilterInputRune: d.filter})
	if err == nil && isTerminal(e.stderr) {
		fmt.Fprint(d.out, pasteOn)
	}
	return d, err
}

// filter notes the key that goes back, and ends the line.
func (d *dialogue) filter(r rune) (rune, bool) {
	if d.back = r == backKey; d.back {
		return readline.CharEnter, true
	}
	return r, true
}

func (d *dialogue) close() {
	if isTerminal(d.env.stderr) {
		fmt.Fprint(d.out, pasteOff)
	}
	d.line.Close()
}

// say shows a line.
func (d *dialogue) say(format string, args ...any) {
	for i, arg := range args {
		args[i] = term.Escape(fmt.Sprint(arg))
	}
	fmt.Fprintf(d.line, format+"\n", args...)
}

// row shows a line that begins with a label ([hang]).
func (d *dialogue) row(label, text string) {
	for _, line := range hang(label, text, d.env.stderr.width()) {
		d.say("%s", line)
	}
}

// ask returns the answer to a question, asked until it is a good one, or what is
// there when somebody goes back.
func (d *dialogue) ask(q question, proposed string) (answer string, back bool) {
	for d.err == nil {
		answer := d.read(q, proposed)
		if d.err != nil || d.back || q.check == nil {
			return answer, d.back
		}
		wrong := q.check(answer)
		if wrong == nil {
			return answer, false
		}
		for _, err := range joined(wrong) {
			d.say("%s", err)
		}
		switch proposed = answer; {
		case q.short:
			proposed = ""
		case q.meant != nil:
			proposed = q.meant(answer)
		}
	}
	return "", false
}

// read reads the answer to a question.
func (d *dialogue) read(q question, proposed string) string {
	config := d.line.GetConfig()
	config.Prompt = q.text + ": "
	config.AutoComplete = completer(q.names)
	if d.err = d.line.SetConfig(config); d.err != nil {
		return ""
	}
	d.back = false
	answer, err := d.line.ReadLineWithDefault(proposed)
	if errors.Is(err, readline.ErrInterrupt) || errors.Is(err, io.EOF) {
		err = errCancelled
	}
	d.err = err
	return answer
}

// confirm asks a question that is answered with y or n; an empty answer is the
// fallback.
func (d *dialogue) confirm(text string, fallback bool) bool {
	choices := "y/N"
	if fallback {
		choices = "Y/n"
	}
	answer, _ := d.ask(question{text: term.Escape(text) + " [" + choices + "]", check: isYesOrNo, short: true}, "")
	if answer == "" {
		return fallback
	}
	return strings.EqualFold(answer, "y")
}

func isYesOrNo(answer string) error {
	if len(answer) > 1 || !strings.Contains("ynYN", answer) {
		return errors.New("answer y or n")
	}
	return nil
}

// step is a question of several that can be gone through in both directions.
type step struct {
	question
	field    string              // what it asks for
	value    string              // the answer that is proposed
	required bool                // an empty answer ends the dialogue
	set      func(answer string) // takes an answer
}

// run goes through steps, from one of them on. Each answer may add steps, or remove
// its own; without any the dialogue is over.
func (d *dialogue) run(steps func() []step, at int) {
	for list := steps(); at < len(list) && d.err == nil; list = steps() {
		s := list[at]
		answer, back := d.ask(s.question, s.value)
		switch {
		case d.err != nil:
		case back:
			if s.check == nil || s.check(answer) == nil {
				s.set(answer)
			}
			at = max(at-1, 0)
		default:
			s.set(answer)
			if s.required && strings.TrimSpace(answer) == "" {
				return
			}
			if len(steps()) >= len(list) {
				at++
			}
		}
		if d.jump >= 0 {
			at, d.jump = d.jump, -1
		}
	}
}

// listSteps returns the steps that ask for the items of a list: one for each that
// is there, which may be emptied, and one for another.
func listSteps(ask, more question, field string, items *[]string, settle func(string) string) []step {
	var out []step
	for i := range *items {
		out = append(out, step{question: ask, field: field, value: (*items)[i], set: func(answer string) {
			if answer = strings.TrimSpace(answer); answer == "" {
				*items = append((*items)[:i], (*items)[i+1:]...)
			} else {
				(*items)[i] = settle(answer)
			}
		}})
	}
	if len(*items) > 0 {
		ask = more
	}
	return append(out, step{question: ask, field: field, set: func(answer string) {
		if answer = strings.TrimSpace(answer); answer != "" {
			*items = append(*items, settle(answer))
		}
	}})
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
