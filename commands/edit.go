package commands

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"newsctl/archive/git"
	"newsctl/archive/term"
)

// editForm lets the user write a form in the editor of an archive, and uses what it
// says. If that is refused, the editor opens again on the text, with the reasons as
// comments above it, until use takes it or the text stays as it was; without a
// terminal it does not. The text is kept in a file where use does not take it in the
// end.
func (e *env) editForm(root, text string, use func(form) error) error {
	var refused error
	for {
		edited, err := e.edit(root, text)
		if err != nil && refused != nil {
			return keep(text, errors.Join(refused, err))
		}
		if err != nil {
			return err
		}
		f, err := readForm(edited)
		if err == nil {
			err = use(f)
		}
		if err == nil {
			return nil
		}
		var again *refusedError
		unchanged := withoutReasons(edited) == withoutReasons(text)
		if !errors.As(err, &again) || unchanged || !isTerminal(e.stdin) {
			return keep(withoutReasons(edited), err)
		}
		refused, text = err, reasons(err)+withoutReasons(edited)
	}
}

// reasonMark begins the lines that say why a form was refused.
const reasonMark = "# error: "

// reasons returns an error as comments of a form.
func reasons(err error) string {
	var b strings.Builder
	for _, err := range joined(err) {
		b.WriteString(reasonMark + term.Escape(strings.TrimSuffix(err.Error(), nothingWritten)) + "\n")
	}
	return b.String()
}

// withoutReasons returns a form without the comments that say why it was refused.
func withoutReasons(text string) string {
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, reasonMark) }), "")
}

// edit lets the user change a text in the editor of an archive, and returns it.
func (e *env) edit(root, text string) (string, error) {
	file, err := writeTemp(text)
	if err != nil {
		return "", err
	}
	defer os.Remove(file)
	if err := e.runEditor(root, file); err != nil {
		return "", err
	}
	edited, err := readRegular(file, maxLine)
	if err != nil {
		return "", fmt.Errorf("the edited text %w; nothing was written", err)
	}
	return string(edited), nil
}

// writeTemp writes a text to a temporary file, and returns the file's name.
func writeTemp(text string) (string, error) {
	file, err := os.CreateTemp("", "newsctl-*.txt")
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// runEditor runs the editor that git would run in a directory, which may be a
// command with arguments.
func (e *env) runEditor(dir, file string) error {
	editor, err := git.Editor(dir)
	if err != nil {
		return fmt.Errorf("no editor for --edit: %w; set GIT_EDITOR or EDITOR", err)
	}
	cmd := exec.Command("sh", "-c", editor+` "$1"`, "sh", file)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = e.stdin, e.direct(e.stdout), e.direct(e.stderr)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the editor %s failed, and nothing was written: %w", editor, err)
	}
	return nil
}

// keep leaves what somebody wrote in a file, since it was refused, and says
// where.
func keep(text string, refused error) error {
	file, err := writeTemp(text)
	if err != nil {
		return errors.Join(refused, err)
	}
	return errors.Join(refused, fmt.Errorf("your text is saved in %s", file))
}
