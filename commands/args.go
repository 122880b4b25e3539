package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/urfave/cli/v2"
)

// commandLine is a command line taken apart. Flags and arguments may be mixed.
type commandLine struct {
	app      *cli.App
	commands []*cli.Command // a command, and its subcommand
	flags    []string       // with their values, each word by itself
	args     []string
	waiting  string // a flag at the end that lacks its value
	ended    bool   // -- has ended the flags
}

// readCommandLine takes words apart, without the program's name.
func readCommandLine(app *cli.App, words []string) *commandLine {
	l := &commandLine{app: app}
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case l.ended || len(word) < 2 || word[0] != '-':
			l.addWord(word)
		case word == "--":
			l.ended = true
		default:
			l.flags = append(l.flags, word)
			if !takesValue(l.flag(word)) {
				continue
			}
			if i++; i == len(words) {
				l.waiting = word
				return l
			}
			l.flags = append(l.flags, words[i])
		}
	}
	return l
}

// addWord adds a word that is no flag: the name of a command, or an argument.
// The word help, where a command could stand, asks for the help of what follows.
func (l *commandLine) addWord(word string) {
	if len(l.args) == 0 && len(l.choices()) > 0 {
		if word == "help" {
			l.flags = append(l.flags, "--help")
			return
		}
		if c := findCommand(l.choices(), word); c != nil {
			l.commands = append(l.commands, c)
			return
		}
	}
	l.args = append(l.args, word)
}

// command returns the command that the line names, or nil.
func (l *commandLine) command() *cli.Command {
	if len(l.commands) == 0 {
		return nil
	}
	return l.commands[len(l.commands)-1]
}

// choices returns the commands that may be named next.
func (l *commandLine) choices() []*cli.Command {
	if c := l.command(); c != nil {
		return c.Subcommands
	}
	return l.app.Commands
}

func findCommand(commands []*cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(name) })
	if i < 0 {
		return nil
	}
	return commands[i]
}

// ownFlags returns the flags that go with the command that the line names.
func (l *commandLine) ownFlags() []cli.Flag {
	if c := l.command(); c != nil {
		return c.Flags
	}
	return l.app.Flags
}

// flag returns the flag that a word means, or nil: one of the line's command,
// or else of any, since a flag may stand before its command.
func (l *commandLine) flag(word string) cli.Flag {
	name := strings.TrimLeft(word, "-")
	if f := findFlag(l.ownFlags(), name); f != nil {
		return f
	}
	var found cli.Flag
	eachCommand(l.app.Commands, "", func(_ string, c *cli.Command) {
		if f := findFlag(c.Flags, name); found == nil {
			found = f
		}
	})
	return found
}

// eachCommand calls do for each command and subcommand that help shows, with its
// full name.
func eachCommand(commands []*cli.Command, within string, do func(name string, c *cli.Command)) {
	for _, c := range commands {
		if c.Hidden {
			continue
		}
		name := strings.TrimSpace(within + " " + c.Name)
		do(name, c)
		eachCommand(c.Subcommands, name, do)
	}
}

// flagsFirst returns a command line with its flags moved before its arguments,
// behind the command they belong to: the library would take a flag behind an
// argument for an argument, and a late --dry-run would go unheard. Arguments
// are set off by --, as the user may have done.
func flagsFirst(app *cli.App, args []string) ([]string, error) {
	l := readCommandLine(app, args[1:])
	if l.waiting != "" {
		return nil, fmt.Errorf("%s needs a value", l.waiting)
	}
	if err := l.checkCommand(); err != nil {
		return nil, err
	}
	out := args[:1:1]
	for _, c := range l.commands {
		out = append(out, c.Name)
	}
	out = append(out, l.flags...)
	if len(l.args) > 0 && !wantsHelp(l.flags) {
		out = append(append(out, "--"), l.args...)
	}
	return out, nil
}

// wantsHelp reports whether a command's help is asked for: what it would be
// applied to is then of no interest.
func wantsHelp(flags []string) bool {
	return slices.Contains(flags, "--help") || slices.Contains(flags, "-h")
}

// checkCommand returns an error if the line names a command, or a subcommand,
// that does not exist.
func (l *commandLine) checkCommand() error {
	c := l.command()
	if len(l.args) == 0 || len(l.choices()) == 0 || c != nil && c.ArgsUsage != "" {
		return nil
	}
	var names []string
	for _, choice := range l.choices() {
		if !choice.Hidden {
			names = append(names, choice.Name)
		}
	}
	name := l.args[0]
	if c == nil {
		return fmt.Errorf("no command is called %q%s; newsctl --help lists them", name, didYouMean(name, names))
	}
	return fmt.Errorf("%s has no subcommand %q%s; see newsctl %s --help", c.Name, name, didYouMean(name, names), c.Name)
}

var undefinedFlag = regexp.MustCompile(`^flag provided but not defined: -+(.*)$`)

// usageError says what is wrong with a command line in the user's words.
func usageError(c *cli.Context, err error, _ bool) error {
	m := undefinedFlag.FindStringSubmatch(err.Error())
	if m == nil {
		return fmt.Errorf("%w; see %s --help", err, c.Command.HelpName)
	}
	return fmt.Errorf("%s has no flag %s%s; see %s --help",
		strings.TrimPrefix(c.Command.HelpName, "newsctl "), dashed(m[1]), flagMeant(c, m[1]), c.Command.HelpName)
}

// flagMeant returns, in parentheses, which commands have a flag that this one
// does not have, or else which flag is near. Without a command, any is.
func flagMeant(c *cli.Context, name string) string {
	var owners []string
	known := c.Command.Flags
	eachCommand(c.App.Commands, "", func(command string, owner *cli.Command) {
		if findFlag(owner.Flags, name) != nil {
			owners = append(owners, command)
		}
		if c.Command.HelpName == c.App.Name {
			known = append(known, owner.Flags...)
		}
	})
	if len(owners) > 0 {
		return " (that is a flag of " + strings.Join(owners, ", ") + ")"
	}
	var names []string
	for _, f := range known {
		for _, n := range f.Names() {
			names = append(names, dashed(n))
		}
	}
	return didYouMean(dashed(name), names)
}

// didYouMean returns ` (did you mean "X"?)` for the known word nearest to an
// unknown one, or nothing if none is near.
func didYouMean(word string, known []string) string {
	best, edits := "", 1+len(strings.TrimLeft(word, "-"))/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(word, k); d <= edits && len(strings.TrimLeft(k, "-")) > 1 {
			best, edits = k, d-1
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}
