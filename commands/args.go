package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/urfave/cli/v2"
)

// flagsFirst returns a command line with its flags moved before its arguments,
// behind the command they belong to: the library would take a flag behind an
// argument for an argument, and a late --dry-run would go unheard. Arguments
// are set off by --, as the user may have done.
func flagsFirst(app *cli.App, args []string) ([]string, error) {
	takesValue := valueFlags(app)
	var flags, rest []string
	for i := 1; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		flags = append(flags, arg)
		if name := strings.TrimLeft(arg, "-"); takesValue[name] {
			if i++; i == len(args) {
				return nil, fmt.Errorf("%s needs a value", arg)
			}
			flags = append(flags, args[i])
		}
	}
	if len(rest) > 0 && rest[0] == "help" {
		rest, flags = rest[1:], []string{"--help"}
	}
	path := commandPath(app.Commands, rest)
	if path == 0 && len(rest) > 0 {
		return nil, unknownCommand(app, rest[0])
	}
	out := slices.Concat(args[:1], rest[:path], flags)
	if path < len(rest) && !wantsHelp(flags) {
		out = append(append(out, "--"), rest[path:]...)
	}
	return out, nil
}

// wantsHelp reports whether a command's help is asked for: what it would be
// applied to is then of no interest.
func wantsHelp(flags []string) bool {
	return slices.Contains(flags, "--help") || slices.Contains(flags, "-h")
}

// unknownCommand says that there is no command of a name.
func unknownCommand(app *cli.App, name string) error {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	return fmt.Errorf("no command is called %q%s; newsctl --help lists them", name, didYouMean(name, names))
}

// valueFlags returns the names of all flags that take a value.
func valueFlags(app *cli.App) map[string]bool {
	out := map[string]bool{}
	var collect func(flags []cli.Flag, commands []*cli.Command)
	collect = func(flags []cli.Flag, commands []*cli.Command) {
		for _, f := range flags {
			if _, isBool := f.(*cli.BoolFlag); isBool {
				continue
			}
			for _, name := range f.Names() {
				out[name] = true
			}
		}
		for _, c := range commands {
			collect(c.Flags, c.Subcommands)
		}
	}
	collect(app.Flags, app.Commands)
	return out
}

// commandPath returns how many of the arguments name a command and its
// subcommands.
func commandPath(commands []*cli.Command, args []string) int {
	if len(args) == 0 {
		return 0
	}
	for _, c := range commands {
		if c.HasName(args[0]) {
			return 1 + commandPath(c.Subcommands, args[1:])
		}
	}
	return 0
}

var undefinedFlag = regexp.MustCompile(`^flag provided but not defined: (-.*)$`)

// usageError says what is wrong with a command line in the user's words.
func usageError(c *cli.Context, err error, _ bool) error {
	m := undefinedFlag.FindStringSubmatch(err.Error())
	if m == nil {
		return fmt.Errorf("%w; see %s --help", err, c.Command.HelpName)
	}
	var names []string
	for _, f := range c.Command.Flags {
		names = append(names, f.Names()...)
	}
	given := strings.TrimLeft(m[1], "-")
	suggestion := strings.Replace(didYouMean(given, names), `"`, `"--`, 1)
	if len(given) > 1 {
		given = "-" + given
	}
	return fmt.Errorf("%s has no flag -%s%s; see %s --help", c.Command.Name, given, suggestion, c.Command.HelpName)
}

// didYouMean returns ` (did you mean "X"?)` for the known word nearest to an
// unknown one, or nothing if none is near.
func didYouMean(word string, known []string) string {
	best, edits := "", 1+len(word)/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(word, k); d <= edits && len(k) > 1 {
			best, edits = k, d-1
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}
