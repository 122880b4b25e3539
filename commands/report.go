package commands

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/lint"
)

// reporter writes what was found.
type reporter func(w io.Writer, a *archive.Archive, r lint.Result) error

// reporter returns the reporter that a command line asks for.
func (e *env) reporter(c *cli.Context) (reporter, error) {
	colour, err := e.colour(c, e.stdout)
	if err != nil {
		return nil, err
	}
	statistics := c.Bool("statistics")
	switch format := c.String("format"); {
	case format == "json":
		return func(w io.Writer, _ *archive.Archive, r lint.Result) error {
			return lint.WriteJSON(w, r, statistics)
		}, nil
	case format != "text":
		return nil, fmt.Errorf("--format is %q, but must be text or json", format)
	case statistics:
		return func(w io.Writer, _ *archive.Archive, r lint.Result) error {
			return lint.WriteStatistics(w, r)
		}, nil
	default:
		style := lint.TextStyle{Colour: colour, Source: isTerminal(e.stdout)}
		return func(w io.Writer, a *archive.Archive, r lint.Result) error {
			return lint.WriteText(w, a, r, style)
		}, nil
	}
}
