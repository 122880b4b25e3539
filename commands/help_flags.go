package commands

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

func init() { group(commonGroup, cli.HelpFlag) }

// manyFlags is how many flags of its own a command has at least for its help to show
// them in groups.
const manyFlags = 11

// group puts flags below a heading of a long help.
func group(heading string, flags ...cli.Flag) []cli.Flag {
	for _, f := range flags {
		if r, ok := f.(*ruledFlag); ok {
			f = r.libraryFlag
		}
		switch f := f.(type) {
		case *cli.BoolFlag:
			f.Category = heading
		case *cli.IntFlag:
			f.Category = heading
		case *cli.StringFlag:
			f.Category = heading
		case *cli.StringSliceFlag:
			f.Category = heading
		}
	}
	return flags
}

// groupOf returns the heading of a flag, or nothing.
func groupOf(f cli.Flag) string {
	if c, ok := f.(cli.CategorizableFlag); ok {
		return c.GetCategory()
	}
	return ""
}

// flagsHelp returns the part of a command's help template that shows its flags. Own is
// how many of them are not those of every command.
func flagsHelp(c *cli.Command, own int) string {
	const plainList = "{{if .VisibleFlags}}\nFlags:{{range .VisibleFlags}}\n   {{flagLine .}}{{end}}\n{{end}}"
	if own < manyFlags {
		return plainList
	}
	headings := []string{""}
	lines := map[string]string{}
	for i, f := range c.VisibleFlags() {
		heading := groupOf(f)
		if !slices.Contains(headings, heading) {
			headings = append(headings, heading)
		}
		lines[heading] += fmt.Sprintf("\n   {{index .VisibleFlags %d | flagLine}}", i)
	}
	var b strings.Builder
	for _, heading := range headings {
		if heading == "" {
			b.WriteString("\nFlags:" + lines[heading] + "\n")
		} else {
			b.WriteString("\n" + heading + ":" + lines[heading] + "\n")
		}
	}
	return b.String()
}
