package commands

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/urfave/cli/v2"
)

// commandLine is a command line taken apart. Flags and arguments may be mixed.
type commandLine struct {
	app      *cli.App
	commands []*cli.Command // a command, and its subcommand
	flags    []string       // with their values, each word by itself
	names    []string       // the flags as they were typed, without values
	args     []string
	waiting  string // a flag at the end that lacks its value
	lacking  string // a flag before another flag that lacks its value
	ended    bool   // -- has ended the flags
}

// readCommandLine takes words apart, without the program's name.
func readCommandLine(app *cli.App, words []string) *commandLine {
	l := &commandLine{app: app}
	for i := 0; i < len(words); i++ {
		if short := l.shortFlags(words[i]); len(short) > 0 {
			words = slices.Concat(words[:i], short, words[i+1:])
		}
		word := words[i]
		switch {
		case l.ended || len(word) < 2 || word[0] != '-':
			l.addWord(word)
		case word == "--":
			l.ended = true
		default:
			name, _, hasValue := strings.Cut(word, "=")
			l.flags, l.names = append(l.flags, word), append(l.names, name)
			if hasValue || !takesValue(l.flag(word)) {
				continue
			}
			if i+1 == len(words) {
				l.waiting = word
				return l
			}
			if l.isFlag(words[i+1]) {
				l.lacking = cmp.Or(l.lacking, word)
				continue
			}
			i++
			l.flags = append(l.flags, words[i])
		}
	}
	return l
}

// shortFlags returns the flags that a word of several one-letter flags stands for,
// each as a word, and nothing for any other word: -nC dir is -n -C dir, and -Cdir
// is -C dir. Only the last one may take a value.
func (l *commandLine) shortFlags(word string) []string {
	name, value, hasValue := strings.Cut(word, "=")
	if l.ended || len(name) < 3 || name[0] != '-' || name[1] == '-' || l.flag(name) != nil {
		return nil
	}
	var out []string
	for i := 1; i < len(name); i++ {
		flag := "-" + name[i:i+1]
		f := l.flag(flag)
		if f == nil {
			return nil
		}
		out = append(out, flag)
		if takesValue(f) {
			if rest := word[i+1:]; rest != "" {
				out[len(out)-1] += "=" + strings.TrimPrefix(rest, "=")
			}
			return out
		}
	}
	if hasValue {
		out[len(out)-1] += "=" + value
	}
	return out
}

// isFlag reports whether a word is a flag, or ends the flags, where a value is
// wanted: the value was a variable that is not set. As --flag=value it may look
// like a flag.
func (l *commandLine) isFlag(word string) bool {
	name, _, _ := strings.Cut(word, "=")
	return word == "--" || strings.HasPrefix(word, "-") && l.flag(name) != nil
}

// addWord adds a word that is not a flag: the name of a command, or an argument.
// The word help, where a command could be, asks for the help of what follows.
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
// or else of any, since a flag may be before its command.
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
// after the command they belong to: the library would take a flag after an
// argument for an argument, and a late --dry-run would go unheard. Arguments
// are set off by --, as the user may have done.
func flagsFirst(app *cli.App, args []string) ([]string, error) {
	l := readCommandLine(app, args[1:])
	if err := l.checkCommand(); err != nil {
		return nil, err
	}
	if err := l.checkFlags(); err != nil {
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
		return fmt.Errorf("no command is called %q%s; newsctl --help lists them", name, commandMeant(name, names))
	}
	return fmt.Errorf("%s has no subcommand %q: use %s", c.Name, name, orList(names))
}

// checkFlags returns an error if the line has a flag that its command does not
// have, or that lacks its value.
func (l *commandLine) checkFlags() error {
	forms := map[cli.Flag]string{}
	for _, name := range l.names {
		f := findFlag(l.ownFlags(), strings.TrimPrefix(name[1:], "-"))
		if f == nil {
			return l.unknownFlag(name)
		}
		if form := cmp.Or(forms[f], name); strings.TrimLeft(form, "-") != strings.TrimLeft(name, "-") {
			return fmt.Errorf("%s and %s are the same flag; give one", form, name)
		}
		forms[f] = name
	}
	if flag := cmp.Or(l.lacking, l.waiting); flag != "" {
		return fmt.Errorf("%s requires a value: %s", flag, cmp.Or(neededValue(l.flag(flag)), "see --help"))
	}
	return nil
}

func (l *commandLine) unknownFlag(name string) error {
	command, hint := l.app.Name, ""
	if len(l.commands) > 0 {
		command = commandName(l.commands)
	}
	see := "newsctl " + command
	if command == l.app.Name {
		see = command
	}
	if !plainFlag.MatchString(name) {
		hint = "; put -- before an argument that begins with a dash"
		name = strconv.Quote(name)
	} else {
		hint = l.flagMeant(strings.TrimLeft(name, "-"))
	}
	return fmt.Errorf("%s has no flag %s%s; see %s --help", command, name, hint, see)
}

// plainFlag is a word that may have been meant as a flag.
var plainFlag = regexp.MustCompile(`^--?[A-Za-z][A-Za-z0-9-]*$`)

func commandName(commands []*cli.Command) string {
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

// maxOwners is of how many commands an error says that a flag is theirs.
const maxOwners = 3

// flagMeant returns, in parentheses, which few commands have a flag that this one
// does not have, or else which flag is near. Without a command, any is.
func (l *commandLine) flagMeant(name string) string {
	if len(l.commands) > 0 && commandName(l.commands) == "serve" && slices.Contains(addressFlags, name) {
		return "; serve listens on this machine only"
	}
	var owners []string
	known := slices.Clone(l.ownFlags())
	eachCommand(l.app.Commands, "", func(command string, owner *cli.Command) {
		if findFlag(owner.Flags, name) != nil {
			owners = append(owners, command)
		}
		if len(l.commands) == 0 {
			known = append(known, owner.Flags...)
		}
	})
	switch {
	case len(owners) > maxOwners:
		return ""
	case len(owners) > 0:
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

// addressFlags are what other servers call the address that they listen on.
var addressFlags = []string{"host", "bind", "address", "addr", "listen"}

// otherNames are what other programs call a command that may be here.
var otherNames = map[string]string{
	"add": "new", "create": "new", "check": "lint", "verify": "lint", "fix": "lint", "move": "rename", "mv": "rename",
	"list": "list", "ls": "list", "find": "list", "search": "list", "remove": "remove", "delete": "remove", "rm": "remove",
}

// commandMeant returns ` (did you mean "X"?)` for the command that a word may
// mean, or nothing. Short words are alike by chance: one that differs in more
// than a letter must begin as the command does.
func commandMeant(word string, names []string) string {
	if name, known := otherNames[word]; known {
		names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n != name })
		if len(names) == 0 {
			return ""
		}
		return fmt.Sprintf(" (did you mean %q?)", name)
	}
	names = slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		return n[0] != word[0] && levenshtein.ComputeDistance(word, n) > 1
	})
	return didYouMean(word, names)
}

// didYouMean returns ` (did you mean "X"?)` for the known word nearest to an
// unknown one, or nothing if none is near.
func didYouMean(word string, known []string) string {
	if best := nearest(word, known); best != "" {
		return fmt.Sprintf(" (did you mean %q?)", best)
	}
	return ""
}

// nearest returns the known word nearest to an unknown one, or nothing if none is near.
func nearest(word string, known []string) string {
	best, edits := "", 1+len(strings.TrimLeft(word, "-"))/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(word, k); d <= edits && len(strings.TrimLeft(k, "-")) > 1 {
			best, edits = k, d-1
		}
	}
	return best
}
