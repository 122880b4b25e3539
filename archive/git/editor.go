package git

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Editor returns the command of the editor that git would run in a directory, for
// sh. Without git it is the one that the environment names.
func Editor(dir string) (string, error) {
	if _, err := exec.LookPath("git"); err != nil {
		if editor := cmp.Or(os.Getenv("GIT_EDITOR"), os.Getenv("VISUAL"), os.Getenv("EDITOR")); editor != "" {
			return editor, nil
		}
		return "", errors.New("no variable names one")
	}
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { // git would take it for a name
		return v == "GIT_EDITOR=" || v == "VISUAL=" || v == "EDITOR="
	})
	out, err := output(gitCommand(dir, env, "var", "GIT_EDITOR"))
	editor := strings.TrimSpace(string(out))
	if err == nil && editor == "" {
		err = errors.New("its name is empty")
	}
	return editor, err
}
