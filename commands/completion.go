package commands

import (
	_ "embed"
	"io"

	"github.com/urfave/cli/v2"
)

var (
	//go:embed completion/bash.sh
	bashCompletion string
	//go:embed completion/zsh.sh
	zshCompletion string
	//go:embed completion/fish.fish
	fishCompletion string
)

func completionCommand(e *env) *cli.Command {
	subcommands := []*cli.Command{e.completionInstall()}
	for _, s := range shells() {
		subcommands = append(subcommands, &cli.Command{
			Name:        s.name,
			Usage:       "print the script for " + s.name,
			Description: "Examples:\n   newsctl completion " + s.name,
			Action: func(*cli.Context) error {
				_, err := io.WriteString(e.stdout.raw, s.script)
				return err
			},
		})
	}
	return &cli.Command{
		Name:  "completion",
		Usage: "set up shell completion, or print its script",
		Description: `With completion, Tab completes commands, flags, values and pages.

Examples:
   newsctl completion install    set up the shell that you use
   newsctl completion bash       print the script for bash
   eval "$(newsctl completion bash)"
      complete in this shell only; the same works in zsh`,
		Subcommands: subcommands,
	}
}
