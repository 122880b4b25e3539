package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// checkUsage returns what is wrong with a command line by itself. It runs before
// the action of each command, so that none acts on a part of what was asked:
//
//   - An empty value is not a value that is not given: a variable of a script
//     may be unset. Neither a flag nor an argument may be empty.
//   - A value is one that its flag takes.
//   - Flags act together, as their rules say. --flag=false says nothing.
//   - There are as many arguments as the command's usage shows.
func checkUsage(c *cli.Context) error {
	if c.Command.Hidden {
		return nil // completion, of a line that is not finished
	}
	for _, f := range c.Command.Flags {
		if err := checkValue(c, f); err != nil {
			return err
		}
	}
	for _, alone := range []bool{true, false} { // the former say more
		for _, f := range c.Command.Flags {
			if r, ok := f.(*ruledFlag); ok && r.alone == alone && given(c, r.Names()[0]) {
				if err := r.checkOthers(c); err != nil {
					return err
				}
			}
		}
	}
	return checkArguments(c)
}

// given reports whether a command line gives what a rule names: a flag or, in capitals,
// an argument. "format=json" is a flag with a value.
func given(c *cli.Context, name string) bool {
	if isArgument(name) {
		return c.Args().Present()
	}
	name, value, hasValue := strings.Cut(name, "=")
	if hasValue {
		words := strings.Split(strings.Join(append(c.StringSlice(name), c.String(name)), ","), ",")
		return slices.ContainsFunc(words, func(word string) bool {
			word, _, _ = strings.Cut(word, ":")
			return word == value
		})
	}
	on, isBool := c.Value(name).(bool)
	return c.IsSet(name) && (on || !isBool)
}

// checkValue returns what is wrong with the value of a flag, if it is given.
func checkValue(c *cli.Context, f cli.Flag) error {
	name := f.Names()[0]
	if !c.IsSet(name) {
		return nil
	}
	var values []string
	switch value := c.Value(name).(type) {
	case string:
		values = []string{value}
	case cli.StringSlice:
		values = value.Value()
	case int:
		if value < 0 {
			return fmt.Errorf("invalid value \"%d\" for --%s: use a number of 0 or more", value, name)
		}
		values = []string{strconv.Itoa(value)}
	}
	for _, value := range values {
		if strings.TrimSpace(value) == "" {
			return fmt.Errorf("--%s is empty; give it a value, or remove it", name)
		}
		if r, ok := f.(*ruledFlag); ok && r.check != nil {
			if err := r.check(value); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkOthers returns what is wrong with a flag beside the others that are given.
func (r *ruledFlag) checkOthers(c *cli.Context) error {
	name := r.Names()[0]
	isGiven := func(other string) bool { return given(c, other) }
	if len(r.requires) > 0 && !slices.ContainsFunc(r.requires, isGiven) {
		return fmt.Errorf("--%s requires %s", name, orList(dashedAll(r.requires)))
	}
	others := r.excludes
	if r.alone {
		others = ownNames(c)
	}
	for _, other := range others {
		if other != name && given(c, other) {
			return fmt.Errorf("--%s cannot be combined with %s", name, dashed(other))
		}
	}
	if r.alone && c.Args().Present() {
		return fmt.Errorf("--%s cannot be combined with arguments", name)
	}
	return nil
}

// ownNames returns the names of the flags of a command that not all commands
// have.
func ownNames(c *cli.Context) []string {
	var out []string
	for _, f := range ownFlags(c.App.Flags, c.Command.Flags) {
		out = append(out, f.Names()[0])
	}
	return out
}

// argument is what the usage of a command shows of an argument: "[PATH...]".
type argument struct {
	name     string
	optional bool
	many     bool
}

// checkArguments returns what is wrong with the arguments of a command line.
func checkArguments(c *cli.Context) error {
	want := argumentsOf(c)
	got := c.Args().Slice()
	for i, arg := range got {
		switch {
		case len(want) == 0 || i >= len(want) && !want[len(want)-1].many:
			return unexpected(c, arg)
		case strings.TrimSpace(arg) == "":
			return fmt.Errorf("%s is empty; see %s --help", want[min(i, len(want)-1)].name, c.Command.HelpName)
		}
	}
	if len(got) < len(want) && !want[len(got)].optional {
		return fmt.Errorf("%s is missing; see %s --help", want[len(got)].name, c.Command.HelpName)
	}
	return nil
}

func unexpected(c *cli.Context, arg string) error {
	if strings.Contains(c.Command.ArgsUsage, "HEADLINE") {
		return fmt.Errorf("unexpected argument %q; put a headline of several words in quotes", arg)
	}
	return fmt.Errorf("unexpected argument %q; see %s --help", arg, c.Command.HelpName)
}

// argumentsOf returns the arguments that a command takes. Of usages with a |
// between them, one that begins with a flag is that of the flag.
func argumentsOf(c *cli.Context) []argument {
	var words []string
	for _, usage := range strings.Split(c.Command.ArgsUsage, " | ") {
		fields := strings.Fields(usage)
		if len(fields) == 0 {
			continue
		}
		flag, hasFlag := strings.CutPrefix(fields[0], "--")
		switch {
		case !hasFlag:
			words = fields
		case given(c, flag):
			words = fields[1:]
		}
	}
	var out []argument
	for _, word := range words {
		name, optional := strings.CutPrefix(word, "[")
		name, many := strings.CutSuffix(strings.TrimSuffix(name, "]"), "...")
		name, _, _ = strings.Cut(name, "|")
		out = append(out, argument{name, optional, many})
	}
	return out
}

// libraryValueError is how the library says that a value is not of its flag's
// type: of the flags here, a number, or true or false.
var libraryValueError = regexp.MustCompile(`^invalid (boolean )?value ("(?:[^"\\]|\\.)*") for (?:flag )?-([^:]+): `)

// usageError returns the library's error about a command line in newsctl's words.
func usageError(c *cli.Context, err error, _ bool) error {
	m := libraryValueError.FindStringSubmatch(err.Error())
	if m == nil {
		return fmt.Errorf("%w; see %s --help", err, c.Command.HelpName)
	}
	use := "a number of 0 or more"
	if m[1] != "" {
		use = "true or false"
	}
	return fmt.Errorf("invalid value %s for %s: use %s", m[2], dashed(m[3]), use)
}
