package commands

import (
	"strings"
	"text/template"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/lint"
)

func manCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "man",
		Usage: "print the manual page",
		Description: `Examples:
   newsctl man | man -l -
   newsctl man > ~/.local/share/man/man1/newsctl.1`,
		Action: func(c *cli.Context) error {
			return manPage.Execute(e.stdout.raw, c.App)
		},
	}
}

// manPage is the manual page in the macros of man(7), made from the help of the
// commands.
var manPage = template.Must(template.New("man").Funcs(template.FuncMap{
	"roff":       roff,
	"text":       roffText,
	"flag":       roffFlag,
	"fill":       fillText,
	"layOut":     layOutExamples,
	"own":        ownFlags,
	"version":    version,
	"examples":   func() string { return appExamples },
	"status":     func() string { return exitStatuses },
	"configured": configuredKeys,
	"commands": func(app *cli.App) []namedCommand {
		var out []namedCommand
		eachCommand(app.Commands, "", func(name string, c *cli.Command) { out = append(out, namedCommand{name, c}) })
		return out
	},
}).Parse(`.TH NEWSCTL 1 "" "newsctl {{version | roff}}" "User Commands"
.SH NAME
{{.Name}} \- {{roff .Usage}}
.SH SYNOPSIS
{{text .UsageText}}.SH EXAMPLES
{{text examples}}.SH COMMANDS
{{range commands .}}.SS {{roff .Name}}{{with .ArgsUsage}} {{roff .}}{{end}}
{{text .Usage}}{{with .Description}}.PP
{{text (fill .)}}{{end}}{{with .UsageText}}.PP
{{text (layOut .)}}{{end}}{{range own $.Flags .Flags}}{{flag .}}{{end}}{{end}}.SH FLAGS OF ALL COMMANDS
{{range .Flags}}{{flag .}}{{end}}.SH EXIT STATUS
{{text status}}.SH CONFIGURATION
The file .newsctl.yaml in the archive\(aqs root. None is needed for the English and Chinese editions.
{{range configured}}.TP
\fB{{roff .Name}}\fR \fI{{roff .Values}}\fR
{{roff .About}}
{{end}}.SH ENVIRONMENT
.TP
.B NEWSCTL_ARCHIVE
The root of the archive, if \-\-archive is not given. An empty value is ignored.
.TP
.B COLUMNS
The width of the terminal, instead of the one that the terminal reports.
.TP
.BR NEWSCTL_PAGER ", " PAGER
The pager for output to a terminal. NEWSCTL_PAGER takes precedence, and less is the default. An empty
value, cat or \-\-no\-pager turns it off. LESS defaults to FRX.
.TP
.B NEWSCTL_CACHE_DIR
The cache directory, instead of newsctl in the user's cache directory.
.TP
.B GITHUB_ACTIONS
If true, page text never reaches GitHub's runner as a command. To apply a diff there, save it to a file
first.
.TP
.B NO_COLOR
If set and not empty, output has no color unless \-\-color says otherwise.
.TP
.B FORCE_COLOR
If set, and neither empty nor 0, output has color even if it does not go to a terminal, unless NO_COLOR
or \-\-color says otherwise.
.TP
.BR GIT_EDITOR ", " VISUAL ", " EDITOR
The editor for newsctl new \-\-edit and newsctl rename \-\-edit, chosen as git does: GIT_EDITOR comes
before core.editor in git's configuration.
.SH FILES
.TP
.I .newsctl.yaml
The configuration, in the root of the archive.
.SH SEE ALSO
.BR git (1),
.BR githooks (5)
`))

// configuredKey is a key of the configuration as the manual page shows it.
type configuredKey struct{ Name, Values, About string }

func configuredKeys() []configuredKey {
	var out []configuredKey
	for _, k := range documented(configKeys(&archive.Config{}, &lint.Config{}), "") {
		if k.keys != nil {
			k.values = "mapping"
		}
		about := plain(k.about)
		if d := k.defaultText(); d != "" {
			about += " Default: " + d + "."
		}
		out = append(out, configuredKey{k.name, k.values, about})
	}
	return out
}

// namedCommand is a command with its full name: contexts declare.
type namedCommand struct {
	Name string
	*cli.Command
}

// ownFlags returns the flags of a command that not all commands have.
func ownFlags(common, flags []cli.Flag) []cli.Flag {
	var out []cli.Flag
	for _, f := range flags {
		if findFlag(common, f.Names()[0]) == nil {
			out = append(out, f)
		}
	}
	return out
}

// roffFlag returns the paragraph of a flag.
func roffFlag(f cli.Flag) string {
	var names []string
	value, help := shownValue(f)
	for _, name := range f.Names() {
		name = `\fB` + roff(dashed(name)) + `\fR`
		if value != "" {
			name += ` \fI` + roff(value) + `\fR`
		}
		names = append(names, name)
	}
	return ".TP\n" + strings.Join(names, ", ") + "\n" + roffText(help+flagDefault(f))
}

// roffText returns a text of help: paragraphs, and lines that are as they are
// where they are indented.
func roffText(text string) string {
	var out strings.Builder
	asIs := false
	between := ""
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		indented := strings.HasPrefix(line, "   ")
		if asIs && !indented {
			out.WriteString(".EE\n")
		}
		if line == "" {
			asIs, between = false, ".PP\n"
			continue
		}
		out.WriteString(between)
		if indented && !asIs {
			out.WriteString(".EX\n")
		}
		asIs, between = indented, ""
		out.WriteString(roff(line) + "\n")
	}
	if asIs {
		out.WriteString(".EE\n")
	}
	return out.String()
}

var roffSigns = strings.NewReplacer(`\`, `\e`, `-`, `\-`, `~`, `\(ti`, `^`, `\(ha`, "`", `\(ga`, `'`, `\(aq`, `"`, `\(dq`)

// roff returns a line whose signs mean themselves.
func roff(line string) string {
	line = roffSigns.Replace(line)
	if strings.HasPrefix(line, ".") {
		return `\&` + line
	}
	return line
}
