package commands

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/encode"
	"newsctl/archive/git"
	"newsctl/archive/layout"
	"newsctl/lint"
)

// configName is the configuration's file in an archive's root.
const configName = ".newsctl.yaml"

func configCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "config",
		Usage: "check the configuration, or print its schema",
		Description: `The configuration is the file .newsctl.yaml in the archive's root. None is needed
for the English and Chinese editions. The manual page lists its keys.

Examples:
   newsctl config check
   newsctl config schema > newsctl.schema.json`,
		Subcommands: []*cli.Command{
			{
				Name:  "check",
				Usage: "report every error in the configuration",
				Description: `Prints one line per error: path, line and message.

Examples:
   newsctl config check
   newsctl config check -C zh

Exit status:
   1  the configuration has errors`,
				Action: e.configCheck,
			},
			{
				Name:  "schema",
				Usage: "print a JSON Schema of the configuration, for editors",
				Description: `With the schema, an editor completes and explains the keys. The YAML language server,
which most editors use, finds it through a comment in .newsctl.yaml:
   # yaml-language-server: $schema=newsctl.schema.json

Examples:
   newsctl config schema > newsctl.schema.json`,
				Action: func(*cli.Context) error { return encode.JSON(e.stdout, configSchema()) },
			},
		},
	}
}

// configCheck reports all that is wrong with the configuration.
func (e *env) configCheck(c *cli.Context) error {
	root, err := e.root()
	if err != nil {
		return err
	}
	files, err := git.OnDisk(root)
	if err != nil {
		return err
	}
	_, l, faults := checkConfig(configSource(root, files))
	if len(faults) == 0 && l.Baseline != "" {
		if _, err := fs.Stat(ownFiles(root), l.Baseline); err != nil {
			faults = append(faults, fmt.Errorf("%s: baseline: %s %w", configName, l.Baseline, reason(err)))
		}
	}
	for _, fault := range faults {
		if err := e.say("%s", fault); err != nil {
			return err
		}
	}
	if len(faults) == 0 {
		state := "valid"
		if _, err := configBytes(configSource(root, files)); errors.Is(err, fs.ErrNotExist) {
			state = "does not exist; the defaults apply"
		}
		e.stderr.printf("%s: %s\n", configName, state)
		return nil
	}
	e.stderr.printf("%s in %s\n", plural(len(faults), "error"), configName)
	return errFindings
}

// readConfig reads the configuration in an archive's root. One that is missing
// or empty leaves everything at its default.
func readConfig(root fs.FS) (archive.Config, lint.Config, error) {
	a, l, faults := checkConfig(root)
	if len(faults) == 0 {
		layout.Use(a.Layout)
		return a, l, nil
	}
	err := faults[0]
	if more := len(faults) - 1; more > 0 {
		err = fmt.Errorf("%w (%d more: run \"newsctl config check\")", err, more)
	}
	return archive.Config{}, lint.Config{}, err
}

// checkConfig reads the configuration in an archive's root and returns all that
// is wrong with it, in order of lines. Each error begins with the file's name.
func checkConfig(root fs.FS) (a archive.Config, l lint.Config, faults []error) {
	return configOf(readConfigFile(root))
}

// checkConfigText is [checkConfig] for the text of a configuration.
func checkConfigText(text string) (archive.Config, lint.Config, []error) {
	return configOf(parseConfig([]byte(text)))
}

// configOf is [checkConfig] for what a file says, or why it cannot be read.
func configOf(v *value, err error) (a archive.Config, l lint.Config, faults []error) {
	if v != nil {
		err = errors.Join(err, mapping(configKeys(&a, &l)...).read(v))
	}
	for _, fault := range joined(err) {
		faults = append(faults, fmt.Errorf("%s%w", configName, fault))
	}
	slices.SortStableFunc(faults, func(a, b error) int { return cmp.Compare(faultLine(a), faultLine(b)) })
	return a, l, faults
}

// faultLine returns the line that an error is about, or 0.
func faultLine(err error) int {
	var at *lineError
	if errors.As(err, &at) {
		return at.line
	}
	return 0
}
