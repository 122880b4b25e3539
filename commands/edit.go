package commands

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"newsctl/archive/git"
)

// edit lets the user write a form in the editor of an archive, and returns the
// text.
func (e *env) edit(root string, f form) (string, error) {
	file, err := writeTemp(f.text())
	if err != nil {
		return "", err
	}
	defer os.Remove(file)
	if err := e.runEditor(root, file); err != nil {
		return "", err
	}
	text, err := readRegular(file, maxLine)
	if err != nil {
		return "", fmt.Errorf("the text that was edited %w; nothing was written", err)
	}
	return string(text), nil
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
	return errors.Join(refused, fmt.Errorf("what you wrote is in %s", file))
}
