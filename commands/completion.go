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
	printing := func(script string) cli.ActionFunc {
		return func(c *cli.Context) error {
			_, err := io.WriteString(e.stdout.raw, script)
			return err
		}
	}
	return &cli.Command{
		Name:  "completion",
		Usage: "print a script that lets a shell complete commands, flags, rules and pages",
		Description: `Examples:
   newsctl completion bash > ~/.local/share/bash-completion/completions/newsctl
   newsctl completion zsh > ~/.zsh/completions/_newsctl
   newsctl completion fish > ~/.config/fish/completions/newsctl.fish
   source <(newsctl completion bash)    for this shell alone; zsh takes it too`,
		Subcommands: []*cli.Command{
			{
				Name:  "bash",
				Usage: "print the script for bash",
				Description: `Needs no other package. Put it where bash-completion looks, or read it in ~/.bashrc.

Examples:
   newsctl completion bash > ~/.local/share/bash-completion/completions/newsctl
   echo 'source <(newsctl completion bash)' >> ~/.bashrc    without bash-completion`,
				Action: printing(bashCompletion),
			},
			{
				Name:  "zsh",
				Usage: "print the script for zsh",
				Description: `Put it in a directory of $fpath as _newsctl, or read it in ~/.zshrc after compinit.

Examples:
   newsctl completion zsh > ~/.zsh/completions/_newsctl
   echo 'source <(newsctl completion zsh)' >> ~/.zshrc`,
				Action: printing(zshCompletion),
			},
			{
				Name:  "fish",
				Usage: "print the script for fish",
				Description: `Examples:
   newsctl completion fish > ~/.config/fish/completions/newsctl.fish`,
				Action: printing(fishCompletion),
			},
		},
	}
}
