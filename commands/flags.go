package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

func init() { cli.FlagStringer = flagLine }

// flagLine returns the line of a flag in the help of a command.
func flagLine(f cli.Flag) string {
	var names []string
	for _, name := range f.Names() {
		names = append(names, strings.TrimSpace(dashed(name)+" "+flagValue(f)))
	}
	return strings.Join(names, ", ") + "\t" + plain(flagHelp(f)) + flagDefault(f)
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	_, isBool := f.(*cli.BoolFlag)
	return f != nil && !isBool
}

// oneOf returns an error unless the value of a flag is one of some words.
func oneOf(c *cli.Context, flag string, words ...string) error {
	value := c.String(flag)
	if slices.Contains(words, value) {
		return nil
	}
	last := len(words) - 1
	return fmt.Errorf("--%s is %q, but must be %s or %s", flag, value, strings.Join(words[:last], ", "), words[last])
}

// dashed returns a flag's name as it is typed.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// flagHelp returns the help of a flag, with what its value is in backquotes.
func flagHelp(f cli.Flag) string {
	if d, ok := f.(cli.DocGenerationFlag); ok {
		return d.GetUsage()
	}
	return ""
}

var quoted = regexp.MustCompile("`(.*?)`")

// flagValue returns what the value of a flag is, PAGE or FORMAT, or nothing.
func flagValue(f cli.Flag) string {
	if m := quoted.FindStringSubmatch(flagHelp(f)); m != nil {
		return m[1]
	}
	return ""
}

// flagDefault says in parentheses what a flag is that is not given.
func flagDefault(f cli.Flag) string {
	if s, ok := f.(*cli.StringFlag); ok && s.Value != "" {
		return " (default: " + s.Value + ")"
	}
	return ""
}

// plain returns a help without backquotes.
func plain(help string) string { return strings.ReplaceAll(help, "`", "") }
