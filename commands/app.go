package commands

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"

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
	// One short run over many small pages: memory is cheaper than collecting it.
	debug.SetGCPercent(gcPercent)

	e := &env{stdin: stdin, stdout: stdout, stderr: stderr}
	app := newApp(e)
	args, err := flagsFirst(app, args)
	if err == nil {
		err = app.Run(args)
	}
	return e.exitStatus(err)
}

const gcPercent = 200

// exitStatus is the one place where an error becomes an exit status.
func (e *env) exitStatus(err error) int {
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	default:
		fmt.Fprintf(e.stderr, "newsctl: %v\n", err)
		return exitFailure
	}
}

// newApp returns the application with all its commands.
func newApp(e *env) *cli.App {
	app := &cli.App{
		Name:      "newsctl",
		Usage:     "look after a Markdown news archive kept in git",
		UsageText: "newsctl COMMAND [FLAG...] [ARGUMENT...]\n\nFlags may stand before and after arguments; -- ends them.",
		Version:   version(),
		Writer:    e.stdout,
		ErrWriter: e.stderr,
		Commands: []*cli.Command{
			lintCommand(e),
			relinkCommand(e),
			contextsCommand(e),
			applyCommand(e),
			rulesCommand(e),
			explainCommand(e),
		},
		Flags:           e.commonFlags(),
		HideHelpCommand: true,
		ExitErrHandler:  func(*cli.Context, error) {},
		Action:          e.noCommand,
	}
	for _, c := range app.Commands {
		e.prepare(c)
	}
	return app
}

// prepare gives a command what all commands have.
func (e *env) prepare(c *cli.Command) {
	c.Flags = append(c.Flags, e.commonFlags()...)
	c.HideHelpCommand = true
	c.OnUsageError = usageError
	c.CustomHelpTemplate = commandHelp
	for _, sub := range c.Subcommands {
		e.prepare(sub)
	}
}

// noCommand answers a command line that names no command, or none there is.
func (e *env) noCommand(c *cli.Context) error {
	if !c.Args().Present() {
		return cli.ShowAppHelp(c)
	}
	name := c.Args().First()
	var names []string
	for _, command := range c.App.Commands {
		names = append(names, command.Name)
	}
	return fmt.Errorf("no command is called %q%s; newsctl --help lists them", name, didYouMean(name, names))
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

const commandHelp = `{{.HelpName}} - {{.Usage}}

Usage:
   {{if .UsageText}}{{.UsageText}}{{else}}{{.HelpName}} [FLAG...] {{.ArgsUsage}}{{end}}
{{if .Description}}
{{.Description}}
{{end}}{{if .VisibleCommands}}
Commands:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}
{{end}}{{if .VisibleFlags}}
Flags:{{range .VisibleFlags}}
   {{.}}{{end}}
{{end}}
Exit status:
   0  clean
   1  findings, or differences that a check found
   2  usage, configuration or runtime error
`
