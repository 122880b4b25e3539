package commands

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// shell is a shell that completes the command line.
type shell struct {
	name   string
	script string

	// file is where install writes, relative to a home directory: the script, or the
	// line, if there is one, that reads it.
	file, line string
}

// shells are the shells that complete the command line. Bash and zsh read the script
// from newsctl when they start, so that it is never older than newsctl; compinit is
// what completion in zsh needs, once.
func shells() []shell {
	return []shell{
		{"bash", bashCompletion, ".bashrc", `eval "$(newsctl completion bash)"`},
		{"zsh", zshCompletion, ".zshrc", `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }; eval "$(newsctl completion zsh)"`},
		{"fish", fishCompletion, ".config/fish/completions/newsctl.fish", ""},
	}
}

func shellNames() []string {
	var out []string
	for _, s := range shells() {
		out = append(out, s.name)
	}
	return out
}

func (e *env) completionInstall() *cli.Command {
	return &cli.Command{
		Name:      "install",
		Usage:     "set up completion in a shell",
		ArgsUsage: "[SHELL]",
		Description: `Sets up completion in SHELL, or in the shell that $SHELL names: adds a line to
~/.bashrc or ~/.zshrc, or writes ~/.config/fish/completions/newsctl.fish. It works
in shells started afterwards. A second run changes nothing.

Examples:
   newsctl completion install
   newsctl completion install fish`,
		Action: e.installCompletion,
	}
}

// installCompletion makes a shell complete newsctl.
func (e *env) installCompletion(c *cli.Context) error {
	name := c.Args().First()
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(os.Getenv("SHELL")), ".exe")
	}
	i := slices.Index(shellNames(), name)
	if i < 0 {
		return fmt.Errorf("shell %q is unknown; use %s", name, orList(shellNames()))
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return err
	}
	s := shells()[i]
	file := s.path(home)
	changed, err := s.install(file)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", file, err)
	case !changed:
		return e.say("%s is already set up", file)
	}
	if err := e.say("changed %s", file); err != nil {
		return err
	}
	e.stderr.printf("hint: start a new %s to complete newsctl\n", s.name)
	return nil
}

// path returns the file that install writes, where the shell reads it.
func (s shell) path(home string) string {
	switch dir := ""; s.name {
	case "zsh":
		if dir = os.Getenv("ZDOTDIR"); dir != "" {
			return filepath.Join(dir, s.file)
		}
	case "fish":
		if dir = os.Getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, strings.TrimPrefix(s.file, ".config/"))
		}
	}
	return filepath.Join(home, filepath.FromSlash(s.file))
}

// install adds the line to a file, or writes the script to it, and reports whether
// that changed the file.
func (s shell) install(file string) (changed bool, err error) {
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target // such as a file that a repository of settings holds
	}
	old, err := os.ReadFile(file)
	mode := fs.FileMode(0o644)
	if info, statErr := os.Stat(file); statErr == nil {
		mode = info.Mode().Perm()
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, reason(err)
	}
	text := []byte(s.script)
	if s.line != "" {
		if slices.Contains(strings.Split(string(old), "\n"), s.line) {
			return false, nil
		}
		text = slices.Clone(old)
		if len(text) > 0 && text[len(text)-1] != '\n' {
			text = append(text, '\n')
		}
		text = append(text, s.line+"\n"...)
	}
	if bytes.Equal(text, old) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return false, err
	}
	return true, replaceFile(file, text, mode)
}
