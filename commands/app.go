package commands

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// Exit statuses of every command.
const (
	exitClean    = 0
	exitFindings = 1 // findings, or differences that a check found
	exitFailure  = 2 // usage, configuration or runtime error
)

// errFindings makes a command end with exitFindings. All that is to be said has
// been said.
var errFindings = errors.New("findings")

// Main runs newsctl with a command line and returns its exit status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	collectAt(usualMemory)
	ignoreEmptyVars()
	e := newEnv(stdin, stdout, stderr)
	e.args = args
	app := newApp(e)
	ordered, err := flagsFirst(app, args)
	if err == nil {
		err = app.Run(ordered)
	}
	if unclosed := e.close(); unclosed != nil {
		err = errors.Join(err, unclosed)
	}
	if unwritten := e.stdout.flush(); unwritten != nil {
		err = unwritten
	}
	status := e.exitStatus(err)
	if status == exitFailure && isMergeFile(app, args) {
		status = exitMergeFailure
	}
	e.stderr.flush()
	e.pager.finish()
	return status
}

// explain prints an error, with its further lines indented: they are not to be taken
// for other messages.
func (e *env) explain(about string, err error) {
	first, more, _ := strings.Cut(err.Error(), "\n")
	e.note(about + first)
	for _, line := range strings.Split(more, "\n") {
		if line != "" {
			e.stderr.printf("   %s\n", strings.TrimSpace(line))
		}
	}
}

// onInvalidFlag is called where an action reads a flag that its command does not have.
// Tests make it panic.
var onInvalidFlag cli.InvalidFlagAccessFunc = func(*cli.Context, string) {}

// exitStatus is the one place where an error becomes an exit status.
func (e *env) exitStatus(err error) int {
	if e.doubt != nil && (err == nil || !strings.Contains(err.Error(), e.doubt.Error())) {
		e.explain("warning: which pages are not checked out is unknown: ", e.doubt)
	}
	var nothing nothingToCheck
	switch {
	case errors.As(err, &nothing):
		e.note(nothing.Error())
		return exitClean
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	default:
		for _, err := range byReason(joined(err)) {
			e.explain("error: ", err)
		}
		return exitFailure
	}
}

// joined returns the errors that errors.Join made one of.
func joined(err error) []error {
	if err == nil {
		return nil
	}
	list, ok := err.(interface{ Unwrap() []error })
	if !ok || err.Error() != errors.Join(list.Unwrap()...).Error() {
		return []error{err}
	}
	var out []error
	for _, e := range list.Unwrap() {
		out = append(out, joined(e)...)
	}
	return out
}

// byReason returns errors with those of files that git could not read for one reason made
// one.
func byReason(errs []error) []error {
	var out []error
	place, more := map[string]int{}, map[int]int{}
	for _, err := range errs {
		var ofPath *fs.PathError
		if errors.As(err, &ofPath) && strings.HasPrefix(ofPath.Err.Error(), "git: ") {
			reason := ofPath.Err.Error()
			if at, again := place[reason]; again {
				more[at]++
				continue
			}
			place[reason] = len(out)
		}
		out = append(out, err)
	}
	for at, n := range more {
		first, rest, _ := strings.Cut(out[at].Error(), "\n")
		out[at] = fmt.Errorf("%s (and %d more)\n%s", first, n, rest)
	}
	return out
}

// newApp returns the application with all its commands.
func newApp(e *env) *cli.App {
	common := append(e.global.flags(), cli.HelpFlag)
	app := &cli.App{
		Name:      "newsctl",
		Usage:     "check, edit and repair a Markdown news archive kept in git",
		UsageText: "newsctl COMMAND [FLAG...] [ARGUMENT...]\n\n   Flags may come before or after arguments; -- ends them.",
		Version:   version(),
		Writer:    e.stdout,
		ErrWriter: e.stderr,
		Commands: []*cli.Command{
			lintCommand(e),
			relinkCommand(e),
			contextsCommand(e),
			initCommand(e),
			sourcesCommand(e),
			listCommand(e),
			showCommand(e),
			serveCommand(e),
			exportCommand(e),
			importCommand(e),
			newCommand(e),
			renameCommand(e),
			removeCommand(e),
			mergeCommand(e),
			indexCommand(e),
			slugCommand(e),
			diffCommand(e),
			applyCommand(e),
			configCommand(e),
			cacheCommand(e),
			undoCommand(e),
			logCommand(e),
			mergeFileCommand(e),
			rulesCommand(e),
			explainCommand(e),
			hookCommand(e),
			lspCommand(e),
			manCommand(e),
			completionCommand(e),
			completeCommand(e),
		},
		Flags:           append(slices.Clone(common), cli.VersionFlag),
		HideHelpCommand: true,

		// A comma is part of a name or an address, not the end of it.
		DisableSliceFlagSeparator: true,

		// Reading a flag that a command does not have is a mistake of the program.
		InvalidFlagAccessHandler: onInvalidFlag,

		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   usageError,
		Action:         e.checked(cli.ShowAppHelp),

		CustomAppHelpTemplate: appHelp,
	}
	for _, c := range app.Commands {
		e.prepare(c, "newsctl", common)
	}
	return app
}

// prepare gives a command what all commands have: the flags in common, and the
// check of the command line before its action. Within is what is before its
// name.
func (e *env) prepare(c *cli.Command, within string, common []cli.Flag) {
	name := within + " " + c.Name
	text, statuses, _ := strings.Cut(c.Description, statusHeading)
	c.Description, c.UsageText = splitExamples(strings.TrimSpace(text))
	own := len(c.Flags)
	c.Flags = slices.Concat(c.Flags, common)
	c.CustomHelpTemplate = commandHelp + flagsHelp(c, own) + exitStatusHelp(c, statuses)
	c.HideHelpCommand = true
	c.OnUsageError = usageError
	if c.Action == nil {
		c.Action = needsSubcommand
	}
	c.Action = e.checked(c.Action)
	for _, sub := range c.Subcommands {
		e.prepare(sub, name, common)
	}
}

// checked returns an action that runs after the check of its command line.
func (e *env) checked(action cli.ActionFunc) cli.ActionFunc {
	return func(c *cli.Context) error {
		if err := checkUsage(c); err != nil {
			return err
		}
		e.running = c
		e.pager.enable(!e.global.noPager)
		err := action(c)
		for e.pick(err) {
			err = action(c)
		}
		return err
	}
}

// needsSubcommand is the action of a command that is nothing by itself.
func needsSubcommand(c *cli.Context) error {
	var names []string
	for _, sub := range c.Command.Subcommands {
		names = append(names, sub.Name)
	}
	return fmt.Errorf("%s needs a subcommand: %s", c.Command.HelpName, strings.Join(names, ", "))
}

// version returns the version that the program was built as.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			v += " " + s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			v += " modified"
		}
	}
	return v + " " + info.GoVersion
}

const appHelp = `{{.Name}} - {{.Usage}}

Usage:
   {{.UsageText}}

Examples:
` + appExamples + `

Commands:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}

Flags:{{range .VisibleFlags}}
   {{flagLine .}}{{end}}

Exit status:
` + exitStatuses + `
`

const appExamples = `   newsctl lint                     check the archive
   newsctl explain related-title    explain a rule
   newsctl relink --dry-run         show changes to related lists
   newsctl COMMAND --help           show the help of a command`

const commandHelp = `{{.HelpName}} - {{.Usage}}

Usage:
   {{.HelpName}}{{if .VisibleCommands}} [COMMAND]{{end}} [FLAG...]{{with .ArgsUsage}} {{.}}{{end}}
{{with .UsageText}}
Examples:
{{layOut .}}
{{end}}{{with .Description}}
{{fill .}}
{{end}}{{if .VisibleCommands}}
Commands:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}
{{end}}`
