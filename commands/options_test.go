package commands

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// TestDestinations holds each flag to a destination in the options of its command.
func TestDestinations(t *testing.T) {
	eachCommand(newApp(newEnv(nil, nil, nil)).Commands, "", func(name string, c *cli.Command) {
		for _, f := range c.Flags {
			if f != cli.HelpFlag && destinationOf(f).IsNil() {
				t.Errorf("newsctl %s --%s has no destination", name, f.Names()[0])
			}
		}
	})
}

// destinationOf returns the pointer to where a flag puts its value.
func destinationOf(f cli.Flag) reflect.Value {
	if r, ok := f.(*ruledFlag); ok {
		f = r.libraryFlag
	}
	return reflect.ValueOf(f).Elem().FieldByName("Destination")
}

// TestNextRun gives each flag of each command a value, and runs the command once more
// without it. The second run does not see the value.
func TestNextRun(t *testing.T) {
	app := newApp(newEnv(nil, os.Stdout, os.Stderr))
	eachCommand(app.Commands, "", func(name string, c *cli.Command) {
		c.Action = func(*cli.Context) error { return nil }
		for _, f := range c.Flags {
			sample := sampleFlag(f)
			if f == cli.HelpFlag || sample == nil {
				continue
			}
			value := func(flags ...string) any {
				if err := app.Run(slices.Concat([]string{"newsctl"}, strings.Fields(name), flags)); err != nil {
					t.Fatal(name, flags, err)
				}
				to := destinationOf(f).Interface()
				if list, ok := to.(*cli.StringSlice); ok {
					return strings.Join(list.Value(), "\n")
				}
				return reflect.ValueOf(to).Elem().Interface()
			}
			before, with := value(), value(sample...)
			if with == before || value() != before || value(sample...) != with {
				t.Errorf("newsctl %s %v: %v, then %v, then %v", name, sample, before, with, value())
			}
		}
	})
}

// TestNoFlagByName holds actions to options: a flag that is read by its name may be
// misspelled.
func TestNoFlagByName(t *testing.T) {
	byName := regexp.MustCompile(`\bc\.(String|StringSlice|Bool|Int|IsSet|Value)\("|\bgiven\(c, "`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := byName.FindAllString(string(src), -1); len(found) > 0 {
			t.Errorf("%s reads flags by their names: %s", file, found)
		}
	}
}
